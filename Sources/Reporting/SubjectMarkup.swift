package import Diagnostics

/// One subject as the HTML report has it, for pages that show a single one: readings, claims and findings, each with its law and,
/// where distances decided, its drawing.
///
/// Both languages stand in it, marked `z` and `e` as in the report; the page's style hides one of them.
package enum SubjectMarkup {
  /// - Parameters:
  ///   - address: where the law of a rule can be read, by the rule's id.
  ///   - language: what stands where there is room for one language alone.
  package static func of(
    _ result: SubjectResult, in report: Report, language: Language,
    address: @escaping (String) -> String
  ) -> String {
    let names = HTMLRuleNames(report.rules, address: address)
    var sink = ByteSink()
    HTMLText.readings(of: result, to: &sink)
    var quiet: [HTMLFinding] = []
    for finding in result.findings where finding.outcome != .notApplicable {
      var page = HTMLFinding(finding: finding, language: language, rules: names)
      if let missing = report.caseFile?.missing { page.missing = { missing($0, result.id) } }
      if finding.outcome.isQuiet, finding.ruling == nil {
        quiet.append(page)
      } else {
        page.article(at: nil, to: &sink)
      }
    }
    if !quiet.isEmpty {
      sink.write("<details class=\"quiet\"><summary>")
      sink.write(HTMLText.both("符合及豁免 \(quiet.count) 项", "\(quiet.count) that hold or are exempt"))
      sink.write("</summary>\n<ul>\n")
      for page in quiet { page.line(to: &sink) }
      sink.write("</ul></details>\n")
    }
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  /// What each rule of a report is called in a few words, by its id.
  package static func names(_ rules: [RuleDescriptor]) -> [String: Bilingual] {
    Dictionary(rules.map { ($0.id, $0.shortName) }, uniquingKeysWith: { first, _ in first })
  }
}
