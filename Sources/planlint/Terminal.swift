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

  /// Writes to standard output; false once it is closed.
  static func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    write(bytes, to: STDOUT_FILENO)
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(descriptor, part.baseAddress, part.count)
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }

  static func print(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = text + "\n"
    text.withUTF8 { _ = write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Text that ends its own lines.
  static func printText(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(UnsafeRawBufferPointer($0)) }
  }

  static func printError(_ text: String) { print(text, to: STDERR_FILENO) }
}
