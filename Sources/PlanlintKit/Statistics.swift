public import Diagnostics
import Reporting

/// What a run came to in numbers: findings by rule and outcome, time by stage, memory.
public struct Statistics: Sendable {
  private let statistics: RunStatistics

  fileprivate init(_ statistics: RunStatistics) { self.statistics = statistics }

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
