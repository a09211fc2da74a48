import Checks
public import Diagnostics
import Reporting

/// A report that is decided again from what it names.
///
/// ```swift
/// let replay = try Replay(reading: "report.json")
/// let comparison = try replay.run(Request())
/// if !comparison.isSame { print(comparison.text(in: .en)) }
/// ```
public struct Replay: Sendable {
  private let recorded: RecordedReport

  /// Reads a JSON or JSON Lines report; `-` is standard input.
  ///
  /// - Throws: ``InputErrors`` where it is none of planlint's.
  public init(reading path: String) throws(InputErrors) {
    do {
      recorded = try RecordedReport.load(path)
    } catch {
      throw InputErrors(error)
    }
  }

  /// The paths of everything that it was decided from, as they were named; standard input is `-`.
  public var inputPaths: [String] {
    recorded.inputs.map { $0.path == "<stdin>" ? "-" : $0.path }
  }

  /// Decides it again, with the profiles that `request` looks for, as of the same day.
  ///
  /// - Throws: ``InputErrors`` where the inputs cannot be read any more or do not fit together; they say as well which have
  ///   changed.
  public func run(_ request: Request) throws(InputErrors) -> ReplayComparison {
    var request = request
    let run = recorded.run
    // The first run was allowed what it read.
    request.allowsOutside = true
    request.city = run.options.city
    request.facts = run.options.facts.map { .file($0) }
    request.registry = run.options.registry.map { .file($0) }
    request.waivers = run.options.waivers.map { .file($0) }
    request.baseline = run.options.baseline.map { .file($0) }
    request.datum = run.options.datum
    request.profile = run.options.profile
    request.asOf = recorded.asOf
    request.isSeparate = run.isSeparate
    request.tellsWhatIf = run.tellsWhatIf
    request.configuration = nil
    request.recordedDefaults = CheckDefaults(run.defaults, in: recorded.file)
    request.shownRules = recorded.rules
    request.shownSubjects = run.subjects
    request.keepsNotApplicable = recorded.showsAll
    var outcome: RunResult
    do throws(InputErrors) {
      outcome =
        switch run.command {
        case .check: try Planlint.check(run.files.map { .file($0) }, request)
        case .plan: try Planlint.plan(run.files.map { .file($0) }, request)
        }
    } catch {
      throw InputErrors(recorded.adding(changesTo: Faults(error.faults), Digest.sha256))
    }
    outcome.keep(run)
    do throws(Faults) {
      let now = try RecordedReport(
        reading: SourceFile(path: recorded.file.path, bytes: bytes(of: outcome)))
      return ReplayComparison(
        report: ReplayReport(path: recorded.file.path, recorded.difference(to: now)))
    } catch {
      throw InputErrors(error)
    }
  }

  /// An outcome written as the report was.
  private func bytes(of outcome: RunResult) -> [UInt8] {
    var presentation = Presentation()
    presentation.showsAll = recorded.showsAll
    presentation.rules = recorded.rules
    presentation.outcomes = recorded.outcomes
    presentation.detail = recorded.detail
    var bytes: [UInt8] = []
    outcome.write(Format(name: recorded.isLines ? "jsonl" : "json") ?? .text, presentation) {
      bytes += $0
      return true
    }
    return bytes
  }
}

/// A report held against itself decided again.
public struct ReplayComparison: Sendable {
  let report: ReplayReport

  /// Whether the bytes are the same.
  public var isSame: Bool { report.difference.isSame }
  /// What has changed since and which verdicts that flips, line by line.
  public func text(in language: Language) -> String { report.text(language) }
  /// The same for programs (`replay/1`).
  public var json: String { report.json(version: Planlint.version) }
}
