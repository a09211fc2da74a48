package import Diagnostics
package import Reading

extension ColumnTable {
  /// The columns of the fields of applications; a location is four of them, as the registry has them.
  package init(_ entries: [ApplicationEntry], places: [InstitutionEntry]) {
    let places = places.filter { $0.role?.isPlace == true }.map { Column($0) }
    self.init(entries) { $0.role == .location ? places : [Column($0)] }
  }

  /// The columns of the fields of institutions.
  package init(_ entries: [InstitutionEntry]) { self.init(entries) { [Column($0)] } }

  private init<Role>(_ entries: [FieldEntry<Role>], _ column: (FieldEntry<Role>) -> [Column]) {
    var columns: [Column] = []
    var unsure: [(name: String, fields: [String])] = []
    for entry in entries {
      columns += column(entry)
      for header in entry.unsureHeaders {
        if let index = unsure.firstIndex(where: { $0.name == header }) {
          unsure[index].fields.append(entry.name)
        } else {
          unsure.append((header, [entry.name]))
        }
      }
    }
    self.init(
      columns: columns,
      required: entries.filter(\.isRequired).map(\.name), ambiguous: unsure)
  }
}

extension ColumnTable.Column {
  /// What people count by: none of these changes how many there are.
  private static let counters = [
    "人", "名", "个", "位", "家", "张", "台", "间", "项", "次", "件", "套", "整数",
  ]

  /// What may stand in brackets after the name of a tenant's own number, as keys of headers are written.
  private static func units(_ field: RecordShape.Field, _ cell: ColumnTable.Cell) -> [String] {
    guard field.isOwn else { return [] }
    if let unit = field.unit {
      return (UnitWord.of(unit)?.annotations ?? [unit]).map { CellText.key($0).lowercased() }
    }
    if case .year = field.shape { return ["年", "年份"] }
    return cell == .wholeNumber ? counters : []
  }

  private static func words(_ shape: Shape) -> VocabularyTable? {
    switch shape {
    case .word(let table), .list(.word(let table), _): table
    default: nil
    }
  }

  /// A column of a field by the field's own names; what stands in brackets there is its unit.
  fileprivate init<Role>(_ entry: FieldEntry<Role>) {
    let (field, cell) = (entry.field, entry.cell)
    var names: [String] = []
    let own = field.isOwn ? [field.meaning.en] : []
    for name in [String(field.meaning.zh.prefix { $0 != "（" })] + field.headers + own {
      let key = field.isOwn ? CellText.key(name).lowercased() : name
      if !names.contains(key) { names.append(key) }
    }
    self.init(
      field.name, cell, names, units: Self.units(field, cell), telling: entry.tellingParts,
      hasCommonName: entry.hasCommonName,
      hasWordsForNothing: entry.hasWordsForNothing
        || Self.words(field.shape)?.allNames.contains { CellText.isWordForNothing($0) } ?? false)
  }
}

extension ColumnTable.Cell {
  package init(_ field: RecordShape.Field) {
    switch field.shape {
    case .share(.percent): self = .percent
    case .number, .share: self = field.unit.map(UnitWord.isPercent) == true ? .percent : .number
    case .count, .whole, .year: self = .wholeNumber
    case .date: self = .day
    case .flag: self = .flag
    case .word: self = .word
    case .list(.word, _): self = .words
    case .list: self = .list
    case .text, .format, .record, .byCategory, .byYear: self = .text
    }
  }
}

/// What cells of a tenant's own fields hold beside single values.
package enum OwnColumns {
  /// A list that a cell holds as JSON or YAML writes it in one line (`[{name: 张三, since: 2020-01-01}]`), all of it placed at the
  /// cell; nil where it is none.
  package static func list(_ text: String, at range: ByteRange) -> Node? {
    guard text.utf8.first == UInt8(ascii: "[") else { return nil }
    let file = SourceFile(path: "", text: text)
    guard let node = try? Document.read(file, format: .yaml) else { return nil }
    return placed(node, range)
  }

  private static func placed(_ node: Node, _ range: ByteRange) -> Node {
    switch node.content {
    case .list(let items): Node(range: range, content: .list(items.map { placed($0, range) }))
    case .map(let entries):
      Node(
        range: range,
        content: .map(
          entries.map { Entry(key: $0.key, keyRange: range, value: placed($0.value, range)) }))
    default: Node(range: range, content: node.content)
    }
  }
}
