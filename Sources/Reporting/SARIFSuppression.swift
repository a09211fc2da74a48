import Diagnostics

extension SARIFReporter {
  /// That an authority accepted a finding, with its ground.
  static func suppression(
    _ finding: Finding, _ language: Language, to json: inout JSONWriter
  ) {
    json.beginObject(inline: true)
    json.key("kind")
    json.string("external" as StaticString)
    json.key("status")
    json.string("accepted" as StaticString)
    if let waiver = finding.waiver {
      json.key("justification")
      json.string(FindingFact.waiver(waiver, language))
    } else if let ruling = finding.ruling {
      json.key("justification")
      json.string(FindingFact.ruling(ruling, language))
    }
    json.endObject()
  }
}
