import Desk
import Diagnostics
import PlanlintKit

/// `/{city}/map`: the registry, the applicants of a round and the circles that were measured, as a drawing beside the tables of both.
struct MapPage {
  private let call: PageCall
  private let city: String
  private let registry: [PlainValue]
  private let words: ApplicationWords
  private var rounds: [PlainValue] = []
  private var round: RoundSummary?
  private var explained: Desk.Explained?
  private var gaps: GapMap?
  private var gapFault: String?

  /// So many rows of the registry are listed.
  private static let mostRows = 10_000
  /// The kinds that gaps of service can be asked for.
  private static let kinds = ["retail_pharmacy", "outpatient_department", "hospital"]

  init(_ call: PageCall, _ city: String) throws {
    self.call = call
    self.city = city
    let caller = try call.signedIn()
    registry = try call.desk.registryRows(caller, city)
    words = try ApplicationWords(call, city)
    var after = 0
    while true {
      let page = try call.desk.rounds(caller, city, after: after, limit: 1_000)
      rounds += page.items
      guard let next = page.next else { break }
      after = next
    }
    rounds = rounds.filter { $0["state"]?.string != "cancelled" }.reversed()
    var chosen = rounds.first
    if let asked = call.request.value("round") {
      guard let found = rounds.first(where: { $0["id"]?.string == asked }) else {
        throw Refusal.absent
      }
      chosen = found
    }
    if let chosen, call.may(.readCases) {
      let summary = try RoundSummary(call, city, chosen)
      round = summary
      explained = try call.desk.explained(caller, city, summary.id, cache: call.service.results)
    }
    if let kind = call.request.value("layer"), Self.kinds.contains(kind) { try findGaps(kind) }
  }

  private mutating func findGaps(_ kind: String) throws {
    let files: EffectiveFiles
    do {
      files = try call.desk.effective(try call.signedIn(), city, year: nil)
    } catch let refusal as Refusal where refusal.kind == .unready {
      gapFault = call.t(refusal.detail)
      return
    }
    var request = call.desk.profiles.request(city)
    request.facts = files.factsInput
    request.registry = files.registryInput
    // As of the day that the round is decided, or else the year's last.
    let facts = try call.desk.city(try call.signedIn(), city)
    request.asOf = round?.round["as_of"]?.string ?? "\(facts["year"]?.integer ?? 0)-12-31"
    var question = GapQuestion()
    question.kind = kind
    do {
      gaps = try Planlint.gaps(question, request)
    } catch {
      gapFault = error.faults.first.map { call.t($0.message) }
    }
  }

  func response() throws -> WebResponse {
    var drawing = MapDrawing()
    let sites = registry.prefix(Self.mostRows).map { site($0, &drawing) }
    let applicants = applicants(&drawing)
    for gap in gaps?.maps.first?.gaps ?? [] where gap.outcome == .pass {
      drawing.areas.append(gap.rings)
    }
    let fit = drawing.fit()
    let usesCanvas = drawing.points.count > MapDrawing.most
    var body = choices()
    if let fit {
      body += drawing.figure(call, fit, usesCanvas: usesCanvas)
    } else {
      body += "<p>\(call.t("没有可以标出的位置。", "there is no place to draw."))</p>\n"
    }
    body += gapList()
    if round != nil { body += applicantTable(applicants) }
    body += registryTable(sites, fit, usesCanvas)
    return call.page(call.t("地图", "map"), usesScript: usesCanvas, body)
  }

  // MARK: - What is drawn

  private struct Row {
    var record: PlainValue
    var place: Int?
    var verdict: String?
    var filed: String?
  }

  private func coordinate(
    _ longitude: PlainValue?, _ latitude: PlainValue?, _ datum: PlainValue?
  ) -> (Double, Double)? {
    guard case .number(let x)? = longitude, case .number(let y)? = latitude, let x = Double(x),
      let y = Double(y), let datum = datum?.string
    else { return nil }
    return Planlint.wgs84(longitude: x, latitude: y, datum: datum).map {
      ($0.longitude, $0.latitude)
    }
  }

  private func site(_ record: PlainValue, _ drawing: inout MapDrawing) -> Row {
    guard let place = coordinate(record["lon"], record["lat"], record["datum"]) else {
      return Row(record: record)
    }
    drawing.points.append(
      MapDrawing.Point(
        longitude: place.0, latitude: place.1, name: record["name"]?.string ?? "", link: nil,
        kind: record["status"] == "terminated" ? .gone : .site))
    return Row(record: record, place: drawing.points.count - 1)
  }

  private func applicants(_ drawing: inout MapDrawing) -> [Row] {
    guard let round else { return [] }
    var byID: [String: SubjectResult] = [:]
    if let result = explained?.result, result.subjects.count <= 500 {
      for subject in result.subjects { byID[subject.id] = subject }
    }
    return round.cases.filter { $0["state"]?.string != "withdrawn" }.map { filed in
      let application = filed["application"] ?? .null
      let verdict = RoundSummary.verdict(filed)
      var row = Row(record: application, verdict: verdict, filed: filed["id"]?.string)
      let location = application["location"]
      guard let place = coordinate(location?["lon"], location?["lat"], location?["datum"]) else {
        return row
      }
      let id = filed["id"]?.string ?? ""
      drawing.points.append(
        MapDrawing.Point(
          longitude: place.0, latitude: place.1, name: application["name"]?.string ?? id,
          link: call.href(.filed(city, round.id, id)), kind: .applicant(verdict)))
      row.place = drawing.points.count - 1
      for finding in byID[application["id"]?.string ?? ""]?.findings ?? [] {
        guard let circle = finding.circle, !drawing.circles.contains(circle) else { continue }
        drawing.circles.append(circle)
      }
      return row
    }
  }

  // MARK: - Words around it

  private func choices() -> Markup {
    var body = Markup()
    let layer = call.request.value("layer")
    func query(_ round: String?, _ layer: String?) -> [(String, String)] {
      [round.map { ("round", $0) }, layer.map { ("layer", $0) }].compactMap(\.self)
    }
    if rounds.count > 1, call.may(.readCases) {
      let links = rounds.prefix(20).map { other -> Markup in
        let id = other["id"]?.string ?? ""
        let current: Markup = id == round?.id ? " aria-current=\"true\"" : ""
        return
          "<a href=\"\(call.href(.map(city), query(id, layer)))\"\(current)>\(other["title"]?.string ?? id)</a>"
      }
      body +=
        "<p>\(call.t("批次：", "round: "))\(Array(links).joined(call.language == .zh ? "　" : ", "))</p>\n"
    }
    let kinds = Self.kinds.map { kind -> Markup in
      let current: Markup = kind == layer ? " aria-current=\"true\"" : ""
      return
        "<a href=\"\(call.href(.map(city), query(call.request.value("round"), kind)))\"\(current)>\(words.text("kind", .text(kind)))</a>"
    }
    var none: Markup = ""
    if layer != nil {
      none = call.language == .zh ? "　" : ", "
      none +=
        "<a href=\"\(call.href(.map(city), query(call.request.value("round"), nil)))\">\(call.t("不显示", "none"))</a>"
    }
    body += """
      <p>\(call.t("服务空白（新设机构不受间距限制之处）：", "gaps of service, where no circle stands against a newcomer: "))\(kinds.joined(call.language == .zh ? "　" : ", "))\(none)</p>

      """
    if let gapFault {
      body +=
        "<p class=\"notice\">\(call.t("服务空白未能算出：", "gaps could not be found: "))\(gapFault)</p>\n"
    }
    return body
  }

  private func gapList() -> Markup {
    guard let gaps else { return "" }
    let found = gaps.maps.first?.gaps ?? []
    let rows = found.prefix(50).map { gap -> Markup in
      let area = String(Int((gap.areaSquareMetres / 1_000).rounded()))
      let point = "\(gap.point.longitude.digits), \(gap.point.latitude.digits)"
      return """
        <tr><th scope="row">\(gap.id)</th><td>\(call.t(gap.outcome == .pass ? Bilingual(zh: "空白", en: "free") : gap.outcome.word))</td><td class="number">\(area)</td><td class="nowrap">\(point)</td></tr>

        """
    }
    let title = call.t("服务空白", "gaps of service")
    if rows.isEmpty { return "<p>\(call.t("没有服务空白。", "there is no gap."))</p>\n" }
    return """
      <section aria-labelledby="gaps-heading"><h2 id="gaps-heading">\(title)</h2>
      \(call.table(call.t("面积大的在前；代表点为 WGS-84 经度、纬度", "the largest first; a point within, longitude and latitude in WGS-84"), [call.t("编号", "id"), call.t("结果", "outcome"), call.t("面积（千平方米）", "area, 1,000 m²"), call.t("代表点", "point")], Array(rows)))</section>

      """
  }

  // MARK: - Tables

  private func applicantTable(_ rows: [Row]) -> Markup {
    guard let round else { return "" }
    let cells = rows.map { row -> Markup in
      let id = row.filed ?? ""
      return """
        <tr><th scope="row"><a href="\(call.href(.filed(city, round.id, id)))">\(row.record["name"]?.string ?? id)</a></th><td>\(words.text("kind", row.record["kind"]))</td><td>\(words.text("district", row.record["district"]))</td><td class="\(row.verdict ?? "")">\(row.verdict.map { call.t(PageWords.verdict($0)) } ?? "")</td><td>\(row.place == nil ? call.t("未标出", "not drawn") : words.text("location", row.record["location"]))</td></tr>

        """
    }
    let heads = [
      call.t("机构名称", "name"), call.t("机构类别", "kind"), call.t("所在区", "district"),
      round.state == "open" ? call.t("预测", "preview") : call.t("结论", "verdict"),
      call.t("位置", "place"),
    ]
    return """
      <section aria-labelledby="applicants-heading"><h2 id="applicants-heading">\(call.t("申请机构：", "applicants: "))\(round.title)</h2>
      \(call.table(call.t("本批次的申请机构与位置", "the applicants of the round and their places"), heads, cells))</section>

      """
  }

  private func registryTable(
    _ rows: [Row], _ fit: MapDrawing.Fit?, _ usesCanvas: Bool
  ) -> Markup {
    let cells = rows.map { row -> Markup in
      var place: Markup = ""
      if usesCanvas, let index = row.place, let fit {
        let (x, y) = fit.place(index)
        place = " data-x=\"\(MapDrawing.pixels(x))\" data-y=\"\(MapDrawing.pixels(y))\""
      }
      let record = row.record
      let coordinates: PlainValue = [
        "lon": record["lon"] ?? .null, "lat": record["lat"] ?? .null,
        "datum": record["datum"] ?? .null,
      ]
      let isGone = record["status"] == "terminated"
      return """
        <tr\(place)><th scope="row">\(record["name"]?.string ?? "")</th><td class="nowrap"><code>\(record["id"]?.string ?? "")</code></td><td>\(words.text("kind", record["kind"]))</td><td>\(words.text("requests", record["categories"]))</td><td>\(words.text("district", record["district"]))</td><td>\(isGone ? call.t("已解除协议", "terminated") : call.t("在册", "active"))</td><td>\(row.place == nil ? call.t("未标出", "not drawn") : words.text("location", coordinates))</td></tr>

        """
    }
    let heads = [
      call.t("机构名称", "name"), call.t("编号", "id"), call.t("机构类别", "kind"),
      call.t("定点类别", "categories"), call.t("所在区", "district"), call.t("状态", "status"),
      call.t("位置", "place"),
    ]
    let rest = registry.count - rows.count
    let more: Markup =
      rest > 0 ? "<p>\(call.t("另有 \(rest) 家未列出。", "\(rest) more are not listed."))</p>\n" : ""
    return """
      <section aria-labelledby="registry-heading"><h2 id="registry-heading">\(call.t("定点机构名册", "registry"))</h2>
      \(cells.isEmpty ? "<p>\(call.t("尚无生效的名册。", "no registry is in force."))</p>" : call.table(call.t("现行名册，含已确认批次新纳入的机构", "the registry in force, with those that confirmed rounds admitted"), heads, cells, id: "registry-table"))\(more)</section>

      """
  }
}

extension Double {
  /// With five digits after the point: a metre of a degree.
  fileprivate var digits: String {
    let scaled = Int((magnitude * 100_000).rounded())
    let rest = String(scaled % 100_000)
    return (self < 0 ? "-" : "") + "\(scaled / 100_000)."
      + String(repeating: "0", count: 5 - rest.count) + rest
  }
}
