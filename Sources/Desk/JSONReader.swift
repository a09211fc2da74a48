package import Diagnostics

/// Reads JSON (RFC 8259) into a ``PlainValue``; numbers keep their digits.
package struct JSONReader {
  /// What is not JSON, and the byte where that is seen.
  package struct Fault: Error, Equatable {
    package var offset: Int
    package var message: String
  }

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  /// Deeper than this nothing is read.
  package static let mostDepth = 64

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  package static func read(_ text: String) throws -> PlainValue { try read(Array(text.utf8)) }

  package static func read(_ bytes: [UInt8]) throws -> PlainValue {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Fault(offset: 0, message: "expected UTF-8")
    }
    var reader = JSONReader(bytes)
    let value = try reader.value()
    reader.skipSpace()
    if reader.place < bytes.count { throw reader.fault("expected nothing after the value") }
    return value
  }

  private func fault(_ message: String) -> Fault { Fault(offset: place, message: message) }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      place += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func word(_ text: StaticString, _ value: PlainValue) throws -> PlainValue {
    let length = text.utf8CodeUnitCount
    let matches = text.withUTF8Buffer { word in
      place + length <= bytes.count && bytes[place..<place + length].elementsEqual(word)
    }
    guard matches else { throw fault("expected a value") }
    place += length
    return value
  }

  private mutating func value() throws -> PlainValue {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    if depth > Self.mostDepth { throw fault("expected at most \(Self.mostDepth) levels") }
    switch next {
    case UInt8(ascii: "{"): return try record()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", true)
    case UInt8(ascii: "f"): return try word("false", false)
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func record() throws -> PlainValue {
    place += 1
    var entries: [PlainValue.Entry] = []
    var seen: Set<String> = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .record([]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("expected a name in quotation marks") }
      let name = try string()
      if !seen.insert(name).inserted { throw fault("`\(name)` is there twice") }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("expected `:`") }
      entries.append(.init(name, try value()))
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw fault("expected `,` or `}`") }
      return .record(entries)
    }
  }

  private mutating func list() throws -> PlainValue {
    place += 1
    var items: [PlainValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .list([]) }
    while true {
      items.append(try value())
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw fault("expected `,` or `]`") }
      return .list(items)
    }
  }

  private mutating func number() throws -> String {
    let start = place
    func digits(_ reader: inout JSONReader) throws {
      guard let byte = reader.next, (0x30...0x39).contains(byte) else {
        throw reader.fault("expected a value")
      }
      while let byte = reader.next, (0x30...0x39).contains(byte) { reader.place += 1 }
    }
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits(&self) }
    if take(UInt8(ascii: ".")) { try digits(&self) }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits(&self)
    }
    if place - start > 400 { throw fault("expected at most 400 digits") }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func string() throws -> String {
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw fault("expected no control character in a text")
      default: text.append(byte)
      }
    }
    throw fault("expected the end of the text")
  }

  private mutating func escape() throws -> String {
    guard let byte = next else { throw fault("expected the end of the text") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try unit()
      var units = [first]
      if UTF16.isLeadSurrogate(first) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw fault("expected the second half of a character")
        }
        units.append(try unit())
      }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw fault("expected a character")
      }
      return text
    default: throw fault("expected an escape that JSON has")
    }
  }

  private mutating func unit() throws -> UInt16 {
    guard place + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16),
      bytes[place] != UInt8(ascii: "+")
    else { throw fault("expected four hexadecimal digits") }
    place += 4
    return unit
  }
}
