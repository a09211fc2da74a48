/// Cuts a stream of bytes into messages: a header with `Content-Length`, an empty line, and so many bytes.
///
/// Bytes may come in pieces of any size. A header that cannot be understood ends the stream, since nobody knows where the next message
/// would begin; a message beyond the limit is passed over, and the next one is read.
package struct FrameReader: Sendable {
  /// Bytes of one message.
  package static let mostBytes = 64 << 20
  /// Bytes of one header.
  package static let mostHeaderBytes = 4 << 10

  package enum Frame: Sendable, Equatable {
    case message([UInt8])
    /// One of so many bytes, which was passed over.
    case tooLarge(Int)
  }

  /// A header that is none, in one sentence.
  package struct Broken: Error, Sendable, Equatable {
    package let message: String
  }

  private var bytes: [UInt8] = []
  private var start = 0
  /// How much of a message that is too large is still to be passed over.
  private var skipped = 0

  package init() {}

  package mutating func append(_ more: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Whether bytes of a message that is not whole are left.
  package var isWithinMessage: Bool { start < bytes.count || skipped > 0 }

  /// The next message that is there as a whole; nil where more bytes are needed.
  package mutating func next() throws(Broken) -> Frame? {
    if skipped > 0 {
      let passed = min(skipped, bytes.count - start)
      start += passed
      skipped -= passed
      if skipped > 0 { return nil }
    }
    guard let end = headerEnd else {
      if bytes.count - start > Self.mostHeaderBytes {
        throw Broken(message: "the header is longer than \(Self.mostHeaderBytes) bytes")
      }
      return nil
    }
    let length = try contentLength(bytes[start..<end])
    if length > Self.mostBytes {
      start = end + 4
      skipped = length
      return .tooLarge(length)
    }
    guard bytes.count - end - 4 >= length else { return nil }
    let body = Array(bytes[(end + 4)..<(end + 4 + length)])
    start = end + 4 + length
    return .message(body)
  }

  /// Where the empty line after the header begins.
  private var headerEnd: Int? {
    var index = start
    let last = min(bytes.count, start + Self.mostHeaderBytes) - 3
    while index < last {
      if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10
      {
        return index
      }
      index += 1
    }
    return nil
  }

  private func contentLength(_ header: ArraySlice<UInt8>) throws(Broken) -> Int {
    var length: Int?
    let text = String(decoding: header, as: UTF8.self)
    for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
      guard let colon = line.firstIndex(of: ":") else {
        throw Broken(message: "expected `name: value` in the header")
      }
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      switch name {
      case "content-length":
        guard length == nil, !value.isEmpty, value.count <= 12,
          value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value)
        else { throw Broken(message: "expected one `Content-Length` with a number") }
        length = number
      case "content-type":
        let isUTF8 =
          !value.contains("charset") || value.lowercased().contains("utf-8")
          || value.lowercased().contains("utf8")
        if !isUTF8 { throw Broken(message: "expected the character set utf-8") }
      default: throw Broken(message: "there is no header `\(line[..<colon].prefix(40))`")
      }
    }
    guard let length else { throw Broken(message: "expected `Content-Length` in the header") }
    return length
  }
}
