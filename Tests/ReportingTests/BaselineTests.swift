import Diagnostics
import Reporting
import TestSupport
import Testing

@Suite struct BaselineTests {
  /// A report of one subject with a finding an outcome, all of one rule.
  private func report(_ outcomes: [Outcome], id: String = "A-1", name: String = "甲") -> Report {
    let location = MarkedText("- id: «A-1»\n").file(path: "a.yaml").locations[0]
    return SampleReport.report([
      SampleReport.subject(
        id, name,
        outcomes.map { SampleReport.finding(0, $0, location, zh: "超出 \($0)", en: "above \($0)") })
    ])
  }

  /// What a baseline of a report records, each with a place in a file.
  private func recorded(_ report: Report) -> [KnownFinding] {
    let file = SourceFile(path: "b.json", text: String(repeating: " ", count: 100))
    return report.findingsForBaseline().enumerated().map { index, finding in
      var finding = finding
      finding.location = Location(file: file, range: ByteRange(start: index, end: index + 1))
      return finding
    }
  }

  struct Change: Sendable, CustomTestStringConvertible {
    var before: [Outcome]
    var now: [Outcome]
    var new: Int
    var known: Int
    var fixed: Int
    var testDescription: String { "\(before) → \(now)" }
  }

  @Test(arguments: [
    Change(before: [], now: [], new: 0, known: 0, fixed: 0),
    Change(before: [.fail], now: [.fail], new: 0, known: 1, fixed: 0),
    Change(before: [], now: [.fail], new: 1, known: 0, fixed: 0),
    Change(before: [.fail], now: [.pass], new: 0, known: 0, fixed: 1),
    Change(before: [.fail], now: [], new: 0, known: 0, fixed: 1),
    // Worse is new and nothing is fixed; better is known.
    Change(before: [.review], now: [.fail], new: 1, known: 0, fixed: 0),
    Change(before: [.review], now: [.unknown], new: 1, known: 0, fixed: 0),
    Change(before: [.unknown], now: [.fail], new: 1, known: 0, fixed: 0),
    Change(before: [.note], now: [.review], new: 1, known: 0, fixed: 0),
    Change(before: [.waived], now: [.fail], new: 1, known: 0, fixed: 0),
    Change(before: [.fail], now: [.review], new: 0, known: 1, fixed: 0),
    Change(before: [.fail], now: [.waived], new: 0, known: 1, fixed: 0),
    Change(before: [.unknown], now: [.review], new: 0, known: 1, fixed: 0),
    // The same key several times is counted.
    Change(before: [.fail], now: [.fail, .fail], new: 1, known: 1, fixed: 0),
    Change(before: [.fail, .fail, .fail], now: [.fail], new: 0, known: 1, fixed: 2),
    Change(before: [.fail, .review], now: [.review, .fail], new: 0, known: 2, fixed: 0),
    Change(before: [.fail, .review], now: [.fail, .fail], new: 1, known: 1, fixed: 0),
    Change(before: [.fail, .review], now: [.fail], new: 0, known: 1, fixed: 1),
    Change(before: [.fail, .note], now: [.note], new: 0, known: 1, fixed: 1),
    Change(before: [.review], now: [.fail, .review], new: 1, known: 1, fixed: 0),
    // A note that is gone is no news.
    Change(before: [.note], now: [], new: 0, known: 0, fixed: 0),
  ])
  func `what is new, known and fixed follows from what was and what is`(change: Change) throws {
    let known = recorded(report(change.before))
    let baseline = try #require(
      report(change.now).compared(with: known, path: "b.json").baseline)
    #expect(baseline.newCount == change.new)
    #expect(baseline.knownCount == change.known)
    #expect(baseline.fixedCount == change.fixed)
  }

  @Test func `new findings decide the exit, known ones do not`() throws {
    func compared(_ before: [Outcome], _ now: [Outcome]) throws -> BaselineComparison {
      try #require(
        report(now).compared(with: recorded(report(before)), path: "b.json").baseline)
    }
    var baseline = try compared([.fail, .review], [.fail, .review])
    #expect(!baseline.hasNewFailures && !baseline.hasNewUndecided)
    baseline = try compared([.review], [.fail])
    #expect(baseline.hasNewFailures && !baseline.hasNewUndecided)
    baseline = try compared([.fail], [.fail, .unknown])
    #expect(!baseline.hasNewFailures && baseline.hasNewUndecided)
    baseline = try compared([], [.note])
    #expect(!baseline.hasNewFailures && !baseline.hasNewUndecided)
  }

  @Test func `a subject with another name is the same one, one with another id is not`() throws {
    let known = recorded(report([.fail]))
    let renamed = report([.fail], name: "乙").compared(with: known, path: "b.json")
    #expect(renamed.baseline?.newCount == 0)
    let other = report([.fail], id: "A-2").compared(with: known, path: "b.json")
    #expect(other.baseline?.newCount == 1)
    #expect(other.baseline?.fixedCount == 1)
  }

  @Test(arguments: ReportFormat.allCases)
  func `no format but the whole SARIF shows what is known, and none loses the verdict`(
    format: ReportFormat
  ) {
    let before = SampleReport.outcomes.report
    let report = before.compared(with: recorded(before), path: "b.json")
    let text = written(report, as: format)
    let shown = text.contains("本年新增上限 3 家")
    #expect(shown == (format == .sarif), "\(format.rawValue)")
    // An in-principle refusal stays one though its findings are not shown.
    if [.text, .markdown, .html, .junit].contains(format) {
      #expect(text.contains("原则上不予纳入"), "\(format.rawValue)")
    }
    if [.json, .jsonl].contains(format) { #expect(text.contains("refused")) }
  }

  @Test func `text says how much is new, known and fixed before the count`() throws {
    let before = report([.fail, .fail, .review])
    let now = report([.fail]).compared(with: recorded(before), path: "b.json")
    let text = written(now, as: .text, options: ReportOptions(language: .en))
    #expect(text.contains("A-1 甲: refused in principle (1 known to the baseline)"))
    #expect(text.contains("baseline b.json: 0 new, 1 known (not listed), 2 fixed"))
    #expect(text.contains("fixed[HB-OUT-CAP] A-1 甲: above review"))
    #expect(
      text.hasSuffix("1 application: 0 admissible, 1 refused, 0 needs a person, 0 incomplete\n"))
    let chinese = written(now, as: .text)
    #expect(chinese.contains("基线 b.json：新增 0 项，已知 1 项（未列出），已消除 2 项"))
  }

  @Test
  func `SARIF has a state on every result, and those that are gone have their own fingerprint`() {
    let before = report([.fail, .fail, .review])
    let now = report([.fail, .pass]).compared(with: recorded(before), path: "b.json")
    let lines = written(now, as: .sarif).split(separator: "\n")
    let states = lines.filter { $0.contains("\"baselineState\"") }.map {
      $0.contains("new") ? "new" : $0.contains("absent") ? "absent" : "unchanged"
    }
    #expect(states == ["unchanged", "unchanged", "absent", "absent"])
    #expect(lines.count { $0.contains("\"ruleId\"") } == states.count)
    let prints = lines.filter { $0.contains("planlint/v1") }
    // The pass has the number of the second failure, which is gone.
    let hashes = prints.compactMap { $0.firstMatch(of: #/[0-9a-f]{32}/#)?.output }
    #expect(hashes.count == 4)
    #expect(Set(hashes).count == 3)
    #expect(!written(report([.fail]), as: .sarif).contains("baselineState"))
  }

  @Test func `GitHub gets what is new alone`() {
    let before = report([.fail])
    let now = report([.fail, .review]).compared(with: recorded(before), path: "b.json")
    let lines = written(now, as: .sarifGitHub).split(separator: "\n")
    #expect(lines.count { $0.contains("\"ruleId\"") } == 1)
    #expect(lines.count { $0.contains("\"baselineState\": \"new\"") } == 1)
  }

  @Test func `a baseline is written sorted, and the same findings give the same bytes`() {
    func bytes(_ report: Report) -> String {
      var sink = ByteSink()
      BaselineWriter.write(
        report.findingsForBaseline(), format: "f/1", tenant: "huaibei", subjects: "applications",
        to: &sink)
      return String(decoding: sink.bytes, as: UTF8.self)
    }
    let report = SampleReport.files.report
    var turned = report
    turned.result = { report.result(report.resultCount - 1 - $0) }
    #expect(bytes(turned) == bytes(report))
    let rows = bytes(report).split(separator: "\n").filter { $0.contains("\"rule\"") }
    #expect(rows.count == 4)
    #expect(rows == rows.sorted())
  }
}
