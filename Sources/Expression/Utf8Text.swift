/// A string that equals another when the code points do, unlike Swift's `String`, for which composed and decomposed letters
/// are the same.
struct Utf8Text: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Utf8Text, right: Utf8Text) -> Bool {
    sameText(left.text, right.text)
  }

  func hash(into hasher: inout Hasher) {
    let isWhole: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isWhole == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}

func sameText(_ left: String, _ right: String) -> Bool {
  let a = left.utf8
  let b = right.utf8
  guard a.count == b.count else { return false }
  let fast = a.withContiguousStorageIfAvailable { a in
    b.withContiguousStorageIfAvailable { b in
      for index in 0..<a.count where a[index] != b[index] { return false }
      return true
    }
  }
  return fast.flatMap { $0 } ?? a.elementsEqual(b)
}

/// The order by code points, which is that of the UTF-8 bytes.
func isTextBefore(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
