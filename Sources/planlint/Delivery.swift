import ArgumentParser
import Diagnostics
import PlanlintKit

/// Where the reports of a run go, and what exit code it ends with.
struct Delivery {
  var targets: [Target]
  var presentation: Presentation
  /// Whether what needs a person or more data gives exit code 3.
  var failsOnReview: Bool
  var baseline: String?
  var writeBaseline: String?
  var watch: Watch
  /// `text` or `json`, where statistics are wanted.
  var stats: String?

  /// One report to write.
  struct Target {
    var format: Format
    /// None: standard output.
    var file: String?
  }

  private var language: Language { presentation.language }

  /// What `--format` names; each file may be written once.
  static func targets(_ formats: [String], _ writeBaseline: String?) throws -> [Target] {
    var targets: [Target] = []
    for text in formats {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let format = Format(name: name) else {
        let names = Format.all.map(\.name)
        throw ValidationError(
          zh: "--format：应为 \(names.joined(separator: "、")) 之一，实际为 `\(name)`"
            + Suggestion.chinese(name, among: names),
          en: "--format: expected one of \(names.joined(separator: ", ")), found `\(name)`"
            + Suggestion.of(name, among: names))
      }
      let file = parts.count > 1 ? String(parts[1]) : nil
      if format == .xlsx, file == nil, Terminal.isOutputTerminal {
        throw ValidationError(
          zh: "--format：工作簿不能显示在终端上，请给出文件（`xlsx=report.xlsx`）",
          en: "--format: a workbook is nothing for a terminal; give it a file (`xlsx=report.xlsx`)")
      }
      if file == "" {
        throw ValidationError(
          zh: "--format：`\(name)=` 之后应为文件", en: "--format: expected a file after `\(name)=`")
      }
      targets.append(Target(format: format, file: file))
    }
    if targets.count(where: { $0.file == nil }) > 1 {
      throw ValidationError(
        zh: "--format：写到标准输出的至多一种，其余请给出文件（`json=report.json`）",
        en:
          "--format: expected at most one format for standard output; give the others a file (`json=report.json`)"
      )
    }
    _ = try places(targets, writeBaseline)
    return targets
  }

  /// Where everything goes; no two to one file.
  private static func places(
    _ targets: [Target], _ writeBaseline: String?
  ) throws -> OutputPlaces {
    var places = OutputPlaces()
    for target in targets {
      if let file = target.file {
        try places.add(file, as: "--format \(target.format.name)=\(file)")
      } else {
        try places.addStandardOutput()
      }
    }
    if let writeBaseline { try places.add(writeBaseline, as: "--write-baseline \(writeBaseline)") }
    return places
  }

  /// Whether nothing that is written is something that is read, as far as that is known before anything is.
  ///
  /// A baseline is read before it is written, and may be one file.
  func check(against inputs: [(path: String?, name: String)], policies: String?) throws {
    var known = inputs.compactMap { input in input.path.map { (path: $0, name: input.name) } }
    if let baseline, baseline != writeBaseline { known.append((baseline, "the baseline")) }
    if let policies { known += OutputPlaces.profiles(in: policies) }
    try Self.places(targets, writeBaseline).check(against: known)
  }

  /// The baseline to read: one that is to be written first need not be there yet.
  var baselineToRead: String? {
    if let baseline, baseline == writeBaseline, !Files.exists(baseline) { return nil }
    return baseline
  }

  /// Runs a check and writes its reports; faults of the input go to standard error and end with 2.
  func deliver(_ check: () throws(InputErrors) -> RunResult) throws {
    let outcome: RunResult
    do {
      outcome = try watch.during(check)
      // The process ends with it: giving back what was found piece by piece would only take time.
      _ = Unmanaged.passRetained(Kept(outcome))
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      try giveBack(error)
      throw ExitCode(2)
    }
    try deliver(outcome)
  }

  /// Writes every report and gives the exit code. Standard output comes last: where a file cannot be written nothing is on it.
  private func deliver(_ outcome: RunResult) throws {
    // What the inputs name themselves is known by now.
    try Self.places(targets, writeBaseline).check(
      against: outcome.inputPaths.filter { $0 != baseline || $0 != writeBaseline }.map {
        ($0, "the input")
      })
    for target in targets {
      if let path = target.file { try write(outcome, target, path) }
    }
    if let writeBaseline { try replace(writeBaseline) { outcome.writeBaseline(to: $0) } }
    for target in targets where target.file == nil {
      var presentation = presentation
      presentation.isColored = Terminal.isColored
      var next: RunResult.Continuation?
      func write() {
        (_, next) = outcome.write(target.format, presentation, from: nil) { Terminal.write($0) }
      }
      // A report on the terminal shows by itself how far it is.
      if Terminal.isOutputTerminal { write() } else { watch.during(write) }
      if next != nil {
        Terminal.printError(
          language == .zh
            ? "结果超过 GitHub 单个文件的上限，标准输出只有前一部分；用 `--format sarif-github=文件` 可将其余写入后续文件"
            : "there are more results than GitHub takes in one file, and standard output has the first of them alone; `--format sarif-github=FILE` writes the others to further files"
        )
      }
    }
    watch.finish()
    if !watch.isQuiet { noteBaseline(outcome) }
    if let stats {
      let statistics = outcome.statistics(peakBytes: Terminal.peakBytes)
      Terminal.writeError(stats == "json" ? statistics.json : statistics.text(in: language))
    }
    if outcome.hasFailures { throw ExitCode(1) }
    if outcome.hasUndecided, failsOnReview { throw ExitCode(3) }
  }

  /// Writes a report into its file, and into further ones beside it where the format has a limit.
  private func write(_ outcome: RunResult, _ target: Target, _ path: String) throws {
    var next: RunResult.Continuation?
    var file = path
    repeat {
      let from = next
      try replace(file) { destination in
        let (isWhole, rest) = outcome.write(
          target.format, presentation, from: from, to: destination)
        next = rest
        return isWhole
      }
      guard let rest = next else { break }
      file = Self.name(of: path, part: rest.part)
      var places = try Self.places(targets, writeBaseline)
      try places.add(file, as: "--format \(target.format.name)=\(path)")
      try places.check(against: outcome.inputPaths.map { ($0, "the input") })
      Terminal.printError(
        language == .zh
          ? "\(path): 结果超过 GitHub 单个文件的上限，其余写入 \(file)；请一并上传"
          : "\(path): has as many results as GitHub takes in one file; the others go to \(file), which is to be uploaded too"
      )
    } while true
  }

  /// `report-2.sarif` of `report.sarif`.
  private static func name(of path: String, part: Int) -> String {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let dot = path[slash...].lastIndex(of: "."), dot > slash else {
      return "\(path)-\(part)"
    }
    return "\(path[..<dot])-\(part)\(path[dot...])"
  }

  /// Writes a workbook with what is wrong beside each row, where one is asked for and there are rows to give back.
  private func giveBack(_ errors: InputErrors) throws {
    let workbooks = targets.filter { $0.format == .xlsx }
    if workbooks.isEmpty || !errors.lieInInputs { return }
    try Self.places(targets, writeBaseline).check(
      against: errors.faults.compactMap(\.location?.file.path).map {
        (SheetPath($0).file, "the input")
      })
    for target in workbooks {
      if let path = target.file {
        try replace(path) { errors.writeWorkbook(in: language, to: $0) }
        Terminal.printError(
          language == .zh
            ? "\(path): note: 已写入带错误列的工作簿；未作任何审核"
            : "\(path): note: a workbook with a column of errors was written; nothing was decided")
      } else {
        errors.writeWorkbook(in: language) { Terminal.write($0) }
      }
    }
  }

  /// Replaces a file as a whole; one that cannot be written ends the run with 2.
  private func replace(
    _ path: String, _ body: (@escaping (UnsafeRawBufferPointer) -> Bool) -> Bool
  ) throws {
    do {
      try watch.during { () throws(OutputFile.Failure) in try OutputFile(path: path).write(body) }
    } catch {
      let message =
        language == .zh
        ? "\(error.path): error: 无法写入（\(error.reason)），原有文件未改动"
        : "\(error.path): error: cannot be written (\(error.reason)); the old file is as it was"
      Terminal.printError(message)
      throw ExitCode(2)
    }
  }

  /// Says on standard error what the baseline made of the report, where no report for people on standard output says so.
  private func noteBaseline(_ outcome: RunResult) {
    let isSaid = targets.contains { $0.file == nil && $0.format.isForPeople }
    guard !isSaid, let summary = outcome.baselineSummary(in: language) else { return }
    Terminal.printError(summary)
  }
}

/// Keeps an outcome to the end of the process.
private final class Kept {
  private let outcome: RunResult

  init(_ outcome: RunResult) { self.outcome = outcome }
}
