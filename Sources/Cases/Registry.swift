package import Diagnostics
import Expression
package import Reading
package import Spatial

/// The institutions already designated, with an index of where they are.
///
/// It is held by reference: every neighbour that is looked at asks for it.
package final class Registry: Sendable {
  package let institutions: [Institution]
  package let file: SourceFile?
  /// What was passed over or converted when it was read.
  package let notes: [Note]
  /// By row: its place in WGS-84, where it is counted and has one.
  package let places: [Coordinate?]
  /// Those that have one.
  package let index: PointIndex
  /// The worst accuracy that its coordinates' digits allow, in metres.
  package let worstAccuracyMetres: Double
  private let rows: RowsByID
  /// By name and by credit code, made when an applicant is first looked for.
  private let byText = Locked<(name: RowsByText, creditCode: RowsByText)?>(nil)
  private let unplacedRows: [Int]
  /// By row: the digits after the point that bound the accuracy of its place.
  private let decimals: [UInt8]
  private let counts: StockCounts
  private let catalogue: Catalogue

  /// No registry at all: what is designated is unknown.
  package convenience init(_ catalogue: Catalogue = .builtIn) {
    self.init([], RowsByID(), file: nil, catalogue)
  }

  package convenience init(
    _ institutions: [Institution], file: SourceFile?, _ catalogue: Catalogue = .builtIn
  ) {
    var rows = RowsByID()
    for row in institutions.indices {
      _ = rows.insert(institutions[row].id, row: row) { institutions[$0].id }
    }
    self.init(institutions, rows, file: file, catalogue)
  }

  private init(
    _ institutions: [Institution], _ rows: RowsByID, file: SourceFile?, _ catalogue: Catalogue,
    notes: [Note] = []
  ) {
    self.notes = notes
    self.catalogue = catalogue
    self.institutions = institutions
    self.file = file
    self.rows = rows
    // Terminated ones lie nowhere.
    let places = Site.coordinates(institutions.count) {
      institutions[$0].status == .terminated ? nil : institutions[$0].site
    }
    self.places = places
    index = PointIndex(places)
    var unplacedRows: [Int] = []
    var worstAccuracyMetres = 0.0
    // Few digits are the worst: each pair of counts is looked at once.
    var seenDecimals = Set<Int>()
    var lastDecimals = -1
    for row in institutions.indices where institutions[row].status != .terminated {
      if places[row] == nil { unplacedRows.append(row) }
      guard let site = institutions[row].site else { continue }
      let digits = site.longitudeDecimals << 32 | site.latitudeDecimals
      if digits == lastDecimals { continue }
      lastDecimals = digits
      guard seenDecimals.insert(digits).inserted else { continue }
      worstAccuracyMetres = max(worstAccuracyMetres, site.accuracyMetres(atLeast: 0))
    }
    decimals = institutions.map { UInt8(clamping: $0.site?.leastDecimals ?? 0) }
    self.unplacedRows = unplacedRows
    self.worstAccuracyMetres = worstAccuracyMetres
    counts = StockCounts(institutions)
  }

  /// Whether there is one; an empty one is.
  package var isPresent: Bool { file != nil }

  /// The digits after the point that bound the accuracy of a row's place; 0 where it has none.
  package func leastDecimals(ofRow row: Int) -> Int { Int(decimals[row]) }

  package func row(of id: String) -> Int? { rows.row(of: id) { institutions[$0].id } }
  package var ids: some Sequence<String> { institutions.lazy.map(\.id) }

  /// The rows of institutions of a name, in their order.
  func rows(named name: String) -> [Int] {
    rowsByText.name.rows(of: name) { institutions[$0].name }
  }

  /// The rows of institutions with a credit code, in their order.
  func rows(ofCreditCode code: String) -> [Int] {
    rowsByText.creditCode.rows(of: code) { institutions[$0].uscc }
  }

  private var rowsByText: (name: RowsByText, creditCode: RowsByText) {
    byText.withLock { known in
      if let known { return known }
      let made = (
        name: RowsByText(institutions.indices) { institutions[$0].name },
        creditCode: RowsByText(institutions.indices) { institutions[$0].uscc }
      )
      known = made
      return made
    }
  }

  /// What conditions on a neighbour see of an institution; made when it is asked for, as few are.
  package func neighbour(_ row: Int) -> DataRecord { institutions[row].neighbourRecord(catalogue) }

  /// The institutions without a place that may lie in a circle of a district; all of them where the district is not known.
  package func unplaced(in district: String?) -> [Int] {
    guard let district else { return unplacedRows }
    return unplacedRows.filter { institutions[$0].district == district }
  }

  /// How many hold each category, in a district or in all; terminated ones are not counted, suspended ones are.
  package func stock(in district: String?) -> [Category: Int] { counts.stock(in: district) }

  /// Those that hold a category and may be in any district, theirs being missing.
  var withoutDistrict: [Category: StockCounts.WithoutDistrict] { counts.withoutDistrict }

  /// The same registry with one row otherwise, its id aside.
  func replacing(_ row: Int, with institution: Institution) -> Registry {
    var institutions = institutions
    institutions[row] = institution
    return Registry(institutions, rows, file: file, catalogue)
  }

  /// What a clerk has to be told where institutions lie in districts that the facts do not have: they count in no district's quota.
  package func noteOfDistricts(beyond facts: Facts) -> Note? {
    guard let file, !facts.districts.isEmpty else { return nil }
    var names: [String] = []
    for district in counts.districts where facts.canonicalDistrict(district) == nil {
      names.append(district)
    }
    if names.isEmpty { return nil }
    names.sort()
    let shown = names.prefix(12).map { "`\($0)`" }
    let more = names.count - shown.count
    return Note(
      path: file.path,
      zh:
        "名册中有基础数据未列的区县：\(shown.joined(separator: "、"))\(more > 0 ? " 等 \(names.count) 个" : "")；其机构只计入全市，不计入任何所列区县，请核对名称",
      en:
        "the registry has districts that the facts do not have: \(shown.joined(separator: ", "))\(more > 0 ? " and \(more) more" : ""); their institutions count for the city and for none of the districts listed, so check the names"
    )
  }

  /// The same registry with districts called as the facts call them.
  package func callingDistricts(by canonical: (String) -> String?) -> Registry {
    guard counts.districts.contains(where: { (canonical($0) ?? $0) != $0 }) else { return self }
    return Registry(
      institutions.map { institution in
        var institution = institution
        institution.district = institution.district.map { canonical($0) ?? $0 }
        return institution
      }, rows, file: file, catalogue)
  }
}

// MARK: Reading

extension Registry {
  package convenience init(
    reading input: SourceFile, _ catalogue: Catalogue = .builtIn
  ) throws(Faults) {
    var (collector, notes) = try Self.read(input, catalogue, isLenient: false)
    notes += collector.restoreZeros()
    self.init(
      collector.institutions, collector.rows, file: collector.file, catalogue, notes: notes)
  }

  /// The rows of a registry as each can be read by itself, places that cannot be meant and ids that occur twice included.
  package static func rows(
    of input: SourceFile, _ catalogue: Catalogue
  ) throws(Faults) -> (rows: [RegistryRow], notes: [Note]) {
    let read = try Self.read(input, catalogue, isLenient: true)
    return (read.collector.looseRows, read.notes)
  }

  /// Whether a sheet has a row below the names of its columns, or a fault to tell of.
  package static func holdsRows(_ sheet: SourceFile, _ catalogue: Catalogue) -> Bool {
    var hasRow = false
    do throws(Faults) {
      let (file, _) = try TableText.read(sheet, format: .xlsx)
      try TableReader.read(
        file, isKnown: { catalogue.registryColumns.isKnown($0) }, header: { _ in },
        row: { _ in
          hasRow = true
          return false
        })
    } catch {
      return true
    }
    return hasRow
  }

  private static func read(
    _ input: SourceFile, _ catalogue: Catalogue, isLenient: Bool
  ) throws(Faults) -> (collector: Collector, notes: [Note]) {
    let format = DocumentFormat(of: input)
    var (file, notes) = try TableText.read(input, format: format) { sheet, _ in
      catalogue.registryColumns.fit(sheet)
    }
    var collector = Collector(file, catalogue, isLenient: isLenient)
    if format.isTable {
      do {
        var quick: InstitutionRow?
        notes += try Rows.read(
          file, catalogue.registryColumns, named: { collector.context.columnNames = $0 },
          quick: { row, columns in
            if isLenient { return false }
            if quick == nil { quick = InstitutionRow(columns, catalogue) }
            guard let institution = quick?.read(row) else { return false }
            return collector.add(plain: institution)
          },
          row: { node in
            collector.add(node)
            return !collector.context.faults.isFull
          })
      } catch {
        throw Faults(collector.context.faults.faults + error.faults)
      }
    } else if format == .geoJSON {
      do {
        notes += try Features.read(
          file, catalogue.registryColumns, named: { collector.context.columnNames[$0] = $1 }
        ) { node in
          collector.add(node)
          return !collector.context.faults.isFull
        }
      } catch {
        throw Faults(collector.context.faults.faults + error.faults)
      }
    } else {
      let head = try Document.read(file, format: format, streaming: "institutions") {
        (node: Node) throws(Faults) in
        collector.add(node)
        if collector.context.faults.isFull { try collector.context.faults.check() }
      }
      if head.items == nil { _ = Self.head(catalogue).read(head, &collector.context) }
    }
    try collector.context.faults.check()
    if format.isTable, collector.isEmpty { notes.append(headerAlone(file)) }
    notes += collector.context.readings.notes(file)
    return (collector, notes)
  }

  /// A table without a row may say that nobody is designated, or that somebody forgot the rows.
  private static func headerAlone(_ file: SourceFile) -> Note {
    Note(
      file, ByteRange(start: 0, end: 0),
      zh: "名册只有表头，没有一家机构，按本地尚无定点机构计；如非实情，请核对名册是否完整",
      en:
        "the registry is a header alone, taken to say that no institution is designated; check that it is complete where that is not so"
    )
  }

  /// A registry written inside another file, as a bare list.
  package convenience init(
    _ node: Node, file: SourceFile, _ catalogue: Catalogue = .builtIn
  ) throws(Faults) {
    var collector = Collector(file, catalogue, isLenient: false)
    for item in node.items ?? [] { collector.add(item) }
    try collector.context.faults.check()
    _ = collector.restoreZeros()
    self.init(collector.institutions, collector.rows, file: file, catalogue)
  }

  private struct Collector {
    var context: FieldContext
    var institutions: [Institution] = []
    private(set) var rows = RowsByID()
    /// What ids that are not plain look like, with the id.
    private var looks: [String: String] = [:]
    /// In place of the institutions, where rows are looked through and not used.
    private(set) var looseRows: [RegistryRow] = []
    let file: SourceFile
    var isEmpty: Bool { institutions.isEmpty && looseRows.isEmpty }
    private let isLenient: Bool
    private let reader: FieldReader<Institution>
    private var zeros = DroppedZeros()

    init(_ file: SourceFile, _ catalogue: Catalogue, isLenient: Bool) {
      reader = Institution.reader(catalogue, isLenient: isLenient)
      self.file = file
      self.isLenient = isLenient
      context = FieldContext(file)
      // Few rows are shorter, and what is not used of it is not taken from the system.
      institutions.reserveCapacity(min(file.count / 48, 1 << 20))
    }

    /// Adds an institution that was read without a tree; false where its id is taken, which the tree has to show.
    mutating func add(plain institution: Institution) -> Bool {
      guard isUnlike(institution.id), insert(institution.id) else { return false }
      append(institution)
      return true
    }

    mutating func add(_ node: Node) {
      if isLenient {
        if let institution = reader.read(node, &context) {
          looseRows.append(RegistryRow(institution, node, file))
        }
        return
      }
      guard let institution = reader.read(node, &context) else { return }
      // Looked for while every row that has an id is there.
      let other = lookAlike(of: institution.id)
      if !insert(institution.id) {
        context.fault(
          node["id"]?.range ?? node.range, zh: "编号 `\(institution.id)` 重复",
          en: "the id `\(institution.id)` occurs twice")
      } else if let other {
        context.fault(
          node["id"]?.range ?? node.range,
          zh: "编号 `\(institution.id)` 与 `\(other)` 看起来相同（只差空白、全角、不可见字符或形近字母），应能分清",
          en:
            "the id `\(institution.id)` looks like `\(other)` (they differ in white space, width, letters that cannot be seen or letters that look alike): expected ids that can be told apart"
        )
      }
      append(institution)
    }

    /// Whether an id can be told from all before it by its letters alone.
    private func isUnlike(_ id: String) -> Bool {
      LookAlike.isPlain(id) && (looks.isEmpty || looks[id] == nil)
    }

    /// Another id that looks the same; nil where there is none.
    private mutating func lookAlike(of id: String) -> String? {
      if LookAlike.isPlain(id) { return looks[id] }
      let form = LookAlike.form(id)
      if let other = looks[form] { return other }
      looks[form] = id
      let row = rows.row(of: form) { institutions[$0].id }
      return row.map { institutions[$0].id }
    }

    private mutating func append(_ institution: Institution) {
      zeros.see(institution.site)
      institutions.append(institution)
    }

    /// Restores the zeros that the file's program dropped, once all rows are there.
    mutating func restoreZeros() -> [Note] { institutions.restoreZeros(zeros, file) }

    private mutating func insert(_ id: String) -> Bool {
      rows.insert(id, row: institutions.count) { institutions[$0].id }
    }
  }

  package static func head(_ catalogue: Catalogue) -> FieldReader<Bool> {
    .record(
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
          .list(Institution.reader(catalogue).schema, atLeast: 0)
        })
      return true
    }
  }
}

extension Institution {
  /// - Parameter isLenient: lets through what ``RegistryCheck`` looks for: places that cannot be meant, and none at all.
  package static func reader(
    _ catalogue: Catalogue, isLenient: Bool = false
  ) -> FieldReader<Institution> {
    let fields = fieldsReader(catalogue, isLenient: isLenient)
    let columns = catalogue.registryColumns
    return FieldReader { node, context in
      fields.read(WrittenValue.record(node, columns, hasLocation: false, &context), &context)
    }
  }

  private static func fieldsReader(
    _ catalogue: Catalogue, isLenient: Bool
  ) -> FieldReader<Institution> {
    .record(description(catalogue)) { record in
      var draft = InstitutionDraft(catalogue)
      for entry in catalogue.institutionEntries { draft.read(entry, &record) }
      return draft.institution(&record, isLenient: isLenient)
    }
  }

  private static func description(_ catalogue: Catalogue) -> RecordDescription {
    var description = RecordDescription(
      "institution", zh: "定点机构", en: "an institution designated already",
      demands: [
        RecordDemand(when: .has("lon"), .has("lat")), RecordDemand(when: .has("lat"), .has("lon")),
        RecordDemand(
          when: .not(.equals("status", "terminated")),
          .any([.has("district"), .all([.has("lon"), .has("lat"), .has("datum")])])),
      ],
      beyond: [
        Bilingual(zh: "`id` 不得重复", en: "no `id` occurs twice"), RecordDescription.writtenForms,
      ])
    for entry in catalogue.institutionEntries where entry.role != .location {
      description.fields[entry.name] = entry.field.label
    }
    return description
  }
}

/// An institution while its fields are read one by one.
private struct InstitutionDraft {
  private let catalogue: Catalogue
  private var values = FieldValues()
  private var id, name, district, street, creditCode: Located<String>?
  private var kind: Located<Kind>?
  private var categories: Located<WordSet<Category>>?
  private var status: Located<RegistryStatus>?
  private var longitude, latitude: Located<String>?
  private var datum: Located<Datum>?
  private var beds: Int?

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// Reads the field of an entry of the catalogue.
  mutating func read(_ entry: InstitutionEntry, _ record: inout Record) {
    func optional<Value>(_ reader: FieldReader<Value>) -> Located<Value>? {
      entry.isRequired
        ? record.required(entry.name, reader) : record.optional(entry.name, reader)
    }
    switch entry.role {
    case .id: id = optional(.code)
    case .name: name = optional(.text)
    case .kind: kind = optional(.word(of: catalogue.words.kind))
    case .categories: categories = optional(.words(of: catalogue.words.category))
    case .district: district = optional(.text)
    case .street: street = optional(.text)
    case .longitude: longitude = optional(Site.longitude)
    case .latitude: latitude = optional(Site.latitude)
    case .datum: datum = optional(DatumName.reader)
    case .beds: beds = optional(.bedCount)?.value
    case .status: status = optional(.word(of: RegistryStatus.builtIn))
    case .uscc: creditCode = optional(.creditCode)
    case .location: break
    case nil:
      guard let slot = entry.slot, let cell = optional(entry.reader)?.value else { return }
      values.set(slot, cell, of: catalogue.institutionSlotCount)
    }
  }

  /// What was read, held together; nil after a fault.
  func institution(_ record: inout Record, isLenient: Bool) -> Institution? {
    var site: Site?
    switch (longitude, latitude) {
    case (let longitude?, let latitude?):
      site = Site(longitude.value, latitude.value, datum?.value)
      if !isLenient, let problem = site?.problem {
        let start = min(longitude.range.start, latitude.range.start)
        record.fault(
          ByteRange(start: start, end: max(longitude.range.end, latitude.range.end)),
          zh: problem.zh, en: problem.en)
      }
    case (nil, nil): break
    // One that is there and at fault has its own.
    case (_?, nil) where record.has("lat"), (nil, _?) where record.has("lon"): break
    case (let found?, nil), (nil, let found?):
      record.fault(
        found.range, zh: "经度（lon）与纬度（lat）须同时填写",
        en: "expected both `lon` and `lat`, found one of them")
    }
    guard let id, let kind, let categories, let status else { return nil }
    if !isLenient, site?.datum == nil, district == nil, status.value != .terminated {
      record.fault(
        id.range, zh: "机构 `\(id.value)` 既无坐标（或坐标系）又无所在区，无法确定其位置",
        en:
          "institution `\(id.value)` has neither a place with a datum nor a district: expected at least one"
      )
    }
    return Institution(
      id: id.value, name: name?.value ?? id.value, kind: kind.value,
      categories: categories.value, district: district?.value, street: street?.value, site: site,
      beds: beds, status: status.value, uscc: creditCode?.value, values: values)
  }
}
