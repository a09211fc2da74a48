import Diagnostics
import Testing

@testable import Cases
@testable import Reading

@Suite("Applications in JSON Lines are read without a tree")
struct PlainLinesTests {
  private static let least =
    #""id": "A1", "name": "某", "kind": "clinic", "requests": ["outpatient"], "submitted": "2026-03-02""#

  /// The lines as the reader of trees has them.
  private static func slowly(_ text: String) -> Result<[Application], Faults> {
    let file = SourceFile(path: "a.jsonl", text: text)
    var context = FieldContext(file)
    let reader = Application.reader(file: 0)
    var found: [Application] = []
    do throws(Faults) {
      try Document.readLines(file, in: ByteRange(start: 0, end: file.count)) { node in
        if let application = reader.read(node, &context) { found.append(application) }
      }
      try context.faults.check()
      return .success(found)
    } catch {
      return .failure(error)
    }
  }

  private static func quickly(_ text: String) -> [Application]? {
    let file = SourceFile(path: "a.jsonl", text: text)
    return PlainApplications.readLines(file, index: 0, Application.reader(file: 0), .builtIn)?
      .applications
  }

  private static let lines = [
    "{\(least)}",
    "  { \(least) , \"beds\" : 0 }  ",
    #"{"submitted": "2024-02-29", "requests": ["inpatient"], "kind": "hospital", "name": "甲 医院", "id": "H-1", "beds": 120, "existing_beds": 30, "score": 88.25, "occupancy": 71.50, "location": {"lon": 116.79420, "lat": 33.9, "datum": "gcj02"}, "district": "相山区", "street": "三堤口街道", "circumstances": ["key_project"], "specialty": ["rehabilitation", "tcm"], "group": "tongji", "designated_for": [], "institution": "P1", "replaces": "P2", "setting": "central"}"#,
    "{\(least), \"score\": null, \"x-own\": {\"a\": [1, {\"b\": [true, false, null]}]}}",
    "{\(least), \"street\": \"a\\u4e00\\\"b\"}",
    "{\(least), \"score\": 100}", "{\(least), \"street\": \"𠀀街道\"}\r",
  ]

  @Test("and come out as the tree has them", arguments: lines)
  func same(_ line: String) throws {
    let slow = try Self.slowly(line).get()
    let quick = try #require(Self.quickly(line))
    #expect(slow.count == 1)
    #expect(quick.map(ApplicationItemTests.said) == slow.map(ApplicationItemTests.said))
  }

  @Test("many of them too, with blank lines between, however the file is cut", arguments: 1...7)
  func parts(_ count: Int) throws {
    var text = "\u{FEFF}\n"
    for number in 0..<40 {
      let line = Self.lines[number % Self.lines.count]
      text += line + (number % 3 == 0 ? "\n \t\n" : "\n")
    }
    if count.isMultiple(of: 2) { text.removeLast() }
    let file = SourceFile(path: "a.jsonl", text: text)
    var expected: [ByteRange] = []
    try Document.readLines(file, in: ByteRange(start: 0, end: file.count)) {
      expected.append($0.range)
    }
    let read = PlainJSONLines.read(
      file, parts: Array(repeating: [ByteRange](), count: count), smallestPart: 10
    ) { part, item, range in
      let first = item?.tokens.first
      #expect(first.map { range.start <= $0.range.start && $0.range.end <= range.end } ?? true)
      part.append(range)
      return true
    }
    let ranges = try #require(read)
    #expect(ranges.count == count)
    #expect(count == 1 || ranges.filter { !$0.isEmpty }.count > 1)
    let found = ranges.joined().map { file.text($0) }
    #expect(found.count == 40)
    #expect(zip(found, expected).allSatisfy { $0.contains(file.text($1)) })
    #expect(
      try Self.slowly(text).get().map(ApplicationItemTests.said)
        == Self.quickly(text)?.map(ApplicationItemTests.said))
  }

  @Test(
    "and a fault leaves the file to the reader of trees",
    arguments: [
      "{\(least), \"kind\": \"clinic\"}", "{\(least), \"score\": 101}", "{\(least), \"beds\": 01}",
      "{\(least)", "{\(least)} {}", "{\(least),}", "[\(least)]", "{\(least), \"beds\": 1.}",
      "{\(least), \"street\": \"a\tb\"}", "{\(least), 'street': 1}", "{\(least), \"street\": tru}",
      "{\(least), \"bedz\": 1}", "{\(least), \"location\": {\"lon\": 33.9, \"lat\": 116.7}}",
      "{\(least), \"score\": 8.5e1}", "{\(least), \"beds\": \"12\"}", "{\(least), \"street\": 7}",
      "{\"id\": \"A2\"}", "null", "7", "{\(least), \"beds\": -1}", "{\(least), \"beds\": nullx}",
    ])
  func faults(_ line: String) {
    let text = "{\(Self.least)}\n\(line)\n"
    #expect(Self.quickly(text) == nil)
    #expect(throws: Faults.self) { try Self.slowly(text).get() }
    #expect(throws: Faults.self) {
      try ApplicationFile.read(SourceFile(path: "a.jsonl", text: text), index: 0)
    }
  }
}
