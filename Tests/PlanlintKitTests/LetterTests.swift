import Foundation
import PlanlintKit
import TestSupport
import Testing

@Suite("Letters as values")
struct LetterTests {
  private static func result() throws -> RunResult {
    var request = Request()
    request.policies = Golden.root + "/policies"
    return try Planlint.check([.file(Golden.path("huaibei/applications.yaml"))], request)
  }

  @Test("there is one for each applicant, and the list for publication is last")
  func letters() throws {
    let result = try Self.result()
    let letters = try #require(result.letters(try LetterTemplates(.html)))
    #expect(letters.dropLast().map(\.subject) == result.subjects.map(\.id))
    #expect(letters.last?.subject == nil && letters.last?.fileName == "public-list.html")
    #expect(letters.first?.fileName == "notice-\(result.subjects[0].id).html")
    #expect(letters.first?.text.contains(result.subjects[0].name) == true)
    #expect(Set(letters.map(\.fileName)).count == letters.count)
  }

  @Test("templates come from memory, and a wrong name is a fault with its place")
  func templates() throws {
    let own = try LetterTemplates(.text, notice: .memory(name: "n", text: "{{id}}：{{result}}\n"))
    let letter = try #require(try Self.result().letters(own)?.first)
    #expect(letter.text.hasPrefix("HB-2026-001："))
    let error = #expect(throws: InputErrors.self) {
      try LetterTemplates(.text, notice: .memory(name: "n", text: "第一行\n编号 {{idd}}\n"))
    }
    let place = try #require(error?.faults.first?.location)
    #expect(place.place == "n:2:4" || place.place == "n:2:6")
  }

  @Test("plans have none")
  func plans() throws {
    var request = Request()
    request.policies = Golden.root + "/policies"
    let result = try Planlint.plan([.file(Golden.path("huaibei/plan.yaml"))], request)
    #expect(result.letters(try LetterTemplates(.html)) == nil)
  }
}
