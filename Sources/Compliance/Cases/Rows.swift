import Diagnostics
import Reading
import Spatial

/// Rows of a table as the records that a YAML file would have.
struct Rows {
  private let file: SourceFile
  private let table: ColumnTable
  /// Whether longitude, latitude and datum are fields of a `location`.
  private let hasLocation: Bool
  /// What each column of the file means; nil for one that is not read.
  private var columns: [(column: ColumnTable.Column, header: Located<String>)?] = []
  /// The datum that the headers of longitude and latitude state.
  private var datum: Located<Datum>?
  /// Whether the rows are those of a workbook, which shows numbers with decimals that nobody wrote.
  private let isSheet: Bool
  private var unused: [Located<String>] = []

  /// Gives each row as a mapping to `row`, until it returns false.
  ///
  /// - Parameters:
  ///   - named: gets the headers by the fields that they mean, where they differ.
  ///   - quick: sees a row first, with the place of each column, and returns true where it could read it: only plain rows without
  ///     any fault.
  /// - Returns: what was passed over.
  static func read(
    _ file: SourceFile, _ table: ColumnTable, hasLocation: Bool = false,
    named: ([String: String]) -> Void = { _ in },
    quick: (borrowing CSVRow, [String: Int]) -> Bool = { _, _ in false }, row body: (Node) -> Bool
  ) throws(Faults) -> [Note] {
    var rows = Rows(file: file, table: table, hasLocation: hasLocation)
    var places: [String: Int] = [:]
    var isQuick = true
    let notes = try TableReader.read(
      file, isKnown: { table.isKnown($0) },
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
    return notes + rows.unusedNotes
  }

  private init(file: SourceFile, table: ColumnTable, hasLocation: Bool) {
    self.file = file
    self.table = table
    isSheet = file.sheet != nil
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
      case .unused: unused.append(name)
      case .own: continue
      case .ambiguous, .annotation, .unknown:
        if let fault = table.fault(name, file) { faults.add(fault) }
      }
    }
    try faults.check()
  }

  // MARK: Rows

  private mutating func record(_ row: borrowing CSVRow) -> Node {
    var entries: [Entry] = []
    var location: [Entry] = []
    for (index, column) in columns.enumerated() {
      guard let column, !row.isEmpty(index) else { continue }
      var text = row.text(index)
      if isSheet, column.column.cell == .code || column.column.cell == .text {
        text = Self.withoutZeros(text)
      }
      let node = Self.value(text, at: row.range(index), as: column.column)
      if node.isNull { continue }
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
    return Node(range: row.range, content: .map(entries))
  }

  /// A whole number that is shown with decimals (`42.00`) as a code or name is: without them.
  private static func withoutZeros(_ text: String) -> String {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")), point > text.startIndex,
      text.utf8[..<point].allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return text }
    return String(text[..<point])
  }

  static func isPlace(_ field: String) -> Bool {
    field == "lon" || field == "lat" || field == "datum"
  }

  /// A cell as its field's value, written as planlint writes it where that is sure; null where it is empty.
  static func value(
    _ written: String, at range: ByteRange, as column: ColumnTable.Column
  ) -> Node {
    let text = CellText.trimmed(written)
    func node(_ text: String, _ kind: Scalar.Kind = .plain) -> Node {
      Node(range: range, content: .scalar(Scalar(text: text, kind: kind)))
    }
    if text.isEmpty { return node("", .null) }
    if CellText.isSpreadsheetError(text) { return node(text, .error) }
    if text.utf8.first == UInt8(ascii: "=") { return node(text, .formula) }
    switch column.cell {
    case .text: return node(text)
    case .code: return node(CellText.narrowed(text))
    case .word: return node(text)
    case .words:
      let isPlain = text.utf8.count == range.count
      return Node(
        range: range,
        content: .list(
          CellText.items(text).map { item in
            Node(
              range: isPlain
                ? ByteRange(
                  start: range.start + item.range.lowerBound,
                  end: range.start + item.range.upperBound) : range,
              content: .scalar(Scalar(text: item.text, kind: .plain)))
          }))
    case .wholeNumber: return node(CellText.number(text, isWhole: true) ?? text)
    case .number, .degrees: return node(CellText.number(text, isWhole: false) ?? text)
    case .percent: return node(CellText.percent(text) ?? text)
    case .day: return node(CellText.day(text) ?? text)
    }
  }
}

// MARK: Messages

extension ColumnTable {
  /// What is wrong with a header, or with a property of a feature, that is none of the table's; nil where nothing is.
  func fault(_ name: Located<String>, _ file: SourceFile) -> Fault? {
    switch meaning(of: name.value) {
    case .column, .unused, .own: nil
    case .ambiguous(let candidates): ambiguous(name, candidates, file)
    case .annotation(let column, let annotation): unfitting(name, column, annotation, file)
    case .unknown: unknown(name, file)
    }
  }

  private func unknown(_ name: Located<String>, _ file: SourceFile) -> Fault {
    let code = Quoting.code(name.value)
    let nearest = nearest(name.value).map { Quoting.code($0) }
    return Fault(
      file, name.range,
      zh: "没有 \(code) 这一列" + (nearest.map { "，是否应为 \($0)" } ?? "，自用列请以 `x-` 开头"),
      en: "there is no column \(code)"
        + (nearest.map { "; did you mean \($0)" } ?? "; begin a column of your own with `x-`"))
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

  private var unusedNotes: [Note] { Self.unusedNotes(unused, file) }

  static func unusedNotes(_ unused: [Located<String>], _ file: SourceFile) -> [Note] {
    guard let first = unused.first else { return [] }
    let zh = unused.map { Quoting.code($0.value) }.joined(separator: "、")
    let en = unused.map { Quoting.code($0.value) }.joined(separator: ", ")
    return [
      Note(
        file, first.range, zh: "未使用的列：\(zh)",
        en: "\(unused.count == 1 ? "a column" : "columns") that nothing reads: \(en)")
    ]
  }
}
