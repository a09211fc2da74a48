package import Diagnostics

/// The forms that a report can take; one file each.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text
  case concise
  case json
  case jsonl

  /// How the name of a file in this format usually ends.
  package var fileExtension: String {
    switch self {
    case .text, .concise: "txt"
    case .json: "json"
    case .jsonl: "jsonl"
    }
  }

  /// What it is for, in one line, for `--help`.
  package var summary: Bilingual {
    switch self {
    case .text:
      Bilingual(zh: "供人阅读：原文、依据、计算、补救", en: "for people: source, law, arithmetic, remedy")
    case .concise:
      Bilingual(zh: "每项检查结果一行", en: "one line a finding")
    case .json:
      Bilingual(zh: "完整结果，JSON", en: "the whole report as JSON")
    case .jsonl:
      Bilingual(zh: "JSON Lines：每个对象一行", en: "JSON Lines: one line a subject")
    }
  }
}

/// Writes a report in one form, in one pass over its results.
///
/// The sink is flushed at the end. Where it is closed half-way, writing stops early.
package func write(
  _ report: Report, as format: ReportFormat, options: ReportOptions, to sink: inout ByteSink
) {
  switch format {
  case .text: TextReporter.write(report, options: options, to: &sink)
  case .concise: ConciseReporter.write(report, options: options, to: &sink)
  case .json: JSONReporter.write(report, options: options, to: &sink)
  case .jsonl: JSONLinesReporter.write(report, options: options, to: &sink)
  }
  sink.flush()
}
