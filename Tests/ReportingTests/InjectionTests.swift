import Diagnostics
import Reporting
import TestSupport
import Testing

@Suite struct InjectionTests {
  private let report = SampleReport.injection.report

  @Test(arguments: ReportFormat.allCases)
  func `no control or bidirectional character of a name reaches any output`(format: ReportFormat) {
    let text = written(report, as: format)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let isLineEnd = value == 0x0A || (value == 0x0D && format == .csv)
      let isMark = value == 0xFEFF && format == .csv
      let isBad =
        (value < 0x20 && !isLineEnd) || (0x7F...0x9F).contains(value)
        || (0x2028...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        || (value == 0xFEFF && !isMark)
      #expect(!isBad, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `colours are the only escape sequences, and only where asked for`() {
    let plain = written(report, as: .text)
    let colored = written(report, as: .text, options: ReportOptions(color: true))
    #expect(!plain.contains("\u{1B}"))
    var stripped = ""
    var isInEscape = false
    for scalar in colored.unicodeScalars {
      if scalar == "\u{1B}" {
        isInEscape = true
      } else if isInEscape {
        isInEscape = scalar != "m"
      } else {
        stripped.unicodeScalars.append(scalar)
      }
    }
    #expect(stripped == plain)
  }

  @Test func `a GitHub annotation stays one command a line`() {
    for line in written(report, as: .github).split(separator: "\n") {
      let isCommand = line.hasPrefix("::error ") || line.hasPrefix("::notice ")
      #expect(isCommand || line.hasPrefix("共 "))
      guard isCommand, let end = line.dropFirst(2).firstRange(of: "::") else { continue }
      let properties = line[..<end.lowerBound]
      #expect(properties.split(separator: ",").allSatisfy { $0.contains("=") })
    }
  }

  @Test func `no cell of the CSV is a formula`() {
    let text = written(report, as: .csv)
    for start in ["=", "+", "-", "@"] {
      #expect(!text.contains(",\(start)"))
      #expect(!text.contains("\n\(start)"))
      #expect(!text.contains(",\"\(start)"))
    }
    #expect(text.contains("\"'=cmd"))
  }

  @Test func `markup in names stays text in XML, HTML and Markdown`() {
    for format in [ReportFormat.junit, .html, .markdown] {
      let text = written(report, as: format)
      #expect(!text.contains("<b>`"))
      #expect(!text.contains("]]>"))
      #expect(text.contains("&lt;/script&gt;"))
    }
    #expect(written(report, as: .html).components(of: "</script>") == 2)
  }
}

extension String {
  /// The number of parts that `separator` divides it into.
  fileprivate func components(of separator: String) -> Int {
    var count = 1
    var rest = self[...]
    while let found = rest.firstRange(of: separator) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
