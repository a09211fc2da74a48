import Diagnostics
import Testing

@testable import Expression

@Suite struct PolicyTests {
  @Test(arguments: [
    ("7 / 2", "3.5"), ("1 / 3", "1/3"), ("1 / 3 * 3 == 1", "true"), ("7 % 2", "1"),
    ("7.5 % 2", "expected integers on both sides of `%`"), ("1 / 0", "division by zero"),
    ("size('区域') / 4", "0.5"), ("0.1 + 0.2 == 0.3", "true"), ("application.beds / 5", "2.4"),
    ("district.beds / district.residents * 1000 > limit", "false"),
    ("district.beds / district.residents * 1000 >= limit", "true"),
    ("floor(7 / 2) + ceil(7 / 2) + round(5 / 2)", "10"), ("abs(-1 / 2)", "0.5"),
    ("min(3, 1 / 2, 2)", "0.5"), ("max([1, 5 / 2])", "2.5"), ("sum([1 / 3, 1 / 3, 1 / 3])", "1"),
    ("sum([])", "0"), ("[10, 20][1]", "20"), ("{1: 'a'}[1]", "a"), ("int(7.9) / 2", "3.5"),
    ("date('2026-06-01') < timestamp('2026-06-01T00:00:01Z')", "true"),
    ("date('2026-06-01').getFullYear() / 2", "1013"), ("' a '.trim().upperAscii()", "A"),
    ("170141183460469231731687303715884105727 + 1", "the number does not fit"),
    ("neighbours.map(n, n.beds)", "[1, 3]"), ("neighbours.exists(n, n.beds == 3)", "true"),
    ("has(application.note)", "false"), ("application.kind == 'clinic' ? 1 : 2", "1"),
    ("'hospital' in application.requests", "true"),
  ])
  func `quantities are exact and of one type`(source: String, outcome: String) {
    #expect(District.outcome(source) == outcome)
  }

  @Test(arguments: [
    (
      "application.kind == 'retail_pharmcy'",
      "'retail_pharmcy' | `retail_pharmcy` is no kind; did you mean `retail_pharmacy`"
    ),
    (
      "application.kind in ['clinic', 'school']",
      "'school' | `school` is no kind; expected one of `clinic`, `hospital`, `retail_pharmacy`"
    ),
    ("'clinc' in application.requests", "'clinc' | `clinc` is no kind; did you mean `clinic`"),
    ("application.requests.exists(r, r != 'x')", "'x' | `x` is no kind"),
    ("table['hopital'] > 1", "'hopital' | `hopital` is no kind; did you mean `hospital`"),
    (
      "application.kind == (flag ? 'clinic' : 'hopsital')",
      "'hopsital' | `hopsital` is no kind; did you mean `hospital`"
    ),
    (
      "application.bed > 1",
      "bed | `application` has no field `bed`; did you mean `beds`"
    ),
    ("distrct.beds > 1", "distrct | there is no name `distrct`; did you mean `district`"),
    ("siz(application.requests)", "siz(application.requests) | there is no function `siz`"),
    ("'a'.startWith('b')", "'a'.startWith('b') | there is no method `startWith`; did you mean"),
    ("limit > 'a'", "limit > 'a' | `>` does not take (number, string)"),
    ("limit && flag", "limit | expected a condition (bool), found `number`"),
    ("[1, 'a']", "'a' | expected the elements of the list to have one type"),
    ("'a'.matches('(')", "'(' | the pattern is not valid: expected `)`"),
    ("flag ? 1 : 'a'", "'a' | expected the branches to have one type"),
    ("1 + ", " | expected a value, found the end"), ("for", "for | `for` is a reserved word"),
    ("limit.x", "x | a `number` has no fields, so no `x`"),
  ])
  func `what cannot be right is an error at its place when it is compiled`(
    source: String, error: String
  ) {
    let found = District.outcome(source)
    #expect(found.hasPrefix(error), "\(found)")
  }

  @Test func `several errors come at once, in the order of the text`() {
    let found = District.outcome("a == 1 && b == 2 && application.kidn == 'c'")
    #expect(found.split(separator: "\n").map { $0.prefix(4) } == ["a | ", "b | ", "kidn"])
  }

  @Test func `a bare number is an error where only parameters may carry numbers`() {
    var environment = District.environment
    environment.forbidNumbersBut = [.zero, .one]
    #expect(District.outcome("limit > 0 && limit - 1 > -1", in: environment) == "true")
    #expect(
      District.outcome("limit > 7.4 || double('8') > limit", in: environment)
        == """
        7.4 | `7.4` is a bare number; make it a named parameter with its provision
        double('8') | `8` is a bare number; make it a named parameter with its provision
        """)
  }

  @Test func `the expected type is held against the expression`() {
    #expect(throws: ExpressionErrors.self) {
      try compile("limit", as: .bool, in: District.environment)
    }
    #expect(throws: Never.self) { try compile("limit", as: .int, in: District.environment) }
  }

  @Test func `a program says what it reads`() throws {
    let program = try compile(
      "district.beds / city.residents > limit && neighbours.exists(n, n.beds > 0) && flag",
      as: .bool, in: District.environment)
    #expect(program.references.variables == ["district", "city", "limit", "neighbours", "flag"])
    #expect(program.references.paths == ["district.beds", "city.residents", "neighbours[].beds"])
  }

  @Test func `what hangs on no variable is constant`() throws {
    let never = try compile("flag && 1 / 2 > 1", as: .bool, in: District.environment)
    #expect(never.isConstant && never.constantValue?.text == "false")
    let open = try compile("flag && 1 > 0", as: .bool, in: District.environment)
    #expect(!open.isConstant)
    #expect(open.source == "flag && 1 > 0")
  }

  @Test(arguments: [
    ("district.beds > 0", "unknown: district.beds"), ("district.beds > 0 || flag", "true"),
    ("district.beds > 0 && city.beds > 8000", "false"),
    ("district.beds / district.residents > 0", "unknown: district.beds, district.residents"),
    ("district.beds + district.beds", "unknown: district.beds"),
    ("has(district.beds)", "unknown: district.beds"),
    ("neighbours.exists(n, n.residents > 5)", "unknown: neighbours[1].residents"),
    ("neighbours.exists(n, n.residents < 5)", "true"),
    ("neighbours.filter(n, n.residents < 5).size()", "unknown: neighbours[1].residents"),
    ("sum(neighbours.map(n, n.residents))", "unknown: neighbours[1].residents"),
    ("flag ? 1 : district.beds", "1"), ("district.beds + 1 / 0", "division by zero"),
  ])
  func `missing data travels and only what matters is named`(source: String, outcome: String) throws
  {
    let activation = District.activation(
      beds: District.missing("district.beds"), residents: District.missing("district.residents"))
    let program = try compile(source, as: nil, in: District.environment)
    let found: String
    do {
      let value = try program.evaluate(activation)
      if case .unknown = value { found = "unknown: " + value.text } else { found = value.text }
    } catch { found = error.message.en }
    #expect(found == outcome)
  }

  @Test func `a trace lists the comparisons of numbers with both sides`() throws {
    let program = try compile(
      "district.beds / district.residents * 1000 <= limit && application.beds == 12",
      as: .bool, in: District.environment)
    var trace = ComparisonTrace()
    _ = try program.evaluate(District.activation(), tracing: &trace)
    #expect(trace.entries.map(\.node) == [0, 1])
    #expect(trace.entries.map(\.relation) == [.lessOrEqual, .equal])
    #expect(trace.entries.map(\.left.description) == ["7.4", "12"])
    #expect(trace.entries.map(\.right.description) == ["7.4", "12"])
    #expect(program.comparisons.map(\.node) == [0, 1])
    #expect(program.comparisons[1].range.end == program.source.utf8.count)
  }
}
