import Cases
package import Checks
package import Diagnostics
import Policy
import Reading
import Spatial

/// Registries looked through for what is wrong with them, before anything is held against them.
///
/// Nothing is corrected: a registry is somebody's record, and what looks like a wrong datum may be a wrong street.
package struct RegistryCheck: Sendable {
  /// What is looked for.
  package enum Check: String, Sendable, CaseIterable {
    case duplicateID = "duplicate_id"
    case duplicateCreditCode = "duplicate_uscc"
    case duplicateName = "duplicate_name"
    case duplicatePlace = "duplicate_place"
    case impossiblePlace = "impossible_place"
    case farPlace = "far_place"
    case wrongDatum = "wrong_datum"
    case missingPlace = "missing_place"
    case missingDatum = "missing_datum"
    case missingDistrict = "missing_district"
    case unknownDistrict = "unknown_district"
  }

  package struct Finding: Sendable {
    package var check: Check
    package var id: String
    package var location: Location
    package var message: Bilingual
    /// The ids of the other rows that it is about.
    package var others: [String] = []
  }

  package struct Result: Sendable {
    package var inputs: [InputDigest]
    package var institutions: Int
    /// In the order of the rows, then of the checks.
    package var findings: [Finding]
  }

  private let options: CheckOptions
  private let library: PolicyLibrary?

  /// Whether a city is named, which only the profiles know: by the user, or by the settings file for the facts.
  package static func needsLibrary(_ options: CheckOptions) -> Bool {
    options.city != nil
      || options.namedCity != nil && (options.facts ?? options.defaults.facts) != nil
  }

  /// - Parameter library: needed where ``needsLibrary(_:)`` says so.
  package init(_ options: CheckOptions, _ library: PolicyLibrary?) {
    self.options = options
    self.library = library
  }

  /// Several files are one registry.
  package func run(files paths: [String]) throws(Faults) -> Result {
    var loader = InputLoader(options)
    var facts: Facts?
    let city = options.namedCity
    var tenant: Tenant?
    if let library { tenant = try library.tenant(named: city, files: []) }
    if let tenant { loader.catalogue = tenant.catalogue }
    if let path = options.facts ?? options.defaults.facts {
      let read = try loader.facts(path)
      if let library, let tenant {
        facts = try library.placed(read, in: tenant, named: city?.name)
      } else {
        facts = read
      }
    }
    var rows: [RegistryRow] = []
    var faults = FaultCollector()
    for path in paths {
      do {
        rows += try loader.registryRows(path)
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    guard !rows.isEmpty else {
      throw Faults(
        Fault(
          path: paths.first ?? "", zh: "名册中没有任何机构，无可检查",
          en: "expected at least one institution, found none: there is nothing to check"))
    }
    var findings: [(row: Int, finding: Finding)] = []
    func add(
      _ check: Check, _ row: Int, _ range: ByteRange? = nil, others: [Int] = [], zh: String,
      en: String
    ) {
      let source = rows[row]
      findings.append(
        (
          row,
          Finding(
            check: check, id: source.institution.id,
            location: Location(file: source.file, range: range ?? source.idRange),
            message: Bilingual(zh: zh, en: en), others: others.map { rows[$0].institution.id })
        ))
    }
    var indices: [String: LineIndex] = [:]
    for row in rows where indices[row.file.path] == nil {
      indices[row.file.path] = LineIndex(row.file)
    }
    duplicates(rows, facts, indices, add)
    missing(rows, facts, add)
    places(rows, facts, add)
    let order = Check.allCases
    let sorted = findings.enumerated().sorted { a, b in
      (a.element.row, order.firstIndex(of: a.element.finding.check) ?? 0, a.offset)
        < (b.element.row, order.firstIndex(of: b.element.finding.check) ?? 0, b.offset)
    }
    return Result(
      inputs: loader.digests, institutions: rows.count, findings: sorted.map(\.element.finding))
  }

  private typealias Add = (
    _ check: Check, _ row: Int, _ range: ByteRange?, _ others: [Int], _ zh: String, _ en: String
  ) -> Void

  // MARK: Rows twice

  private func duplicates(
    _ rows: [RegistryRow], _ facts: Facts?, _ indices: [String: LineIndex], _ add: Add
  ) {
    /// Calls `body` with each row that has the key of an earlier one, and with the first of them.
    func repeats(_ key: (RegistryRow) -> String?, _ body: (Int, Int) -> Void) {
      var first: [String: Int] = [:]
      for (index, row) in rows.enumerated() {
        guard let key = key(row) else { continue }
        if let earlier = first[key] { body(index, earlier) } else { first[key] = index }
      }
    }
    func place(_ index: Int) -> String {
      let row = rows[index]
      let line = indices[row.file.path]?.position(of: row.idRange.start).line ?? 0
      return "\(row.file.path):\(line)"
    }
    repeats({ $0.institution.id }) { row, first in
      let code = Quoting.code(rows[row].institution.id)
      add(
        .duplicateID, row, nil, [first], "编号 \(code) 重复，已见于 \(place(first))",
        "the id \(code) occurs twice; it stands at \(place(first)) already")
    }
    func isCounted(_ row: RegistryRow) -> Bool { row.institution.status != .terminated }
    repeats({ isCounted($0) ? $0.institution.uscc : nil }) { row, first in
      if rows[row].institution.id == rows[first].institution.id { return }
      let code = Quoting.code(rows[row].institution.uscc ?? "")
      add(
        .duplicateCreditCode, row, rows[row].range(of: "uscc"), [first],
        "统一社会信用代码 \(code) 与 \(place(first)) 相同，请核对是否为同一机构",
        "the credit code \(code) is that of \(place(first)); check whether they are one institution"
      )
    }
    repeats({ row in
      guard isCounted(row), row.nameIsGiven else { return nil }
      let district = row.institution.district.map { facts?.canonicalDistrict($0) ?? $0 }
      return CellText.key(row.institution.name) + "\u{1F}" + (district ?? "")
    }) { row, first in
      if rows[row].institution.id == rows[first].institution.id { return }
      let code = Quoting.code(rows[row].institution.name)
      add(
        .duplicateName, row, rows[row].range(of: "name"), [first],
        "名称 \(code) 与 \(place(first)) 相同且在同一区",
        "the name \(code) is that of \(place(first)) in the same district")
    }
    repeats({ row in
      guard isCounted(row), let site = row.institution.site, site.problem == nil else { return nil }
      let datum = site.datum == .cgcs2000 ? .wgs84 : site.datum
      return
        "\(site.longitude) \(site.latitude) \(datum?.rawValue ?? "") \(row.institution.kind.rawValue)"
    }) { row, first in
      if rows[row].institution.id == rows[first].institution.id { return }
      add(
        .duplicatePlace, row, rows[row].placeRange, [first],
        "坐标与机构类别均与 \(place(first)) 相同", "the place and the kind are those of \(place(first))")
    }
  }

  // MARK: What is missing

  private func missing(_ rows: [RegistryRow], _ facts: Facts?, _ add: Add) {
    for (index, row) in rows.enumerated() {
      let institution = row.institution
      if let district = institution.district, let facts, !facts.districts.isEmpty,
        facts.canonicalDistrict(district) == nil
      {
        let code = Quoting.code(district)
        let nearest = NearestName.of(district, among: facts.districts).map { Quoting.code($0) }
        add(
          .unknownDistrict, index, row.range(of: "district"), [],
          "基础数据中没有区县 \(code)" + (nearest.map { "，是否应为 \($0)" } ?? ""),
          "the facts list no district \(code)" + (nearest.map { "; did you mean \($0)" } ?? ""))
      }
      guard institution.status != .terminated else { continue }
      if institution.district == nil {
        add(.missingDistrict, index, nil, [], "缺少所在区", "has no district")
      }
      if institution.site == nil {
        add(
          .missingPlace, index, nil, [], "缺少经纬度，无法计算距离",
          "has no longitude and latitude, so no distance can be told")
      }
    }
  }

  // MARK: Places

  private func places(_ rows: [RegistryRow], _ facts: Facts?, _ add: Add) {
    var points: [RegistryGeography.Point] = []
    for (index, row) in rows.enumerated() {
      guard let site = row.institution.site, row.institution.status != .terminated else { continue }
      if let problem = site.problem {
        add(.impossiblePlace, index, row.placeRange, [], problem.zh, problem.en)
        continue
      }
      let district = row.institution.district.map { facts?.canonicalDistrict($0) ?? $0 }
      points.append(
        RegistryGeography.Point(
          row: index,
          written: Coordinate(longitude: site.longitude, latitude: site.latitude),
          datum: site.datum, district: district, street: row.institution.street))
    }
    let geography = RegistryGeography(points)
    for outlier in geography.outliers {
      let (distance, typical) = (
        Self.metres(outlier.distanceMetres), Self.metres(outlier.typicalMetres)
      )
      let near = outlier.nearDistrict.map { Quoting.code($0) }
      add(
        .farPlace, outlier.row, rows[outlier.row].placeRange, [],
        "距\(outlier.isOfDistrict ? "本区" : "全部")其他 \(outlier.others) 家机构的中位位置 \(distance) 米（通常为 \(typical) 米）"
          + (near.map { "，落在 \($0) 的机构之间" } ?? "") + "，请核对坐标与所在区",
        "lies \(distance) m from the median place of the \(outlier.others) others \(outlier.isOfDistrict ? "of its district" : "of the registry"), which usually lie within \(typical) m"
          + (near.map { ", and among those of \($0)" } ?? "") + "; check the place and the district"
      )
    }
    var inferred: [Int: RegistryGeography.Suspicion] = [:]
    for suspicion in geography.suspicions {
      if suspicion.stated == nil {
        for row in suspicion.rows { inferred[row] = suspicion }
        continue
      }
      guard let first = suspicion.rows.first, let stated = suspicion.stated else { continue }
      let (evidence, count) = (Self.evidence(suspicion), suspicion.rows.count)
      add(
        .wrongDatum, first, rows[first].range(of: "datum") ?? rows[first].placeRange,
        Array(suspicion.rows.dropFirst()),
        "坐标系标为 `\(stated.rawValue)`，\(count > 1 ? "同区标注相同的 \(count) 家机构" : "")更像 `\(suspicion.fitting.rawValue)`：\(evidence.zh)，请核对，未作改动",
        "the datum is given as `\(stated.rawValue)`, but \(count > 1 ? "the \(count) rows of the district that say so fit" : "the place fits") `\(suspicion.fitting.rawValue)` better: \(evidence.en); check it, nothing was changed"
      )
    }
    for point in points where point.datum == nil {
      let evidence = inferred[point.row].map { suspicion in
        let found = Self.evidence(suspicion)
        return Bilingual(
          zh: "，推断可能为 `\(suspicion.fitting.rawValue)`：\(found.zh)",
          en: "; it may be `\(suspicion.fitting.rawValue)`: \(found.en)")
      }
      add(
        .missingDatum, point.row, rows[point.row].placeRange, [],
        "坐标未注明坐标系" + (evidence?.zh ?? ""), "the place has no datum" + (evidence?.en ?? ""))
    }
  }

  /// How a datum was inferred.
  private static func evidence(_ suspicion: RegistryGeography.Suspicion) -> Bilingual {
    let (stated, fitting) = (metres(suspicion.statedMetres), metres(suspicion.fittingMetres))
    let asStated = suspicion.stated?.rawValue ?? "wgs84"
    return Bilingual(
      zh:
        "按 `\(asStated)` 距同街道 \(suspicion.others) 家机构的中位位置 \(stated) 米，按 `\(suspicion.fitting.rawValue)` 为 \(fitting) 米",
      en:
        "read as `\(asStated)` it is \(stated) m from the median place of \(suspicion.others) others of the street, read as `\(suspicion.fitting.rawValue)` \(fitting) m"
    )
  }

  private static func metres(_ metres: Double) -> String { String(Int(metres.rounded())) }
}

extension RegistryCheck.Result {
  /// As JSON (`registry-check/1`), with the inputs' digests.
  package func json(version: String) -> String {
    var indices: [String: LineIndex] = [:]
    func place(_ location: Location) -> JSONTree {
      let index = indices[location.file.path] ?? LineIndex(location.file)
      indices[location.file.path] = index
      let position = index.position(of: location.range.start)
      return .object([
        ("path", .text(location.file.path)), ("line", .number(String(position.line))),
        ("column", .number(String(position.column))),
      ])
    }
    return JSONTree.object([
      ("planlint", .object([("format", .text("registry-check/1")), ("version", .text(version))])),
      (
        "inputs",
        .list(
          inputs.map { input in
            .object([
              ("path", .text(input.path)), ("role", .text(input.role)),
              ("sha256", .text(input.sha256)),
            ])
          })
      ),
      (
        "summary",
        .object([
          ("institutions", .number(String(institutions))),
          ("findings", .number(String(findings.count))),
        ])
      ),
      (
        "findings",
        .list(
          findings.map { finding in
            .object([
              ("check", .text(finding.check.rawValue)), ("id", .text(finding.id)),
              (
                "message",
                .object([("zh", .text(finding.message.zh)), ("en", .text(finding.message.en))])
              ), ("location", place(finding.location)), ("others", .texts(finding.others)),
            ])
          })
      ),
    ]).text + "\n"
  }
}
