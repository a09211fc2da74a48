/// A string that equals another when the code points do, unlike Swift's `String`, for which composed and decomposed letters
/// are the same.
struct Utf8Text: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Utf8Text, right: Utf8Text) -> Bool {
    sameText(left.text, right.text)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

func sameText(_ left: String, _ right: String) -> Bool {
  let a = left.utf8
  let b = right.utf8
  return a.count == b.count && a.elementsEqual(b)
}

/// The order by code points, which is that of the UTF-8 bytes.
func isTextBefore(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
