import Glibc

/// Standard output and error, and what the environment says of them.
enum Terminal {
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The language that the locale asks for, and the variable that says so: English where it says English, else Chinese.
  static var localeLanguage: (variable: String, value: String)? {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let locale = environment(name) else { continue }
      return (name, locale.hasPrefix("en") ? "en" : "zh")
    }
    return nil
  }

  /// Colours on a terminal, unless NO_COLOR; always with FORCE_COLOR.
  static var isColored: Bool {
    if environment("NO_COLOR") != nil { return false }
    if let force = environment("FORCE_COLOR") { return force != "0" }
    return isatty(STDOUT_FILENO) == 1 && environment("TERM") != "dumb"
  }

  /// Writes to standard output; false once it is closed, which ends a report quietly.
  ///
  /// Where it takes no more for any other reason (a full disk) what was written is not the whole, and the program ends with 2.
  static func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if write(bytes, to: STDOUT_FILENO) { return true }
    if errno == EPIPE { return false }
    let reason = String(cString: strerror(errno)).lowercased()
    printError(
      localeLanguage?.value == "en"
        ? "<stdout>: error: cannot be written whole (\(reason)); what it holds is not to be relied on"
        : "<stdout>: error: 无法完整写入（\(reason)），已写出的内容不完整，不可采用")
    exit(2)
  }

  /// Writes everything, waiting where the other side takes a part at a time; false where it cannot, with the reason in `errno`.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(descriptor, part.baseAddress, part.count)
      if count < 0 {
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&ready, 1, -1)
          continue
        default: return false
        }
      }
      rest = rest.dropFirst(count)
    }
    return true
  }

  static func print(_ text: String) { printText(text + "\n") }

  /// Text that ends its own lines.
  static func printText(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(UnsafeRawBufferPointer($0)) }
  }

  /// Whether standard error is a terminal on which a line can be rewritten.
  static var rewritesErrors: Bool {
    isatty(STDERR_FILENO) == 1 && (environment("TERM") ?? "dumb") != "dumb"
  }

  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// A part of a line, to standard error.
  static func writeError(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }

  /// Nanoseconds of a clock that only goes forward; for standard error, never for a report.
  static var nanoseconds: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The most memory that the program held, in bytes, as the kernel says; nil where it does not.
  static var peakBytes: Int? {
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 13)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    let text = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else {
      return nil
    }
    return line.split { !("0"..."9").contains($0) }.first.flatMap { Int($0) }.map { $0 * 1024 }
  }

  static func printError(_ text: String) { writeError(text + "\n") }
}
