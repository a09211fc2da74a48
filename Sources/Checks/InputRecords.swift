import Cases
package import Diagnostics
import Expression
import Policy
import Reading
import Spatial

/// Inputs of any format taken apart into records under the names of contract.md, so that they can be kept, changed field by field
/// and written again.
///
/// What is written from them reads as the same: numbers keep their value, coordinates their digits, words are those of the
/// catalogue. Comments, the order of fields and fields that begin with `x-` are not kept.
package struct InputRecords: Sendable {
  package var records: [PlainValue] = []
  /// How the input was understood where it could be read in several ways.
  package var notes: [Note] = []

  /// The applications of several files, which are not held against facts or registry; what their files name beside them is passed
  /// over, with a note.
  package static func applications(
    _ paths: [String], _ library: PolicyLibrary, _ options: CheckOptions
  ) throws(Faults) -> InputRecords {
    let check = ApplicationCheck(library, options)
    var loader = InputLoader(options)
    let inputs = try check.applications(paths, &loader)
    _ = try library.tenant(options, files: inputs.heads.map { ($0.file, $0.head.city) })
    var found = InputRecords()
    found.records = inputs.applications.map { record(of: $0, inputs.catalogue) }
    found.notes = loader.notes
    found.notes += inputs.passedOver
    return found
  }

  /// The figures of a facts file, as one record; only what it states.
  package static func facts(
    _ path: String, _ library: PolicyLibrary, _ options: CheckOptions
  ) throws(Faults) -> InputRecords {
    var loader = InputLoader(options)
    loader.catalogue = try library.catalogue(options, cities: [])
    let tenant = try library.tenant(options, files: [])
    let facts = try library.placed(try loader.facts(path), in: tenant, named: options.city)
    var found = InputRecords()
    found.records = [plain(facts.value) ?? .record([])]
    found.notes = loader.notes
    return found
  }

  /// The rows of a registry, with the columns of contract.md and those that the tenant declares.
  package static func registry(
    _ path: String, _ library: PolicyLibrary, _ options: CheckOptions
  ) throws(Faults) -> InputRecords {
    var loader = InputLoader(options)
    loader.catalogue = try library.catalogue(options, cities: [])
    let catalogue = loader.catalogue
    let registry = try loader.registry(path)
    var found = InputRecords()
    found.records = registry.institutions.map { record(of: $0, catalogue) }
    found.notes = loader.notes
    return found
  }

  /// The columns of a registry as it is written, in their order.
  package static func registryColumns(
    _ library: PolicyLibrary, _ options: CheckOptions
  ) throws(Faults) -> [String] {
    try library.catalogue(options, cities: []).institutionEntries.compactMap {
      $0.role == .location ? nil : $0.name
    }
  }

  private static func record(
    of application: Application, _ catalogue: Catalogue
  ) -> PlainValue {
    var entries: [PlainValue.Entry] = []
    for (index, entry) in catalogue.applicationEntries.enumerated() {
      if entry.role == .location {
        if let site = application.site { entries.append(.init(entry.name, place(site))) }
        continue
      }
      let isGiven = application.source.fields[ApplicationField(index)] != nil
      guard isGiven, let value = application.value(of: entry, catalogue),
        let plain = plain(value)
      else { continue }
      entries.append(.init(entry.name, plain))
    }
    return .record(entries)
  }

  private static func record(
    of institution: Institution, _ catalogue: Catalogue
  ) -> PlainValue {
    var entries: [PlainValue.Entry] = []
    func add(_ name: String, _ value: PlainValue?) {
      if let value { entries.append(.init(name, value)) }
    }
    let path = "registry[\(institution.id)]"
    for entry in catalogue.institutionEntries {
      switch entry.role {
      case .id: add(entry.name, .text(institution.id))
      case .name: add(entry.name, .text(institution.name))
      case .kind: add(entry.name, .text(catalogue.words.kind[institution.kind].word))
      case .categories:
        add(
          entry.name,
          .list(institution.categories.words.map { .text(catalogue.words.category[$0].word) }))
      case .district: add(entry.name, institution.district.map { .text($0) })
      case .street: add(entry.name, institution.street.map { .text($0) })
      case .longitude:
        add(
          entry.name,
          institution.site.map { .number($0.longitudeText) })
      case .latitude:
        add(
          entry.name, institution.site.map { .number($0.latitudeText) })
      case .datum: add(entry.name, institution.site?.datum.map { .text($0.rawValue) })
      case .beds: add(entry.name, institution.beds.map { .number($0) })
      case .status:
        add(entry.name, .text(RegistryStatus.builtIn[institution.status].word))
      case .uscc: add(entry.name, institution.uscc.map { .text($0) })
      case .location: break
      case nil: add(entry.name, entry.value(institution.values, of: path).flatMap(plain))
      }
    }
    return .record(entries)
  }

  private static func place(_ site: Site) -> PlainValue {
    var entries: [PlainValue.Entry] = [
      .init("lon", .number(site.longitudeText)),
      .init("lat", .number(site.latitudeText)),
    ]
    if let datum = site.datum { entries.append(.init("datum", .text(datum.rawValue))) }
    return .record(entries)
  }

  /// What a value states; nil of one that is not there.
  private static func plain(_ value: Value) -> PlainValue? {
    switch value {
    case .bool(let flag): return .flag(flag)
    case .int(let number): return .number(String(number))
    case .uint(let number): return .number(String(number))
    case .decimal(let number): return .number(number.description)
    case .string(let text): return text.isEmpty ? nil : .text(text)
    case .timestamp(let time):
      let days = Int(time.seconds) / 86_400 - (time.seconds % 86_400 < 0 ? 1 : 0)
      return CalendarDay(daysSinceEpoch: days).map { .text($0.description) }
    case .list(let items): return .list(items.compactMap(plain))
    case .record(let record as DataRecord):
      let entries = record.shape.fields.enumerated().compactMap { index, field in
        plain(record.value(at: index)).map { PlainValue.Entry(field.name, $0) }
      }
      return entries.isEmpty ? nil : .record(entries)
    case .table(let table as Table):
      let entries = table.entries.keys.sorted().compactMap { key in
        table.entries[key].flatMap(plain).map { PlainValue.Entry(key, $0) }
      }
      return entries.isEmpty ? nil : .record(entries)
    default: return nil
    }
  }
}

extension InputRecords {
  /// The names of the fields that an application may have.
  package static func applicationFields(
    _ library: PolicyLibrary, _ options: CheckOptions
  ) throws(Faults) -> [String] {
    try library.catalogue(options, cities: []).applicationEntries.map(\.name)
  }
}
