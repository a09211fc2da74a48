package import Diagnostics

/// The forms that a report can take; one file each.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text
  case concise
  case json
  case jsonl
  case sarif
  case sarifGitHub = "sarif-github"
  case junit
  case github
  case gitlab
  case csv
  case markdown
  case html
  case xlsx

  /// How the name of a file in this format usually ends.
  package var fileExtension: String {
    switch self {
    case .text, .concise, .github: "txt"
    case .json, .gitlab: "json"
    case .jsonl: "jsonl"
    case .sarif, .sarifGitHub: "sarif"
    case .junit: "xml"
    case .csv: "csv"
    case .markdown: "md"
    case .html: "html"
    case .xlsx: "xlsx"
    }
  }

  /// What it is for, in one line, for `--help`.
  package var summary: Bilingual {
    switch self {
    case .text:
      Bilingual(zh: "供人阅读：原文、依据、计算、可采取的办法", en: "for people: source, law, arithmetic, remedy")
    case .concise:
      Bilingual(zh: "每项检查结果一行", en: "one line a finding")
    case .json:
      Bilingual(zh: "完整结果，JSON", en: "the whole report as JSON")
    case .jsonl:
      Bilingual(zh: "JSON Lines：每个对象一行", en: "JSON Lines: one line a subject")
    case .sarif:
      Bilingual(zh: "SARIF 2.1.0，完整结果", en: "SARIF 2.1.0, the whole report")
    case .sarifGitHub:
      Bilingual(
        zh: "供 GitHub 代码扫描的 SARIF：只含未获批准的不符合项和需裁量项",
        en: "SARIF for GitHub code scanning: unsuppressed failures, and review as notes")
    case .junit:
      Bilingual(zh: "JUnit XML：每条规则一个用例", en: "JUnit XML: a case a rule")
    case .github:
      Bilingual(zh: "GitHub Actions 注释", en: "GitHub Actions annotations")
    case .gitlab:
      Bilingual(zh: "GitLab 代码质量报告", en: "GitLab code quality")
    case .csv:
      Bilingual(zh: "电子表格：每项检查结果一行", en: "for spreadsheets: a row a finding")
    case .markdown:
      Bilingual(zh: "Markdown，供合并请求和公文附件使用", en: "Markdown, for merge requests and notes")
    case .html:
      Bilingual(zh: "单个网页文件，可筛选、可打印", en: "one web page, to filter and to print")
    case .xlsx:
      Bilingual(
        zh: "工作簿：原表各行之后加结论、依据、补正",
        en: "a workbook: the input's rows with verdict, grounds and what to supply"
      )
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
  case .sarif: SARIFReporter.write(report, as: .whole, options: options, to: &sink)
  case .sarifGitHub: SARIFReporter.write(report, as: .gitHub, options: options, to: &sink)
  case .junit: JUnitReporter.write(report, options: options, to: &sink)
  case .github: GitHubReporter.write(report, options: options, to: &sink)
  case .gitlab: GitLabReporter.write(report, options: options, to: &sink)
  case .csv: CSVReporter.write(report, options: options, to: &sink)
  case .markdown: MarkdownReporter.write(report, options: options, to: &sink)
  case .html: HTMLReporter.write(report, options: options, to: &sink)
  case .xlsx: XLSXReporter.write(report, options: options, to: &sink)
  }
  sink.flush()
}
