import Foundation
import TestSupport
import Testing

@Suite("The profiles held against the law that they quote")
struct PolicyLawTests {
  typealias Copy = PolicyToolTests.Copy

  /// What is changed in the invented city's profile, what is found then, and at which text.
  private static let slips: [(old: String, new: String, code: String, place: String)] = [
    (
      "modality: in_principle\n    quote: 每区", "modality: must\n    quote: 每区", "modality-differs",
      "must\n    quote: 每区"
    ),
    (
      "modality: must\n    quote: 医院床位", "modality: in_principle\n    quote: 医院床位",
      "modality-differs", "in_principle\n    quote: 医院床位"
    ),
    (
      "modality: priority\n    quote: 夜间", "modality: must\n    quote: 夜间", "modality-differs",
      "must\n    quote: 夜间"
    ),
    (
      "modality: priority\n    quote: 夜间", "modality: must\n    quote: 夜间", "role-differs",
      "sells_at_night:"
    ),
    ("fewest_beds: {value: 20,", "fewest_beds: {value: 21,", "number-not-quoted", "21,"),
    ("least_area: {value: 80,", "least_area: {value: 80.5,", "number-not-quoted", "80.5,"),
    (
      "zh: 本区本年新增将达 {measured} 家，上限 {limit} 家", "zh: 本区本年新增必须不超过 {limit} 家，现为 {measured} 家",
      "binding-words", "本区本年新增必须"
    ),
    (
      "the district would have {measured} new ones", "the district must have {measured} new ones",
      "binding-words", "the district must have"
    ),
    (
      "at least {limit} m2 are due", "at least {least_area} m2 are due", "placeholders-differ",
      "营业面积 {measured}"
    ),
    (
      "上限 {limit} 家\"\n      en: there", "上限 5 家，{limit} 家\"\n      en: there", "numbers-differ",
      "\"{radius} 米"
    ),
    (
      "上限 {limit} 家\"\n      en: there would be",
      "上限 {limit} 家（4:2:1，共四、二）\"\n      en: at 4:1:2 there would be",
      "numbers-differ", "\"{radius} 米"
    ),
    (
      "name: {zh: 夜间售药, en: sells at night}", "name: {zh: sells at night, en: 夜间售药}",
      "languages-swapped", "sells_at_night:"
    ),
    ("name: yearly-places", "name: enough-beds", "name-repeated", "XC-YEAR\n    name"),
    (
      "zh: 申请床位 {measured} 张，应不少于 {limit} 张", "zh: 经营规模为 {measured}，要求 {limit}",
      "basis-unrelated", "XC-BEDS\n    name"
    ),
    (
      "for: application.kind == 'hospital'",
      "for: application.kind == 'hospital' && application.beds > fewest_beds && application.beds < fewest_beds",
      "never-applies", "XC-BEDS\n    name"
    ),
    (
      "require: {measure: application.floor_area, at_least: least_area, unit: m2}",
      "require: {measure: application.floor_area, at_least: least_area - least_area, unit: m2}",
      "never-fails", "XC-AREA\n    name"
    ),
    (
      "require: {measure: application.floor_area, at_least: least_area, unit: m2}",
      "require: {measure: least_area / (least_area - least_area), at_least: least_area, unit: m2}",
      "divides-by-zero", "XC-AREA\n    name"
    ),
  ]

  @Test("what its words do not bear out is found where it stands", arguments: slips.indices)
  func finds(_ index: Int) throws {
    let slip = Self.slips[index]
    let copy = try Copy()
    defer { copy.folder.remove() }
    // What its tests show of a rule is believed.
    try FileManager.default.removeItem(
      atPath: copy.folder.path + "/policies/xincheng/2026-2030.tests.yaml")
    try copy.replace(slip.old, with: slip.new)
    let place = try Self.place(of: slip.place, in: copy)
    for language in ["en", "zh"] {
      let result = try copy.run(["policy", "check", "--lang", language])
      #expect(result.code == 1, "\(result.output)\(result.errors)")
      #expect(
        result.output.contains("\(place): warning[\(slip.code)] "),
        "\(place) \(slip.code)\n\(result.output)")
    }
  }

  private static func place(of text: String, in copy: Copy) throws -> String {
    let name = "policies/xincheng/2026-2030.yaml"
    let whole = try copy.folder.read(name)
    let start = try #require(whole.range(of: text)?.lowerBound, "\(text)")
    let before = whole[..<start]
    let line = before.count { $0 == "\n" } + 1
    let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count + 1
    return "\(name):\(line):\(column)"
  }

  @Test(
    "a finding is answered where it stands by a reading in words, and an answer to nothing is found"
  )
  func answers() throws {
    let copy = try Copy()
    defer { copy.folder.remove() }
    try copy.replace(
      "modality: in_principle\n    quote: 每区每年新增药店原则上不超过一家\n",
      with: """
        modality: must
            quote: 每区每年新增药店原则上不超过一家
            answers:
              modality-differs: {zh: 上级文件规定不得突破，按应当掌握, en: a higher rule allows no exception}

        """)
    let answered = try copy.run(["policy", "check"])
    #expect(answered.code == 0, "\(answered.output)")
    try copy.replace("按应当掌握", with: "另有规定")
    let vague = try copy.run(["policy", "check"])
    #expect(vague.code == 1)
    #expect(vague.output.contains("an answer has to name the force that it takes (应当, 必须, 约束性)"))
    try copy.replace("modality: must\n    quote: 每区", with: "modality: in_principle\n    quote: 每区")
    let unneeded = try copy.run(["policy", "check"])
    #expect(unneeded.output.contains("warning[answer-unneeded] nothing here is asked"))
    try copy.replace("modality-differs:", with: "modality-difers:")
    let unknown = try copy.run(["policy", "check"])
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("did you mean `modality-differs`"))
  }

  @Test("a number that is a reading stands in words beside the parameter")
  func readNumbers() throws {
    let copy = try Copy()
    defer { copy.folder.remove() }
    try copy.replace(
      "circle_radius: {value: 500, unit: m, basis: XC-CIRCLE}",
      with:
        "circle_radius: {value: 500, unit: m, basis: XC-CIRCLE, alternatives: [450], reading: {zh: 也可按四百五十米掌握, en: or 450 m}}"
    )
    #expect(try copy.run(["policy", "check"]).code == 0)
    try copy.replace("也可按四百五十米掌握", with: "也可从宽掌握")
    let result = try copy.run(["policy", "check"])
    #expect(result.output.contains("warning[number-not-quoted] expected 450 of `circle_radius`"))
  }

  @Test("codes of a tenant have their digits and their quotes")
  func codes() throws {
    let copy = try Copy()
    defer { copy.folder.remove() }
    try copy.replace("codes: [\"9901\"]", with: "codes: [99011, 9901]", in: "tenant.yaml")
    let result = try copy.run(["policy", "check"])
    #expect(result.code == 1)
    #expect(
      result.output.contains(
        "tenant.yaml:6:9: error[code-malformed] expected a GB/T 2260 code of 2, 4 or 6 digits, found `99011`"
      ))
    #expect(result.output.contains("tenant.yaml:6:16: warning[code-unquoted]"))
  }

  @Test("a quote stands under the headings that its provision names")
  func places() throws {
    let copy = try Copy()
    defer { copy.folder.remove() }
    let text = """
      一、医院
      医院床位不少于二十张。
      二、药店
      （一）数量
      １．每区每年新增药店原则上不超过一家；五百米范围内药店不超过两家。
      （二）条件
      药店营业面积不少于八十平方米。药店正式运营满九十日方可申请。夜间售药的药店优先。
      """
    try copy.folder.write(text, to: "sources/xincheng.txt")
    for (id, place) in [
      ("XC-YEAR", "二(一)1"), ("XC-CIRCLE", "二(一)2"), ("XC-AREA", "二（二）"), ("XC-OPEN", "二(二)"),
      ("XC-NIGHT", "二 end"),
    ] {
      let whole = try copy.folder.read("policies/xincheng/2026-2030.yaml")
      let old = try #require(whole.firstMatch(of: try Regex("  \(id):\n    at: .*\n")))
      try copy.replace(String(whole[old.range]), with: "  \(id):\n    at: \(place)\n")
    }
    let result = try copy.run(["policy", "verify", "--sources", "sources"])
    let wrong = result.output.split(separator: "\n").filter { $0.contains("[place-differs]") }
    #expect(wrong.count == 1, "\(result.output)")
    #expect(
      wrong.first?.hasSuffix(
        "the quote of `XC-CIRCLE` stands in `二(一)1` of the document, while `at` says `二(一)2`")
        == true)
  }

  @Test("a quote that stands in two places stands in both that its provision names")
  func twoPlaces() throws {
    let copy = try Copy()
    defer { copy.folder.remove() }
    let sentence = "药店营业面积不少于八十平方米"
    let text = "一、医院\n医院床位不少于二十张。\n\(sentence)。\n二、药店\n（一）数量\n\(sentence)。\n（二）条件\n另行规定。\n"
    let once = text.replacingOccurrences(of: "不少于二十张。\n\(sentence)", with: "不少于二十张。\n营业面积同")
    for (text, place, found) in [
      (text, "一/二(一)", nil), (text, "二(一)", nil), (text, "一/二(二)", "二(一)"),
      (text, "三/二(一)", "一"), (once, "一/二(一)", nil), (once, "一/二(二)", "二(一)"),
    ] {
      try copy.folder.write(text, to: "sources/xincheng.txt")
      let whole = try copy.folder.read("policies/xincheng/2026-2030.yaml")
      let old = try #require(whole.firstMatch(of: try Regex("  XC-AREA:\n    at: .*\n")))
      let new = "  XC-AREA:\n    at: \(place)\n"
      if String(whole[old.range]) != new { try copy.replace(String(whole[old.range]), with: new) }
      let output = try copy.run(["policy", "verify", "--sources", "sources"]).output
      let wrong = output.split(separator: "\n").filter {
        $0.contains("[place-differs]") && $0.contains("XC-AREA")
      }
      #expect(wrong.count == (found == nil ? 0 : 1), "\(place)\n\(output)")
      if let found { #expect(wrong.first?.contains("stands in `\(found)` of") == true, "\(wrong)") }
    }
  }
}
