import Dispatch
import Glibc
import Synchronization

/// Hears SIGTERM and SIGINT from before the server does, so that a program that is told to end while it still gets ready leaves nothing
/// behind.
struct EarlyEnd {
  /// What was heard so far.
  final class Heard: Sendable {
    private let isTold = Mutex(false)

    var isEnd: Bool { isTold.withLock { $0 } }

    fileprivate func hear() { isTold.withLock { $0 = true } }

    /// Says it again, now that the server hears it.
    func passOn() {
      if isEnd { kill(getpid(), SIGTERM) }
    }
  }

  private static let signals = [SIGTERM, SIGINT]
  let heard = Heard()
  private let sources: [any DispatchSourceSignal]

  init() {
    let heard = heard
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
