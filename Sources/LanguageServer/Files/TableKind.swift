import Cases
import Diagnostics
import PolicyDesk
import Reading

/// What a table in text (CSV) is, told by the names of its columns, and by its own name where those leave it open.
enum TableKind {
  /// Columns that only the rows of one kind have.
  private static let telling: [(kind: FileSchema, fields: Set<String>)] = [
    (.applications, ["requests", "submitted", "score"]), (.registry, ["categories", "status"]),
  ]
  /// Parts of file names.
  private static let names: [(kind: FileSchema, words: [String])] = [
    (.applications, ["application", "申请"]), (.registry, ["registry", "institution", "名册"]),
    (.facts, ["facts", "基础数据"]),
  ]
  /// With so many known columns a table is taken for one of planlint's.
  private static let enough = 3

  /// - Returns: nil where it is none of planlint's tables.
  static func of(_ file: SourceFile, _ catalogue: Catalogue) -> FileSchema? {
    let name = FilePath.name(of: file.path).lowercased()
    let named = names.first { $0.words.contains(where: name.contains) }?.kind
    for (kind, fields) in telling {
      let known = Self.fields(
        of: file, kind == .registry ? catalogue.registryColumns : catalogue.applicationColumns)
      let isTelling = !known.isDisjoint(with: fields) && known.count >= enough
      if isTelling, named == nil || named == kind { return kind }
    }
    let isFigure = FactsTable.knownNames(catalogue)
    let figures = TableReader.names(of: file, isKnown: isFigure).count { isFigure($0.name) }
    if figures > 1, named == nil || named == .facts { return .facts }
    guard let named, named != .facts else { return figures > 0 ? named : nil }
    let table = named == .registry ? catalogue.registryColumns : catalogue.applicationColumns
    return fields(of: file, table).count > 1 ? named : nil
  }

  /// The fields that the columns of a table mean.
  private static func fields(of file: SourceFile, _ table: ColumnTable) -> Set<String> {
    var fields: Set<String> = []
    let start = ByteRange(start: 0, end: 0)
    for (name, group) in TableReader.names(of: file, isKnown: table.isKnown) where !name.isEmpty {
      let group = group.map { Located($0, start) }
      if case .column(let column, _) = table.meaning(of: Located(name, start), under: group).meaning
      {
        fields.insert(column.field)
      }
    }
    return fields
  }
}
