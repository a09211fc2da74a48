import Crypto

/// SHA-256 as lower-case hexadecimal, by which a desk names what it keeps.
package enum Digest {
  package static func sha256(_ bytes: some Sequence<UInt8>) -> String {
    hex(SHA256.hash(data: Array(bytes)))
  }

  package static func sha256(_ text: String) -> String { sha256(text.utf8) }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text += byte < 16 ? "0" : ""
      text += String(byte, radix: 16)
    }
    return text
  }
}
