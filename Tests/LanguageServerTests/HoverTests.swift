import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("What stands under the cursor")
struct HoverTests {
  private func hover(
    _ path: String, _ mark: String, back: Int = 2, language: String = "en"
  ) throws -> String {
    let text = try Profiles.text(path)
    let client = try EditorClient(options: [("lang", .text(language))])
    client.open(path, text)
    let place = try #require(text.byte(of: mark, after: true)) - back
    return client.ask("textDocument/hover", path, text, at: place)["contents", "value"]?.string
      ?? ""
  }

  private let profile = Profiles.path("huaibei/2026-2028")

  @Test("a provision shows its sentence with its place and force")
  func provision() throws {
    let text = try hover(profile, "basis: [HB-EXEMPT]", language: "zh")
    #expect(text.contains("**HB-EXEMPT** · 条款"))
    #expect(text.contains("> "))
    let ofTests = try hover(Profiles.testsPath("huaibei/2026-2028"), "rule: HB-BED-CAP")
    #expect(ofTests.contains("HB-BED-CAP"))
    #expect(ofTests.contains("> "))
  }

  @Test("a parameter shows its value, unit and basis; a condition its expression")
  func names() throws {
    let parameter = try hover(profile, "at_least: lowest_occupancy", back: 3)
    #expect(parameter.contains("`75"))
    #expect(parameter.contains("> "))
    let condition = try hover(profile, "for: asks_beds")
    #expect(condition.contains("```cel"))
  }

  @Test("a figure shows its formula and what it comes to with the facts of the tests")
  func figures() throws {
    let text = try hover(profile, "at_most: bed_cap")
    #expect(text.contains("figure"))
    #expect(text.contains("```cel"))
    #expect(text.contains("with the facts that the tests share: "))
    let ofDistricts = try hover(profile, "{district_bed_rate}", back: 3, language: "zh")
    #expect(ofDistricts.contains("按测试的共用基础数据："))
  }

  @Test("in a test a rule shows what its figures come to with the facts of that case")
  func figuresOfCase() throws {
    let text = try hover(Profiles.testsPath("huaibei/2026-2028"), "rule: HB-BED-CAP")
    #expect(text.contains("with the facts of this case:\n\n- `"), "\(text)")
    #expect(text.contains("`bed_cap` = 7400"), "\(text)")
    let chinese = try hover(
      Profiles.testsPath("huaibei/2026-2028"), "rule: HB-BED-CAP", language: "zh")
    #expect(chinese.contains("按本用例的基础数据："))
  }

  @Test("a field shows what it is, its bounds and what its absence means; a key what it is for")
  func fields() throws {
    let field = try hover(profile, "used: facts.beds")
    #expect(field.contains("**beds**"))
    let key = try hover(profile, "\nmerit:", language: "zh")
    #expect(key.contains("择优次序"))
    let input = try hover(Profiles.testsPath("wuhan/2026-2030"), "purchases: 300", back: 12)
    #expect(input.contains("purchases"))
  }

  @Test("a word shows what it is called, a function how it is called, a root what it is")
  func words() throws {
    let word = try hover(profile, "'tcm' in", back: 5, language: "zh")
    #expect(word.contains("中医"))
    let root = try hover(profile, "application.existing_beds", back: 20)
    #expect(root.contains("the application that is looked at"))
  }
}
