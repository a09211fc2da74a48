import Diagnostics
import Testing

@testable import Reading

@Suite struct JSONTests {
  @Test(
    "a document becomes the tree it says",
    arguments: [
      ("{}", "{}"), (" [ ] ", "[]"), ("\u{FEFF}1", "#1"), ("null", "~"),
      (
        "{\"a\": [1, -0.5e+3, true, false, null, \"x\"]}",
        "{a: [#1, #-0.5e+3, ?true, ?false, ~, 'x']}"
      ),
      (#""\u4e2d\ud83d\ude00\/\b\f\n\r\t\"\\""#, "'中😀/\u{8}\u{C}\n\r\t\"\\'"),
      ("{\"\": 1}", "{: #1}"), ("[0, -0, 10, 1E5]", "[#0, #-0, #10, #1E5]"),
      ("\r\n\t\"淮北😀\"", "'淮北😀'"), ("\"\u{7F}\u{2028}\"", "'\u{7F}\u{2028}'"),
    ])
  func tree(text: String, outline: String) throws {
    let file = SourceFile(path: "a.json", text: text)
    #expect(try Document.read(file, format: .json).outline == outline)
  }

  @Test("every key and value keeps its bytes")
  func places() throws {
    let file = SourceFile(
      path: "a.json", text: "\u{FEFF}{\"城\\u5e02\" : \"淮北😀\",\r\n \"b\":[1.50, {\"c\": null}]}")
    let node = try Document.read(file, format: .json)
    #expect(
      node.pieces(file) == [
        "\"城\\u5e02\":", "\"淮北😀\"", "\"b\":", "1.50", "\"c\":", "null",
      ])
    #expect(file.text(try #require(node["b"]).range) == "[1.50, {\"c\": null}]")
    #expect(node["城市"]?.scalar?.text == "淮北😀")
  }

  @Test(
    "what RFC 8259 does not allow is reported where it stands",
    arguments: [
      ("▶", "expected a value, found the end of the file"),
      ("[1▶", "expected `,` or `]`, found the end of the file"),
      ("[1,▶]", "expected another item after `,`, found `]`; no comma may follow the last item"),
      (
        "{\"甲\": 1,▶}",
        "expected another item after `,`, found `}`; no comma may follow the last item"
      ),
      ("[▶,1]", "expected a value, found `,`"),
      ("[1 ▶2]", "expected `,` or `]`, found `2`"),
      ("{▶a: 1}", "expected a field name in double quotes, found `a`"),
      ("{▶'a': 1}", "expected a field name in double quotes, found `'`"),
      ("{\"a\" ▶1}", "expected `:` after the field `a`, found `1`"),
      ("[▶'a']", "expected a value, found `'`; text stands in double quotes"),
      ("▶// x\n1", "expected a value, found `/`; JSON has no comments"),
      (
        "[▶NaN]",
        "expected a value, found `NaN`; text stands in double quotes, and JSON has no `NaN` or `Infinity`"
      ),
      (
        "[▶True]",
        "expected a value, found `True`; text stands in double quotes, and JSON has no `NaN` or `Infinity`"
      ),
      (
        "[▶truely]",
        "expected a value, found `truely`; text stands in double quotes, and JSON has no `NaN` or `Infinity`"
      ),
      ("[-▶Infinity]", "expected a digit, found `Infinity`"),
      (
        "[▶+1]",
        "expected a value, found `+`; text stands in double quotes, and JSON has no `NaN` or `Infinity`"
      ),
      ("[0▶1]", "expected a number without leading zeros, found `1`; put codes in double quotes"),
      ("[0▶x10]", "expected a digit, found `x10`"),
      ("[1.▶]", "expected a digit, found `]`"),
      (
        "[▶.5]",
        "expected a value, found `.`; text stands in double quotes, and JSON has no `NaN` or `Infinity`"
      ),
      ("[1e▶]", "expected a digit, found `]`"), ("[1.2▶.3]", "expected a digit, found `.`"),
      ("1 ▶2", "expected the end of the file, found `2`"),
      ("{\"淮\":1,▶\"淮\":2}", "the field `淮` is given twice, first on line 1; remove one of them"),
      ("[\"淮\", ▶\"x]", "the text that begins here has no closing quote"),
      (
        "[\"淮▶\n\"]",
        "text cannot hold the control character U+000A as it is; write a line break as `\\n`, and check the quotes"
      ),
      ("[\"淮▶\\x\"]", "the escape `\\x` is not known; write `\\\\` for a backslash"),
      ("[\"▶\\u12g4\"]", "the escape `\\u12g` is not known; write `\\\\` for a backslash"),
      ("[\"▶\\ud83d\"]", "`\\ud83d` is half a character; expected a pair of surrogates"),
      ("[\"▶\\ude00\\ud83d\"]", "`\\ude00` is half a character; expected a pair of surrogates"),
      ("[\"▶\\ud83d\\u0041\"]", "`\\ud83d` is half a character; expected a pair of surrogates"),
      (
        "[▶１]",
        "expected a value, found `１`; text stands in double quotes, and JSON has no `NaN` or `Infinity`"
      ),
    ])
  func faultPlaces(marked: String, message: String) {
    let input = MarkedInput(marked)
    let found = faults { () throws(Faults) in _ = try Document.read(input.file, format: .json) }
    #expect(found.places == input.places)
    #expect(found.english == [message])
  }

  @Test(
    "bytes that are not UTF-8 are reported where they stand",
    arguments: [
      ("[\"淮", [0xFF] as [UInt8], "\"]", "1:4"), ("[\"a\\n", [0xC3, 0x28], "\"]", "1:6"),
      ("[\"", [0xED, 0xA0, 0x80], "\\n\"]", "1:3"), ("[", [0xE6], "]", "1:2"),
    ])
  func encoding(before: String, bytes: [UInt8], after: String, place: String) {
    let file = SourceFile(path: "a", bytes: Array(before.utf8) + bytes + Array(after.utf8))
    let found = faults { () throws(Faults) in _ = try Document.read(file, format: .json) }
    #expect(found.places == [place])
    #expect(found.english.first?.hasPrefix("expected UTF-8") == true)
  }

  @Test("JSON Lines are one value a line, blank lines aside")
  func lines() throws {
    let file = SourceFile(path: "a.jsonl", text: "\u{FEFF}{\"a\": 1}\r\n\n  \n{\"b\": 2}  \n[3]")
    #expect(
      try Document.read(file, format: .jsonLines).outline == "[{a: #1}, {b: #2}, [#3]]")
  }

  @Test(
    "a record broken over lines, or two on one, is a fault",
    arguments: [
      (
        "{\"a\":▶\n1}\n",
        "expected each record of JSON Lines on one line, found a line break inside one"
      ),
      ("{} ▶{}\n", "expected the end of the line, found `{`; one value a line"),
      ("{}\n{}▶,\n", "expected the end of the line, found `,`; one value a line"),
    ])
  func brokenLines(marked: String, message: String) {
    let input = MarkedInput(marked)
    let found = faults { () throws(Faults) in
      _ = try Document.read(input.file, format: .jsonLines)
    }
    #expect(found.places == input.places)
    #expect(found.english == [message])
  }
}
