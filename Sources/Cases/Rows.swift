package import Diagnostics
package import Reading
import Spatial

/// Rows of a table as the records that a YAML file would have.
package struct Rows {
  private let file: SourceFile
  private let table: ColumnTable
  /// Whether longitude, latitude and datum are fields of a `location`.
  private let hasLocation: Bool
  /// What each column of the file means; nil for one that is not read.
  private var columns: [(column: ColumnTable.Column, header: Located<String>)?] = []
  /// The others that hold anything, where they are kept: as `x-…`, with the column.
  private var others: [(name: Located<String>, column: Int)]?
  /// The datum that the headers of longitude and latitude state.
  private var datum: Located<Datum>?
  private var unused: [Located<String>] = []
  private var unknown: [Located<String>] = []
  private var readings = Readings()
  /// Of cells that should hold a longitude and a latitude.
  private var faults = FaultCollector()

  /// Gives each row as a mapping to `row`, until it returns false.
  ///
  /// - Parameters:
  ///   - keepsOthers: whether what is not read is kept as the user's own (`x-备注`).
  ///   - named: gets the headers by the fields that they mean, where they differ.
  ///   - quick: sees a row first, with the place of each column, and returns true where it could read it: only plain rows without
  ///     any fault.
  /// - Returns: what was passed over.
  package static func read(
    _ file: SourceFile, _ table: ColumnTable, hasLocation: Bool = false, keepsOthers: Bool = false,
    named: ([String: String]) -> Void = { _ in },
    quick: (borrowing CSVRow, [String: Int]) -> Bool = { _, _ in false }, row body: (Node) -> Bool
  ) throws(Faults) -> [Note] {
    var rows = Rows(file: file, table: table, hasLocation: hasLocation)
    if keepsOthers { rows.others = [] }
    var places: [String: Int] = [:]
    var isQuick = true
    let notes = try TableReader.read(
      file, isKnown: { table.isKnown($0) },
      isWhole: { row in
        table.required.allSatisfy { field in places[field].map { !row.isEmpty($0) } ?? false }
      },
      header: { header throws(Faults) in
        try rows.readHeader(header)
        var columnNames: [String: String] = [:]
        for (index, column) in rows.columns.enumerated() {
          guard let column else { continue }
          places[column.column.field] = index
          if column.header.value != column.column.field {
            columnNames[column.column.field] = column.header.value
          }
        }
        // A datum that stands in a header is not in the rows.
        isQuick = rows.datum == nil
        named(columnNames)
      },
      row: { row throws(Faults) in
        if isQuick, quick(row, places) { return true }
        return body(rows.record(row))
      })
    try rows.faults.check()
    return notes + rows.unusedNotes + rows.readings.notes(file)
  }

  private init(file: SourceFile, table: ColumnTable, hasLocation: Bool) {
    self.file = file
    self.table = table
    self.hasLocation = hasLocation
  }

  // MARK: The header

  private mutating func readHeader(_ header: TableHeader) throws(Faults) {
    var faults = FaultCollector()
    var headers: [String: String] = [:]
    for (name, group) in zip(header.names, header.groups) {
      columns.append(nil)
      if name.value.isEmpty { continue }
      let (name, meaning) = table.meaning(of: name, under: group)
      if let group, case .column = meaning, header.isCertain,
        ColumnTable.changesMeaning(group.value, of: name.value)
      {
        faults.add(unsure(name, group))
        continue
      }
      switch meaning {
      case .column(let column, let stated):
        if let other = headers[column.field] {
          faults.add(twice(column, name, other))
          continue
        }
        headers[column.field] = name.value
        columns[columns.count - 1] = (column, name)
        guard let stated else { continue }
        if let datum, datum.value != stated {
          faults.add(twoDatums(name, datum.value, stated))
        }
        datum = Located(stated, name.range)
        continue
      case .unused: unused.append(name)
      case .own: break
      case .ambiguous, .annotation, .unknown:
        if let fault = table.fault(name, file) { faults.add(fault) } else { unknown.append(name) }
      }
      others?.append(
        (Located(ColumnTable.ownName(name.value), name.range), columns.count - 1))
    }
    if let other = headers["location"], let place = headers["lon"] ?? headers["lat"] {
      let name = columns.lazy.compactMap { $0?.header }.first { $0.value == place }
      if let name, let column = table.column(ofField: "location") {
        faults.add(twice(column, name, other))
      }
    }
    try faults.check()
    let lacking = table.required.filter { headers[$0] == nil }
    if let first = header.names.first, !lacking.isEmpty {
      throw Faults(self.lacking(lacking, first.range))
    }
  }

  // MARK: Rows

  private mutating func record(_ row: borrowing CSVRow) -> Node {
    var entries: [Entry] = []
    var location: [Entry] = []
    for (index, column) in columns.enumerated() {
      guard let column, !row.isEmpty(index) else { continue }
      let node = WrittenValue.cell(
        row.text(index), at: row.range(index), as: column.column, of: file, &readings)
      if node.isNull { continue }
      if column.column.cell == .place {
        if let found = node.entries {
          location += found
        } else {
          faults.add(noPlace(node, column.header))
        }
        continue
      }
      let entry = Entry(key: column.column.field, keyRange: column.header.range, value: node)
      if Self.isPlace(entry.key) { location.append(entry) } else { entries.append(entry) }
    }
    if let datum, location.contains(where: { $0.key != "datum" }),
      !location.contains(where: { $0.key == "datum" })
    {
      location.append(
        Entry(
          key: "datum", keyRange: datum.range,
          value: Node(
            range: datum.range, content: .scalar(Scalar(text: datum.value.rawValue, kind: .plain)))
        ))
    }
    if !hasLocation {
      entries += location
    } else if location.contains(where: { $0.key != "datum" }) {
      entries.append(
        Entry(
          key: "location", keyRange: row.range,
          value: Node(range: row.range, content: .map(location))))
    }
    for other in others ?? [] where !row.isEmpty(other.column) {
      entries.append(
        Entry(
          key: other.name.value, keyRange: other.name.range,
          value: Node(
            range: row.range(other.column),
            content: .scalar(
              Scalar(text: CellText.trimmed(row.text(other.column)), kind: .quoted)))))
    }
    return Node(range: row.range, content: .map(entries))
  }

  static func isPlace(_ field: String) -> Bool {
    field == "lon" || field == "lat" || field == "datum"
  }
}

// MARK: Messages

extension ColumnTable {
  /// A header that nothing reads as the name of a field of the user's own.
  static func ownName(_ header: String) -> String {
    header.hasPrefix("x-") ? header : "x-" + header
  }

  /// What is wrong with a header, or with a property of a feature, that is none of the table's; nil where nothing is.
  package func fault(_ name: Located<String>, _ file: SourceFile) -> Fault? {
    switch meaning(of: name.value) {
    case .column, .unused, .own: nil
    case .ambiguous(let candidates): ambiguous(name, candidates, file)
    case .annotation(let column, let annotation): unfitting(name, column, annotation, file)
    case .unknown: nearest(name.value).map { unknown(name, Quoting.code($0), file).suggesting($0) }
    }
  }

  private func unknown(
    _ name: Located<String>, _ nearest: String, _ file: SourceFile
  ) -> Fault {
    let code = Quoting.code(name.value)
    return Fault(
      file, name.range, zh: "没有 \(code) 这一列，是否应为 \(nearest)，自用列请以 `x-` 开头",
      en:
        "there is no column \(code); did you mean \(nearest); begin a column of your own with `x-`"
    )
  }

  private func ambiguous(
    _ name: Located<String>, _ columns: [Column], _ file: SourceFile
  ) -> Fault {
    let code = Quoting.code(name.value)
    let zh = columns.map { "`\($0.names[0])`（\($0.field)）" }.joined(separator: "或")
    let en = columns.map { "`\($0.names[0])` (\($0.field))" }.joined(separator: " or ")
    return Fault(
      file, name.range, zh: "列名 \(code) 含义不明，可能是 \(zh)，请写明其一",
      en: "the column \(code) could mean \(en); name it as one of them")
  }

  private func unfitting(
    _ name: Located<String>, _ column: Column, _ annotation: String, _ file: SourceFile
  ) -> Fault {
    let (code, found) = (Quoting.code(name.value), Quoting.code(annotation))
    return Fault(
      file, name.range, zh: "列名 \(code) 的注记 \(found) 可能改变数值含义，请换算后写作 `\(column.names[0])`",
      en:
        "the annotation \(found) of the column \(code) could change what its numbers mean; convert them and call it `\(column.field)`"
    )
  }
}

extension Rows {
  private func twice(
    _ column: ColumnTable.Column, _ name: Located<String>, _ other: String
  ) -> Fault {
    let (code, earlier) = (Quoting.code(name.value), Quoting.code(other))
    return Fault(
      file, name.range,
      zh: "列 \(code) 与 \(earlier) 都表示 `\(column.field)`，请删去其一或以 `x-` 开头",
      en:
        "the columns \(code) and \(earlier) both mean `\(column.field)`; remove one, or begin it with `x-`"
    )
  }

  /// Said once, and not of every row.
  private func lacking(_ fields: [String], _ range: ByteRange) -> Fault {
    func names(_ separator: String) -> String {
      fields.map { field in
        let name = table.column(ofField: field)?.names.first ?? field
        return "`\(field)`" + (name == field ? "" : "（\(name)）")
      }.joined(separator: separator)
    }
    let found = unknown.map { Quoting.code($0.value) }
    return Fault(
      file, range,
      zh: "表头缺少必填的列：\(names("、"))"
        + (found.isEmpty ? "" : "；未能识别的列：\(found.joined(separator: "、"))"),
      en: "the header lacks columns that are needed: \(names(", "))"
        + (found.isEmpty ? "" : "; not understood: \(found.joined(separator: ", "))"))
  }

  private func noPlace(_ cell: Node, _ header: Located<String>) -> Fault {
    let (code, found) = (Quoting.code(header.value), cell.found)
    return Fault(
      file, cell.range, zh: "\(code)：应为经度和纬度，形如 `116.79,33.95`，实际为\(found.zh)",
      en:
        "\(code): expected a longitude and a latitude, written like `116.79,33.95`, found \(found.en)"
    )
  }

  private func unsure(_ name: Located<String>, _ group: Located<String>) -> Fault {
    let (code, above) = (Quoting.code(name.value), Quoting.code(group.value))
    return Fault(
      file, name.range,
      zh: "列名 \(code) 位于 \(above) 之下，含义不明；请改用一行表头，写明该列含义，自用列以 `x-` 开头",
      en:
        "the column \(code) stands under \(above), which may change what it means; use one row of headers that say it, and begin a column of your own with `x-`"
    )
  }

  private func twoDatums(_ name: Located<String>, _ one: Datum, _ other: Datum) -> Fault {
    Fault(
      file, name.range, zh: "经度与纬度两列的坐标系不同：`\(one.rawValue)` 与 `\(other.rawValue)`",
      en:
        "the headers of longitude and latitude name two datums, `\(one.rawValue)` and `\(other.rawValue)`"
    )
  }

  private var unusedNotes: [Note] { Self.unusedNotes(unused, unknown, file) }

  /// Notes about the columns that were passed over: those that lists often have, and those that nothing is known of.
  static func unusedNotes(
    _ unused: [Located<String>], _ unknown: [Located<String>], _ file: SourceFile
  ) -> [Note] {
    let shown = 20
    func names(_ columns: [Located<String>], _ separator: String, _ more: String) -> String {
      columns.prefix(shown).map { Quoting.code($0.value) }.joined(separator: separator)
        + (columns.count > shown ? more : "")
    }
    var notes: [Note] = []
    if let first = unused.first {
      notes.append(
        Note(
          file, first.range, zh: "未使用的列：\(names(unused, "、", " 等"))",
          en:
            "\(unused.count == 1 ? "a column" : "columns") that nothing reads: \(names(unused, ", ", " …"))"
        ))
    }
    if let first = unknown.first {
      notes.append(
        Note(
          file, first.range,
          zh: "不是审核所用的列，未读取：\(names(unknown, "、", " 等"))；如含审核所需内容，请改用已知的列名",
          en:
            "\(unknown.count == 1 ? "a column" : "columns") that no rule needs, not read: \(names(unknown, ", ", " …")); call it by a known name where it holds what a rule needs"
        ))
    }
    return notes
  }
}
