import ArgumentParser
import PlanlintKit

/// The options that say how a report is written.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\(Format.all.map(\.name).joined(separator: ", ")); with =FILE into a file. May be given several times.",
      valueName: "format[=file]"))
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "Language of messages: zh or en. Default: from LC_ALL or LANG, else zh.", valueName: "zh|en"))
  var lang: String?

  @Option(
    help: ArgumentHelp(
      "With `fail`, only failures make the exit code other than 0 (a 3 becomes 0).",
      valueName: "fail|review"))
  var failOn: String = "review"

  @Option(
    help: ArgumentHelp(
      "With `all`, also show what holds, is exempt or does not apply.", valueName: "all"))
  var show: String?

  @Option(
    help: ArgumentHelp(
      "Show findings of this rule only; changes no verdict. May be given several times.",
      valueName: "id"))
  var rule: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show findings of this outcome only; changes no verdict. May be given several times.",
      valueName: "outcome"))
  var outcome: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show only what is new against this baseline, and what was fixed. Known findings count neither for the exit code; one that got worse is new.",
      valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write what is found now as a baseline, after --baseline was read; both may name the same file.",
      valueName: "file"))
  var writeBaseline: String?

  /// One report to write.
  struct Target {
    var format: Format
    /// None: standard output.
    var file: String?
  }

  mutating func validate() throws {
    if let lang, lang != "zh", lang != "en" {
      throw ValidationError("--lang: expected `zh` or `en`, found `\(lang)`")
    }
    if failOn != "fail", failOn != "review" {
      throw ValidationError("--fail-on: expected `fail` or `review`, found `\(failOn)`")
    }
    if let show, show != "all" {
      throw ValidationError("--show: expected `all`, found `\(show)`")
    }
    for name in outcome where !Presentation.outcomeNames.contains(name) {
      throw ValidationError(
        "--outcome: expected one of \(Presentation.outcomeNames.joined(separator: ", ")), found `\(name)`"
          + Suggestion.of(name, among: Presentation.outcomeNames))
    }
    _ = try targets()
  }

  func targets() throws -> [Target] {
    var targets: [Target] = []
    for text in format.isEmpty ? ["text"] : format {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let format = Format(name: name) else {
        let names = Format.all.map(\.name)
        throw ValidationError(
          "--format: expected one of \(names.joined(separator: ", ")), found `\(name)`"
            + Suggestion.of(name, among: names))
      }
      let file = parts.count > 1 ? String(parts[1]) : nil
      if file == "" { throw ValidationError("--format: expected a file after `\(name)=`") }
      targets.append(Target(format: format, file: file))
    }
    if targets.count(where: { $0.file == nil }) > 1 {
      throw ValidationError(
        "--format: expected at most one format for standard output; give the others a file (`json=report.json`)"
      )
    }
    let files = targets.compactMap(\.file) + (writeBaseline.map { [$0] } ?? [])
    if Set(files).count < files.count {
      throw ValidationError(
        "--format: expected every format and --write-baseline to have a file of its own")
    }
    return targets
  }

  var isChinese: Bool { Terminal.isChinese(lang) }

  func presentation(isFile: Bool) -> Presentation {
    var presentation = Presentation()
    presentation.isChinese = isChinese
    presentation.isColored = !isFile && Terminal.isColored
    presentation.showsAll = show == "all"
    presentation.rules = rule
    presentation.outcomes = outcome
    return presentation
  }

  /// Writes every report and gives the exit code.
  func deliver(_ outcome: Outcome) throws {
    for target in try targets() {
      let presentation = presentation(isFile: target.file != nil)
      guard let path = target.file else {
        outcome.write(target.format, presentation) { Terminal.write($0) }
        continue
      }
      try replace(path) { outcome.write(target.format, presentation, to: $0) }
    }
    if let path = writeBaseline { try replace(path) { outcome.writeBaseline(to: $0) } }
    try noteBaseline(outcome)
    if outcome.hasFailures { throw ExitCode(1) }
    if outcome.hasUndecided, failOn != "fail" { throw ExitCode(3) }
  }

  /// Replaces a file as a whole; one that cannot be written ends the run with 2.
  private func replace(
    _ path: String, _ body: (@escaping (UnsafeRawBufferPointer) -> Bool) -> Bool
  ) throws {
    do {
      try ReportFile(path: path).write(body)
    } catch {
      let message =
        isChinese
        ? "\(error.path): error: 无法写入（\(error.reason)），原有文件未改动"
        : "\(error.path): error: cannot be written (\(error.reason)); the old file is as it was"
      Terminal.printError(message)
      throw ExitCode(2)
    }
  }

  /// Says on standard error what the baseline made of the report, where no text on standard output says so.
  private func noteBaseline(_ outcome: Outcome) throws {
    let isText = try targets().contains { $0.file == nil && $0.format == .text }
    guard !isText, let summary = outcome.baselineSummary(chinese: isChinese) else { return }
    Terminal.printError(summary)
  }

  /// The baseline to read: one that is to be written first need not be there yet.
  var baselineToRead: String? {
    if let baseline, baseline == writeBaseline, !Files.exists(baseline) { return nil }
    return baseline
  }

  /// Runs a check; faults of the input go to standard error and end with 2.
  func deliver(_ check: () throws(InputErrors) -> Outcome) throws {
    let outcome: Outcome
    do {
      outcome = try check()
    } catch {
      for line in error.lines(chinese: isChinese) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    try deliver(outcome)
  }
}
