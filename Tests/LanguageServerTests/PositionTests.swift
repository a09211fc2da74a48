import LanguageServer
import Testing

@Suite("Positions")
struct PositionTests {
  private let text = DocumentText("a: 医保\r\n\u{1F600}b: c\rd\n")

  @Test(
    "a position and its byte are told from each other in every encoding",
    arguments: PositionEncoding.allCases)
  func roundTrip(_ encoding: PositionEncoding) {
    for (offset, byte) in text.bytes.enumerated()
    where byte & 0xC0 != 0x80 && byte != 10 && byte != 13 {
      let position = text.position(of: offset, encoding)
      #expect(text.offset(of: position, encoding) == offset)
    }
  }

  @Test("Chinese counts one, an emoji two units of UTF-16, and bytes are bytes")
  func units() throws {
    let end = text.line(0).upperBound
    #expect(text.position(of: end, .utf16) == Position(line: 0, character: 5))
    #expect(text.position(of: end, .utf8) == Position(line: 0, character: 9))
    #expect(text.position(of: end, .utf32) == Position(line: 0, character: 5))
    let b = try #require(text.bytes.firstIndex(of: UInt8(ascii: "b")))
    #expect(text.position(of: b, .utf16) == Position(line: 1, character: 2))
    #expect(text.position(of: b, .utf8) == Position(line: 1, character: 4))
    #expect(text.position(of: b, .utf32) == Position(line: 1, character: 1))
    // Half an emoji is before it.
    #expect(text.offset(of: Position(line: 1, character: 1), .utf16) == b - 4)
  }

  @Test("LF, CR LF and CR end lines; what lies beyond a line or the text is its end")
  func lines() {
    #expect(text.lineCount == 4)
    #expect(text.text(text.line(2)) == "d")
    #expect(text.offset(of: Position(line: 0, character: 99), .utf16) == text.line(0).upperBound)
    #expect(text.offset(of: Position(line: 99, character: 0), .utf16) == text.bytes.count)
    #expect(text.offset(of: Position(line: -1, character: -1), .utf16) == 0)
  }

  @Test("addresses keep Chinese names, blanks and signs")
  func addresses() {
    let path = "/工作/a b%c#d.yaml"
    let uri = FilePath.uri(path)
    #expect(uri == "file:///%E5%B7%A5%E4%BD%9C/a%20b%25c%23d.yaml")
    #expect(FilePath.of(uri: uri) == path)
    #expect(FilePath.of(uri: "untitled:1") == nil)
  }
}
