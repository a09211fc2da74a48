import Desk
import Diagnostics
import Testing

@Suite("JSON")
struct JSONTests {
  /// The examples of RFC 8785, 3.2.2.3 and its appendix B.
  static let examples: [(String, String)] = [
    ("333333333.33333329", "333333333.3333333"), ("1E30", "1e+30"), ("4.50", "4.5"),
    ("2e-3", "0.002"), ("0.000000000000000000000000001", "1e-27"), ("0", "0"), ("-0", "0"),
    ("5e-324", "5e-324"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ("9007199254740992", "9007199254740992"), ("295147905179352830000", "295147905179352830000"),
    ("9.999999999999997e22", "9.999999999999997e+22"), ("1e23", "1e+23"),
    ("999999999999999700000", "999999999999999700000"), ("1e21", "1e+21"),
    ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("333333333.33333325", "333333333.33333325"),
    ("-12.5", "-12.5"), ("100", "100"),
  ]

  @Test("numbers are written as RFC 8785 has them", arguments: examples)
  func numbers(_ number: String, _ canonical: String) throws {
    #expect(try JSONReader.read(number).canonicalJSON == canonical)
  }

  @Test("names are sorted by UTF-16, and only what must be is escaped")
  func canonical() throws {
    let text =
      #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Dalet","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"O"}"#
    #expect(
      try JSONReader.read(text).canonicalJSON
        == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"O\",\"€\":\"Euro Sign\",\"😀\":\"Emoji\",\"\u{FB33}\":\"Dalet\"}"
    )
    #expect(
      try JSONReader.read(#"["\u000f\nA'\u0042\"\\\/"]"#).canonicalJSON
        == #"["\u000f\nA'B\"\\/"]"#)
  }

  @Test(
    "what is no JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", "+1", "nul", "\"\u{1}\"",
      #""\ud800""#, #""\x""#, "[1] 2", "\"", ".5", "-", "NaN", #"{"a" 1}"#,
      String(repeating: "[", count: 100),
    ])
  func faults(_ text: String) {
    #expect(throws: JSONReader.Fault.self) { try JSONReader.read(text) }
  }
}
