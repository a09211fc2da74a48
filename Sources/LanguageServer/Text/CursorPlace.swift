package import Diagnostics

/// Where a cursor stands in YAML, told from the text and its indentation alone, so that it is known in a file half typed too.
package struct CursorPlace: Sendable, Equatable {
  /// A step into the document: the value of a key, or an item of a list.
  package enum Step: Sendable, Equatable {
    case key(String)
    case item
  }

  package enum Stand: Sendable, Equatable {
    /// Where a key would stand, or a value of the item that the steps lead to: nothing or a beginning is there, and no colon.
    case open
    /// After a key and its colon.
    case value
    /// Where only the key of a mapping in braces can stand.
    case key
  }

  /// The way to what the cursor stands in: the mapping of a key, or the value.
  package var steps: [Step]
  package var stand: Stand
  /// What of the word, text or expression stands before the cursor.
  package var before: String
  /// The bytes of the word before the cursor, which a completion replaces.
  package var word: ByteRange
  /// The keys that the mapping has besides.
  package var siblings: Set<String>
  /// Whether the cursor stands within quotes.
  package var isQuoted: Bool
  /// Where the key or item begins in its line.
  package var indent: Int
  /// Whether a dash stands before it on its line, with nothing in between.
  package var isAfterDash: Bool

  /// The names of the keys of the way.
  package var keys: [String] {
    steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
  }
}

extension CursorPlace {
  /// - Parameter offset: the byte that the cursor stands before.
  package init(_ text: DocumentText, at offset: Int) {
    let line = text.lineNumber(of: offset)
    let range = text.line(line)
    let end = min(max(offset, range.lowerBound), range.upperBound)
    let head = BlockLine(text.bytes[range.lowerBound..<end])
    var scan = BlockScan(text)
    self = scan.place(line: line, cursor: end, head)
  }
}
