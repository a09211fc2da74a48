import Policy
import Diagnostics
import Testing

/// What keeps a profile from being loaded, each with its place and what to do about it.
@Suite("A profile that contradicts itself does not load")
struct PolicyFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var parts = ""
    var rule: String
    var message: String
  }

  /// One of each that has a name.
  private static let names = """
    parameters:
      metres: {value: 800, unit: m, basis: MUST}
      most: {value: 2, unit: institutions, basis: MUST}
    readings: {read_so: {basis: MUST, value: one, alternatives: [two], zh: 读法, en: reading}}
    circles: {near: {within: metres, where: neighbour.kind == 'clinic', basis: MUST}}
    conditions:
      large: application.beds > 0
    """

  @Test(
    "a rule says what is wrong with it",
    arguments: [
      Case(
        testDescription: "category without categories",
        rule: "require: {that: \"category in application.designated_for\"}",
        message: "rule `R` has no `categories`, so that `category` means nothing"),
      Case(
        testDescription: "category behind a condition",
        parts: "conditions: {held: \"category in application.designated_for\"}",
        rule: "require: {that: held}",
        message: "rule `R` has no `categories`, so that `category` means nothing"),
      Case(
        testDescription: "a plan in a rule about applications",
        rule: "require: {that: \"plan.scope == 'city'\"}",
        message: "`plan` means nothing in rule `R`"),
      Case(
        testDescription: "a plan in a note",
        rule:
          "require: {that: \"application.beds > 0\"}\nnotes: [{name: n, that: \"plan.scope == 'city'\", message: {zh: 甲, en: a}}]",
        message: "`plan` means nothing in rule `R`"),
      Case(
        testDescription: "a bare number in a note",
        rule:
          "require: {that: \"application.beds > 0\"}\nnotes: [{name: n, that: \"application.beds > 7\", message: {zh: 甲, en: a}}]",
        message: "7"),
      Case(
        testDescription: "a definition that rests on itself",
        parts: "conditions: {one: two, two: one}", rule: "require: {that: one}",
        message: "`one` is defined by itself"),
      Case(
        testDescription: "no such exemption",
        rule: "require: {that: \"application.beds > 0\"}\nexempt: [nobody]",
        message: "there is no exemption `nobody`"),
      Case(
        testDescription: "a number for a condition",
        parts: Self.names, rule: "require: {that: near}", message: "expected `bool`, found `number`"
      ),
      Case(
        testDescription: "a condition for a number",
        parts: Self.names, rule: "limit: {take: place, over: [city], at_most: large}",
        message: "expected `number`, found `bool`"),
      Case(
        testDescription: "a condition for a circle",
        parts: Self.names, rule: "spacing: {circle: large, at_most: most}",
        message: "there is no circle `large`"),
      Case(
        testDescription: "a condition for a parameter",
        parts: Self.names.replacing("within: metres", with: "within: large"),
        rule: "require: {that: large}", message: "there is no parameter `large`"),
      Case(
        testDescription: "a number for a definition",
        parts: Self.names.replacing("large: ", with: "large: near #"),
        rule: "require: {that: large}", message: "expected `bool`, found `number`"),
      Case(
        testDescription: "a reading for a condition",
        parts: Self.names, rule: "require: {that: read_so}",
        message: "there is no name `read_so`"),
    ])
  func rules(_ example: Case) throws {
    let text = InventedCity.policy(
      example.parts, rules: [InventedCity.rule("R", example.rule)])
    let faults = #expect(throws: Faults.self) {
      try Policy(reading: SourceFile(path: "policy.yaml", text: text))
    }
    let messages = faults?.faults.map(\.message.en) ?? []
    #expect(messages.contains { $0.contains(example.message) }, "\(messages)")
  }
}
