import Diagnostics
import Dispatch

/// One line on the terminal's standard error that says where a long run stands, rewritten in place and cleared at the end.
///
/// A thread of its own looks at the observer ten times a second, so that the work does nothing for it but count. Work that ends
/// within half a second shows nothing.
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
    let isOver = DispatchSemaphore(value: 0)
    let isCleared = DispatchSemaphore(value: 0)
    let first = max(beginning + Self.delay, .now())
    DispatchQueue(label: "planlint.progress").async {
      var shown = ""
      var next = first
      while isOver.wait(timeout: next) == .timedOut {
        if let line, line != shown {
          // Back to the margin, the rest of the line cleared.
          Terminal.writeError("\r\(line)\u{1B}[K")
          shown = line
        }
        next = .now() + Self.interval
      }
      if !shown.isEmpty { Terminal.writeError("\r\u{1B}[K") }
      isCleared.signal()
    }
    defer {
      isOver.signal()
      isCleared.wait()
    }
    return try work()
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
