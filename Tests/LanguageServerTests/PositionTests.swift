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

  @Test(
    "a text changed piece by piece is the text that the client has",
    arguments: PositionEncoding.allCases)
  func edits(_ encoding: PositionEncoding) {
    var state: UInt64 = 20_260_301
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return bound == 0 ? 0 : Int((state >> 33) % UInt64(bound))
    }
    let pieces = ["a", "医保", "\u{1F3E5}", "\n", "\r\n", ": ", "", "é", "  - x"]
    var document = DocumentText("")
    // The client's own text, by scalars.
    var scalars: [Unicode.Scalar] = []
    func position(_ index: Int) -> Position {
      var line = 0
      var start = 0
      for place in 0..<index where scalars[place] == "\n" { (line, start) = (line + 1, place + 1) }
      let units = scalars[start..<index].reduce(0) { sum, scalar in
        switch encoding {
        case .utf8: sum + UTF8.width(scalar)
        case .utf16: sum + UTF16.width(scalar)
        case .utf32: sum + 1
        }
      }
      return Position(line: line, character: units)
    }
    for _ in 0..<400 {
      // Not between CR and LF.
      func place(_ bound: Int) -> Int {
        var place = next(bound + 1)
        if place > 0, place < scalars.count, scalars[place - 1] == "\r" { place -= 1 }
        return place
      }
      let a = place(scalars.count)
      let b = place(scalars.count)
      let (start, end) = (min(a, b), min(max(a, b), min(a, b) + 5))
      let last = end < scalars.count && end > 0 && scalars[end - 1] == "\r" ? end + 1 : end
      let new = pieces[next(pieces.count)]
      let from = document.offset(of: position(start), encoding)
      let to = document.offset(of: position(last), encoding)
      document.replace(from..<max(from, to), with: Array(new.utf8))
      scalars.replaceSubrange(start..<last, with: Array(new.unicodeScalars))
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      #expect(document.bytes == Array(text.utf8))
    }
  }
}
