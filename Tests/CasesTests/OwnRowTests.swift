import Diagnostics
import Reading
import Testing

@testable import Cases

@Suite("An applicant's own row of the registry is found")
struct OwnRowTests {
  private static func registry(_ rows: String...) throws -> Registry {
    let header = "id,name,kind,categories,district,status,uscc"
    return try Registry(
      reading: SourceFile(
        path: "registry.csv", text: "\(header)\n\(rows.joined(separator: "\n"))\n"))
  }

  /// The row that is found of one application with these fields beside its id.
  private static func row(_ fields: String, in registry: Registry) throws -> Int? {
    let text = """
      planlint: applications/1
      applications:
        - {id: A1, kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02, \(fields)}

      """
    let read = try ApplicationFile.read(SourceFile(path: "a.yaml", text: text), index: 0)
    return OwnRows.find(of: read.applications, in: registry)[0]
  }

  private static let code = "91340600MA2NXX0T4Q"

  @Test("by its id there, else its credit code, else its name, kind and district")
  func order() throws {
    let registry = try Self.registry(
      "P1,甲药房,retail_pharmacy,retail_pharmacy,相山区,active,",
      "P2,乙药房,retail_pharmacy,retail_pharmacy,相山区,active,\(Self.code)",
      "P3,乙药房,clinic,outpatient,相山区,active,")
    #expect(try Self.row("name: 乙药房, institution: P1, district: 相山区", in: registry) == 0)
    #expect(
      try Self.row("name: 甲药房, uscc: \(Self.code), district: 相山区", in: registry) == 1)
    #expect(try Self.row("name: 甲药房, district: 相山区", in: registry) == 0)
    #expect(try Self.row("name: 乙药房, district: 相山区", in: registry) == 1)
    #expect(try Self.row("name: 甲药房, district: 烈山区", in: registry) == nil)
    #expect(try Self.row("name: 甲药房", in: registry) == nil)
    #expect(try Self.row("name: 丙药房, district: 相山区", in: registry) == nil)
  }

  @Test("and not where two have its name, kind and district")
  func several() throws {
    let registry = try Self.registry(
      "P1,甲药房,retail_pharmacy,retail_pharmacy,相山区,active,",
      "P2,甲药房,retail_pharmacy,retail_pharmacy,烈山区,active,",
      "P3,甲药房,retail_pharmacy,retail_pharmacy,相山区,terminated,",
      "P4,甲药房,clinic,outpatient,烈山区,active,")
    #expect(try Self.row("name: 甲药房, district: 相山区", in: registry) == nil)
    #expect(try Self.row("name: 甲药房, district: 烈山区", in: registry) == 1)
  }

  /// U+F900 is another code for 豈 (U+8C48), and é is one letter or two: names that are equal are equal however they are written.
  @Test(
    "also where the same name is written with other codes",
    arguments: [
      ("\u{8C48}药房", "\u{F900}药房"), ("caf\u{E9}药房", "cafe\u{301}药房"),
      ("\u{AC00}药房", "\u{1100}\u{1161}药房"), ("（甲）药房", "（甲）药房"),
    ])
  func writtenOtherwise(_ names: (String, String)) throws {
    #expect(names.0 == names.1)
    for (held, asked) in [names, (names.1, names.0)] {
      let registry = try Self.registry(
        "P1,\(held),retail_pharmacy,retail_pharmacy,相山区,active,")
      #expect(try Self.row("name: \(asked), district: 相山区", in: registry) == 0)
    }
  }

  @Test(
    "by a hash that is the text's own",
    arguments: [
      "", "HB-P-0001", "淮北市第一人民医院", "国大药房（淮北）有限公司", "ａｂｃ！～", "䶵\u{9FFF}", "café", "cafe\u{301}",
      "\u{F900}", "가", "🏥医院", "a\u{301}甲", "甲\u{302A}",
    ])
  func hash(_ text: String) {
    func hash(_ combine: (inout Hasher) -> Void) -> Int {
      var hasher = Hasher()
      hasher.combine(7)
      combine(&hasher)
      hasher.combine(8)
      return hasher.finalize()
    }
    #expect(hash { $0.combineQuickly(text) } == hash { $0.combine(text) })
  }
}
