package import Diagnostics
package import Reading

/// Reads facts that are kept as a table, such as the sheet 基础数据 of a workbook, as the mapping that a YAML file would have.
///
/// Either each row is a place, 全市 the city itself, and the columns are figures; or each row is a figure with its value (`项目`,
/// `数值`), of a district where a column names one. Figures are called as ``FactsNames`` says.
package struct FactsTable {
  private enum Column {
    case place, item, value
    case figure(FactsNames.Leaf)
    case unused
  }

  /// What the figures are called, and the columns that name a district.
  private struct Names: Sendable {
    let city: FactsNames
    let district: FactsNames
    let applications: ColumnTable

    init(_ catalogue: Catalogue) {
      city = FactsNames(catalogue.facts)
      district = FactsNames(catalogue.district)
      applications = catalogue.applicationColumns
    }
  }

  private let file: SourceFile
  private let names: Names
  private var columns: [Column] = []
  private var faults = FaultCollector()
  private var readings = Readings()
  private var city = Tree()
  /// In the order of the file.
  private var districts: [(name: String, range: ByteRange, tree: Tree)] = []

  /// Fields that are growing.
  private final class Tree {
    var fields: [(key: String, range: ByteRange, value: Node?, inner: Tree?)] = []

    /// Puts a value at a path; false where there is one.
    func put(_ path: ArraySlice<String>, _ value: Node) -> Bool {
      guard let key = path.first else { return false }
      let index = fields.firstIndex { $0.key == key }
      if path.count == 1 {
        if index != nil { return false }
        fields.append((key, value.range, value, nil))
        return true
      }
      let inner: Tree
      if let index {
        guard let known = fields[index].inner else { return false }
        inner = known
      } else {
        inner = Tree()
        fields.append((key, value.range, nil, inner))
      }
      return inner.put(path.dropFirst(), value)
    }

    func node(_ range: ByteRange) -> Node {
      Node(
        range: range,
        content: .map(
          fields.map { field in
            Entry(
              key: field.key, keyRange: field.range,
              value: field.inner?.node(field.range) ?? field.value
                ?? Node(range: field.range, content: .scalar(Scalar(text: "", kind: .null))))
          }))
    }
  }

  // MARK: Reading

  /// The table as a mapping, the text that places are in, and what was passed over.
  package static func read(
    _ input: SourceFile, format: DocumentFormat, _ catalogue: Catalogue
  ) throws(Faults) -> (node: Node, file: SourceFile, notes: [Note]) {
    let read = try readRows(input, format: format, catalogue)
    if read.node.entries?.isEmpty != false { throw Faults(empty(read.file)) }
    return read
  }

  /// Whether a table has a figure, or a fault to tell of: names of districts and the year alone are a form that nobody has filled in.
  package static func holdsFigures(
    _ input: SourceFile, format: DocumentFormat, _ catalogue: Catalogue
  ) -> Bool {
    guard let read = try? readRows(input, format: format, catalogue) else { return true }
    let named = ["planlint", "city", "year", "name", "code"]
    func hasFigure(_ node: Node) -> Bool {
      (node.entries ?? []).contains { entry in
        if let items = entry.value.items, entry.key == "districts" {
          return items.contains(where: hasFigure)
        }
        return !named.contains(entry.key)
      }
    }
    return hasFigure(read.node)
  }

  private static func readRows(
    _ input: SourceFile, format: DocumentFormat, _ catalogue: Catalogue
  ) throws(Faults) -> (node: Node, file: SourceFile, notes: [Note]) {
    let names = Names(catalogue)
    let (file, found) = try TableText.read(input, format: format) { fit($0, $1, names) }
    var table = FactsTable(file, names)
    let notes = try TableReader.read(
      file, isKnown: { isKnown($0, names) }, isWhole: { Self.isCity(CellText.trimmed($0.text(0))) },
      header: { header throws(Faults) in try table.readHeader(header) },
      row: { row throws(Faults) in
        table.readRow(row)
        return !table.faults.isFull
      })
    try table.faults.check()
    let range = ByteRange(start: 0, end: file.count)
    if !table.districts.isEmpty {
      _ = table.city.put(
        ["districts"],
        Node(
          range: range, content: .list(table.districts.map { $0.tree.node($0.range) })))
    }
    return (table.city.node(range), file, found + notes + table.readings.notes(file))
  }

  private init(_ file: SourceFile, _ names: Names) {
    self.file = file
    self.names = names
  }

  /// The sheet is called 基础数据, or holds figures.
  private static func fit(
    _ sheet: SourceFile, _ name: String, _ names: Names
  ) -> Workbook.Fit {
    if ["基础数据", "facts"].contains(CellText.key(name).lowercased()) { return .whole }
    var figures = 0
    var isTold = false
    for (name, group) in TableReader.names(of: sheet, isKnown: { isKnown($0, names) }) {
      switch column(name, under: group, names) {
      case .figure: figures += 1
      case .place, .value: isTold = true
      case .item, .unused, nil: continue
      }
    }
    return isTold && figures > 0 ? .part(figures) : .none
  }

  /// Tells whether a name in a header is one of a table of facts.
  package static func knownNames(_ catalogue: Catalogue) -> (String) -> Bool {
    let names = Names(catalogue)
    return { isKnown($0, names) }
  }

  private static func isKnown(_ name: String, _ names: Names) -> Bool {
    switch column(name, under: nil, names) {
    case .unused, nil: false
    default: true
    }
  }

  private static func column(
    _ name: String, under group: String?, _ names: Names
  ) -> Column? {
    if name.isEmpty { return .unused }
    for together in (group.map { TableHeader.together($0, name) } ?? []) + [name] {
      if let leaf = names.city.leaf(called: together)
        ?? names.district.leaf(called: together),
        leaf.path != ["name"]
      {
        return .figure(leaf)
      }
    }
    let key = CellText.key(name).lowercased()
    if key == "name" || key == "district" || key == "区县名称" || key == "地区" || key == "统筹地区名称" {
      return .place
    }
    if case .column(let column, _) = names.applications.meaning(of: name),
      column.field == "district"
    {
      return .place
    }
    if ["项目", "指标", "指标名称", "项目名称", "字段", "数据项", "item", "field", "path"].contains(key) {
      return .item
    }
    if ["数值", "值", "数据", "指标值", "value"].contains(key) { return .value }
    if key.hasPrefix("x-") || ColumnTable.unused.contains(key) || key == "单位" || key == "数据来源" {
      return .unused
    }
    return nil
  }

  private static func isCity(_ name: String) -> Bool {
    ["全市", "全市合计", "全市总计", "city"].contains(CellText.key(name))
  }

  private mutating func readHeader(_ header: TableHeader) throws(Faults) {
    var hasPlace = false
    var (hasItem, hasValue, figures) = (false, false, 0)
    for (name, group) in zip(header.names, header.groups) {
      guard let column = Self.column(name.value, under: group?.value, names) else {
        columns.append(.unused)
        faults.add(unknown(name))
        continue
      }
      switch column {
      case .place: hasPlace = true
      case .item: hasItem = true
      case .value: hasValue = true
      case .figure: figures += 1
      case .unused: break
      }
      columns.append(column)
    }
    try faults.check()
    if !(hasItem && hasValue) && !(hasPlace && figures > 0) {
      throw Faults(noColumns(header.names.first?.range ?? ByteRange(start: 0, end: 0)))
    }
  }

  private mutating func readRow(_ row: borrowing CSVRow) {
    var place: (name: String, range: ByteRange)?
    var item: (name: String, range: ByteRange)?
    for (index, column) in columns.enumerated() where !row.isEmpty(index) {
      let text = CellText.trimmed(row.text(index))
      switch column {
      case .place: place = (text, row.range(index))
      case .item: item = (text, row.range(index))
      default: continue
      }
    }
    let isCity = place.map { Self.isCity($0.name) || $0.name.isEmpty } ?? true
    for (index, column) in columns.enumerated() where !row.isEmpty(index) {
      var leaf: FactsNames.Leaf
      switch column {
      case .figure(let found): leaf = found
      case .value:
        guard let item else {
          faults.add(noItem(row.range(index)))
          continue
        }
        let figures = isCity ? names.city : names.district
        guard let found = figures.leaf(called: item.name) else {
          faults.add(unknown(Located(item.name, item.range)))
          continue
        }
        leaf = found
      default: continue
      }
      let value = cell(row.text(index), row.range(index), leaf.shape)
      if value.isNull { continue }
      put(value, leaf, isCity ? nil : place)
    }
  }

  private mutating func put(
    _ value: Node, _ leaf: FactsNames.Leaf, _ place: (name: String, range: ByteRange)?
  ) {
    let path = leaf.path[...]
    // The year and the city stand in every row of some tables.
    let isOfFile = path == ["year"] || path == ["city"] || path == ["planlint"]
    if isOfFile || place == nil {
      if city.put(path, value) { return }
      let known = city.fields.first { $0.key == path.first }?.value
      if !isOfFile || known?.scalar?.text != value.scalar?.text { faults.add(twice(value, leaf)) }
      return
    }
    guard let place else { return }
    if !districts.contains(where: { $0.name == place.name }) {
      let tree = Tree()
      _ = tree.put(
        ["name"],
        Node(range: place.range, content: .scalar(Scalar(text: place.name, kind: .plain))))
      districts.append((place.name, place.range, tree))
    }
    if let tree = districts.first(where: { $0.name == place.name })?.tree, !tree.put(path, value) {
      faults.add(twice(value, leaf))
    }
  }

  /// A cell as its figure's value, as planlint writes it where that is sure.
  private mutating func cell(_ written: String, _ range: ByteRange, _ shape: Shape) -> Node {
    let (cell, units): (ColumnTable.Cell, [String]) =
      switch shape {
      case .count, .whole: (.wholeNumber, ["张", "家", "个", "人次", "人"])
      case .number: (.number, ["元", "人次", "人", "家", "天", "次"])
      case .share: (.percent, [])
      case .year: (.wholeNumber, ["年度", "年"])
      case .date: (.day, [])
      case .list(.word, _): (.words, [])
      case .list: (.list, [])
      default: (.text, [])
      }
    let text = CellText.trimmed(written)
    if case .flag = shape,
      let flag = ["是": "true", "否": "false", "TRUE": "true", "FALSE": "false"][text]
    {
      return Node(range: range, content: .scalar(Scalar(text: flag, kind: .plain)))
    }
    return WrittenValue.cell(
      CellText.withoutUnit(text, units) ?? text, at: range,
      as: ColumnTable.Column("", cell, []), of: file, &readings)
  }
}

// MARK: Messages

extension FactsTable {
  private func unknown(_ name: Located<String>) -> Fault {
    let code = Quoting.code(name.value)
    if let nearest = names.city.nearest(name.value) ?? names.district.nearest(name.value) {
      let meant = Quoting.code(nearest)
      return Fault(
        file, name.range, zh: "基础数据没有 \(code) 这一项，是否应为 \(meant)，自用列请以 `x-` 开头",
        en:
          "the facts have no figure \(code); did you mean \(meant); begin a column of your own with `x-`"
      ).suggesting(nearest)
    }
    return Fault(
      file, name.range,
      zh: "基础数据没有 \(code) 这一项，应为 `常住人口`、`定点床位数` 等名称或 `beds.designated` 这样的路径；自用列请以 `x-` 开头",
      en:
        "the facts have no figure \(code): expected a label such as `常住人口`, or a path such as `beds.designated`; begin a column of your own with `x-`"
    )
  }

  private func noColumns(_ range: ByteRange) -> Fault {
    Fault(
      file, range, zh: "基础数据表应有 `区县` 列和各项数据列（`全市` 一行为全市数据），或有 `项目`、`数值` 两列",
      en:
        "expected a table of facts: a column `区县` beside the figures, with a row `全市` for the city, or the columns `项目` and `数值`"
    )
  }

  private func noItem(_ range: ByteRange) -> Fault {
    Fault(
      file, range, zh: "这一行有数值而没有项目名称",
      en: "expected the name of the figure beside its value, found none")
  }

  private func twice(_ value: Node, _ leaf: FactsNames.Leaf) -> Fault {
    let code = Quoting.code(leaf.path.joined(separator: "."))
    return Fault(
      file, value.range, zh: "\(code) 给出了两次，请删去其一", en: "\(code) is given twice; remove one of them"
    )
  }

  private static func empty(_ file: SourceFile) -> Fault {
    Fault(
      file, ByteRange(start: 0, end: 0), zh: "基础数据表没有任何数据",
      en: "expected figures, found none in the table")
  }
}
