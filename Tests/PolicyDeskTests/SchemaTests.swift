import Diagnostics
import Foundation
import Reading
import Spatial
import TestSupport
import Testing

@testable import Cases
@testable import Checks
@testable import Policy
@testable import PolicyDesk

@Suite("Schemas say what the readers accept")
struct SchemaTests {
  static let formatNames = ["text", "json", "html"]
  static let inputs = FileSchema.allCases.filter { $0 != .report }

  /// Reads a file as planlint does; throws where it is at fault.
  static func read(_ kind: FileSchema, _ text: String, path: String) throws {
    let file = SourceFile(path: path, text: text)
    switch kind {
    case .applications: _ = try ApplicationFile.read(file, index: 0)
    case .facts: _ = try Facts(reading: file)
    case .plan: _ = try Plan(reading: file, catalogue(kind))
    case .waivers: _ = try Waivers(reading: file)
    case .registry: _ = try Registry(reading: file)
    case .policy: _ = try Policy(reading: file)
    case .policyTests: _ = try PolicyTests(reading: file)
    case .tenant: _ = try Tenant(reading: file)
    case .settings: _ = try SettingsFile(reading: file, formatNames: formatNames)
    case .report: Issue.record("a report is not read")
    }
  }

  /// Plans have the indicators of Tianmen, since only a tenant of its own has any.
  static func catalogue(_ kind: FileSchema) throws -> Catalogue {
    guard kind == .plan else { return .builtIn }
    return try Tenant(
      reading: InputFile.load(path: Golden.root + "/policies/tianmen/tenant.yaml")
    ).catalogue
  }

  static func files(_ folder: String) throws -> [(name: String, text: String)] {
    try FileManager.default.contentsOfDirectory(atPath: Golden.path(folder)).sorted().map { name in
      let bytes = try #require(Golden.bytes("\(folder)/\(name)"))
      return (name, String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("the readers take the good files of the corpus and refuse the bad ones", arguments: inputs)
  func corpus(_ kind: FileSchema) throws {
    let good = try Self.files("schema/\(kind.rawValue)/good")
    for (name, text) in good {
      #expect(throws: Never.self, "\(kind.rawValue)/good/\(name)") {
        try Self.read(kind, text, path: name)
      }
    }
    let bad = try Self.files("schema/\(kind.rawValue)/bad")
    for (name, text) in bad {
      #expect(throws: Faults.self, "\(kind.rawValue)/bad/\(name)") {
        try Self.read(kind, text, path: name)
      }
    }
    #expect(!good.isEmpty && bad.count >= 10)
  }

  @Test("the example of a schema is read without a fault", arguments: inputs)
  func examples(_ kind: FileSchema) throws {
    guard kind != .policy, kind != .policyTests else { return }
    let example = try #require(kind.example)
    try Self.read(kind, example.text, path: kind.isAlwaysYAML ? "a.yaml" : "a.json")
  }

  @Test(
    "every field says in both languages what it is, and nothing is said of fields that are not there",
    arguments: FileSchema.allCases)
  func meanings(_ kind: FileSchema) {
    var seen = 0
    Self.walk(kind.schema(formatNames: Self.formatNames)) { record in
      seen += 1
      for field in record.fields {
        let meaning = field.meaning
        #expect(meaning?.zh.isEmpty == false, "\(record.description.name).\(field.name)")
        #expect(meaning?.en.isEmpty == false, "\(record.description.name).\(field.name)")
      }
      let names = Set(record.fields.map(\.name))
      #expect(
        record.description.fields.keys.allSatisfy(names.contains), "\(record.description.name)")
    }
    #expect(seen > 0)
  }

  @Test("a name is defined once in a schema", arguments: FileSchema.allCases)
  func names(_ kind: FileSchema) {
    var records: [String: RecordSchema] = [:]
    Self.walk(kind.schema(formatNames: Self.formatNames)) { record in
      let name = record.description.name
      if name.isEmpty { return }
      #expect(records.updateValue(record, forKey: name) ?? record == record, "\(name)")
    }
  }

  @Test("whatever is done to any one field, the reader refuses it", arguments: inputs)
  func everyField(_ kind: FileSchema) throws {
    let name = "schema/\(kind.rawValue)/good/every-field.yaml"
    let file = SourceFile(
      path: name, text: String(decoding: try #require(Golden.bytes(name)), as: UTF8.self))
    let node = try Document.read(file, format: .yaml)
    let path = kind.isAlwaysYAML ? "a.yaml" : "a.json"
    let schema = kind.schema(formatNames: Self.formatNames, try Self.catalogue(kind))
    let whole = SchemaMutation.tree(node, schema)
    try Self.read(kind, whole.text, path: path)
    let mutations = SchemaMutation.all(whole, schema)
    for mutation in mutations {
      #expect(throws: Faults.self, "\(mutation.what)") {
        try Self.read(kind, mutation.tree.text, path: path)
      }
    }
    #expect(mutations.count > 10)
  }

  @Test("the file with every field has every field", arguments: inputs)
  func complete(_ kind: FileSchema) throws {
    let name = "schema/\(kind.rawValue)/good/every-field.yaml"
    let text = String(decoding: try #require(Golden.bytes(name)), as: UTF8.self)
    var missing: [String] = []
    Self.walk(kind.schema(formatNames: Self.formatNames)) { record in
      for field in record.fields where !text.contains("\(field.name):") {
        missing.append("\(record.description.name).\(field.name)")
      }
    }
    // One kind of limit and requirement stands in the file for the others, and one indicator for all.
    let alike: Set<String> = [
      "limit", "above", "below", "equals", "arithmetic", "city", "published", "waivers",
    ]
    #expect(
      missing.filter { name in
        !name.hasPrefix("indicators.")
          && !alike.contains(String(name.split(separator: ".").last ?? ""))
      } == [])
  }

  private struct Vocabulary: Sendable, CustomTestStringConvertible {
    var schema: FieldSchema
    var read: @Sendable (Node, inout FieldContext) -> String?
    var testDescription: String
  }

  private static let vocabularies: [Vocabulary] =
    [
      Category.builtIn, Kind.builtIn, Area.builtIn, Setting.builtIn, Grade.builtIn,
      Specialty.builtIn, Ownership.builtIn, Circumstance.builtIn, RegistryStatus.builtIn,
      PlanShape.documents,
    ].map { table in
      let reader = FieldReader<String>.word(of: table)
      return Vocabulary(
        schema: reader.schema, read: { reader.read($0, &$1) }, testDescription: table.field)
    } + [
      Vocabulary(
        schema: DatumName.reader.schema, read: { DatumName.reader.read($0, &$1)?.rawValue },
        testDescription: "datum")
    ]

  @Test(
    "a word's schema takes every way to write it that is read, and no other",
    arguments: vocabularies)
  private func words(_ vocabulary: Vocabulary) throws {
    guard case .named(_, .word(let words)) = vocabulary.schema else {
      Issue.record("expected words")
      return
    }
    let whole = words.compactMap(\.pattern).joined(separator: "|")
    let expression = try NSRegularExpression(pattern: "^(?:\(whole))$")
    func isTaken(_ text: String) -> Bool {
      words.contains { $0.word == text || $0.names.contains(text) }
        || expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
    var taken = 0
    for word in words {
      for name in [word.word] + word.names {
        let forms = [
          name, " \(name)\u{3000}", "“\(name)”", "\u{200B}\(name)", name.uppercased(), name + "x",
          name.map { "\($0) " }.joined(), String(name.dropLast()), name + name, "(\(name))",
          name.applyingTransform(.fullwidthToHalfwidth, reverse: true) ?? name,
          name.replacingOccurrences(of: "（", with: "("), name + "-", "",
        ]
        for form in forms {
          let node = Node(
            range: ByteRange(start: 0, end: 0),
            content: .scalar(Scalar(text: form, kind: .quoted)))
          var context = FieldContext(SourceFile(path: "", text: ""))
          let read = vocabulary.read(node, &context)
          #expect((read != nil) == isTaken(form), "`\(form)`")
          if read != nil { taken += 1 }
        }
      }
    }
    #expect(taken > words.count * 3)
  }

  private static func walk(_ schema: FieldSchema, _ visit: (RecordSchema) -> Void) {
    switch schema {
    case .record(let record):
      visit(record)
      for field in record.fields { walk(field.schema, visit) }
    case .list(let item, _), .map(_, let item), .nullable(let item), .named(_, let item):
      walk(item, visit)
    case .either(let schemas): for schema in schemas { walk(schema, visit) }
    default: break
    }
  }
}
