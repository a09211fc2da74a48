import Diagnostics
import Testing

@testable import Expression

/// What CEL says of functions that the cases beside the project do not call.
@Suite("Functions come to what CEL says of them") struct FunctionTests {
  private static let environment = Environment(
    variables: [.init("n", .int), .init("x", .dyn), .init("m", .map(.string, .int))],
    numbers: .cel, functions: .cel.adding(Function.textEditing))

  private static let activation = ListActivation([
    .int(7), .string("a"), map,
  ])

  private static let map: Value = {
    guard let map = try? MapValue([(.string("k"), .int(1))]) else {
      preconditionFailure("a map of one key has no wrong keys")
    }
    return .map(map)
  }()

  @Test(arguments: [
    ("'药店a'.charAt(0)", "药"), ("'药店a'.charAt(3)", ""), ("'药店a'.charAt(4)", "error"),
    ("'药店a'.charAt(-1)", "error"), ("'banana'.indexOf('an')", "1"),
    ("'banana'.indexOf('an', 2)", "3"), ("'banana'.indexOf('x')", "-1"),
    ("'banana'.indexOf('')", "0"), ("'banana'.indexOf('a', 9)", "error"),
    ("'banana'.lastIndexOf('an')", "3"), ("'banana'.lastIndexOf('an', 2)", "1"),
    ("'banana'.lastIndexOf('x')", "-1"), ("'AbC药'.lowerAscii()", "abc药"),
    ("'AbC药'.upperAscii()", "ABC药"), ("'abc'.reverse()", "cba"),
    ("'banana'.substring(2)", "nana"), ("'banana'.substring(2, 4)", "na"),
    ("'banana'.substring(4, 2)", "error"), ("'banana'.substring(7)", "error"),
    ("'banana'.replace('an', 'x')", "bxxa"), ("'banana'.replace('an', 'x', 1)", "bxana"),
    ("'banana'.replace('an', 'x', 0)", "banana"), ("'a,b,c'.split(',').size()", "3"),
    ("'a,b,c'.split(',', 2)[1]", "b,c"), ("'a,b,c'.split(',', 0).size()", "0"),
    ("'abc'.split('').size()", "3"), ("['a', 'b'].join()", "ab"), ("['a', 'b'].join('-')", "a-b"),
    ("[].join('-')", ""), ("'  a '.trim()", "a"),
  ])
  func `text is edited by characters`(source: String, expected: String) {
    expect(source, expected)
  }

  @Test(arguments: [
    ("duration('1h30m') == duration('5400s')", "true"), ("string(duration('1.5s'))", "1.5s"),
    ("string(duration('-1.5s'))", "-1.5s"), ("duration('0') == duration('0s')", "true"),
    ("duration('+2m') == duration('120s')", "true"), ("duration('1d') == duration('0s')", "error"),
    ("duration('') == duration('0s')", "error"), ("duration(x) == duration('0s')", "error"),
    ("duration('90m').getHours()", "1"), ("duration('90m').getMinutes()", "90"),
    ("duration('1.25s').getMilliseconds()", "250"), ("duration('2m').getSeconds()", "120"),
    ("duration(duration('1s')) == duration('1s')", "true"),
    ("timestamp('2026-03-02T08:09:10Z').getFullYear()", "2026"),
    ("timestamp('2026-03-02T08:09:10Z').getMonth()", "2"),
    ("timestamp('2026-03-02T08:09:10Z').getDate()", "2"),
    ("timestamp('2026-03-02T08:09:10Z').getDayOfMonth()", "1"),
    ("timestamp('2026-03-02T08:09:10Z').getDayOfWeek()", "1"),
    ("timestamp('2026-03-02T08:09:10Z').getDayOfYear()", "60"),
    ("timestamp('2026-03-02T08:09:10Z').getHours()", "8"),
    ("timestamp('2026-03-02T08:09:10Z').getHours('+08:00')", "16"),
    ("timestamp('2026-03-02T08:09:10Z').getHours('-09:30')", "22"),
    ("timestamp('2026-03-02T08:09:10Z').getHours('UTC')", "8"),
    ("timestamp('2026-03-02T08:09:10Z').getHours('Mars')", "error"),
    ("timestamp('2026-03-02T08:09:10Z').getMinutes()", "9"),
    ("timestamp('2026-03-02T08:09:10Z').getSeconds()", "10"),
    ("timestamp('2026-03-02T08:09:10.250Z').getMilliseconds()", "250"),
    ("string(timestamp('2026-03-02T08:09:10.5Z'))", "2026-03-02T08:09:10.5Z"),
    ("timestamp('2026-03-02T08:09:10+08:00') == timestamp('2026-03-02T00:09:10Z')", "true"),
    ("timestamp('2026-02-30T00:00:00Z') == timestamp('2026-02-30T00:00:00Z')", "error"),
    ("timestamp('2026-03-02T08:09:10.Z') == timestamp(0)", "error"),
    ("timestamp(86400) == timestamp('1970-01-02T00:00:00Z')", "true"),
    (
      "timestamp('2026-03-02T00:00:00Z') + duration('24h') == timestamp('2026-03-03T00:00:00Z')",
      "true"
    ),
    (
      "duration('24h') + timestamp('2026-03-02T00:00:00Z') == timestamp('2026-03-03T00:00:00Z')",
      "true"
    ),
    (
      "timestamp('2026-03-02T00:00:00Z') - duration('24h') == timestamp('2026-03-01T00:00:00Z')",
      "true"
    ),
    (
      "timestamp('2026-03-02T00:00:00Z') - timestamp('2026-03-01T00:00:00Z') == duration('24h')",
      "true"
    ),
    ("duration('2s') - duration('1s') == duration('1s')", "true"),
    ("duration('2s') > duration('1s')", "true"),
    ("timestamp('9999-12-31T23:59:59Z') + duration('1s') > timestamp(0)", "error"),
  ])
  func `moments and spans`(source: String, expected: String) {
    expect(source, expected)
  }

  @Test(arguments: [
    ("int('42')", "42"), ("int('+42')", "error"), ("int(42u)", "42"), ("int(4.9)", "4"),
    ("int(-4.9)", "-4"), ("int(1e30)", "error"), ("int('x')", "error"),
    ("uint('42')", "42"), ("uint(-1)", "error"), ("uint(4.9)", "4"), ("uint('x')", "error"),
    ("uint(7u) == 7u", "true"), ("uint(timestamp(0))", "error"), ("double('1.5')", "1.5"),
    ("double('x')", "error"), ("double(3u)", "3"), ("string(b'abc')", "abc"),
    ("string(b'\\xff')", "error"), ("bytes('ab') == b'ab'", "true"),
    ("bytes(b'a') == b'a'", "true"),
    ("string(true)", "true"), ("string(3u)", "3"), ("bool('true')", "true"),
    ("bool('x')", "error"), ("size(b'abc')", "3"), ("type(1u) == uint", "true"),
    ("type(m) == map", "true"), ("dyn(1) == 1u", "true"), ("int(timestamp(5))", "5"),
  ])
  func `one type becomes another`(source: String, expected: String) {
    expect(source, expected)
  }

  @Test(arguments: [
    ("18446744073709551615u > 1u", "true"), ("18446744073709551616u > 1u", "error"),
    ("0xFFu == 255u", "true"), ("-0x10 == -16", "true"), ("9223372036854775808 > 1", "error"),
    ("3u - 4u", "error"), ("9223372036854775807 + 1", "error"), ("7 / 2", "3"), ("-7 / 2", "-3"),
    ("7 % 3", "1"), ("-7 % 3", "-1"), ("7u % 3u", "1"), ("n / 0", "error"), ("n % 0", "error"),
    ("1.5 * 2.0", "3"), ("7.0 / 2.0", "3.5"), ("n * n", "49"), ("-n", "-7"),
    ("n in [1, 7]", "true"),
    ("'k' in m", "true"), ("m['k']", "1"), ("m['z']", "error"), ("m.k", "1"), ("has(m.z)", "false"),
    ("[1, 2][1]", "2"), ("[1, 2][2]", "error"), ("[1, 2]['a']", "error"), ("{1: 2}['a']", "error"),
    ("m.exists(k, k == 'k')", "true"), ("m.all(k, m[k] == 1)", "true"),
    ("n.all(k, k == 1)", "error"),
    ("[[1], [2]] == [[1], [2]]", "true"), ("{'a': [1]} == {'a': [1]}", "true"),
    ("[1, 2] + [3] == [1, 2, 3]", "true"), ("'a' + 'b' == 'ab'", "true"),
    ("b'a' + b'b' == b'ab'", "true"), ("b'a' < b'b'", "true"), ("'a' < 'b'", "true"),
    ("false < true", "true"), ("1 < 1.5", "true"), ("1u < 2", "true"), ("x == 1", "false"),
    ("x + 1", "error"), ("x.y", "error"), ("x[0]", "error"), ("!x", "error"),
    ("x ? 1 : 2", "error"),
    ("1 in x", "error"), ("google.protobuf.Struct{a: 1}", "error"), (".n == 7", "true"),
    ("r'\\d' == '\\\\d'", "true"), ("'''a'b''' == \"a'b\"", "true"), ("'\\u836f' == '药'", "true"),
    ("b'\\x41\\101' == b'AA'", "true"), ("'\\U0001F600'.size()", "1"), ("'a\\", "error"),
    ("'\\u12'", "error"), ("0x", "error"), ("1.e3", "error"), ("if", "error"), ("n.", "error"),
    ("[1, 2,]", "[1, 2]"), ("{'a': 1,}['a']", "1"), ("'abc'.matches('^a.c$')", "true"),
    ("'abc'.matches('a{2,1}')", "error"), ("'abc'.matches(x + '.c')", "true"),
    ("'abc'.matches(x + '[')", "error"), ("'A'.matches('\\\\x41')", "true"),
    ("'A'.matches('\\\\101')", "true"), ("'A'.matches('\\\\x4')", "error"),
    ("'A'.matches('[[:upper:]]')", "true"), ("'A'.matches('[[:nope:]]')", "error"),
    ("'A'.matches('\\\\p{Nope}')", "error"), ("'-'.matches('\\\\p{P}')", "true"),
    ("'b'.matches('[\\\\t-z]')", "true"), ("m.`k`", "1"), ("m.`k", "error"), ("{1: 2}.a", "error"),
    ("'aab'.matches('a{2}b')", "true"),
    ("'x'.matches('[^a-c]')", "true"), ("'药'.matches('\\\\p{Han}')", "true"),
    ("'abc'.matches('(?i)ABC')", "true"), ("'a-b'.matches('\\\\w-\\\\w')", "true"),
  ])
  func `numbers, collections, literals and patterns`(source: String, expected: String) {
    expect(source, expected)
  }

  @Test(arguments: [
    ("facts.a * limit.b < 3", "error"), ("1.5 + 2 == 3.5", "true"), ("7 / 2", "3.5"),
    ("6 / 4 * 2 == 3", "true"), ("(1 / 3) * 3 == 1", "true"), ("1 / 3 < 2 / 3", "true"),
    ("1 / 3 >= 2 / 6", "true"), ("1 / 3 != 2 / 6", "false"), ("2 * 3 > 7 - 2", "true"),
    ("q / r * 1000 <= 7.4", "true"), ("q / r * 1000 > 7.4", "false"),
    ("q / r == 7400 / 1000000", "true"),
    ("q / r < q / 999999", "true"), ("q * r >= r * q", "true"), ("q - r != r - q", "true"),
    ("q + 1 > q", "true"), ("floor(7.9)", "7"), ("ceil(7.1)", "8"), ("round(7.5)", "8"),
    ("abs(-3)", "3"), ("min(3, 2, 9)", "2"), ("max([1, 5, 2])", "5"), ("1.5 in [1.5]", "true"),
    ("3u", "3"), ("q / 0 > 1", "error"), ("sum([1, 2.5])", "3.5"),
  ])
  func `quantities are exact`(source: String, expected: String) {
    let environment = Environment(variables: [.init("q", .decimal), .init("r", .decimal)])
    let values = ListActivation([.decimal(Exact(7_400)), .decimal(Exact(1_000_000))])
    #expect(Self.outcome(source, environment, values) == expected, "\(source)")
  }

  private func expect(_ source: String, _ expected: String) {
    #expect(Self.outcome(source, Self.environment, Self.activation) == expected, "\(source)")
  }

  /// The value as text, or `error` where it does not compile or comes to an error.
  private static func outcome(
    _ source: String, _ environment: Environment, _ activation: ListActivation
  ) -> String {
    do {
      return try compile(source, as: nil, in: environment).evaluate(activation).text
    } catch let error as EvaluationError {
      return error.message.zh.isEmpty || error.message.en.isEmpty ? "says nothing" : "error"
    } catch {
      return "error"
    }
  }
}
