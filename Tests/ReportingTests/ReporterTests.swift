import Diagnostics
import Synchronization
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReporterTests {
  @Test func `FNV-1a gives the published digests`() {
    #expect(FNV1a128.hex("") == "6c62272e07bb014262b821756295c58d")
    #expect(FNV1a128.hex("foobar") == "343e1662793c64bf6f0d3597ba446f18")
  }

  @Test(arguments: [
    (612.34, "612.3"), (0.05, "0.1"), (0.25, "0.3"), (799.96, "800.0"), (-0.01, "0.0"),
    (-1.25, "-1.3"), (0, "0.0"), (12_345_678.9, "12345678.9"),
  ])
  func `distances are printed to a tenth, halves away from zero`(value: Double, text: String) {
    #expect(FixedDecimal.metres(value) == text)
  }

  @Test func `what is no number is not printed as one`() {
    #expect(FixedDecimal.text(.nan, places: 1) == nil)
    #expect(FixedDecimal.text(.infinity, places: 1) == nil)
    #expect(FixedDecimal.text(1e300, places: 1) == nil)
  }

  @Test func `JSON strings escape what JSON needs and what is dangerous, and nothing else`() {
    var sink = ByteSink()
    var json = JSONWriter(taking: &sink, indented: false)
    json.string(
      "\"\\/\n\r\t\u{0}\u{1F}\u{7F}\u{80}\u{A0}é“中”。👍\u{2028}\u{202E}\u{FEFF}\u{61C}\u{640}")
    json.giveBack(to: &sink)
    #expect(
      String(decoding: sink.bytes, as: UTF8.self)
        == "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\\u007f\\u0080\u{A0}é“中”。👍"
        + "\\u2028\\u202e\\ufeff\\u061c\u{640}\"")
  }

  @Test(arguments: [
    "\"", "\n", "\u{7F}", "\u{85}", "\u{202E}", "\u{FEFF}", "，", "“", "é", "\u{61C}",
  ])
  func `JSON strings escape the same wherever in a string a character stands`(character: String) {
    func quoted(_ text: String) -> String {
      var sink = ByteSink()
      var json = JSONWriter(taking: &sink, indented: false)
      json.string(text)
      json.giveBack(to: &sink)
      return String(String(decoding: sink.bytes, as: UTF8.self).dropFirst().dropLast())
    }
    let alone = quoted(character)
    for before in 0...17 {
      for after in 0...17 {
        let head = String(repeating: "a", count: before)
        let tail = String(repeating: after % 2 == 0 ? "z" : "中", count: after)
        #expect(quoted(head + character + tail) == head + alone + tail)
        #expect(quoted(head + character + character + tail) == head + alone + alone + tail)
      }
    }
  }

  @Test func `numbers are written in digits`() {
    var sink = ByteSink()
    for number in [0, 9, 10, -1, 12345, Int.max, Int.min] {
      sink.write(number)
      sink.write(" ")
    }
    #expect(
      String(decoding: sink.bytes, as: UTF8.self)
        == "0 9 10 -1 12345 9223372036854775807 -9223372036854775808 ")
  }

  @Test(arguments: [
    (0, 0, "0"), (-0.0, 7, "0.0000000"), (0.04, 1, "0.0"), (-0.01, 1, "0.0"), (-33.9, 0, "-34"),
    (9.99999994, 7, "9.9999999"), (9.99999999, 7, "10.0000000"), (116.1234567, 7, "116.1234567"),
    (-33.0000009, 7, "-33.0000009"), (10, 1, "10.0"), (123_456_789.0625, 4, "123456789.0625"),
  ])
  func `doubles have as many decimals as are asked for`(value: Double, places: Int, text: String) {
    #expect(FixedDecimal.text(value, places: places) == text)
  }

  @Test func `a piece larger than a block is handed on whole, after what stands before it`() {
    var blocks: [[UInt8]] = []
    let piece = [UInt8](repeating: 0x61, count: ByteSink.blockSize + 1)
    var sink = ByteSink { block in
      blocks.append(Array(block))
      return blocks.count < 3
    }
    sink.write("start" as StaticString)
    sink.write(piece)
    sink.write("end" as StaticString)
    sink.flush()
    #expect(blocks == [Array("start".utf8), piece, Array("end".utf8)])
    let isClosed = sink.isClosed
    #expect(isClosed)
    sink.write(piece)
    sink.flush()
    #expect(blocks.count == 3)
  }

  @Test func `positions agree with the line index wherever one jumps`() {
    let line = "甲: [1, 2, \"é\"]\r\n"
    let text = "\u{FEFF}" + String(repeating: line, count: 2000)
    let file = SourceFile(path: "f", text: text)
    let index = LineIndex(file)
    var positions = SourcePositions()
    var state: UInt64 = 7
    for i in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let far = Int(state >> 33) % file.count
      let start = i % 3 == 0 ? far : min(file.count, (i * 14) % file.count)
      let end = min(file.count, start + Int(state >> 60))
      let region = positions.region(
        of: Location(file: file, range: ByteRange(start: start, end: end)))
      let from = index.position(of: start)
      let to = index.position(of: end)
      #expect(
        region
          == Region(
            startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column))
    }
  }

  @Test func `filters change what is shown and never the summary`() {
    let report = SampleReport.outcomes.report
    let count = Wording.count(report, .zh)
    var options = ReportOptions(rules: ["bed-occupancy"])
    let byName = written(report, as: .text, options: options)
    #expect(byName.contains("error[HB-BED-75]") && !byName.contains("[HB-OUT-CAP]"))
    #expect(byName.hasSuffix(count + "\n"))
    options = ReportOptions(outcomes: [.pass])
    let passes = written(report, as: .concise, options: options)
    #expect(passes.contains("pass[HB-OUT-CAP]") && !passes.contains("error["))
    #expect(passes.hasSuffix(count + "\n"))
    let json = written(report, as: .json, options: options)
    #expect(json.contains("\"refused\": 2") && !json.contains("\"outcome\": \"fail\""))
  }

  @Test func `an in-principle refusal says so, and one that rests on more does not`() {
    let text = written(SampleReport.outcomes.report, as: .text)
    #expect(text.contains("建国路药店: 原则上不予纳入"))
    #expect(text.contains("濉溪县医院: 不予纳入"))
    #expect(!text.contains("必须"))
  }

  @Test func `a draft is named in every format`() {
    for format in ReportFormat.allCases {
      let text = written(SampleReport.outcomes.report, as: format)
      #expect(text.contains("征求意见稿"), "\(format.rawValue)")
    }
  }

  @Test func `fingerprints hold when lines move, and differ between findings`() {
    let places = MarkedText("\n\n\n- id: «A-1»\n").file(path: "x.yaml").locations
    func results(_ location: Location) -> SubjectResult {
      var second = SampleReport.finding(0, .fail, location, zh: "", en: "")
      second.valuePath = "beds"
      let first = SampleReport.finding(0, .fail, location, zh: "", en: "")
      return SampleReport.subject("A-1", "甲", [first, second, first])
    }
    let before = Fingerprints.of(results(places[0]), tenant: "huaibei")
    let moved = MarkedText("- id: «A-1»\n").file(path: "y.yaml").locations
    #expect(Fingerprints.of(results(moved[0]), tenant: "huaibei") == before)
    #expect(Set(before).count == 3)
  }

  @Test func `GitHub gets as many logs as it takes, every result in one of them`() throws {
    let location = MarkedText("«a»").file(path: "a.yaml").locations[0]
    var report = SampleReport.report([])
    report.resultCount = 4
    // Nine failures of four subjects: logs of four end in the midst of a subject.
    let results = [3, 0, 4, 2].enumerated().map { number, count in
      SampleReport.subject(
        "A\(number)", "甲",
        (0..<count).map { SampleReport.finding(0, .fail, location, zh: "第\($0)项", en: "\($0)") })
    }
    report.result = { results[$0] }
    #expect(SARIFReporter.gitHubResultLimit == 25_000)
    var logs: [String] = []
    var place: SARIFReporter.Place?
    repeat {
      var sink = ByteSink()
      place = SARIFReporter.write(
        report, as: .gitHub, options: ReportOptions(), from: place, limit: 4, to: &sink)
      logs.append(String(decoding: sink.bytes, as: UTF8.self))
    } while place != nil && logs.count < 9
    let counts = logs.map { log in
      log.split(separator: "\n").count { $0.contains("\"ruleId\"") }
    }
    #expect(counts == [4, 4, 1])
    #expect(logs.map { $0.contains("其余在后续文件中") } == [true, true, false])
    #expect(logs[0].contains("planlint/huaibei/\""))
    #expect(logs[2].contains("planlint/huaibei/part-3/\""))
    let all = logs.joined()
    let fingerprints = all.split(separator: "\n").filter { $0.contains("\"planlint/v1\"") }
    #expect(Set(fingerprints).count == 9)
  }

  @Test func `any SARIF kind but fail has level none, and suppressions stand on all results`() {
    let options = ReportOptions(showAll: true)
    let lines = written(SampleReport.outcomes.report, as: .sarif, options: options)
      .split(separator: "\n")
    var kinds: Set<Substring> = []
    for (line, next) in zip(lines, lines.dropFirst()) where line.contains("\"kind\": \"") {
      guard next.contains("\"level\"") else { continue }
      kinds.insert(line)
      #expect(line.contains("\"fail\"") != next.contains("\"none\""))
    }
    #expect(kinds.count == 6)
    let results = lines.count { $0.contains("\"ruleId\"") }
    #expect(lines.count { $0.contains("\"suppressions\"") } == results)
  }

  @Test func `a sink that wants no more ends the report early`() {
    var blocks = 0
    let location = MarkedText("«a»").file(path: "a.yaml").locations[0]
    let finding = SampleReport.finding(
      0, .fail, location, zh: String(repeating: "长", count: 400), en: "")
    let result = SampleReport.subject("A", "甲", [finding])
    var report = SampleReport.report([result])
    report.resultCount = 100_000
    // The lanes of the report ask for results side by side.
    let made = Atomic(0)
    report.result = { _ in
      made.add(1, ordering: .relaxed)
      return result
    }
    var sink = ByteSink { _ in
      blocks += 1
      return false
    }
    write(report, as: .jsonl, options: ReportOptions(), to: &sink)
    #expect(blocks == 1)
    #expect(made.load(ordering: .relaxed) < 1000)
  }

  /// Subjects of all lengths, more than one thread writes at a time.
  private static func long(_ profiles: [ProfileIdentity]) -> Report {
    let place = MarkedText("- id: «A»\n").file(path: "applications.yaml").locations[0]
    return SampleReport.report(
      (0..<200).map { number in
        SampleReport.subject(
          "A\(number)", "机构",
          (0..<(number * 7 % 3)).map {
            SampleReport.finding($0, number % 5 == 0 ? .pass : .fail, place, zh: "说明", en: "so")
          }, profile: number % profiles.count)
      }, profiles: profiles)
  }

  @Test(arguments: [[SampleReport.draft], [SampleReport.draft, SampleReport.inForce]])
  func `text is the same however many subjects are written together`(_ profiles: [ProfileIdentity])
  {
    let report = Self.long(profiles)
    func text(_ stretch: Int) -> String {
      var sink = ByteSink()
      TextReporter.write(report, options: ReportOptions(), to: &sink, stretch: stretch)
      return String(decoding: sink.bytes, as: UTF8.self)
    }
    let whole = text(1_000)
    #expect(whole.contains("A199"))
    #expect(!whole.contains("\n\n\n"))
    for stretch in [1, 2, 3, 32] { #expect(text(stretch) == whole) }
  }

  @Test func `JSON that several threads write has every subject in its order`() throws {
    var sink = ByteSink()
    JSONReporter.write(Self.long([SampleReport.draft]), options: ReportOptions(), to: &sink)
    let text = String(decoding: sink.bytes, as: UTF8.self)
    let ids = text.matches(of: #/\{"type": "application", "id": "A(\d+)"/#).compactMap { Int($0.1) }
    #expect(ids == Array(0..<200))
    #expect(text.matches(of: #/\n    \},\n    \{\n      "subject"/#).count == 199)
  }
}
