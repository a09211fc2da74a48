import Diagnostics

/// Findings with less than everything (`--detail`), the same in a whole report and in JSON Lines.
extension ReportJSON {
  /// The rule and what it comes to (`--detail verdict`).
  func outcome(of finding: Finding, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    ruleAndOutcome(of: finding, to: &json)
    json.endObject()
  }

  /// The same with its figures (`--detail finding`); what there is none of is left out.
  mutating func figures(of finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    ruleAndOutcome(of: finding, to: &json)
    json.key("location")
    location(finding.location, to: &json)
    if let measured = finding.measured {
      json.key("measured")
      optional(measured, to: &json)
    }
    if let limit = finding.limit {
      json.key("limit")
      optional(limit, to: &json)
    }
    if let rank = finding.rank {
      json.key("rank")
      json.number(rank)
    }
    if !finding.needs.isEmpty {
      json.key("needs")
      needs(finding.needs, to: &json)
    }
    json.endObject()
  }

  private func ruleAndOutcome(of finding: Finding, to json: inout JSONWriter) {
    json.key("rule")
    json.string(finding.rule)
    if let category = finding.category {
      json.key("category")
      json.string(category)
    }
    json.key("outcome")
    json.string(finding.outcome.rawValue)
  }
}
