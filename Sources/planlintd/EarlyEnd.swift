import Dispatch
import Glibc
import Synchronization

/// Hears SIGTERM and SIGINT from before the server does, so that a program that is told to end while it still gets ready ends with 0,
/// and leaves nothing behind.
struct EarlyEnd {
  /// What was heard so far.
  final class Heard: Sendable {
    private let state = Mutex((isEnd: false, isServing: false))
    private let hasMore: Bool

    fileprivate init(hasMore: Bool) { self.hasMore = hasMore }

    var isEnd: Bool { state.withLock { $0.isEnd } }

    fileprivate func hear() {
      let quits = state.withLock { state in
        state.isEnd = true
        return !hasMore && !state.isServing
      }
      if quits { exit(0) }
    }

    /// From now on the server hears it; what was heard before is said again.
    func serve() {
      let isEnd = state.withLock { state in
        state.isServing = true
        return state.isEnd
      }
      if isEnd { kill(getpid(), SIGTERM) }
    }
  }

  private static let signals = [SIGTERM, SIGINT]
  let heard: Heard
  private let sources: [any DispatchSourceSignal]

  /// - Parameter hasMore: whether there is something to put away before it ends, so that whoever made it asks ``Heard/isEnd``.
  init(hasMore: Bool) {
    let heard = Heard(hasMore: hasMore)
    self.heard = heard
    sources = Self.signals.map { number in
      // What is heard here ends nothing by itself.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { heard.hear() }
      source.resume()
      return source
    }
  }

  func stop() { sources.forEach { $0.cancel() } }
}
