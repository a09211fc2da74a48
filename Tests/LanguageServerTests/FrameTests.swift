import LanguageServer
import Testing

@Suite("The frames of messages")
struct FrameTests {
  private func frame(_ body: String) -> String {
    "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test("a stream cut anywhere gives the same messages")
  func pieces() throws {
    let stream = Array((frame("{\"a\":\"医保\"}") + frame("{}") + frame("[1]")).utf8)
    for size in [1, 2, 3, 7, 19, stream.count] {
      var reader = FrameReader()
      var found: [String] = []
      var start = 0
      while start < stream.count {
        reader.append(stream[start..<min(start + size, stream.count)])
        start += size
        while let next = try reader.next() {
          if case .message(let bytes) = next {
            found.append(String(decoding: bytes, as: UTF8.self))
          }
        }
      }
      #expect(found == ["{\"a\":\"医保\"}", "{}", "[1]"])
      #expect(!reader.isWithinMessage)
    }
  }

  @Test(
    "a header that is none ends the stream",
    arguments: [
      "Content-Length: -1\r\n\r\n", "Content-Length: 2x\r\n\r\n", "Content-Length: \r\n\r\n",
      "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "Content-Type: x\r\n\r\n{}",
      "Length: 2\r\n\r\n{}", "hello\r\n\r\n", "\r\n\r\n{}",
      "Content-Length: 2\r\nContent-Type: application/json; charset=gbk\r\n\r\n{}",
      String(repeating: "x", count: FrameReader.mostHeaderBytes + 1),
    ])
  func broken(_ header: String) {
    var reader = FrameReader()
    reader.append(header.utf8)
    #expect(throws: FrameReader.Broken.self) { try reader.next() }
  }

  @Test("names of headers stand in any case, and the character set is UTF-8")
  func headers() throws {
    var reader = FrameReader()
    reader.append(
      "content-length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}".utf8)
    #expect(try reader.next() == .message(Array("{}".utf8)))
  }

  @Test("a message beyond the limit is passed over, and the next one read")
  func tooLarge() throws {
    var reader = FrameReader()
    let size = FrameReader.mostBytes + 1
    reader.append("Content-Length: \(size)\r\n\r\n".utf8)
    #expect(try reader.next() == .tooLarge(size))
    let piece = [UInt8](repeating: 0x20, count: 1 << 20)
    for _ in 0..<64 {
      reader.append(piece)
      #expect(try reader.next() == nil)
    }
    reader.append(" Content-Length: 2\r\n\r\n{}".utf8)
    #expect(try reader.next() == .message(Array("{}".utf8)))
  }
}
