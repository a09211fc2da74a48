import Diagnostics

/// GitLab's code quality report: a JSON list, one entry a finding that a person has to look at.
enum GitLabReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let language = options.language
    var positions = SourcePositions()
    var json = JSONWriter(taking: &sink, indented: true)
    defer { json.giveBack(to: &sink) }
    json.beginArray()
    for i in 0..<report.resultCount {
      if json.isClosed { return }
      let result = report.result(i)
      let isDraft =
        report.profiles.indices.contains(result.profile)
        && report.profiles[result.profile].status == .draft
      let fingerprints = Fingerprints.of(result, tenant: report.tenant)
      for (finding, fingerprint) in zip(result.findings, fingerprints)
      where options.shows(finding, .attention) {
        let region = positions.region(of: finding.location)
        var text = result.title + (language == .zh ? "：" : ": ") + finding.statement(language)
        if isDraft { text += language == .zh ? "（依据征求意见稿）" : " (from a draft for comment)" }
        json.beginObject()
        json.key("description")
        json.string(VisibleText.of(text))
        json.key("check_name")
        json.string(finding.rule)
        json.key("fingerprint")
        json.string(fingerprint)
        json.key("severity")
        json.string(severity(finding))
        json.key("location")
        json.beginObject(inline: true)
        json.key("path")
        json.string(options.hostPath(finding.location.file.path))
        json.key("lines")
        json.beginObject()
        json.key("begin")
        json.number(region.startLine)
        json.endObject()
        json.endObject()
        json.endObject()
      }
    }
    json.endArray()
    json.endLine()
  }

  private static func severity(_ finding: Finding) -> StaticString {
    switch finding.outcome {
    case .fail: finding.modality == .inPrinciple ? "major" : "critical"
    case .review, .unknown: "minor"
    case .note, .waived, .pass, .exempt, .notApplicable: "info"
    }
  }
}
