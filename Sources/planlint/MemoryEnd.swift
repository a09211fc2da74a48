import Glibc

/// Ends the program with 2 and one line where it runs out of memory, in place of a crash without a word.
///
/// Swift has no error for memory that cannot be had: it ends the program by a trap. Whether that was why shows in what the system
/// still gives: as much as is held already, since what grows doubles.
enum MemoryEnd {
  static func watch() {
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        if MemoryEnd.isExhausted() { MemoryEnd.end(isSaid: number != SIGSEGV && number != SIGBUS) }
        signal(number, SIG_DFL)
        raise(number)
      }
      sigaction(number, &action, nil)
    }
  }

  /// Whether no more can be had than is held. It calls the system alone, which a signal handler may.
  private static func isExhausted() -> Bool {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let held = max(Int(usage.ru_maxrss) * 1024, 1 << 26)
    let found = mmap(nil, held * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    if found == MAP_FAILED { return true }
    munmap(found, held * 2)
    return false
  }

  /// - Parameter isSaid: whether the runtime has said so itself, as it does before it traps.
  private static func end(isSaid: Bool) -> Never {
    if isSaid { _exit(2) }
    let line: StaticString =
      "planlint: error: out of memory; check fewer applications at a time, or allow more memory\n"
    _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
    _exit(2)
  }
}
