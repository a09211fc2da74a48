import Diagnostics
import Glibc
import Synchronization

/// The files and folders that a run has made beside their places and not yet put into them.
///
/// A signal that ends the program (INT, TERM, HUP) takes them away first. It comes before a change of place or after it, never
/// in the middle: whoever makes, moves or removes one holds the lock meanwhile, and the thread that waits for signals takes the
/// lock before it cleans up. From the first temporary on these signals are held back from every other thread, which would
/// end the program at once; the threads of libdispatch take no signals.
enum Temporaries {
  private static let ending = [SIGINT, SIGTERM, SIGHUP]
  private static let paths = Mutex<Set<String>>([])
  private static let watch: Void = startWatching()

  /// Makes temporaries, moves them to their places or removes them; a signal waits until it is done.
  ///
  /// - Parameter change: gets the paths that would be left over now, and keeps them up to date.
  static func change<Result>(_ change: (inout Set<String>) -> Result) -> Result {
    _ = watch
    return paths.withLock { change(&$0) }
  }

  private static func startWatching() {
    var signals = sigset_t()
    sigemptyset(&signals)
    // One that the program was started to ignore (nohup) stays ignored.
    for signal in ending where !isIgnored(signal) { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { _ in
        Temporaries.waitForSignal()
        return nil
      }, nil)
    // Without a thread to wait for them they end the program as ever.
    if code != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Waits until the program is to end, cleans up, and ends it as the signal would have.
  private static func waitForSignal() {
    var signals = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &signals)
    var ended: Int32 = 0
    if sigwait(&signals, &ended) != 0 { return }
    paths.withLock { paths in
      for path in paths { remove(path) }
      signal(ended, SIG_DFL)
      sigemptyset(&signals)
      sigaddset(&signals, ended)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      // The lock is not given back: nothing is made any more.
      kill(getpid(), ended)
      while true { pause() }
    }
  }

  /// Takes away a file, or a folder with what lies directly in it.
  static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in (try? FolderEntries.of(path)) ?? [] { unlink("\(path)/\(name.name)") }
    rmdir(path)
  }
}
