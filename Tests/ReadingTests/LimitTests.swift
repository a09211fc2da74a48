import Diagnostics
import Testing

@testable import Reading

@Suite struct LimitTests {
  private static let small: ReadingLimits = {
    var limits = ReadingLimits()
    limits.depth = 4
    limits.scalarBytes = 10
    limits.treeBytes = 200
    limits.treeNodes = 20
    limits.aliasNodes = 8
    limits.allAliasNodes = 12
    limits.anchoredNodes = 6
    limits.columns = 3
    return limits
  }()

  /// Rounds of what is within a limit, and the same one step beyond it.
  @Test(
    "a value on a limit is read, the next one beyond it is a fault that names it",
    arguments: [
      (DocumentFormat.yaml, "[[[[1]]]]", "[[[[[1]]]]]", "4 levels"),
      (.yaml, "a:\n  b:\n    - - c", "a:\n  b:\n    - - - c", "4 levels"),
      (.yaml, "a: &x [[1]]\nb: [*x]", "a: &x [[1]]\nb: [[*x]]", "4 levels"),
      (.json, "[[[[1]]]]", "[[[[[1]]]]]", "4 levels"),
      (.json, "{\"a\":{\"b\":[[]]}}", "{\"a\":{\"b\":[[[]]]}}", "4 levels"),
      (.yaml, "a: 0123456789", "a: 01234567890", "10 bytes"),
      (.yaml, "'0123456789': a", "'01234567890': a", "10 bytes"),
      (.json, "\"01234567\"", "\"0123456789\"", "10 bytes"),
      (.json, "{\"01234567\":1}", "{\"0123456789\":1}", "10 bytes"),
      (.json, "1234567890", "12345678901", "10 bytes"),
      (
        .yaml, "[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9]",
        "[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0]", "20 values"
      ),
      (
        .json, "[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9]",
        "[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0]", "20 values"
      ),
      (.yaml, "- &a [1]\n- [*a,*a,*a,*a]", "- &a [1]\n- [*a,*a,*a,*a,*a]", "8 values"),
      (.yaml, "- &a 1\n- &b [1,2,3,4]", "- &a 1\n- &b [1,2,3,4,5]", "6 values"),
      (
        .yaml, "a: b" + String(repeating: " ", count: 190),
        "a: b\n" + String(repeating: "# abcdefg\n", count: 20) + "c: d", "200 bytes"
      ),
      (
        .json, "[" + String(repeating: " ", count: 190) + "1]",
        "[" + String(repeating: " ", count: 201) + "1]", "200 bytes"
      ),
    ])
  func limits(format: DocumentFormat, within: String, beyond: String, words: String) {
    let good = faults { () throws(Faults) in
      _ = try Document.read(
        SourceFile(path: "a", text: within), format: format, limits: Self.small)
    }
    #expect(good.english == [])
    let bad = faults { () throws(Faults) in
      _ = try Document.read(
        SourceFile(path: "a", text: beyond), format: format, limits: Self.small)
    }
    #expect(bad.english.last?.contains("limit of " + words) == true)
  }

  @Test("a stream of any length is read where each item is within the limits")
  func streams() throws {
    let yaml = "x: 1\nlist:\n" + String(repeating: "- {a: [1, 2], b: 3}\n", count: 500) + "y: 2\n"
    let json = "{\"x\": 1, \"list\": [" + String(repeating: "{\"a\": [1, 2]},", count: 500) + "{}]}"
    for (format, text) in [(DocumentFormat.yaml, yaml), (.json, json)] {
      var count = 0
      let head = try Document.read(
        SourceFile(path: "a", text: text), format: format, streaming: "list", limits: Self.small
      ) { (_: Node) throws(Faults) in count += 1 }
      #expect(count >= 500)
      #expect(head["list"]?.items?.isEmpty == true)
    }
  }

  @Test(
    "one streamed item beyond the limits is a fault",
    arguments: [
      (DocumentFormat.yaml, "list:\n- 1\n- [1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0]"),
      (.json, "{\"list\":[1,[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0]]}"),
      (.jsonLines, "1\n[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0]"),
    ])
  func streamedItem(format: DocumentFormat, text: String) {
    var count = 0
    let found = faults { () throws(Faults) in
      _ = try Document.read(
        SourceFile(path: "a", text: text), format: format, streaming: "list", limits: Self.small
      ) { (_: Node) throws(Faults) in count += 1 }
    }
    #expect(count == 1)
    #expect(found.english.first?.contains("20 values") == true)
  }

  @Test("aliases of all items together have a limit")
  func allAliases() {
    let text = "x: &x [1, 2]\nlist:\n- *x\n- *x\n- *x\n- *x\n- *x\n"
    var count = 0
    let found = faults { () throws(Faults) in
      _ = try Document.read(
        SourceFile(path: "a", text: text), format: .yaml, streaming: "list", limits: Self.small
      ) { (_: Node) throws(Faults) in count += 1 }
    }
    #expect(count == 4)
    #expect(found.places == ["7:3"])
    #expect(found.english.first?.contains("limit of 12 values") == true)
  }

  @Test("what libyaml may take in for one event has a limit")
  func bytesWithoutEvent() {
    var limits = ReadingLimits()
    limits.bytesWithoutEvent = 1 << 20
    let text = "a: 1\nb: " + String(repeating: "x ", count: 1 << 20)
    let found = faults { () throws(Faults) in
      _ = try Document.read(SourceFile(path: "a", text: text), format: .yaml, limits: limits)
    }
    #expect(found.places == ["2:2"])
    #expect(found.english.first?.contains("1 MiB") == true)
  }

  @Test(
    "rows of CSV have limits",
    arguments: [
      ("a,b,c,▶d\n", "limit of 3 fields"), ("a,b\n1,▶01234567890\n", "limit of 10 bytes"),
    ])
  func rows(marked: String, words: String) {
    let input = MarkedInput(marked)
    let found = faults { () throws(Faults) in
      try CSVReader.read(
        input.file, limits: Self.small, row: { (_: borrowing CSVRow) throws(Faults) in true })
    }
    #expect(found.places == input.places)
    #expect(found.english.first?.contains(words) == true)
  }

  /// Each of these once took, or could take, a parser of YAML or JSON time or memory out of proportion.
  @Test(
    "hostile input ends in a fault or in a tree, within the limits",
    arguments: [
      "[", "{", "[{", "[\n", "{a: ", "- ", "? ", ": ", "!", "! ", "&a ", "*a ", "]", ",", "---\n",
      "...\n",
      "%YAML 1.1\n", "%TAG ! x\n", "'a':", "\"a\" ", "[a]: ", "#", "|\n", "\"", "\t", "\r", "\"\\u",
      "1", "1e", "-",
      "\\", "[[],", "{\"a\":", "\u{FEFF}", "<<: ", "&", "*", "a: b: ", "- - a\n", "\"\"", ",\n",
    ])
  func hostile(piece: String) {
    let file = SourceFile(path: "a", text: String(repeating: piece, count: 30_000))
    for format in DocumentFormat.allCases where !format.isTable {
      let found = faults { () throws(Faults) in
        _ = try Document.read(file, format: format, streaming: "list") {
          (_: Node) throws(Faults) in
        }
      }
      #expect(found.count <= FaultCollector.limit)
    }
    let found = faults { () throws(Faults) in
      try TableReader.read(
        file, isKnown: { $0 == "id" }, header: { (_: TableHeader) throws(Faults) in },
        row: { (_: borrowing CSVRow) throws(Faults) in true })
    }
    #expect(found.count <= FaultCollector.limit)
  }

  @Test("a billion laughs stop at the limit of aliases")
  func laughs() {
    var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    var last = "a"
    for name in ["b", "c", "d", "e", "f", "g"] {
      text += "\(name): &\(name) [" + String(repeating: "*\(last), ", count: 10) + "]\n"
      last = name
    }
    let found = faults { () throws(Faults) in
      _ = try Document.read(SourceFile(path: "a", text: text), format: .yaml)
    }
    #expect(found.english.first?.contains("limit of 100000 values") == true)
  }
}
