import Foundation
import TestSupport
import Testing

@Suite("What is wrong with a profile that does not load")
struct PolicyFaultTests {
  typealias Copy = PolicyToolTests.Copy

  @Test("all that is wrong is told at once: no YAML, unknown names, types and circles")
  func allPhases() throws {
    let copy = try Copy()
    defer { copy.folder.remove() }
    try copy.replace(
      "    at: 二\n    modality: in_principle", with: "    at: 二\n    modality： in_principle")
    try copy.replace("basis: XC-AREA}", with: "basis: XC-AERA}")
    try copy.replace(
      "conditions:\n",
      with:
        "conditions:\n  a: b\n  b: c || pharmacy\n  c: a\n  wrong: application.beds && pharmacy\n")
    try copy.replace(
      "require: {measure: application.beds,", with: "require: {measure: aplication.beds,")
    let result = try copy.run(["policy", "check"])
    #expect(result.code == 2)
    for text in [
      "`：` is full-width: write `: `", "there is no provision `XC-AERA`; did you mean `XC-AREA`",
      "`a` is defined by itself: `a` → `b` → `c` → `a`",
      "expected a condition (bool), found `number`",
      "there is no name `aplication`; did you mean `application`",
    ] {
      #expect(result.errors.contains(text), "\(text)\n\(result.errors)")
    }
    // What stands in the item that could not be read is not said to be missing.
    #expect(!result.errors.contains("XC-YEAR`"))
    let places = result.errors.split(separator: "\n").compactMap {
      $0.firstMatch(of: #/2026-2030\.yaml:(\d+):\d+: error/#).flatMap { Int($0.1) }
    }
    #expect(places.count == 5 && places == places.sorted(), "\(result.errors)")
  }

  /// A condition as it is written in YAML, the text that is at fault in it, and what was meant.
  private static let slips: [(yaml: String, token: String, hint: String)] = [
    ("application.kind = 'clinic'", "= 'cl", "equality is written `==`"),
    ("pharmacy and application.beds > 0", "and appl", "AND is written `&&`"),
    ("pharmacy or application.beds > 0", "or appl", "OR is written `||`"),
    ("not pharmacy", "not pharm", "NOT is written `!`"),
    ("application.kind == ‘clinic’", "‘clinic", "expected `'` in its place"),
    ("application.beds ≥ fewest_beds", "≥", "expected `>=` in its place"),
    ("（pharmacy）", "（pharm", "expected `(` in its place"),
    ("frob(application.beds) > 0", "frob", "there are `abs`, `bool`"),
    (">-\n    pharmacy\n    && application.beds > fewest_bads", "fewest_bads", "`fewest_beds`"),
    (
      ">-\n    pharmacy\n\n      && application.beds > fewest_bads\n", "fewest_bads",
      "`fewest_beds`"
    ),
    ("|\n    pharmacy\n    && application.beds > fewest_bads", "fewest_bads", "`fewest_beds`"),
    ("'pharmacy && application.name == ''x'' && fewest_bads > 0'", "fewest_bads", "`fewest_beds`"),
  ]

  @Test("a slip is shown under a caret with what was probably meant", arguments: slips.indices)
  func showsSlip(_ index: Int) throws {
    let slip = Self.slips[index]
    let copy = try Copy()
    defer { copy.folder.remove() }
    try copy.replace("conditions:\n", with: "conditions:\n  slip: \(slip.yaml)\n")
    let result = try copy.run(["policy", "check"])
    #expect(result.code == 2)
    let whole = try copy.folder.read("policies/xincheng/2026-2030.yaml")
    let start = try #require(whole.range(of: slip.token)?.lowerBound)
    let line = whole[..<start].count { $0 == "\n" } + 1
    let column = whole[..<start].unicodeScalars.reversed().prefix { $0 != "\n" }.count + 1
    let lines = result.errors.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(
      lines.firstIndex { $0.contains("2026-2030.yaml:\(line):\(column): error: ") },
      "\(result.errors)")
    #expect(lines[first].contains(slip.hint), "\(lines[first])")
    try #require(lines.count > first + 3)
    #expect(lines[first + 2].hasPrefix("\(line) | "))
    #expect(lines[first + 3].contains("^"))
  }
}
