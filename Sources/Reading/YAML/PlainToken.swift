package import Diagnostics

/// One step of plain YAML or JSON, with the bytes it was written with.
package struct PlainToken: Sendable {
  package enum Kind: UInt8, Sendable {
    /// The name of a field; what follows is its value.
    case key
    /// Text without quotes.
    case plain
    /// Text in quotes, which hold nothing that stands for something else.
    case quoted
    /// Text in single quotes, some of them doubled inside.
    case doubled
    /// A number or truth value of JSON, which is no text.
    case bare
    /// A null word, or nothing.
    case null
    /// A list or a mapping, up to its `end`.
    case list
    case map
    case end
  }

  package var kind: Kind
  /// Of a list or mapping all of it, of quoted text its quotes too.
  package var start: UInt32
  package var end: UInt32

  package var range: ByteRange { ByteRange(start: Int(start), end: Int(end)) }
}

/// One item of a list that is written as plain YAML or JSON, lent while it is read.
package struct PlainItem {
  // SAFETY: both point into memory that outlives the call that lends the item; nobody keeps an item.
  package let tokens: UnsafeBufferPointer<PlainToken>
  package let bytes: UnsafeRawBufferPointer

  /// The bytes of a text without its quotes; those of a `doubled` one are still doubled.
  @inline(__always)
  package func text(_ token: PlainToken) -> UnsafeRawBufferPointer {
    let quote = token.kind == .quoted || token.kind == .doubled ? 1 : 0
    return UnsafeRawBufferPointer(
      rebasing: bytes[(Int(token.start) + quote)..<(Int(token.end) - quote)])
  }

  /// The tree of the item; nil where a mapping in it has a key twice.
  package func node() -> Node? {
    var place = 0
    return Self.node(tokens, &place, bytes)
  }

  /// The tree that begins at a token, and the place after it.
  static func node(
    _ tokens: UnsafeBufferPointer<PlainToken>, _ place: inout Int, _ bytes: UnsafeRawBufferPointer
  ) -> Node? {
    guard place < tokens.count else { return nil }
    let token = tokens[place]
    place += 1
    let item = PlainItem(tokens: tokens, bytes: bytes)
    switch token.kind {
    case .plain, .null, .quoted:
      let text = String(decoding: item.text(token), as: UTF8.self)
      let kind: Scalar.Kind =
        switch token.kind {
        case .plain: .plain
        case .null: .null
        default: .quoted
        }
      return Node(range: token.range, content: .scalar(Scalar(text: text, kind: kind)))
    case .doubled:
      var text: [UInt8] = []
      var isSecond = false
      for byte in item.text(token) {
        isSecond = byte == UInt8(ascii: "'") && !isSecond
        if !isSecond { text.append(byte) }
      }
      return Node(
        range: token.range,
        content: .scalar(Scalar(text: String(decoding: text, as: UTF8.self), kind: .quoted)))
    case .list:
      var items: [Node] = []
      while place < tokens.count, tokens[place].kind != .end {
        guard let node = node(tokens, &place, bytes) else { return nil }
        items.append(node)
      }
      place += 1
      return Node(range: token.range, content: .list(items))
    case .map:
      var entries = UniqueEntries(capacity: 0)
      while place < tokens.count, tokens[place].kind == .key {
        let key = tokens[place]
        place += 1
        let name = String(decoding: item.text(key), as: UTF8.self)
        guard let value = node(tokens, &place, bytes), entries.earlier(name) == nil else {
          return nil
        }
        entries.append(Entry(key: name, keyRange: key.range, value: value))
      }
      place += 1
      return Node(range: token.range, content: .map(entries.entries))
    // Trees of JSON are made by its own reader.
    case .bare, .key, .end: return nil
    }
  }
}
