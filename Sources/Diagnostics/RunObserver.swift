import Synchronization

/// Watches a run: where it stands, how long its stages took, and what it has to say of itself.
///
/// Whoever wants to know hands one in; none of it ever reaches a report. Counting is one atomic addition, so that it costs the work
/// nothing, and any thread may count. Stages are entered by the thread that runs.
package final class RunObserver: Sendable {
  package enum Stage: Int, Sendable, CaseIterable {
    case reading
    case registry
    case deciding
    case comparing
    case writing

    package var words: Bilingual {
      switch self {
      case .reading: Bilingual(zh: "读取申请或规划", en: "reading the inputs")
      case .registry: Bilingual(zh: "读取名册", en: "reading the registry")
      case .deciding: Bilingual(zh: "判定", en: "deciding")
      case .comparing: Bilingual(zh: "与基线比对", en: "comparing with the baseline")
      case .writing: Bilingual(zh: "写出报告", en: "writing")
      }
    }
  }

  /// Where a run stands; a total of 0 is one that nobody knows.
  package struct Standing: Sendable {
    package var stage: Stage
    package var done: Int
    package var total: Int
  }

  private struct Times {
    var stage: Stage?
    var since: UInt64 = 0
    var spent = [UInt64](repeating: 0, count: Stage.allCases.count)
  }

  /// The number of the stage, -1 before the first.
  private let stage = Atomic<Int>(-1)
  private let done = Atomic<Int>(0)
  private let total = Atomic<Int>(0)
  private let times = Mutex(Times())
  /// Nanoseconds from anywhere; nil where no times are wanted.
  private let clock: (@Sendable () -> UInt64)?
  private let noteDestination: (@Sendable (Bilingual) -> Void)?

  /// - Parameters:
  ///   - clock: nanoseconds from any beginning.
  ///   - note: takes what is worth telling somebody who asks how the run came about, as it comes.
  package init(
    clock: (@Sendable () -> UInt64)? = nil, note: (@Sendable (Bilingual) -> Void)? = nil
  ) {
    self.clock = clock
    noteDestination = note
  }

  // MARK: For the run

  /// Begins a stage of so many steps, and ends the one before.
  package func enter(_ next: Stage, of steps: Int = 0) {
    done.store(0, ordering: .relaxed)
    total.store(steps, ordering: .relaxed)
    stage.store(next.rawValue, ordering: .relaxed)
    change(to: next)
  }

  /// Counts a step of the stage.
  package func advance() { done.wrappingAdd(1, ordering: .relaxed) }

  /// Ends the last stage.
  package func finish() {
    stage.store(-1, ordering: .relaxed)
    change(to: nil)
  }

  /// Tells something; the note is made only where somebody listens.
  package func note(_ note: @autoclosure () -> Bilingual) {
    noteDestination?(note())
  }

  private func change(to next: Stage?) {
    guard let clock else { return }
    let now = clock()
    times.withLock { times in
      if let stage = times.stage { times.spent[stage.rawValue] += now &- times.since }
      times.stage = next
      times.since = now
    }
  }

  // MARK: For who watches

  package var standing: Standing? {
    guard let stage = Stage(rawValue: stage.load(ordering: .relaxed)) else { return nil }
    return Standing(
      stage: stage, done: done.load(ordering: .relaxed), total: total.load(ordering: .relaxed))
  }

  /// The nanoseconds spent in each stage that was left, in the order of the stages.
  package var spent: [(stage: Stage, nanoseconds: UInt64)] {
    times.withLock { times in Stage.allCases.map { ($0, times.spent[$0.rawValue]) } }
  }
}
