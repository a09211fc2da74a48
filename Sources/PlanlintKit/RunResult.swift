import Cases
public import Diagnostics
package import Reporting

/// What a check came to, ready to be written in any format.
public struct RunResult: Sendable {
  package private(set) var report: Report
  let observer: RunObserver?

  package init(_ report: Report, observer: RunObserver? = nil) {
    self.report = report
    self.observer = observer
  }

  /// Keeps another run than the one that it was decided by: that of the report which is decided again.
  package mutating func keep(_ run: RunRecord) { report.run = run }

  /// The paths of everything that was read for it, those that the inputs name included.
  public var inputPaths: [String] { report.inputs.map(\.path) }

  /// Whether at least one subject fails; with a baseline, whether a failure is new.
  public var hasFailures: Bool {
    report.baseline.map(\.hasNewFailures) ?? (report.summary.refused > 0)
  }
  /// Whether at least one subject needs a person or more data; with a baseline, whether a finding that says so is new.
  public var hasUndecided: Bool {
    report.baseline.map(\.hasNewUndecided)
      ?? (report.summary.review + report.summary.incomplete > 0)
  }

  /// How much is new, known and fixed, in one line; nil where no baseline was given.
  public func baselineSummary(in language: Language) -> String? {
    report.baseline.map { VisibleText.of(BaselineNote.summary($0, language)) }
  }

  /// Writes a baseline that knows every finding of this outcome, whatever is shown of it.
  ///
  /// - Returns: false where the destination wanted no more before the end.
  @discardableResult
  public func writeBaseline(to destination: @escaping (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var sink = ByteSink(destination: destination)
    BaselineWriter.write(
      report.findingsForBaseline(), format: Baseline.format, tenant: report.tenant,
      subjects: Baseline.Subjects(report.subjectType).rawValue, to: &sink)
    return !sink.isClosed
  }

  /// Writes the report; `destination` takes a block at a time and returns false where it wants no more (a closed pipe).
  ///
  /// - Returns: false where the destination wanted no more before the end.
  @discardableResult
  public func write(
    _ format: Format, _ presentation: Presentation,
    to destination: @escaping (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var sink = ByteSink(destination: destination)
    Reporting.write(observed, as: format.format, options: presentation.options, to: &sink)
    sink.flush()
    return !sink.isClosed
  }

  /// Where a report goes on in a next file.
  public struct Continuation: Sendable {
    let place: SARIFReporter.Place

    /// The number of that file, from 2.
    public var part: Int { place.part }
  }

  /// Writes one of the files that a report is divided into where its format has a limit (`sarif-github`: 25,000 results, which is
  /// what GitHub takes): the first, or the one that `continuation` asks for. Others are written whole.
  ///
  /// - Returns: whether it was written to its end, and where the next file goes on; nil after the last.
  public func write(
    _ format: Format, _ presentation: Presentation, from continuation: Continuation?,
    to destination: @escaping (UnsafeRawBufferPointer) -> Bool
  ) -> (isWhole: Bool, next: Continuation?) {
    guard format.format == .sarifGitHub else {
      return (write(format, presentation, to: destination), nil)
    }
    var sink = ByteSink(destination: destination)
    let next = SARIFReporter.write(
      observed, as: .gitHub, options: presentation.options, from: continuation?.place, to: &sink)
    sink.flush()
    return (!sink.isClosed, next.map(Continuation.init))
  }

  /// The report, telling how far it is.
  private var observed: Report {
    guard let observer else { return report }
    var report = report
    observer.enter(.writing, of: report.resultCount)
    report.result = { [result = report.result] index in
      observer.advance()
      return result(index)
    }
    return report
  }
}

/// A form that a report can take.
public struct Format: Sendable, Hashable {
  package let format: ReportFormat

  private init(_ format: ReportFormat) { self.format = format }

  /// All of them, `text` first.
  public static let all = ReportFormat.allCases.map(Format.init)
  /// The one for a terminal.
  public static let text = Format(.text)
  /// A workbook: the input's own table with what was found beside each row.
  public static let xlsx = Format(.xlsx)

  /// Whether people read it as it is, in a terminal or a log.
  public var isForPeople: Bool {
    switch format {
    case .text, .concise, .markdown, .github: true
    case .json, .jsonl, .sarif, .sarifGitHub, .junit, .gitlab, .csv, .html, .xlsx: false
    }
  }

  /// The format of that name, if there is one.
  public init?(name: String) {
    guard let format = ReportFormat(rawValue: name) else { return nil }
    self.format = format
  }

  /// As `--format` takes it (`sarif`).
  public var name: String { format.rawValue }
  /// What it is for, in one line.
  public func summary(in language: Language) -> String { format.summary[language] }
}

/// How a report is shown; nothing here decides anything.
public struct Presentation: Sendable {
  /// The language of what people read; JSON has both.
  public var language = Language.zh
  /// Whether text has colours for a terminal.
  public var isColored = false
  /// Also what holds, is exempt or does not apply.
  public var showsAll = false
  /// Only findings of these rules.
  public var rules: [String] = []
  /// Only findings of these outcomes.
  public var outcomes: [String] = []
  /// How much of each subject JSON, JSON Lines and CSV carry, one of ``detailNames``; nil is everything.
  public var detail: String?
  /// The repository whose root paths begin at in SARIF, GitHub's annotations and GitLab's report; nil leaves them as they are.
  public var repository: Repository?
  /// The address at which the site of rules (``Planlint/rulePages(cities:language:_:)``) is published, for links to a rule's page.
  public var rulesAddress: String?

  /// In Chinese, without colours, what a person has to look at.
  public init() {}

  /// The words that ``outcomes`` may have.
  public static let outcomeNames = Outcome.allCases.map(\.rawValue)

  /// The words that ``detail`` may have, the least first.
  public static let detailNames = ReportOptions.Detail.allCases.map(\.rawValue)

  package var options: ReportOptions {
    ReportOptions(
      language: language, showAll: showsAll, color: isColored,
      rules: rules.isEmpty ? nil : Set(rules),
      outcomes: outcomes.isEmpty
        ? nil : Set(outcomes.compactMap(Outcome.init(rawValue:))),
      detail: detail.flatMap(ReportOptions.Detail.init) ?? .full,
      repository: repository?.paths, rulesAddress: rulesAddress)
  }
}
