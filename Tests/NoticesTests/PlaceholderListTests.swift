import TestSupport
import Testing

@testable import Notices

@Suite struct PlaceholderListTests {
  private static let article = "../Sources/PlanlintKit/PlanlintKit.docc/NoticeTemplates.md"

  /// `findings.message text` of each row under the heading of a template.
  private func listed(_ name: String) throws -> [String] {
    let text = String(decoding: try #require(Golden.bytes(Self.article)), as: UTF8.self)
    let section = try #require(
      text.split(separator: "\n## ").first { $0.prefix { $0 != "\n" }.hasSuffix(": " + name) })
    return section.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
      guard cells.count == 3, cells[0].hasPrefix("`") else { return nil }
      #expect(cells[2].count > 2)
      return "\(cells[0].dropFirst().dropLast()) \(cells[1])"
    }
  }

  /// The same of what a template may name.
  private func known(_ schema: [String: NoticeSchema], in path: String = "") -> [String] {
    schema.keys.flatMap { name -> [String] in
      switch schema[name] {
      case .text: [path + name + " text"]
      case .markup: [path + name + " drawing"]
      case .flag: [path + name + " part"]
      case .list(let inner): [path + name + " list"] + known(inner, in: path + name + ".")
      case nil: []
      }
    }
  }

  @Test(arguments: NoticeSchema.names)
  func `the article lists every placeholder with its kind, and no other`(name: String) throws {
    let listed = try listed(name)
    let known = known(NoticeSchema.of(name))
    #expect(Set(listed).subtracting(known).sorted() == [], "listed and unknown")
    #expect(Set(known).subtracting(listed).sorted() == [], "known and not listed")
    #expect(listed.count == known.count && listed.count > 20)
  }
}
