import Diagnostics
package import Expression
package import Reading

/// A field that the program itself works with; any other it only reads, shows and compares.
package protocol FieldRole: Sendable, Equatable {
  /// Where the paths of what is missing inside a list begin, before it is known whose list it is.
  static var listPath: String { get }
}

/// One field of an application or of an institution in a catalogue: all that readers, conditions, tables, schemas and reports
/// know of it.
///
/// A value that is held by reference: a record is made of two dozen for each look at an application.
package final class FieldEntry<Role: FieldRole>: Sendable {
  package let field: RecordShape.Field
  package let role: Role?
  /// Whether the office alone has a use for it: what an applicant gave is told without it.
  let isOfOffice: Bool
  /// How columns of tables hold it.
  package let cell: ColumnTable.Cell
  /// Headers that could mean this field as well as another.
  let unsureHeaders: [String]
  /// What in a longer header tells of the field (`床位`).
  let tellingParts: [String]
  /// Whether its name is a word that stands in the names of much else.
  let hasCommonName: Bool
  /// Whether 无 and the like say something of it.
  let hasWordsForNothing: Bool
  /// Among the ``FieldValues`` of its record; nil of a field with a role.
  package let slot: Int?
  package let store: FieldStore
  /// What the reader of trees takes; unused of a field with a role.
  package let reader: FieldReader<FieldValues.Cell>

  package var name: String { field.name }

  package var isRequired: Bool { if case .required = field.absence { true } else { false } }

  package init(
    _ field: RecordShape.Field, _ role: Role? = nil, isOfOffice: Bool = false,
    cell: ColumnTable.Cell? = nil, unsure: [String] = [], telling: [String] = [],
    hasCommonName: Bool = false, hasWordsForNothing: Bool = false
  ) {
    self.field = field
    self.role = role
    self.isOfOffice = isOfOffice
    self.cell = cell ?? ColumnTable.Cell(field)
    unsureHeaders = unsure
    tellingParts = telling
    self.hasCommonName = hasCommonName
    self.hasWordsForNothing = hasWordsForNothing
    slot = nil
    store = FieldStore(field.shape, path: Role.listPath + "." + field.name)
    reader = store.reader(field.shape)
  }

  /// The same in a slot.
  private init(_ entry: FieldEntry, slot: Int) {
    field = entry.field
    role = entry.role
    isOfOffice = entry.isOfOffice
    cell = entry.cell
    unsureHeaders = entry.unsureHeaders
    tellingParts = entry.tellingParts
    hasCommonName = entry.hasCommonName
    hasWordsForNothing = entry.hasWordsForNothing
    self.slot = slot
    store = entry.store
    reader = entry.reader
  }

  package convenience init(
    _ name: String, _ shape: Shape, _ absence: Absence = .unknown, zh: String, en: String,
    unit: String? = nil, role: Role? = nil, isOfOffice: Bool = false,
    cell: ColumnTable.Cell? = nil, headers: [String], unsure: [String] = [],
    telling: [String] = [], hasCommonName: Bool = false, hasWordsForNothing: Bool = false
  ) {
    self.init(
      RecordShape.Field(
        name: name, shape: shape, absence: absence, meaning: Bilingual(zh: zh, en: en), unit: unit,
        headers: headers), role, isOfOffice: isOfOffice, cell: cell, unsure: unsure,
      telling: telling, hasCommonName: hasCommonName, hasWordsForNothing: hasWordsForNothing)
  }

  /// What conditions see of a value that is kept in its slot; nil where there is none.
  package func value(_ values: FieldValues, of path: @autoclosure () -> String) -> Value? {
    guard let slot, let cell = values[slot] else { return nil }
    let value = store.value(cell)
    guard case .shaped = store else { return value }
    return value.moved(from: Role.listPath, to: path())
  }

  /// The entries with a slot for each that has no role, and how many slots there are.
  package static func numbered(
    _ entries: [FieldEntry]
  ) -> (entries: [FieldEntry], slotCount: Int) {
    var slots = 0
    let numbered = entries.map { entry in
      guard entry.role == nil else { return entry }
      defer { slots += 1 }
      return FieldEntry(entry, slot: slots)
    }
    return (numbered, slots)
  }
}

package typealias ApplicationEntry = FieldEntry<ApplicationRole>

package enum ApplicationRole: FieldRole {
  case id, name, kind, requests, district, street, location, beds, existingBeds, submitted, score,
    designatedFor, institution, replaces, uscc

  package static let listPath = "applications[]"
}

package typealias InstitutionEntry = FieldEntry<InstitutionRole>

package enum InstitutionRole: FieldRole {
  case id, name, kind, categories, district, street, longitude, latitude, datum, location, beds,
    status, uscc

  package static let listPath = "registry[]"

  /// Whether it says where an institution lies.
  package var isPlace: Bool {
    switch self {
    case .longitude, .latitude, .datum, .location: true
    default: false
    }
  }
}

/// A field of an application, by its place among the entries of a catalogue; those with a role have the same in every one.
package struct ApplicationField: Sendable, Hashable {
  package let index: UInt16

  package init(_ index: Int) { self.index = UInt16(index) }

  private init(_ role: ApplicationRole) {
    self.init(Catalogue.builtIn.applicationEntries.firstIndex { $0.role == role } ?? 0)
  }

  package static let id = ApplicationField(.id)
  package static let requests = ApplicationField(.requests)
  package static let district = ApplicationField(.district)
  package static let location = ApplicationField(.location)
  package static let beds = ApplicationField(.beds)
  package static let submitted = ApplicationField(.submitted)
  package static let kind = ApplicationField(.kind)
  package static let existingBeds = ApplicationField(.existingBeds)
  package static let designatedFor = ApplicationField(.designatedFor)
  package static let institution = ApplicationField(.institution)
  package static let replaces = ApplicationField(.replaces)
  package static let uscc = ApplicationField(.uscc)
}
