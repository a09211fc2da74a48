import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Reading

@Suite("Plain YAML is read as libyaml reads it")
struct PlainYAMLTests {
  @Test(
    "where it is plain",
    arguments: [
      "a: 1\n", "a: 1", "\u{FEFF}a: b c  # note\nd:\n", "a:\nb: ~\nc: null\n",
      "a:\r\n  - x\r\n\r\n  - y z\r\n",
      "城市: 淮北  \n区: \"相山区: # 三\"\n街: 'it''s'\n",
      "list:\n- a: 1\n  b: {lon: 116.8, lat: -3}\n- c: [x y, 'z', []]\nd: 10:30\n",
      "# head\n\na:\n    b:\n     c: a#b\n  # between\n\nd: {}\n",
      "- a: 1\n\n  b:\n  - c\n  - d: 2\n    e:\n-   f: 3\n",
      "  a: 1\n  b: 2\n", "a: (x)\nb: .5\nc: -7.4\nd: x-y_z\ne: \"\"\n",
      "x-1: {2025: {a: 1, b: [c]}}\n",
    ])
  func same(_ text: String) throws {
    let file = SourceFile(path: "a", text: text)
    let plain = try #require(PlainYAML.read(file, limits: .standard))
    #expect(plain == Self.libyaml(file))
  }

  @Test(
    "and left to libyaml where it is not, or at fault",
    arguments: [
      "", "\n# nothing\n", "- - 1\n", "text", "a: b: c\n", "a: 1\na: 2\n", "a:\n\tb: 1\n",
      "a: &x 1\n", "a: !t 1\n", "a: *x\n",
      "a: |\n  b\n", "a: >-\n  b\n", "a: b\n  c\n", "a: \"b\n  c\"\n", "a: \"\\u4e2d\"\n",
      "\"a\": 1\n", "a b: 1\n", "? a\n: b\n",
      "---\na: 1\n", "a: 1\n...\n", "%YAML 1.2\n", "a: [1, 2\n]\n", "a: [1,]\n", "a: {b}\n",
      "a: [b: 1]\n", "a: {b:1}\n",
      "a: 1\n b: 2\n", "  a: 1\nb: 2\n", "- a\nb: 1\n", "a: 'b\n", "a: b\u{85}c: d\n",
      "a: b\u{2028}\n", "a: b\u{7F}\n", "a: \u{FEFF}\n",
      "a:b\n", "-a: 1\n", "a: @b\n", "a: %b\n", "<<: {a: 1}\n", "a: \"b\"c\n", "a: b\r",
    ])
  func declined(_ text: String) {
    #expect(PlainYAML.read(SourceFile(path: "a", text: text), limits: .standard) == nil)
  }

  @Test(
    "bytes that are not UTF-8 are left to libyaml",
    arguments: [[0xFF], [0xE4, 0xB8], [0xC2, 0x20], [0xED, 0xA0, 0x80]])
  func notUTF8(_ bytes: [UInt8]) {
    let file = SourceFile(path: "a", bytes: Array("a: ".utf8) + bytes + Array("\n".utf8))
    #expect(PlainYAML.read(file, limits: .standard) == nil)
  }

  @Test("with limits that are small, what may exceed them is left to libyaml")
  func limits() {
    let file = SourceFile(path: "a", text: "a: [1, 2, 3]\n")
    func isRead(_ change: (inout ReadingLimits) -> Void) -> Bool {
      var limits = ReadingLimits.standard
      change(&limits)
      return PlainYAML.read(file, limits: limits) != nil
    }
    #expect(isRead { _ in })
    #expect(!isRead { $0.depth = 1 })
    #expect(!isRead { $0.treeNodes = 4 })
    #expect(!isRead { $0.treeBytes = 10 })
    #expect(!isRead { $0.scalarBytes = 0 })
    #expect(!isRead { $0.bytesWithoutEvent = 5 })
  }

  @Test("whatever the document, in it or near it", arguments: 1...4)
  func random(seed: Int) {
    var documents = RandomYAML(seed: UInt64(seed))
    var accepted = 0
    for _ in 0..<1_500 {
      let file = SourceFile(path: "a", bytes: documents.next())
      guard let plain = PlainYAML.read(file, limits: .standard) else { continue }
      accepted += 1
      #expect(plain == Self.libyaml(file), "\(file.text(ByteRange(start: 0, end: file.count)))")
    }
    #expect(accepted > 200)
  }

  @Test("and so are the items of a list, in one part or several", arguments: 1...4)
  func streamed(seed: Int) {
    var documents = RandomYAML(seed: UInt64(seed) + 100)
    var (accepted, divided) = (0, 0)
    for _ in 0..<1_000 {
      let file = SourceFile(path: "a", bytes: documents.nextList())
      for parts in [1, 3] {
        guard
          let (head, found) = PlainYAML.read(
            file, streaming: "list", parts: [[Node]](repeating: [], count: parts), smallestPart: 1,
            item: { part, item in
              guard let node = item.node() else { return false }
              part.append(node)
              return true
            })
        else { continue }
        accepted += 1
        if found.count > 1, !found[1].isEmpty { divided += 1 }
        var items: [Node] = []
        let slow = try? YAMLReader.read(
          file, limits: .standard, isStreaming: true, streamedKey: "list",
          item: { (node: Node) throws(Faults) in items.append(node) })
        #expect(slow == head, "\(file.text(ByteRange(start: 0, end: file.count)))")
        #expect(found.flatMap { $0 } == items)
      }
    }
    #expect(accepted > 200)
    #expect(divided > 50)
  }

  @Test("the applications of every city are plain, or the same")
  func fixtures() throws {
    let root = URL(filePath: Golden.root)
    var accepted = 0
    for folder in ["fixtures", "policies"] {
      let files = try #require(
        FileManager.default.enumerator(
          at: root.appending(path: folder), includingPropertiesForKeys: nil))
      for case let url as URL in files where url.pathExtension == "yaml" {
        let file = SourceFile(path: url.path, bytes: Array(try Data(contentsOf: url)))
        guard let plain = PlainYAML.read(file, limits: .standard) else { continue }
        accepted += 1
        #expect(plain == Self.libyaml(file), "\(url.path)")
      }
    }
    #expect(accepted > 5)
  }

  private static func libyaml(_ file: SourceFile) -> Node? {
    try? YAMLReader.read(
      file, limits: .standard, isStreaming: false, streamedKey: nil,
      item: { (_: Node) throws(Faults) in })
  }
}
