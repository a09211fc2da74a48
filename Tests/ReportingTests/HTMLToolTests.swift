import Diagnostics
import TestSupport
import Testing

@testable import Reporting

@Suite struct HTMLToolTests {
  /// A report of applications that say of themselves what the rows have.
  private func report(_ rows: [CaseRow], ids: [String]? = nil) -> Report {
    let place = MarkedText("applications:\n  - id: «A»\n").file(path: "applications.yaml")
    let results = rows.indices.map { number in
      var finding = SampleReport.finding(
        0, .unknown, place.locations[0], zh: "资料不足", en: "not known")
      let id = ids?[number] ?? "A-\(number)"
      finding.needs = ["applications[\(id)].lon", "applications[\(id)].lat", "facts.residents"]
      return SampleReport.subject(id, "示例药店\(number)", [finding])
    }
    var report = SampleReport.report(results)
    report.caseFile = CaseFile(
      particulars: { _ in
        Particulars(
          kind: Bilingual(zh: "", en: ""), categories: [], district: nil, submitted: "", entries: []
        )
      },
      missing: { path, _ in
        let isOwn = path.hasPrefix("applications[")
        return MissingDatum(
          path: path,
          name: isOwn
            ? Bilingual(zh: "坐标", en: "coordinates") : Bilingual(zh: "常住人口", en: "residents"),
          holder: isOwn ? .applicant : .authority)
      }, withdrawals: { _ in [] })
    report.caseFile?.row = { rows[$0] }
    return report
  }

  private func page(_ report: Report) -> String {
    written(report, as: .html, options: ReportOptions())
  }

  @Test func `a column that no row fills is left out`() {
    let bare = page(report([CaseRow(district: "相山区"), CaseRow()]))
    #expect(bare.contains("data-sort=\"district\""))
    for column in ["kind", "day", "score", "rank"] {
      #expect(!bare.contains("data-sort=\"\(column)\""), "\(column)")
    }
    // Of the second row the cell of the district is empty, and there is none of the others.
    #expect(bare.contains("<td lang=\"zh\">示例药店1</td><td></td><td><b"))
    let full = page(report([CaseRow(submitted: "2026-03-02", score: "81.5"), CaseRow()]))
    #expect(full.contains("<td class=\"score\">81.5</td>"))
    #expect(full.contains("data-sort=\"score\"") && !full.contains("data-sort=\"district\""))
  }

  @Test func `a link to an application is its id, where that can be one`() {
    let ids = ["HB-2026-003", "list", "r1", "a b", "申请1", "%41", "HB-2026-003"]
    let text = page(report(ids.map { _ in CaseRow() }, ids: ids))
    for anchor in ["HB-2026-003", "s1", "s2", "s3", "申请1", "s5", "s6"] {
      #expect(
        text.ranges(of: "<details class=\"subject\" id=\"\(anchor)\">").count == 1, "\(anchor)")
      #expect(text.contains("<a href=\"#\(anchor)\">"), "\(anchor)")
    }
  }

  @Test(arguments: SampleReport.allCases)
  func `no id of an application can be one of the page's own`(sample: SampleReport) {
    let text = written(sample.report, as: .html, options: sample.options)
    let subjects = Set(text.matches(of: #/<details class="subject" id="([^"]*)"/#).map { $0.1 })
    for id in text.matches(of: #/ id="([^"]*)"/#).map({ $0.1 }) where !subjects.contains(id) {
      #expect(!HTMLAnchors.isUsable(String(id)), "\(id)")
    }
  }

  @Test func `what is missing is told once by name, with how many lack it and from whom`() {
    let text = page(report([CaseRow(), CaseRow()]))
    let missing = text.prefix(upTo: text.firstRange(of: "id=\"list\"")?.lowerBound ?? text.endIndex)
    #expect(missing.ranges(of: "data-pick=\"missing\"").count == 2)
    #expect(missing.contains("须由申请人补正") && missing.contains("须由受理单位核实"))
    #expect(missing.contains("applications[].lon") && missing.contains("2 件"))
    #expect(text.contains("data-m=\"0 1\""))
  }

  @Test func `the map says who is not on it, and there is none where nobody has a place`() {
    let place = CaseRow.Place.at(longitude: 116.8, latitude: 33.9, givenIn: "GCJ02")
    let text = page(
      report([CaseRow(place: place), CaseRow(place: .withoutDatum), CaseRow(), CaseRow()]))
    #expect(text.contains("标出 1 件；按比例绘制，上北下南，坐标系 WGS-84（1 件由 GCJ02 换算）；另有 2 件未报坐标、1 件未注明坐标系，未能标出"))
    #expect(text.ranges(of: "<a class=\"mark\"").count == 1)
    #expect(!page(report([CaseRow(place: .withoutDatum)])).contains("<svg class=\"atlas\""))
    let many = page(report([CaseRow](repeating: CaseRow(place: place), count: 501)))
    #expect(!many.contains("<a class=\"mark\"") && many.contains("crowd\" d=\"M"))
  }

  @Test func `a bar is drawn of numbers that are known alone`() {
    func row(_ limit: String?, _ used: String?) -> PlaceRow {
      PlaceRow(
        rule: "HB-OUT-CAP", scope: "huaibei 2026", unit: "institutions", limit: limit,
        usedBefore: used, taken: "1", takenIfAll: "3", left: nil, order: [])
    }
    #expect(HTMLBar.svg(row(nil, "0")).isEmpty && HTMLBar.svg(row("3", nil)).isEmpty)
    let bar = HTMLBar.svg(row("10/3", "1"))
    #expect(bar.ranges(of: "<rect").count == 3 && bar.contains("class=\"limit\""))
    #expect(HTMLBar.number("1/0") == nil && HTMLBar.number("3..4") == nil)
  }

  @Test(arguments: [
    ("床位使用率低于75%的，原则上不再新增购买住院床位", "床位使用率低于75%"),
    ("原则上,服务半径800米范围内不配置同类型机构", "原则上,服务半径800米范围内不配置同类型机构"),
    ("三、总量测算规则……全市定点零售药店，按常住人口测算", "全市定点零售药店"),
    ("每千人床位数7.4张（其中中医0.85张，精神科0.5张）", "每千人床位数7.4张"),
    ("申请日期晚于决定日期", "申请日期晚于决定日期"),
  ])
  func `a rule is called by the clause that decides`(sentence: String, name: String) {
    let rule = RuleDescriptor(
      id: "X", name: "x", modality: .must, summary: Bilingual(zh: sentence, en: "x"), reading: nil,
      citations: [])
    #expect(rule.shortName.zh == name)
  }

  @Test func `a circle without a registry says so, and counts nobody as designated`() throws {
    let place = MarkedText("applications:\n  - id: «A»\n").file(path: "applications.yaml")
    var finding = SampleReport.finding(0, .unknown, place.locations[0], zh: "资料不足", en: "not known")
    finding.circle = Circle(longitude: 116.8, latitude: 33.9, radiusMetres: 800)
    finding.lacksRegistry = true
    finding.neighbours = [
      Neighbour(
        id: "A-2", name: "示例药店", distanceMetres: 300, isApplicant: true, uncertaintyMetres: 0,
        longitude: 116.803, latitude: 33.9)
    ]
    let caption = try #require(CircleDrawing(finding)).caption
    #expect(caption.zh.contains("未提供名册") && caption.zh.contains("本批申请 1 家"))
    finding.lacksRegistry = false
    finding.moreNeighbours = 4
    #expect(try #require(CircleDrawing(finding)).caption.zh.contains("米内 5 家"))
  }
}
