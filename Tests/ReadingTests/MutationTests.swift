import Diagnostics
import Testing

@testable import Reading

@Suite struct MutationTests {
  private static let seeds = [
    "planlint: applications/1\n城市: 淮北😀\nlist:\n  - id: 'a'\n    n: |\n      块\n    x: &a {b: [1, 2]}\n  - *a\n  - {id: \"\\u4e2d\", d: 2026-03-02}\n",
    "{\"a\": [1, -2.5e3, \"\\ud83d\\ude00淮\", null], \"list\": [{\"b\": true}, {}]}",
    "{\"a\": 1}\n{\"b\": \"淮\"}\n",
    "id,名称,beds\nA1,\"淮,\"\"北\",5\r\nA2,,\n",
    "%YAML 1.1\n---\n? a\n: - !!str b\n  - >-\n    c\n...\n",
  ]

  @Test(
    "no mutation of an input traps, and every fault and value lies within the file",
    arguments: 0..<5)
  func mutations(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed) + 1)
    let spice =
      Array("[]{}:,-?&*!|>'\"%@`#\n\r\t \\u0\u{85}\u{2028}淮😀\u{FEFF}".utf8) + [
        0, 1, 0x7F, 0xFF, 0xC3, 0xED,
      ]
    for _ in 0..<400 {
      var bytes = Array(Self.seeds[seed].utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let byte = spice[Int.random(in: 0..<spice.count, using: &random)]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.insert(byte, at: place)
        case 1: if place < bytes.count { bytes[place] = byte }
        case 2: if place < bytes.count { bytes.remove(at: place) }
        default:
          let end = min(bytes.count, place + Int.random(in: 0..<12, using: &random))
          bytes.insert(
            contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      check(SourceFile(path: "a", bytes: bytes))
    }
  }

  private func check(_ file: SourceFile) {
    for format in DocumentFormat.allCases where !format.isTable {
      let found = faults { () throws(Faults) in
        let node = try Document.read(file, format: format)
        #expect(isWithin(node, ByteRange(start: 0, end: file.count)))
      }
      checkRanges(found, file)
      let streamed = faults { () throws(Faults) in
        _ = try Document.read(file, format: format, streaming: "list") {
          (_: Node) throws(Faults) in
        }
      }
      #expect(
        streamed.isEmpty || !found.isEmpty || streamed.english.first?.contains("anchor") == true)
    }
    checkRanges(
      faults { () throws(Faults) in
        let table = try TextConversion.utf8(file).file
        try TableReader.read(
          table, isKnown: { $0 == "id" || $0 == "名称" },
          header: { (_: TableHeader) throws(Faults) in },
          row: { (row: borrowing CSVRow) throws(Faults) in
            for column in 0..<row.count { _ = row.text(column) }
            return true
          })
      }, file)
  }

  private func checkRanges(_ faults: [Fault], _ file: SourceFile) {
    #expect(faults.count <= FaultCollector.limit)
    for fault in faults {
      if let range = fault.location?.range {
        #expect(range.start >= 0 && range.start <= range.end && range.end <= file.count)
      }
      #expect(!fault.rendered(.zh).contains("\n"))
    }
  }

  /// Whether ranges are ordered and nested, those of aliased values aside.
  private func isWithin(_ node: Node, _ outer: ByteRange) -> Bool {
    guard node.range.start >= 0, node.range.start <= node.range.end, node.range.end <= outer.end
    else { return false }
    for item in node.items ?? [] where !isWithin(item, outer) { return false }
    for entry in node.entries ?? [] {
      guard entry.keyRange.start <= entry.keyRange.end, isWithin(entry.value, outer) else {
        return false
      }
    }
    return true
  }
}
