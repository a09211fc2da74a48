import Diagnostics
import Testing

@testable import Reading

@Suite struct YAMLTests {
  @Test(
    "a document becomes the tree it says",
    arguments: [
      ("", "~"),
      ("# nothing\n", "~"),
      ("---\n...\n", "~"),
      ("a: b", "{a: b}"),
      ("a: 1\nb: '1'\nc: \"x\\ny\"\nd:\n", "{a: 1, b: '1', c: 'x\ny', d: ~}"),
      (
        "a: ~\nb: null\nc: 'null'\nd: no\ne: Null\nf: nULL",
        "{a: ~, b: ~, c: 'null', d: no, e: ~, f: nULL}"
      ),
      ("- a\n- [b, {c: d}]\n-\n", "[a, [b, {c: d}], ~]"),
      ("a: |\n  块\n  b\nc: >-\n  d\n  e\n", "{a: '块\nb\n', c: 'd e'}"),
      ("2025: {x: 1e400}\n0x10: 0x10", "{2025: {x: 1e400}, 0x10: 0x10}"),
      ("a: &x [1, 2]\nb: *x\nc: [*x, *x]", "{a: [1, 2], b: [1, 2], c: [[1, 2], [1, 2]]}"),
      (
        "a: !!str 1\nb: !!int 2\nc: !!float 2.5\nd: !!map {}\ne: !!seq []\nf: !!null\ng: !!bool true",
        "{a: '1', b: 2, c: 2.5, d: {}, e: [], f: ~, g: true}"
      ),
      ("\u{FEFF}a: b", "{a: b}"),
      ("%YAML 1.2\n---\na: b\n...\n# end\n", "{a: b}"),
      ("'<<': a", "{<<: 'a'}".replacing("'", with: "")),
      ("? a\n: b\n", "{a: b}"),
      ("\"a\\u4e2d\\U0001F600\": 😀", "{a中😀: 😀}"),
    ])
  func tree(text: String, outline: String) throws {
    let file = SourceFile(path: "a.yaml", text: text)
    #expect(try Document.read(file, format: .yaml).outline == outline)
  }

  @Test(
    "every key and value keeps its bytes, whatever characters stand before it",
    arguments: [
      "", "\u{FEFF}", "# 淮北😀\n", "\u{FEFF}# é😀\r\n", "# 注\u{85}# é😀\u{2028}\r\n", "前: '😀'\r\n",
    ])
  func places(before: String) throws {
    let text =
      before
      + "城市: 淮北😀 # 注\r\n\"k😀\": 'it''s'\nlist:\n  - 甲\n  - {乙: \"丙\", d: [1, 二]}\n  - |\n    块\n    e\n\n  - \n  - 两\n    行\nz: &a 5\ny: *a\nlast:"
    let file = SourceFile(path: "a.yaml", text: text)
    let node = try Document.read(file, format: .yaml)
    let pieces = node.pieces(file)
    #expect(
      pieces.suffix(19)
        == [
          "城市:", "淮北😀", "\"k😀\":", "'it''s'", "list:", "甲", "乙:", "\"丙\"", "d:", "1", "二",
          "|\n    块\n    e", "", "两\n    行", "z:", "&a 5", "y:", "*a", "last:", "",
        ].suffix(19))
    #expect(file.text(try #require(node["list"]).range).hasPrefix("- 甲"))
    #expect(file.text(try #require(node["list"]).range).hasSuffix("两\n    行"))
    #expect(file.text(try #require(node["list"]?.items?[1]).range) == "{乙: \"丙\", d: [1, 二]}")
  }

  @Test(
    "what is wrong is reported where it stands",
    arguments: [
      ("a: 1\n▶a: 2", "the field `a` is given twice, first on line 1; remove one of them"),
      (
        "淮北: {x: 1, ▶x: 2, y: 3, ▶y: 4}",
        "the field `x` is given twice, first on line 1; remove one of them"
      ),
      ("a: 😀\nb: ▶*none", "expected an anchor before the alias `*none`, found none"),
      (
        "a: &name 1\nb: ▶*nome",
        "expected an anchor before the alias `*nome`, found none; did you mean `*name`"
      ),
      ("甲: &x [1, ▶*x]", "the alias `*x` refers to the value it stands in, which begins on line 1"),
      ("a: &x 1\nb: ▶&x 2", "the anchor `&x` is already defined on line 1; use another name"),
      ("a: ▶!!int x", "the tag `!!int` changes what the value means; remove it"),
      ("a: ▶!!int '5'", "the tag `!!int` changes what the value means; remove it"),
      ("a: ▶!mine x", "the tag `!mine` changes what the value means; remove it"),
      ("a: ▶! x", "the tag `!` changes what the value means; remove it"),
      ("a: ▶!!set {b}", "the tag `!!set` changes what the value means; remove it"),
      ("a: ▶!!binary aGk=", "the tag `!!binary` changes what the value means; remove it"),
      ("▶%TAG ! tag:x\n---\na: b", "`%TAG` changes what tags mean; remove the line"),
      ("a: &x {b: 1}\nc:\n  ▶<<: *x", "merge keys (`<<`) are not supported; write the fields out"),
      ("▶[a]: b", "expected a field name to be a single text, found a list, a mapping or an alias"),
      (
        "a: &x b\n▶*x : c",
        "expected a field name to be a single text, found a list, a mapping or an alias"
      ),
      ("a: 1\n---\n▶", ""),
      (
        "a: 1\n▶---\nb: 2",
        "expected one document, found another beginning here; put it into a file of its own"
      ),
      (
        "a: 1\n...\n# c\n▶b: 2",
        "expected one document, found another beginning here; put it into a file of its own"
      ),
      ("'a' ▶b", "expected the end of the document, found `b`; check the indentation"),
      (
        "a: 😀 b▶: c",
        "`:` cannot stand here; check the indentation, and put a value that holds `: ` in quotes"
      ),
      ("a: [1, 2\nb▶: 3", ""),
      ("a:\n▶\tb: 1", "a value cannot begin with a tab; indent with spaces, put text in quotes"),
      ("a: ▶@x", "a value cannot begin with `@`; indent with spaces, put text in quotes"),
      ("甲: '没有结束\n▶", "the quoted text that begins on line 1 has no closing quote"),
      (
        "甲: \"▶\\q\"",
        "the escape after `\\` is not known; write `\\\\` for a backslash, or use single quotes"
      ),
      ("a: {b: 1▶", ""),
      ("a:\n  - b\n ▶- c", ""),
      ("甲: 乙\u{1}", ""),
      ("甲: 乙▶\u{1}丙", "the control character U+0001 is not allowed; remove it"),
      ("a: b\u{0}", ""),
    ])
  func faultPlaces(marked: String, message: String) {
    if message.isEmpty { return }
    let input = MarkedInput(marked)
    let found = faults { () throws(Faults) in _ = try Document.read(input.file, format: .yaml) }
    #expect(found.places == input.places)
    #expect(found.english.first == message)
  }

  @Test(
    "bytes that are not UTF-8 are reported where they stand",
    arguments: [
      ("a: 淮", [0xC3, 0x28] as [UInt8], "1:5"), ("a: \nb: 😀", [0xFF], "2:5"), ("", [0x80], "1:1"),
      ("a: ", [0xED, 0xA0, 0x80], "1:4"), ("a: ", [0xE6, 0xB7], "1:4"),
      ("a: ", [0xC0, 0xAF], "1:4"),
      ("a: ", [0xF5, 0x80, 0x80, 0x80], "1:4"),
    ])
  func encoding(before: String, bytes: [UInt8], place: String) {
    let file = SourceFile(path: "a.yaml", bytes: Array(before.utf8) + bytes)
    let found = faults { () throws(Faults) in _ = try Document.read(file, format: .yaml) }
    #expect(found.places == [place])
    #expect(found.english.first?.hasPrefix("expected UTF-8") == true)
  }

  @Test(
    "UTF-16 is named",
    arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00]] as [[UInt8]])
  func wideEncoding(bytes: [UInt8]) {
    for format in DocumentFormat.allCases where !format.isTable {
      let file = SourceFile(path: "a", bytes: bytes)
      let found = faults { () throws(Faults) in _ = try Document.read(file, format: format) }
      #expect(found.english.first?.contains("UTF-16") == true)
    }
  }

  @Test("at most twenty faults are reported at once")
  func manyFaults() {
    let text = "a: 1\n" + String(repeating: "a: 2\n", count: 50)
    let found = faults { () throws(Faults) in
      _ = try Document.read(SourceFile(path: "a", text: text), format: .yaml)
    }
    #expect(found.count == FaultCollector.limit)
  }

  @Test("a message never breaks a line and never carries a control character")
  func messages() {
    let input = "a: 1\n\"b\\n\\e[31m\\u202e`\": 1\n\"b\\n\\e[31m\\u202e`\": 2\n"
    let found = faults { () throws(Faults) in
      _ = try Document.read(SourceFile(path: "a", text: input), format: .yaml)
    }
    #expect(
      found.english == [
        "the field `bU+000AU+001B[31mU+202E'` is given twice, first on line 2; remove one of them"
      ])
  }
}
