import ArgumentParser
import Diagnostics
import Glibc
import PlanlintKit

/// `planlint replay`: a report decided again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract:
      "Decide a report again from what it names: the same bytes, or what has changed since.",
    discussion: """
      REPORT is one of --format json or jsonl. It names its inputs, options and day of decision; they are read again, and the \
      report is decided and written anew. Relative paths are as seen from the current folder where all inputs are there, else \
      from the report's folder, or from the one that --in names. An input that came from standard input is read from there again. \
      What is different is told: version, profile and inputs, each by digest, and the verdicts that flip, with the rules that flip them.

      Exit codes: 0 the same bytes, 1 something else, 2 a report that is none of planlint's, or inputs that are missing or cannot be read.
      """)

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var frozen: FrozenProfileOptions

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp(
      "The folder that the report's relative paths are seen from.", valueName: "dir"),
    completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp("text: what has changed, line by line; json.", valueName: "text|json"),
    completion: .list(["text", "json"]))
  var format: String = "text"

  @Argument(
    help: ArgumentHelp(
      "A report of --format json or jsonl; `-` is standard input.", valueName: "report"),
    completion: .file(extensions: ["json", "jsonl"]))
  var report: String

  mutating func validate() throws {
    try Choice.check(format, "--format", ["text", "json"])
    try frozen.check(folder: profiles.policies)
  }

  mutating func run() throws {
    try Files.check([report])
    let settings = try profiles.settings(for: [report])
    let language = settings.language(profiles.lang)
    var request = profiles.request(settings)
    // The report's paths may be as seen from another folder than this one.
    request.policies = settings.policies(request.policies).value.flatMap(Self.absolute)
    request.environmentPolicies = nil
    request.policyFile = frozen.policy.flatMap(Self.absolute)
    request.tenantFile = frozen.tenant.flatMap(Self.absolute)
    let comparison: ReplayComparison
    do {
      let replay = try Replay(reading: report)
      try enter(replay.inputPaths, language)
      comparison = try replay.run(request)
    } catch let error as InputErrors {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    Terminal.printText(format == "json" ? comparison.json : comparison.text(in: language))
    if !comparison.isSame { throw ExitCode(1) }
  }

  /// Goes to the folder that the paths are seen from; inputs that are nowhere end the run with 2.
  private func enter(_ paths: [String], _ language: Language) throws {
    if report == "-", paths.contains("-") {
      throw ValidationError(
        zh: "报告应为文件：其输入来自标准输入",
        en: "expected the report as a file: what it was decided from came from standard input")
    }
    let files = paths.filter { $0 != "-" }
    var folders = ["."]
    if let folder {
      folders = [folder]
    } else if let slash = report.lastIndex(of: "/") {
      folders.append(String(report[...slash]))
    }
    func missing(_ folder: String) -> [String] {
      files.filter { !Files.exists($0.hasPrefix("/") ? $0 : "\(folder)/\($0)") }
    }
    guard let found = folders.first(where: { missing($0).isEmpty }) else {
      let seen = folders.map { "`\($0)`" }
      // What is nearest to being whole is told of.
      let lacking = folders.map(missing).min { $0.count < $1.count } ?? []
      for path in lacking {
        Terminal.printError(
          language == .zh
            ? "\(path): error: 报告所依据的文件已不在（查找过 \(seen.joined(separator: "、"))）；用 --in DIR 指明所在目录"
            : "\(path): error: the report was decided from this file, which is not there (looked in \(seen.joined(separator: ", "))); name its folder with --in DIR"
        )
      }
      throw ExitCode(2)
    }
    if chdir(found) != 0 {
      throw ValidationError(
        zh: "--in：应为可进入的目录，实际为 `\(found)`",
        en: "--in: expected a folder that can be entered, found `\(found)`")
    }
  }

  private static func absolute(_ path: String) -> String? {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
  }
}
