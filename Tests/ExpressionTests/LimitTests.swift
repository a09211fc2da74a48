import Diagnostics
import Testing

@testable import Expression

@Suite struct LimitTests {
  private func firstError(_ source: String, _ environment: Environment = Environment()) -> String? {
    do {
      _ = try compile(source, as: nil, in: environment)
      return nil
    } catch { return error.errors.first?.message.en }
  }

  @Test(arguments: ["(", "[", "-", "!", "{1:", "a.b(", "a[", "1+(", "true?1:"])
  func `deep nesting is an error and no overflow of the stack`(part: String) {
    var environment = Environment()
    environment.limits.sourceBytes = 10_000_000
    let error = firstError(
      String(repeating: part, count: 1_000_000 / part.utf8.count) + "a", environment)
    #expect(error?.contains("deeper than the 250 levels") == true, "\(error ?? "none")")
  }

  @Test(arguments: [
    ("!", "flag", ""), ("(", "limit", ")"), ("[", "limit", "]"), ("-(", "limit", ")"),
    ("flag?limit:", "limit", ""), ("[1].map(x,", "limit", ")"), ("abs(", "limit", ")"),
    ("1+(", "limit", ")"), ("{1:", "limit", "}"), ("flag&&(limit>0||", "flag", ")"),
  ])
  func `what is as deep as allowed is evaluated`(open: String, middle: String, close: String) throws
  {
    let source =
      String(repeating: open, count: 120) + middle + String(repeating: close, count: 120)
    let program = try compile(source, as: nil, in: District.environment)
    #expect(throws: Never.self) { try program.evaluate(District.activation()) }
  }

  @Test func `types that would double with every step are refused`() {
    let source = "[[1]]" + String(repeating: ".map(a, {a: a})", count: 100)
    #expect(firstError(source) == "a `list(number)` can be no key")
  }

  @Test func `many calls are checked in little time`() {
    let source = "[" + String(repeating: "[]==[],", count: 14_000) + "]"
    let duration = ContinuousClock().measure { #expect(firstError(source) == nil) }
    #expect(duration < .seconds(20))
  }

  @Test(arguments: ["1+", "a.", "1<", "f()."])
  func `a long chain to the left is as deep as it is long`(part: String) {
    let error = firstError(String(repeating: part, count: 5_000) + "b")
    #expect(error?.contains("deeper than the 250 levels") == true, "\(error ?? "none")")
  }

  @Test func `chains of logical operators may be long`() throws {
    let source = Array(repeating: "limit > 0", count: 5_000).joined(separator: " && ")
    let program = try compile(source, as: .bool, in: District.environment)
    #expect(try program.evaluate(District.activation()).text == "true")
    #expect(
      firstError(String(repeating: "(", count: 32) + "1" + String(repeating: ")", count: 32))
        == nil)
  }

  @Test func `an expression that is too long is refused`() {
    let error = firstError("'" + String(repeating: "x", count: 100_000) + "'")
    #expect(error == "the expression has 100002 bytes, more than the 100000 allowed")
  }

  @Test(arguments: [
    "l.all(a, l.all(b, l.all(c, l.all(d, l.all(e, l.all(f, l.all(g, true)))))))",
    "l.map(a, l.map(b, l.map(c, l.map(d, l.map(e, l.map(f, l.map(g, 1))))))).size() > 0",
    // Doubling a text, and a list that holds itself twice.
    "['x'].map(a, a+a+a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a+a+a)"
      + ".map(a, a+a+a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a+a+a)"
      + ".map(a, a+a+a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a+a+a).size() > 0",
    "[l].map(a, dyn([a,a,a,a])).map(a, dyn([a,a,a,a])).map(a, dyn([a,a,a,a]))"
      + ".map(a, dyn([a,a,a,a])).map(a, dyn([a,a,a,a])).map(a, dyn([a,a,a,a]))"
      + ".map(a, dyn([a,a,a,a])).map(a, dyn([a,a,a,a])).all(a, a == dyn([a[0],a[1],a[2],a[3]]))",
  ])
  func `an evaluation that costs too much ends with an error that nothing absorbs`(source: String)
    throws
  {
    let environment = Environment(variables: [.init("l", .list(.int))])
    let program = try compile("(" + source + ") || true == dyn(l)", as: nil, in: environment)
    let list = ListActivation([.list(Array(repeating: .int(1), count: 20))])
    #expect(throws: EvaluationError.costExceeded(limit: 1_000_000)) {
      try program.evaluate(list)
    }
  }

  @Test func `a pattern that others run out of time on is linear`() throws {
    let pattern = try Pattern("(a*)*b|(a|aa)+$x", maximumStates: 10_000)
    var budget = Budget(Limits())
    #expect(try !pattern.matches(String(repeating: "a", count: 20_000), &budget))
  }

  @Test(arguments: ["((a{1000}){1000}){1000}", "(((){1000}){1000}){1000}", "((a{0}){1000}){1000}"])
  func `a pattern that would be too large is refused, one that only looks so is not`(
    source: String
  ) {
    if source.contains("a{1000}") {
      #expect(throws: PatternError.self) { try Pattern(source, maximumStates: 10_000) }
    } else {
      #expect(throws: Never.self) { try Pattern(source, maximumStates: 10_000) }
    }
  }

  @Test(arguments: [
    ("^(clinic|hospital)$", "clinic", true), ("^[^0-9]+$", "区域a", true),
    ("\\bab\\b", "x ab y", true),
    ("(?i)ABC", "xabcx", true), ("(?i:A)b", "aB", false), ("a{2,3}?b", "aaab", true),
    ("^a{2}$", "aaa", false), ("\\d{4}-\\d\\d", "2026-06", true), ("\\p{Han}+", "相山区", true),
    ("^\\pL+$", "é1", false), ("[[:alpha:]]", "1", false), ("[\\w-]+@", "a-b@", true),
    ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true), ("(?m)^b$", "a\nb", true),
    ("[]a]", "]", true), ("a{,2}", "a{,2}", true), ("\\Qa.b\\E", "a.b", true),
    ("\\x{533a}", "区", true),
    ("(?P<n>a)+", "a", true), ("[^\\d\\s]", "1 ", false), ("^$", "", true), ("x*", "", true),
  ])
  func `patterns match as RE2 does`(pattern: String, text: String, matches: Bool) throws {
    var budget = Budget(Limits())
    #expect(try Pattern(pattern, maximumStates: 1000).matches(text, &budget) == matches)
  }

  @Test(arguments: [
    "(", ")", "[a", "*a", "a**", "a{2,1}", "a{1001}", "\\", "(?<=a)", "\\1", "[b-a]",
  ])
  func `what is no pattern of RE2 is refused`(pattern: String) {
    #expect(throws: PatternError.self) { try Pattern(pattern, maximumStates: 1000) }
  }
}
