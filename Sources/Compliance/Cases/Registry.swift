package import Diagnostics
import Expression
import Reading
import Spatial

/// The institutions already designated, with an index of where they are.
package struct Registry: Sendable {
  package let institutions: [Institution]
  package let file: SourceFile?
  /// Every institution that is counted and has a place, in WGS-84.
  let index: PointIndex
  /// The worst accuracy that its coordinates' digits allow, in metres.
  let worstAccuracyMetres: Double
  private let rows: [String: Int]
  private let unplacedRows: [Int]

  /// No registry at all: what is designated is unknown.
  package init() {
    self.init([], file: nil)
  }

  package init(_ institutions: [Institution], file: SourceFile?) {
    self.institutions = institutions
    self.file = file
    rows = Dictionary(
      institutions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    index = PointIndex(
      institutions.map { $0.status == .terminated ? nil : $0.site?.coordinate })
    unplacedRows = institutions.indices.filter {
      institutions[$0].status != .terminated && institutions[$0].site?.coordinate == nil
    }
    worstAccuracyMetres =
      institutions.lazy.filter { $0.status != .terminated }.compactMap {
        $0.site?.accuracyMetres(atLeast: 0)
      }.max() ?? 0
  }

  /// Whether there is one; an empty one is.
  package var isPresent: Bool { file != nil }

  package func row(of id: String) -> Int? { rows[id] }
  package var ids: some Sequence<String> { institutions.lazy.map(\.id) }

  /// What conditions on a neighbour see of an institution.
  func neighbour(_ row: Int) -> DataRecord { institutions[row].neighbourRecord() }

  /// The institutions without a place that may lie in a circle of a district; all of them where the district is not known.
  func unplaced(in district: String?) -> [Int] {
    guard let district else { return unplacedRows }
    return unplacedRows.filter { institutions[$0].district == district }
  }

  /// How many hold each category, in a district or in all; terminated ones are not counted, suspended ones are.
  func stock(in district: String?) -> [Category: Int] {
    var counts: [Category: Int] = [:]
    for institution in institutions where institution.status != .terminated {
      if let district, institution.district != district { continue }
      for category in institution.categories.words { counts[category, default: 0] += 1 }
    }
    return counts
  }

  /// The same registry with districts called as the facts call them.
  func callingDistricts(by canonical: (String) -> String?) -> Registry {
    guard institutions.contains(where: { $0.district.map { canonical($0) != $0 } ?? false }) else {
      return self
    }
    return Registry(
      institutions.map { institution in
        var institution = institution
        institution.district = institution.district.map { canonical($0) ?? $0 }
        return institution
      }, file: file)
  }
}

// MARK: Reading

extension Registry {
  package init(reading file: SourceFile) throws(Faults) {
    var collector = Collector(file)
    let format = DocumentFormat(of: file)
    if format == .csv {
      try Rows.read(
        file, columns: Rows.registryColumns,
        quick: { row, columns in
          guard let institution = InstitutionRow.read(row, columns) else { return false }
          return collector.add(plain: institution)
        },
        row: { node in
          collector.add(node)
          return !collector.context.faults.isFull
        })
    } else {
      let head = try Document.read(file, format: format, streaming: "institutions") {
        (node: Node) throws(Faults) in
        collector.add(node)
        if collector.context.faults.isFull { try collector.context.faults.check() }
      }
      if head.items == nil { _ = Self.head.read(head, &collector.context) }
    }
    try collector.context.faults.check()
    self.init(collector.institutions, file: file)
  }

  /// A registry written inside another file, as a bare list.
  init(_ node: Node, file: SourceFile) throws(Faults) {
    var collector = Collector(file)
    for item in node.items ?? [] { collector.add(item) }
    try collector.context.faults.check()
    self.init(collector.institutions, file: file)
  }

  private struct Collector {
    var context: FieldContext
    var institutions: [Institution] = []
    private var seen: Set<String> = []

    init(_ file: SourceFile) { context = FieldContext(file) }

    /// Adds an institution that was read without a tree; false where its id is taken, which the tree has to show.
    mutating func add(plain institution: Institution) -> Bool {
      guard seen.insert(institution.id).inserted else { return false }
      institutions.append(institution)
      return true
    }

    mutating func add(_ node: Node) {
      guard let institution = Institution.reader.read(node, &context) else { return }
      if !seen.insert(institution.id).inserted {
        context.fault(
          node["id"]?.range ?? node.range, zh: "编号 `\(institution.id)` 重复",
          en: "the id `\(institution.id)` occurs twice")
      }
      institutions.append(institution)
    }
  }

  static let head = FieldReader<Bool>.record(
    RecordDescription(
      "registry", zh: "定点机构名册", en: "the institutions designated already",
      fields: [
        ("planlint", "文件格式", "format of the file"), ("institutions", "机构列表", "the institutions"),
      ])
  ) { record in
    _ = record.optional("planlint", .format("registry/1"))
    _ = record.required(
      "institutions",
      .list(of: FieldReader<Node>.anything).described { _ in
        .list(Institution.reader.schema, atLeast: 0)
      })
    return true
  }
}

extension Institution {
  static let reader = FieldReader<Institution>.record(
    RecordDescription(
      "institution", zh: "定点机构", en: "an institution designated already",
      fields: [
        ("id", "机构编号", "id"), ("name", "机构名称", "name"), ("kind", "机构类别", "kind of institution"),
        ("categories", "定点类别", "categories of designation"), ("grade", "机构等级", "grade"),
        ("district", "所在区", "district"), ("street", "所在街道", "street"),
        ("lon", "经度", "longitude, degrees"), ("lat", "纬度", "latitude, degrees"),
        ("datum", "坐标系", "datum"), ("beds", "定点床位", "designated beds"),
        ("specialty", "专科", "specialties"), ("group", "所属集团", "hospital group"),
        ("status", "定点状态", "status of the agreement"),
      ],
      demands: [
        RecordDemand(when: .has("lon"), .has("lat")), RecordDemand(when: .has("lat"), .has("lon")),
        RecordDemand(
          when: .not(.equals("status", "terminated")),
          .any([.has("district"), .all([.has("lon"), .has("lat"), .has("datum")])])),
      ],
      beyond: [Bilingual(zh: "`id` 不得重复", en: "no `id` occurs twice")])
  ) { record in
    let id = record.required("id", .text)
    let name = record.optional("name", .text)
    let kind: Located<Kind>? = record.required("kind", .word())
    let categories: Located<WordSet<Category>>? = record.required("categories", .words())
    let grade: Located<Grade>? = record.optional("grade", .word())
    let district = record.optional("district", .text)
    let street = record.optional("street", .text)
    let longitude = record.optional("lon", Site.longitude)
    let latitude = record.optional("lat", Site.latitude)
    let datum = record.optional("datum", .oneOf(Datum.self))
    let beds = record.optional("beds", .integer(in: 0...1_000_000))
    let specialty: Located<WordSet<Specialty>>? = record.optional("specialty", .words())
    let group = record.optional("group", .text)
    let status: Located<RegistryStatus>? = record.required("status", .word())
    var site: Site?
    switch (longitude, latitude) {
    case (let longitude?, let latitude?):
      site = Site(longitude.value, latitude.value, datum?.value)
      if let problem = site?.problem {
        let start = min(longitude.range.start, latitude.range.start)
        record.fault(
          ByteRange(start: start, end: max(longitude.range.end, latitude.range.end)),
          zh: problem.zh, en: problem.en)
      }
    case (nil, nil): break
    case (let found?, nil), (nil, let found?):
      record.fault(
        found.range, zh: "经度（lon）与纬度（lat）须同时填写",
        en: "expected both `lon` and `lat`, found one of them")
    }
    guard let id, let kind, let categories, let status else { return nil }
    if site?.datum == nil, district == nil, status.value != .terminated {
      record.fault(
        id.range, zh: "机构 `\(id.value)` 既无坐标（或坐标系）又无所在区，无法确定其位置",
        en:
          "institution `\(id.value)` has neither a place with a datum nor a district: expected at least one"
      )
    }
    return Institution(
      id: id.value, name: name?.value ?? id.value, kind: kind.value,
      categories: categories.value, grade: grade?.value, district: district?.value,
      street: street?.value, site: site, beds: beds?.value,
      specialty: specialty?.value ?? WordSet(), group: group?.value, status: status.value)
  }
}
