import Desk
import Glibc
import PlanlintKit
import Service
import Store

/// What the program reads and writes itself.
enum Terminal {
  static func print(_ line: String) {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count <= 0 { exit(2) }
      bytes = bytes.dropFirst(count)
    }
  }

  static func complain(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  /// What is told of an error, in English, as everything of this program for those who run it; nil where it is no one of ours.
  static func message(of error: any Error) -> String? {
    switch error {
    case let refusal as Refusal:
      (["planlintd: error: " + refusal.detail.en] + refusal.faults.map { $0.rendered(.en) })
        .joined(separator: "\n")
    case let errors as InputErrors: errors.lines(in: .en).joined(separator: "\n")
    case let error as ServerCertificate.Unusable: "planlintd: error: \(error)"
    case let error as KeyTrouble: "planlintd: error: oidc: \(error)"
    case let error as StoreError: "planlintd: error: \(error)"
    default: nil
    }
  }

  /// The first line of standard input; what is typed at a terminal is not shown.
  static func secret(_ prompt: String) -> String? {
    guard isatty(STDIN_FILENO) == 1 else { return readLine() }
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    let before = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    let bytes = Array(prompt.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
    defer {
      var before = before
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      complain("")
    }
    return readLine()
  }
}
