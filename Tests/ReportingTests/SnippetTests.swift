import Diagnostics
import TestSupport
import Testing

@testable import Reporting

@Suite struct SnippetTests {
  /// The line and the carets below it, as text shows them.
  private func shown(_ marked: String, width: Int = 100) -> [String] {
    let location = MarkedText(marked).file(path: "f").locations[0]
    let snippet = Snippet(location, width: width)
    return [
      snippet.line,
      String(repeating: " ", count: snippet.indent) + String(repeating: "^", count: snippet.carets),
    ]
  }

  @Test func `carets stand under the token, and under Chinese by display width`() {
    #expect(shown("a: «bc» d\n") == ["a: bc d", "   ^^"])
    #expect(shown("名称: «惠民»\n") == ["名称: 惠民", "      ^^^^"])
    #expect(shown("x\né́ｅ: «é»") == ["é́ｅ: é", "     ^"])
  }

  @Test func `an empty token and one at the end of the file get one caret`() {
    #expect(shown("ab«»c") == ["abc", "  ^"])
    #expect(shown("ab\n«»") == ["", "^"])
    #expect(shown("«\r\n»x") == ["", "^"])
  }

  @Test func `a token of several lines is underlined to the end of its first`() {
    #expect(shown("- «a: 1\n  b: 2»\n") == ["- a: 1", "  ^^^^"])
  }

  @Test func `tabs are expanded`() {
    #expect(shown("\ta\t«b»") == ["    a   b", "        ^"])
  }

  @Test func `control and bidirectional characters are made visible and counted so`() {
    #expect(shown("\u{1B}[2J«x\u{202E}»") == ["␛[2Jx<U+202E>", "    ^^^^^^^^^"])
  }

  @Test func `a long line is cut around the token to the width asked for`() {
    let long = String(repeating: "甲", count: 300) + "«token»" + String(repeating: "乙", count: 300)
    let lines = shown(long, width: 60)
    #expect(DisplayWidth.of(lines[0]) <= 60)
    #expect(lines[0].hasPrefix("…甲") && lines[0].hasSuffix("乙…"))
    #expect(lines[1].hasSuffix("^^^^^"))
    let prefix = lines[0].prefix(upTo: lines[0].firstIndex(of: "t") ?? lines[0].startIndex)
    #expect(DisplayWidth.of(String(prefix)) == DisplayWidth.of(lines[1]) - 5)
  }

  @Test func `a line of megabytes is looked at near the token only`() {
    let text = String(repeating: "x", count: 5_000_000)
    let file = SourceFile(path: "f", text: text)
    let snippet = Snippet(
      Location(file: file, range: ByteRange(start: 2_500_000, end: 2_500_004)), width: 80)
    #expect(snippet.line.unicodeScalars.count == 80)
    #expect(snippet.carets == 4)
  }

  @Test func `a line that is not UTF-8 is shown with replacement characters`() {
    let file = SourceFile(path: "f", bytes: [0x61, 0xFF, 0xE4, 0xBD, 0x62])
    let snippet = Snippet(Location(file: file, range: ByteRange(start: 4, end: 5)), width: 80)
    #expect(snippet.line == "a\u{FFFD}\u{FFFD}b")
    #expect(snippet.indent == 3)
  }

  @Test(arguments: [
    ("abc", 3), ("中文", 4), ("ＡＢ", 4), ("e\u{301}", 1), ("“”", 2), ("👨‍👩‍👧", 2), ("🇨🇳🇨🇳", 4),
    ("👍🏽", 2), ("❤️", 2), ("한글", 4), ("ﾊﾝ", 2), ("", 0), ("\u{20000}", 2),
  ])
  func `display width is what terminals draw`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
