/// Names of files made of ids that anybody may have written: no path, no hidden file, no two alike.
package struct NoticeNames {
  /// The bytes of an id that are kept; a name of a file has 255.
  static let byteLimit = 120

  /// One name an id, without its ending, in the same order.
  ///
  /// An id that is a plain name keeps it. Any other has its other characters replaced and ends in a digest of itself, and so
  /// do two that differ in case alone; the order of the ids changes nothing.
  package static func of(_ ids: [String]) -> [String] {
    let plain = ids.map(plainName(of:))
    var counts: [String: Int] = [:]
    for name in plain { counts[name.lowercased(), default: 0] += 1 }
    let names = zip(ids, plain).map { id, name in
      let isItself = name.utf8.elementsEqual(id.utf8) && counts[name.lowercased()] == 1
      return "notice-" + (isItself ? name : name + "-" + digest(id))
    }
    if Set(names.map { $0.lowercased() }).count == ids.count { return names }
    // An id that was written to look like the digest of another.
    return zip(ids, plain).map { id, name in "notice-\(name)-\(digest(id))" }
  }

  private static func plainName(of id: String) -> String {
    var name = String.UnicodeScalarView()
    var count = 0
    for scalar in id.unicodeScalars {
      let kept: Unicode.Scalar = isPlain(scalar) ? scalar : "_"
      count += UTF8.width(kept)
      if count > byteLimit { break }
      name.append(kept)
    }
    return String(name)
  }

  /// Digits, letters of ASCII, ideographs, and `-`, `_`, `.`.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "a"..."z", "A"..."Z", "-", "_", ".": true
    case "\u{4E00}"..."\u{9FFF}": true
    default: false
    }
  }

  /// FNV-1a of 64 bits in hexadecimal.
  private static func digest(_ id: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in id.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x0000_0100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
