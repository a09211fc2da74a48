import Diagnostics
import Testing

@testable import Reading

private enum Kind: String, CaseIterable, Sendable {
  case retailPharmacy = "retail_pharmacy"
  case clinic
  case hospital
}

@Suite struct FieldTests {
  private func read<Value>(
    _ reader: FieldReader<Value>, _ text: String, _ format: DocumentFormat = .yaml
  ) throws -> (Value?, [String]) {
    let file = SourceFile(path: "a", text: text)
    var context = FieldContext(file)
    let value = reader.read(try Document.read(file, format: format), &context)
    return (value, context.faults.faults.english)
  }

  @Test(
    "numbers are plain decimals and nothing else",
    arguments: [
      ("0", nil), ("7.4", nil), ("-12.50", nil), ("1970200", nil), ("-0", nil),
      ("1e400", "expected a number, found `1e400`; write the number out, without an exponent"),
      ("1E5", "expected a number, found `1E5`; write the number out, without an exponent"),
      ("0x10", "expected a number, found `0x10`"), ("0b1", "expected a number, found `0b1`"),
      (".inf", "expected a number, found `.inf`"), (".nan", "expected a number, found `.nan`"),
      ("+5", "expected a number, found `+5`; leave the `+` out"),
      ("010", "expected a number, found `010`; leave the leading zero out"),
      ("1,970,200", "expected a number, found `1,970,200`; leave the separators out"),
      ("1_000", "expected a number, found `1_000`; leave the separators out"),
      ("71.5%", "expected a number, found `71.5%`; leave the `%` out"),
      ("１２", "expected a number, found `１２`; use ASCII digits, not full-width ones"),
      ("7．4", "expected a number, found `7．4`; use ASCII digits, not full-width ones"),
      (".5", "expected a number, found `.5`"), ("5.", "expected a number, found `5.`"),
      ("--5", "expected a number, found `--5`"), ("1.2.3", "expected a number, found `1.2.3`"),
      ("约5", "expected a number, found `约5`"),
      ("'5'", "expected a number, found text `5`; leave the quotes out"),
      ("[5]", "expected a number, found a list"), ("null", "expected a number, found nothing"),
      (
        "1234567890123456789012345678901",
        "expected a number, found `1234567890123456789012345678901`; at most 30 digits"
      ),
    ] as [(String, String?)])
  func decimals(text: String, message: String?) throws {
    let (value, messages) = try read(.decimal, text)
    #expect(messages == (message.map { [$0] } ?? []))
    #expect(value == (message == nil ? text : nil))
  }

  @Test(
    "counts are whole numbers within their bounds",
    arguments: [
      ("0", 0, nil), ("100", 100, nil),
      ("-1", nil, "expected a whole number of at least 0, found `-1`"),
      ("5.0", 5, nil), ("5.5", nil, "expected a whole number, found `5.5`"),
      ("yes", nil, "expected a whole number, found `yes`"),
      (
        "99999999999999999999", nil,
        "expected a whole number of at least 0, found `99999999999999999999`"
      ),
    ] as [(String, Int?, String?)])
  func counts(text: String, expected: Int?, message: String?) throws {
    let (value, messages) = try read(.count, text)
    #expect(value == expected)
    #expect(messages == (message.map { [$0] } ?? []))
  }

  @Test(
    "what is text is decided by the field, not by its look",
    arguments: [
      (DocumentFormat.yaml, "no", "no", nil), (.yaml, "2026", "2026", nil),
      (.yaml, "'x'", "x", nil),
      (.yaml, "1e400", "1e400", nil), (.json, "\"x\"", "x", nil),
      (.json, "5", nil, "expected text, found a number `5`; put it in quotes"),
      (.json, "true", nil, "expected text, found a truth value `true`; put it in quotes"),
      (.yaml, "' \u{3000}'", nil, "expected text, found it empty"),
      (.yaml, "{a: b}", nil, "expected text, found a mapping"),
      (.yaml, "~", nil, "expected text, found nothing"),
    ] as [(DocumentFormat, String, String?, String?)])
  func texts(format: DocumentFormat, text: String, expected: String?, message: String?) throws {
    let (value, messages) = try read(.text, text, format)
    #expect(value == expected)
    #expect(messages == (message.map { [$0] } ?? []))
  }

  @Test(
    "only true and false are truth values",
    arguments: [
      (DocumentFormat.yaml, "true", true), (.yaml, "false", false), (.json, "true", true),
      (.yaml, "no", nil),
      (.yaml, "True", nil), (.yaml, "'true'", nil), (.yaml, "1", nil), (.json, "\"true\"", nil),
      (.yaml, "是", nil),
    ] as [(DocumentFormat, String, Bool?)])
  func bools(format: DocumentFormat, text: String, expected: Bool?) throws {
    let (value, messages) = try read(.bool, text, format)
    #expect(value == expected)
    #expect(messages.isEmpty == (expected != nil))
  }

  @Test(
    "days are days of the calendar",
    arguments: [
      ("2026-03-02", "2026-03-02", nil), ("'2024-02-29'", "2024-02-29", nil),
      ("2026-02-29", nil, "expected a day of the calendar, found `2026-02-29`"),
      ("2100-02-29", nil, "expected a day of the calendar, found `2100-02-29`"),
      ("2026-13-01", nil, "expected a day of the calendar, found `2026-13-01`"),
      ("0000-01-01", nil, "expected a day of the calendar, found `0000-01-01`"),
      ("2026-3-2", nil, "expected a day written like `2026-03-02`, found `2026-3-2`"),
      ("2026-03-02T00:00:00.000", "2026-03-02", nil),
      (
        "2026-03-02T09:00:00Z", nil,
        "expected a day written like `2026-03-02`, found `2026-03-02T09:00:00Z`"
      ),
      ("2026/03/02", nil, "expected a day written like `2026-03-02`, found `2026/03/02`"),
    ] as [(String, String?, String?)])
  func days(text: String, expected: String?, message: String?) throws {
    let (value, messages) = try read(.day, text)
    #expect(value?.description == expected)
    #expect(messages == (message.map { [$0] } ?? []))
  }

  @Test(
    "days count from 1970",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2026-03-02", 20514),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
  func dayNumbers(text: String, number: Int) {
    #expect(CalendarDay(text)?.daysSinceEpoch == number)
  }

  @Test("a name that is none of the known ones gets the nearest")
  func names() throws {
    #expect(try read(.oneOf(Kind.self), "clinic").0 == .clinic)
    let (value, messages) = try read(.oneOf(Kind.self), "retail_pharmcy")
    #expect(value == nil)
    #expect(
      messages == [
        "expected one of `retail_pharmacy`, `clinic`, `hospital`, found `retail_pharmcy`; did you mean `retail_pharmacy`"
      ])
    let chinese = FieldReader<Kind>.oneOf([("clinic", .clinic), ("诊所", .clinic)])
    #expect(try read(chinese, "诊所").0 == .clinic)
  }

  @Test("a record reports what is missing, unknown and wrong, and reads the rest")
  func records() throws {
    struct Place: Equatable { var lon: String }
    let place = FieldReader<Place>.record { record in
      let lon = record.required("lon", .decimal)
      _ = record.optional("lat", .decimal)
      guard let lon else { return nil }
      return Place(lon: lon.value)
    }
    let reader = FieldReader<String>.record { record in
      let id = record.required("id", .text)
      let kind = record.required("kind", .oneOf(Kind.self))
      let places = record.optional("places", .list(of: place), default: [])
      let years = record.optional("terminated", .map(keys: .year, of: .count))
      let beds = record.optional("beds", .count)
      return
        "\(id?.value ?? "-") \(kind?.value.rawValue ?? "-") \(places.value.count) \(years?.value.count ?? 0) \(beds?.value ?? -1)"
    }
    let input = MarkedInput(
      "id: ▶\nx-own: {a: b}\n▶knd: clinic\nplaces: [{lon: 1.5}, ▶{lat: 2}, {lon: ▶东, ▶lot: 1}, ▶5]\nterminated: {2025: 1, ▶25: 2, 2026: ▶-1}\nbeds: ~\n"
    )
    var context = FieldContext(input.file)
    let value = reader.read(try Document.read(input.file, format: .yaml), &context)
    #expect(value == "- - 1 1 -1")
    let found = context.faults.faults
    #expect(
      found.english == [
        "`id` is blank; expected a value", "expected the field `kind`, found none",
        "`places`: expected the field `lon`, found none", "`lon`: expected a number, found `东`",
        "`places`: there is no field `lot`; did you mean `lon`",
        "`places`: expected a mapping, found `5`",
        "`terminated`: expected a whole number from 1900 to 2999, found `25`",
        "`2026`: expected a whole number of at least 0, found `-1`",
        "there is no field `knd`; did you mean `kind`",
      ])
    #expect(found.first?.message.zh == "`id` 尚未填写，此项必填")
  }

  @Test("a reader checks on from another one's value")
  func thenReader() throws {
    let score = FieldReader<String>.decimal.then { number, context -> Double? in
      if let value = Double(number.value), value <= 100 { return value }
      context.fault(number.range, zh: "不得超过 100", en: "expected at most 100")
      return nil
    }
    #expect(try read(score, "88.5").0 == 88.5)
    #expect(try read(score, "188.5").1 == ["expected at most 100"])
  }
}
