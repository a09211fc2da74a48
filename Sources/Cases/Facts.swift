package import Diagnostics
package import Expression
package import Reading

/// A facts file as it was read, or none.
package struct Facts: Sendable {
  package var value: Value
  package var file: SourceFile?
  /// How the file was understood.
  package var notes: [Note] = []
  package var city: Located<String>?
  package var year: Int?
  /// The city of the tenant that the run is about: the id of the place that it covers, or its own where it covers none; nil where
  /// the tenant alone is named.
  package var place: String?
  /// The ids of the places that the tenant covers.
  package var coveredPlaces: [String] = []
  /// What the city of the run is called, for districts that are written with it before them (`淮北市相山区`).
  package var cityNames: [String] = []
  /// The districts that the tenant lists as its own, whether or not there are figures of them; empty where it lists none.
  package var tenantDistricts: [TenantDistrict] = []
  /// Names in the order of the file.
  package private(set) var districts: [String] = []
  private var records: [String: DataRecord] = [:]
  private var codes: [String: String] = [:]
  private var places: [String: ByteRange] = [:]
  private let catalogue: Catalogue

  /// No facts at all: everything is unknown.
  package init(_ catalogue: Catalogue = .builtIn) {
    self.catalogue = catalogue
    value = .record(
      DataRecord(
        catalogue.facts,
        catalogue.facts.fields.map { $0.shape.absent("facts.\($0.name)", $0.absence) },
        absentPath: "facts"))
  }

  package init(reading file: SourceFile, _ catalogue: Catalogue = .builtIn) throws(Faults) {
    let format = DocumentFormat(of: file)
    guard format.isTable else {
      try self.init(try Document.read(file, format: format), file: file, catalogue)
      return
    }
    let table = try FactsTable.read(file, format: format, catalogue)
    try self.init(table.node, file: table.file, catalogue)
    notes = table.notes + notes
  }

  package init(_ node: Node, file: SourceFile, _ catalogue: Catalogue = .builtIn) throws(Faults) {
    var context = FieldContext(file)
    let read = catalogue.facts.reader("facts").read(node, &context)
    try context.faults.check()
    self.init(catalogue)
    guard let read, case .record(let record as DataRecord) = read.value else { return }
    self.file = file
    value = read.value
    for place in read.places where places[place.path] == nil { places[place.path] = place.range }
    if case .string(let name) = record["city"] {
      city = Located(name, places["facts.city"] ?? node.range)
    }
    year = record["year"].exact?.asInt
    if case .list(let list) = record["districts"] {
      for case .record(let district as DataRecord) in list {
        guard case .string(let name) = district["name"] else { continue }
        let range = places["facts.districts[\(name)].name"] ?? node.range
        if records[name] != nil {
          context.fault(range, zh: "区县 `\(name)` 重复", en: "the district `\(name)` is listed twice")
        }
        districts.append(name)
        records[name] = district
        if case .string(let code) = district["code"] {
          if let other = codes.updateValue(name, forKey: code) {
            context.fault(
              range, zh: "区划代码 `\(code)` 与 `\(other)` 重复",
              en: "the code `\(code)` is that of `\(other)` too")
          }
        }
      }
    }
    checkBounds(record, "facts", &context)
    for name in districts {
      records[name].map { checkBounds($0, "facts.districts[\(name)]", &context) }
    }
    if year == nil { notes.append(withoutYear(file, node)) }
    let growth = GrowthReading(
      record, districts.compactMap { name in records[name].map { (name, $0) } }, file,
      place: { places[$0] })
    for fault in growth.faults { context.faults.add(fault) }
    notes += growth.notes
    try context.faults.check()
  }

  /// More people live in no city; the country has fewer.
  private static let mostPeople = Exact(1_500_000_000)

  /// Adds a fault for each number of people that cannot be.
  private func checkBounds(
    _ record: DataRecord, _ path: String, _ context: inout FieldContext
  ) {
    for field in ["residents", "insured"] {
      guard let number = record[field].exact, number > Self.mostPeople,
        let range = places["\(path).\(field)"]
      else { continue }
      context.fault(
        range, zh: "`\(field)`：应不大于 \(Self.mostPeople)，实际为 \(number)",
        en: "`\(field)`: expected at most \(Self.mostPeople), found \(number)")
    }
  }

  private func withoutYear(_ file: SourceFile, _ node: Node) -> Note {
    Note(
      file, node.range,
      zh: "基础数据未写明年份（`year`），无法核对是否为申请当年的数据，已公布的年度计划按对各年申请都适用看待",
      en:
        "the facts do not say of which year they are (`year`), so that nobody can tell whether they are the application's; a published yearly plan is taken for every year"
    )
  }

  /// Whether a district has figures of its own.
  package func lists(_ district: String) -> Bool { records[district] != nil }

  /// The figures of a district; all unknown where the facts do not list it.
  package func district(named name: String) -> Value {
    if let record = records[name] { return .record(record) }
    let path = "facts.districts[\(name)]"
    return .record(
      DataRecord(
        catalogue.district,
        catalogue.district.fields.map { field in
          field.name == "name"
            ? .string(name) : field.shape.absent("\(path).\(field.name)", field.absence)
        }, absentPath: path))
  }

  /// The district that a name or code means; nil where the facts list districts and it is none of them.
  package func canonicalDistrict(_ nameOrCode: String) -> String? {
    if records[nameOrCode] != nil { return nameOrCode }
    if districts.isEmpty { return withoutCity(nameOrCode) ?? nameOrCode }
    if let own = codes[nameOrCode] { return own }
    let bare = withoutCity(nameOrCode) ?? nameOrCode
    return records[bare] == nil ? districts.first { withoutCity($0) == bare } : bare
  }

  /// A district's name without the city's before it, and without a province's before that; nil where there is none.
  private func withoutCity(_ name: String) -> String? {
    for city in cityNames {
      guard let range = name.firstRange(of: city), range.upperBound < name.endIndex else {
        continue
      }
      let before = name[..<range.lowerBound]
      guard before.isEmpty || before.count <= 8 && Self.provinces.contains(where: before.hasSuffix)
      else { continue }
      var bare = name[range.upperBound...]
      if !city.hasSuffix("市"), bare.first == "市" { bare = bare.dropFirst() }
      if bare.count > 1, Self.districtEndings.contains(where: bare.hasSuffix) {
        return String(bare)
      }
    }
    return nil
  }

  private static let provinces = ["省", "自治区"]
  private static let districtEndings = ["区", "县", "市", "旗"]

  /// The district that a name or code in a plan means: one of the facts, else one that the tenant lists; nil where it is
  /// neither.
  ///
  /// A plan may speak of districts that the facts have no figures of, since what a plan proposes is there to be checked as far as
  /// it goes; an application's district has to have figures, or its quota would be nothing. Facts that list no district hold
  /// against no name.
  package func plannedDistrict(_ nameOrCode: String) -> String? {
    if records[nameOrCode] != nil { return nameOrCode }
    if let own = codes[nameOrCode] { return own }
    if !districts.isEmpty, let own = canonicalDistrict(nameOrCode) { return own }
    let bare = withoutCity(nameOrCode) ?? nameOrCode
    let listed = tenantDistricts.first { $0.name == bare || $0.code == nameOrCode }
    return listed?.name ?? (districts.isEmpty ? nameOrCode : nil)
  }

  /// The districts of the tenant that the facts have no figures of.
  package var unlistedDistricts: [String] {
    tenantDistricts.filter { district in
      records[district.name] == nil && district.code.flatMap { codes[$0] } == nil
    }.map(\.name)
  }

  /// Whether the listed districts are the whole city: every one that the tenant lists, or as many residents as the city has.
  ///
  /// Of a tenant that lists no districts nobody can tell that one is left out.
  package func listsWholeCity(_ assumed: Assumptions) -> Bool {
    if unlistedDistricts.isEmpty { return true }
    guard case .record(let record as DataRecord) = value,
      let residents = record["residents"].replacing(assumed).exact
    else { return false }
    var sum = Exact.zero
    for name in districts {
      guard let own = records[name]?["residents"].replacing(assumed).exact,
        let total = try? sum.adding(own)
      else { return false }
      sum = total
    }
    return sum >= residents
  }

  /// Every name that a plan may call a district by.
  package var districtNames: [String] {
    districts + tenantDistricts.map(\.name).filter { records[$0] == nil }
  }

  /// The city as conditions see it.
  package var placeValue: Value {
    place.map(Value.string)
      ?? .unknown(
        UnknownSet(
          Unknown(path: "city", domain: coveredPlaces.isEmpty ? .opaque : .oneOf(coveredPlaces))))
  }

  /// A figure of a district that the facts do not list.
  package func unlistedDistrict(_ name: String) -> Value {
    .unknown(UnknownSet(Unknown(path: "facts.districts[\(name)]", domain: .opaque)))
  }

  /// Which districts an application without one may be in.
  package var districtDomain: Unknown.Domain { districts.isEmpty ? .opaque : .oneOf(districts) }

  /// Where a value stands, if it is there.
  package func location(of path: String) -> Location? {
    guard let file, let range = places[path] else { return nil }
    return Location(file: file, range: range)
  }

  /// The facts with the stock counted from a registry wherever they do not give it: of a district a range, where the district of
  /// some institutions is missing.
  package func countingStock(_ registry: Registry) -> Facts {
    guard registry.isPresent, case .record(let record as DataRecord) = value else { return self }
    var result = self
    for name in districts {
      guard let district = records[name] else { continue }
      result.records[name] = district.countingStock(
        registry.stock(in: name), orMore: registry.withoutDistrict, catalogue.words.category)
    }
    var counted = record.countingStock(
      registry.stock(in: nil), orMore: [:], catalogue.words.category)
    counted = counted.replacingField(
      "districts",
      with: .list(districts.compactMap { result.records[$0].map { Value.record($0) } }),
      where: { if case .list = $0 { true } else { false } })
    result.value = .record(counted)
    return result
  }

  /// The same facts with a value given where it is missing; nil where nothing is missing there, or the city or year is.
  package func giving(_ given: Value, at path: String) -> Facts? {
    if path == "facts.year" || path == "facts.city" { return nil }
    var result = self
    var isGiven = false
    result.value = value.giving(given, at: path, &isGiven)
    for name in districts {
      var isOfDistrict = false
      guard let record = records[name],
        case .record(let changed as DataRecord) = Value.record(record).giving(
          given, at: path, &isOfDistrict), isOfDistrict
      else { continue }
      result.records[name] = changed
    }
    return isGiven ? result : nil
  }

  /// The last year that something is said for: its own, and that after the last which a table by year has, since quotas follow from
  /// the year before.
  package var lastYear: Int? {
    guard case .record(let record as DataRecord) = value else { return year }
    let tables = ([record] + districts.compactMap { records[$0] }).flatMap(\.values)
    let years = tables.flatMap { value -> [Int] in
      guard case .table(let table as Table) = value else { return [] }
      return table.entries.keys.compactMap { $0.utf8.count == 4 ? Int($0) : nil }
    }
    return (years.max().map { $0 + 1 } ?? year).map { max($0, year ?? $0) }
  }

  /// The categories whose published stock, of the city or of one district, is not what the registry has.
  package func differingStock(_ registry: Registry, in district: String? = nil) -> [StockDifference]
  {
    var record: DataRecord?
    if let district {
      record = records[district]
    } else if case .record(let city as DataRecord) = value {
      record = city
    }
    guard registry.isPresent, case .table(let table as Table)? = record?["stock"] else { return [] }
    let counted = registry.stock(in: district)
    let categories = catalogue.words.category
    return categories.all().compactMap { (category: Category) in
      guard let stated = table.entries[categories[category].word]?.exact else { return nil }
      let number = counted[category, default: 0]
      let most = number + (district == nil ? 0 : registry.withoutDistrict[category]?.count ?? 0)
      return Exact(number) <= stated && stated <= Exact(most)
        ? nil : StockDifference(category: category, facts: stated, registry: number)
    }
  }
}

/// A stock of institutions that the facts state and the registry does not bear out.
package struct StockDifference: Sendable {
  package var category: Category
  package var facts: Exact
  package var registry: Int
}

extension DataRecord {
  package subscript(_ name: String) -> Value {
    shape.index(of: name).map { value(at: $0) } ?? .null
  }

  fileprivate func replacingField(
    _ name: String, with value: Value, where condition: (Value) -> Bool
  ) -> DataRecord {
    guard let index = shape.index(of: name), condition(values[index]) else { return self }
    var values = values
    values[index] = value
    return DataRecord(shape, values, absentPath: absentPath)
  }

  fileprivate func countingStock(
    _ counted: [Category: Int], orMore: [Category: StockCounts.WithoutDistrict],
    _ categories: VocabularyTable
  ) -> DataRecord {
    guard case .table(let table as Table) = self["stock"] else { return self }
    return replacingField(
      "stock", with: .table(table.filling(counted, orMore: orMore, categories)),
      where: { _ in true })
  }
}

extension Table {
  /// - Parameter orMore: by category, the institutions that may count as well.
  fileprivate func filling(
    _ counted: [Category: Int], orMore: [Category: StockCounts.WithoutDistrict],
    _ categories: VocabularyTable
  ) -> Table {
    var entries = entries
    var added = self.counted
    let most = entries.count + categories.entries.count
    entries.reserveCapacity(most)
    added.reserveCapacity(most)
    for category: Category in categories.all() {
      let word = categories[category].word
      if entries[word] != nil { continue }
      let number = counted[category, default: 0]
      entries[word] = .decimal(Exact(number))
      if let more = orMore[category] {
        entries[word] = .unknown(
          UnknownSet(
            Unknown(
              figure: "\(path).\(word)", from: more.paths, in: number...(number + more.count))))
      }
      added.insert(word)
    }
    var table = Table(path: path, shape: shape, entries: entries, missing: missing)
    table.isStated = isStated
    table.counted = added
    return table
  }
}
