import Diagnostics
import FoundationEssentials
import TestSupport
import Testing

@testable import Cases

@Suite("The guide to profiles lists what the catalogue has")
struct GuideFieldTests {
  private static func chapter(_ heading: String) throws -> String {
    let path = Golden.root + "/Sources/PlanlintKit/PlanlintKit.docc/PolicyAuthorsGuide.md"
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    let start = try #require(text.firstRange(of: "\n### \(heading)\n")).upperBound
    let rest = text[start...]
    return String(rest[..<(rest.firstRange(of: "\n##")?.lowerBound ?? rest.endIndex)])
  }

  /// The names of a shape's fields and of those of the records in it; what stands at the head of a file is no field of
  /// conditions.
  private static func names(_ shape: RecordShape) -> [String] {
    shape.fields.flatMap { field -> [String] in
      if case .record(let inner) = field.shape { return [field.name] + names(inner) }
      if case .format = field.shape { return [] }
      return [field.name]
    }
  }

  @Test(
    "every field that conditions see, and no other",
    arguments: [
      ("application", [Catalogue.builtIn.application]),
      ("neighbour", [Catalogue.builtIn.neighbour]),
      ("facts and district", [Catalogue.builtIn.facts, Catalogue.builtIn.district]),
      ("plan and plan_district", [Catalogue.builtIn.plan, Catalogue.builtIn.planDistrict]),
    ])
  func fields(_ heading: String, _ shapes: [RecordShape]) throws {
    let text = try Self.chapter(heading)
    for name in shapes.flatMap(Self.names) {
      #expect(text.contains("`\(name)`") || text.contains("`\(name)["), "\(heading) \(name)")
    }
  }

  @Test("every word of every vocabulary, with its Chinese name")
  func words() throws {
    let text = try Self.chapter("Words")
    for table in Vocabularies.builtIn where !table.entries.isEmpty {
      let row = try #require(
        text.split(separator: "\n").first { $0.hasPrefix("| \(table.field) ") }, "\(table.field)")
      let listed = table.entries.map { "`\($0.word)` \($0.label.zh)" }.joined(separator: ", ")
      #expect(row.contains("| \(listed) |"), "\(row)")
    }
  }
}
