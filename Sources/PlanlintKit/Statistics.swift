public import Diagnostics
import Reporting

/// What a run came to in numbers: findings by rule and outcome, time by stage, memory.
public struct Statistics: Sendable {
  private let statistics: RunStatistics

  fileprivate init(_ statistics: RunStatistics) { self.statistics = statistics }

  /// The number of subjects.
  public var subjectCount: Int { statistics.subjects }
  /// How often each rule came to each outcome, in the order of the rules; an outcome that it never came to is left out.
  public var rules: [(rule: String, outcomes: [(outcome: Outcome, count: Int)])] {
    statistics.rows.map { row in
      (row.rule, zip(Outcome.allCases, row.counts).filter { $0.1 > 0 }.map { ($0, $1) })
    }
  }
  /// How long each stage took, in the order of the stages.
  public var stages: [(stage: Bilingual, nanoseconds: UInt64)] {
    statistics.spent.map { ($0.stage.words, $0.nanoseconds) }
  }
  /// The most memory that the run held, in bytes, where that is known.
  public var peakBytes: Int? { statistics.peakBytes }

  /// Two tables, the subjects and the memory.
  public func text(in language: Language) -> String { statistics.text(language) }

  /// The same for programs (`stats/1`).
  public var json: String { statistics.json(version: Planlint.version) }
}

extension RunResult {
  /// What the run came to in numbers; `peakBytes` is the most memory it held, where that is known.
  public func statistics(peakBytes: Int?) -> Statistics {
    Statistics(RunStatistics(report, observer: observer, peakBytes: peakBytes))
  }
}
