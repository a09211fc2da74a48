import Diagnostics
import Dispatch
import Synchronization

/// One line on the terminal's standard error that says where a long run stands, rewritten in place and cleared at the end.
///
/// A timer looks at the observer ten times a second, so that the work does nothing for it but count. Work that ends within half a
/// second shows nothing.
struct ProgressLine: Sendable {
  let observer: RunObserver
  let language: Language

  /// The time before the first line.
  static let delay = DispatchTimeInterval.milliseconds(500)
  private static let interval = DispatchTimeInterval.milliseconds(100)
  /// When the run began: what was spent before counts for the delay.
  private let beginning = DispatchTime.now()

  init(_ observer: RunObserver, language: Language) {
    self.observer = observer
    self.language = language
  }

  /// Shows the line while some work is done; it is gone when this returns.
  func during<Result, Failure: Error>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let shown = Shown()
    // Not where work is shared, whose threads may all be busy.
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    timer.schedule(deadline: max(beginning + Self.delay, .now()), repeating: Self.interval)
    timer.setEventHandler { shown.update(line) }
    timer.activate()
    defer {
      timer.cancel()
      shown.clear()
    }
    return try work()
  }

  /// What stands on the terminal.
  private final class Shown: Sendable {
    /// Nil once the work is over: the timer may still be about to look.
    private let line = Mutex<String?>("")

    func update(_ new: String?) {
      line.withLock { line in
        guard let new, line != nil, line != new else { return }
        // Back to the margin, the rest of the line cleared.
        Terminal.writeError("\r\(new)\u{1B}[K")
        line = new
      }
    }

    func clear() {
      line.withLock { line in
        if line?.isEmpty == false { Terminal.writeError("\r\u{1B}[K") }
        line = nil
      }
    }
  }

  /// Short enough for any terminal; nil before the first stage.
  private var line: String? {
    guard let standing = observer.standing else { return nil }
    let words = standing.stage.words
    var line = words[language]
    if standing.total > 0 { line += " \(min(standing.done, standing.total))/\(standing.total)" }
    return line + "…"
  }
}
