import Crypto
import Diagnostics

/// The SHA-256 of an input in hexadecimal, by which a report can be replayed.
enum Digest {
  static func sha256(_ file: SourceFile) -> String {
    var hash = SHA256()
    file.withBytes { hash.update(bufferPointer: $0) }
    var text = ""
    text.reserveCapacity(64)
    for byte in hash.finalize() {
      text += byte < 16 ? "0" : ""
      text += String(byte, radix: 16)
    }
    return text
  }
}
