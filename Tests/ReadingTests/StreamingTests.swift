import Diagnostics
import Testing

@testable import Reading

@Suite struct StreamingTests {
  @Test(
    "streaming gives the items that the whole tree has",
    arguments: [
      (DocumentFormat.yaml, "a: 1\nlist:\n  - x: 1\n  - [2]\n  - 三\nz: {list: [1]}\n"),
      (.yaml, "- x: 1\n- [2]\n-\n"), (.yaml, "[x, {y: 1}]"),
      (.yaml, "list: [{a: &s {b: 1}}, {a: *s}, *s]"),
      (.yaml, "s: &s {b: 1}\nlist:\n- *s\n- {q: *s}\n"), (.yaml, "list: none\n"), (.yaml, "text"),
      (.yaml, ""), (.yaml, "a: {list: [1, 2]}\n"), (.yaml, "list: []\n"),
      (.json, "{\"a\": 1, \"list\": [{\"x\": 1}, [2], \"三\"], \"z\": {\"list\": [1]}}"),
      (.json, "[{\"x\": 1}, [2], null]"), (.json, "{\"list\": 5}"), (.json, "5"),
      (.json, "{\"list\": []}"),
      (.jsonLines, "{\"x\": 1}\n[2]\n3\n"), (.jsonLines, ""),
    ])
  func sameItems(format: DocumentFormat, text: String) throws {
    let file = SourceFile(path: "a", text: text)
    let whole = try Document.read(file, format: format)
    var items: [Node] = []
    var head = try Document.read(file, format: format, streaming: "list") {
      (item: Node) throws(Faults) in items.append(item)
    }
    switch head.content {
    case .list: head.content = .list(items)
    case .map(var entries):
      if let i = entries.firstIndex(where: { $0.key == "list" && $0.value.items != nil }) {
        entries[i].value.content = .list(items)
        head.content = .map(entries)
      }
    case .scalar: break
    }
    #expect(head == whole)
  }

  @Test("items before a fault come before it; an item at fault is left out")
  func faultInStream() {
    let input = MarkedInput("list:\n- {a: 1}\n- {a: 1, ▶a: 2}\n- {b: ▶!x 1}\n- {c: 1}\n- {d▶")
    var items: [String] = []
    let found = faults { () throws(Faults) in
      _ = try Document.read(input.file, format: .yaml, streaming: "list") {
        (item: Node) throws(Faults) in items.append(item.outline)
      }
    }
    #expect(items == ["{a: 1}", "{c: 1}"])
    #expect(found.places == input.places)
  }

  @Test("parts of JSON Lines keep the places of the whole")
  func parts() throws {
    let input = MarkedInput("\u{FEFF}{\"a\": 1}\n{\"淮\": 2}\n{▶x}\n")
    let text = input.file.text(ByteRange(start: 0, end: input.file.count))
    let middle = (text.utf8.firstIndex(of: 10)?.utf16Offset(in: text) ?? 0) + 1 + 2
    var items: [String] = []
    try Document.readLines(input.file, in: ByteRange(start: 0, end: middle)) {
      (item: Node) throws(Faults) in items.append(item.outline)
    }
    #expect(items == ["{a: #1}"])
    let found = faults { () throws(Faults) in
      try Document.readLines(input.file, in: ByteRange(start: middle, end: input.file.count)) {
        (item: Node) throws(Faults) in items.append(item.outline)
      }
    }
    #expect(items == ["{a: #1}", "{淮: #2}"])
    #expect(found.places == input.places)
  }

  @Test("a fault that the receiver throws ends the reading")
  func thrownByReceiver() {
    let file = SourceFile(path: "a", text: "[1, 2, 3]")
    for format in [DocumentFormat.yaml, .json] {
      var count = 0
      let found = faults { () throws(Faults) in
        _ = try Document.read(file, format: format, streaming: "list") {
          (item: Node) throws(Faults) in
          count += 1
          if count == 2 { throw Faults(Fault(file, item.range, zh: "停", en: "stop")) }
        }
      }
      #expect(count == 2)
      #expect(found.places == ["1:5"])
    }
  }
}
