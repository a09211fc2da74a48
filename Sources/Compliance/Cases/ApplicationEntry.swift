import Diagnostics
import Expression
import Reading

/// One field of an application in a catalogue: all that readers, conditions, tables, schemas and reports know of it.
struct ApplicationEntry: Sendable {
  /// A field that the program itself works with; any other it only reads, shows and compares.
  enum Role: Sendable {
    case id, name, kind, requests, district, street, location, beds, existingBeds, submitted, score,
      designatedFor, institution, replaces, uscc
  }

  let field: RecordShape.Field
  let role: Role?
  /// Whether the office alone has a use for it: what an applicant gave is told without it.
  let isOfOffice: Bool
  /// How columns of tables hold it.
  let cell: ColumnTable.Cell
  /// Headers that could mean this field as well as another.
  let unsureHeaders: [String]
  /// Among the values of ``Application/values``; nil of a field with a role.
  var slot: Int?
  var store: FieldStore
  /// What the reader of trees takes; unused of a field with a role.
  let reader: FieldReader<FieldValues.Cell>

  var name: String { field.name }

  init(
    _ field: RecordShape.Field, _ role: Role? = nil, isOfOffice: Bool = false,
    cell: ColumnTable.Cell? = nil, unsure: [String] = []
  ) {
    self.field = field
    self.role = role
    self.isOfOffice = isOfOffice
    self.cell = cell ?? ColumnTable.Cell(field)
    unsureHeaders = unsure
    store = FieldStore(field.shape, path: Self.listPath + "." + field.name)
    reader = store.reader(field.shape)
  }

  init(
    _ name: String, _ shape: Shape, _ absence: Absence = .unknown, zh: String, en: String,
    unit: String? = nil, role: Role? = nil, isOfOffice: Bool = false,
    cell: ColumnTable.Cell? = nil, headers: [String], unsure: [String] = []
  ) {
    self.init(
      RecordShape.Field(
        name: name, shape: shape, absence: absence, meaning: Bilingual(zh: zh, en: en), unit: unit,
        headers: headers), role, isOfOffice: isOfOffice, cell: cell, unsure: unsure)
  }

  /// Where the paths of what is missing inside a list begin, before it is known whose list it is.
  static let listPath = "applications[]"
}

/// A field of an application, by its place among the entries of a catalogue; those with a role have the same in every one.
package struct ApplicationField: Sendable, Hashable {
  let index: UInt16

  init(_ index: Int) { self.index = UInt16(index) }

  private init(_ role: ApplicationEntry.Role) {
    self.init(Catalogue.builtIn.applicationEntries.firstIndex { $0.role == role } ?? 0)
  }

  package static let id = ApplicationField(.id)
  static let requests = ApplicationField(.requests)
  static let district = ApplicationField(.district)
  static let location = ApplicationField(.location)
  static let beds = ApplicationField(.beds)
  static let submitted = ApplicationField(.submitted)
  static let institution = ApplicationField(.institution)
  static let replaces = ApplicationField(.replaces)
  static let uscc = ApplicationField(.uscc)
}
