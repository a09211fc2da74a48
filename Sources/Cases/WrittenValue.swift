package import Diagnostics
package import Reading
import Spatial

/// Turns what people and programs write into the one way that planlint writes it: cells of tables, properties of maps and the
/// fields of records alike.
///
/// Only what can mean one thing is turned; anything else stays as it is, for the reader of its field to say what is wrong with it.
package enum WrittenValue {
  private static func node(_ text: String, _ range: ByteRange, _ kind: Scalar.Kind = .plain) -> Node
  {
    Node(range: range, content: .scalar(Scalar(text: text, kind: kind)))
  }

  // MARK: Cells

  /// A cell as its field's value, written as planlint writes it where that is sure; null where it is empty.
  package static func cell(
    _ written: String, at range: ByteRange, as column: ColumnTable.Column, of file: SourceFile,
    _ readings: inout Readings
  ) -> Node {
    let text = CellText.trimmed(written)
    if text.isEmpty { return node("", range, .null) }
    if CellText.isSpreadsheetError(text) { return node(text, range, .error) }
    if text.utf8.first == UInt8(ascii: "=") { return node(text, range, .formula) }
    if isNothing(text, column, range, &readings) { return node("", range, .null) }
    switch column.cell {
    case .text, .code:
      let code = column.cell == .code ? CellText.narrowed(text) : text
      guard let whole = CellText.withoutZeros(code) else { return node(code, range) }
      // A workbook's cell shows as many zeros as its format has.
      if file.sheet == nil {
        readings.add(.codeWithPart, range, Quoting.code(code) + " → " + Quoting.code(whole))
      }
      return node(whole, range)
    case .word: return node(text, range)
    case .words: return words(text, at: range)
    case .wholeNumber:
      let bare = CellText.withoutUnit(text, units(of: column)) ?? text
      return node(CellText.number(bare, isWhole: true) ?? text, range)
    case .number, .degrees:
      let bare = CellText.withoutUnit(text, units(of: column)) ?? text
      return node(CellText.number(bare, isWhole: false) ?? text, range)
    case .percent: return node(CellText.percent(text) ?? text, range)
    case .day:
      if let day = CellText.day(text) { return node(day, range) }
      return serialDay(text, at: range, from1904: file.countsDaysFrom1904, &readings)
        ?? node(text, range)
    case .place: return place(text, at: range, &readings) ?? node(text, range)
    case .flag: return node(CellText.flag(text) ?? text, range)
    case .list: return OwnColumns.list(text, at: range) ?? node(text, range)
    }
  }

  /// The units that may stand after a number of a column.
  private static func units(of column: ColumnTable.Column) -> [String] {
    if !column.units.isEmpty { return column.units }
    return switch column.cell {
    case .wholeNumber: ["张床位", "张床", "张", "床"]
    case .number: ["分"]
    case .degrees: ["°", "度"]
    default: []
    }
  }

  /// Whether a text says that its field has nothing; a word for nothing may be a name, and of a grade it says something.
  private static func isNothing(
    _ text: String, _ column: ColumnTable.Column, _ range: ByteRange, _ readings: inout Readings
  ) -> Bool {
    if CellText.isStroke(text) {
      readings.add(.nothing, range, Quoting.code(text))
      return true
    }
    guard CellText.isWordForNothing(text), !column.hasWordsForNothing else { return false }
    let (code, name) = (Quoting.code(text), column.names.first ?? column.field)
    readings.add(
      .nothing, range, code,
      NotedValue(
        range, zh: "\(name)填写为“\(text)”，按未填理解",
        en: "`\(text)` given for \(column.field) is taken as not given"))
    return true
  }

  private static func words(_ text: String, at range: ByteRange) -> Node {
    let isPlain = text.utf8.count == range.count
    return Node(
      range: range,
      content: .list(
        CellText.items(text).map { item in
          node(
            item.text,
            isPlain
              ? ByteRange(
                start: range.start + item.range.lowerBound,
                end: range.start + item.range.upperBound) : range)
        }))
  }

  private static func serialDay(
    _ text: String, at range: ByteRange, from1904: Bool, _ readings: inout Readings
  ) -> Node? {
    guard let day = CellText.serialDay(text, from1904: from1904) else { return nil }
    readings.add(
      .serialDay, range, Quoting.code(text) + " → " + day,
      NotedValue(
        range, zh: "日期 \(text) 是电子表格的日期序号，按 \(day) 理解",
        en: "the day \(text) is a spreadsheet's serial number, taken as \(day)"))
    return node(day, range)
  }

  /// A place in one text as `{lon, lat}`; which number is which is told by what longitudes and latitudes China has.
  private static func place(
    _ text: String, at range: ByteRange, _ readings: inout Readings
  ) -> Node? {
    guard let numbers = CellText.twoNumbers(text) else { return nil }
    var (longitude, latitude) = (numbers.first, numbers.second)
    if let x = Double(longitude), let y = Double(latitude),
      Coordinate.chinasLatitudes.contains(x), Coordinate.chinasLongitudes.contains(y)
    {
      swap(&longitude, &latitude)
      if !numbers.areNamed {
        readings.add(
          .latitudeFirst, range, Quoting.code(text),
          NotedValue(
            range, zh: "坐标 \(text) 按经度 \(longitude)、纬度 \(latitude) 理解",
            en: "the place \(text) is taken as longitude \(longitude), latitude \(latitude)"))
      }
    }
    return Node(
      range: range,
      content: .map([
        Entry(key: "lon", keyRange: range, value: node(longitude, range)),
        Entry(key: "lat", keyRange: range, value: node(latitude, range)),
      ]))
  }

  // MARK: Records

  /// A record of YAML, JSON or JSON Lines with what people and programs write turned as in tables; quoted numbers stay text.
  package static func record(
    _ record: Node, _ table: ColumnTable, hasLocation: Bool, _ context: inout FieldContext
  ) -> Node {
    guard var entries = record.entries else { return record }
    var hasChanged = false
    for index in entries.indices {
      guard let column = table.column(ofField: entries[index].key),
        let value = field(entries[index].value, as: column, &context.readings)
      else { continue }
      entries[index].value = value
      hasChanged = true
    }
    if hasLocation, entries.contains(where: { Rows.isPlace($0.key) }) {
      hasChanged = foldPlace(&entries, record.range, &context) || hasChanged
    }
    return hasChanged ? Node(range: record.range, content: .map(entries)) : record
  }

  /// A field's value as planlint writes it; nil where it stays as it is.
  private static func field(
    _ value: Node, as column: ColumnTable.Column, _ readings: inout Readings
  ) -> Node? {
    if let items = value.items {
      guard column.cell == .words else { return nil }
      let split = items.flatMap { item -> [Node] in
        guard let text = item.scalar?.text, CellText.items(text).count > 1 else { return [item] }
        return words(text, at: item.range).items ?? [item]
      }
      return split.count > items.count ? Node(range: value.range, content: .list(split)) : nil
    }
    guard let scalar = value.scalar else { return nil }
    switch scalar.kind {
    case .plain, .quoted: break
    case .number where column.cell == .day: break
    default: return nil
    }
    let text = CellText.trimmed(scalar.text)
    if isNothing(text, column, value.range, &readings) { return node("", value.range, .null) }
    switch column.cell {
    case .text, .code, .word, .percent, .degrees, .list: return nil
    case .flag:
      // 是 and 否; the English words are truth values or texts already.
      return text.utf8.allSatisfy { $0 < 0x80 }
        ? nil : CellText.flag(text).map { node($0, value.range) }
    case .words:
      return CellText.items(text).count > 1 ? words(text, at: value.range) : nil
    case .wholeNumber, .number:
      guard let bare = CellText.withoutUnit(text, units(of: column)) else { return nil }
      return CellText.number(bare, isWhole: column.cell == .wholeNumber).map {
        node($0, value.range)
      }
    case .day: return serialDay(text, at: value.range, from1904: false, &readings)
    case .place: return place(text, at: value.range, &readings)
    }
  }

  /// Puts `lon`, `lat` and `datum` beside other fields into a `location`, where there is no other; false where nothing changes.
  private static func foldPlace(
    _ entries: inout [Entry], _ range: ByteRange, _ context: inout FieldContext
  ) -> Bool {
    let place = entries.filter { Rows.isPlace($0.key) && !$0.value.isNull }
    let flat = place.filter { $0.key != "datum" }
    // A datum of no place is for the reader of the record to refuse.
    if flat.isEmpty, !entries.contains(where: { $0.key == "location" && !$0.value.isNull }) {
      return false
    }
    entries.removeAll { Rows.isPlace($0.key) }
    if let location = entries.firstIndex(where: { $0.key == "location" && !$0.value.isNull }) {
      if let first = flat.first {
        let code = Quoting.code(first.key)
        context.fault(
          first.keyRange, zh: "\(code) 与 `location` 重复，请只保留其一",
          en: "\(code) says again what `location` says; keep one of them")
        return true
      }
      // The datum alone stands outside.
      guard let datum = place.first, var inner = entries[location].value.entries else {
        return true
      }
      if let own = inner.first(where: { $0.key == "datum" && !$0.value.isNull }),
        own.value.scalar?.text != datum.value.scalar?.text
      {
        context.fault(
          datum.keyRange, zh: "`datum` 与 `location` 中的坐标系不同，请只保留其一",
          en: "`datum` is another than that of `location`; keep one of them")
        return true
      }
      inner.removeAll { $0.key == "datum" }
      entries[location].value.content = .map(inner + [datum])
      return true
    }
    guard let first = flat.first, let last = flat.last else { return true }
    entries.removeAll { $0.key == "location" }
    entries.append(
      Entry(
        key: "location", keyRange: first.keyRange,
        value: Node(
          range: ByteRange(
            start: min(first.keyRange.start, last.keyRange.start),
            end: max(first.value.range.end, last.value.range.end)), content: .map(place))))
    return true
  }
}

extension RecordDescription {
  /// Why schemas do not take all that ``WrittenValue`` turns.
  static let writtenForms = Bilingual(
    zh:
      "人和程序常见的写法（`100张`、`85分`、`—`、`/`、`无`、`住院+门诊`、`116.79,33.95`、日期序号）能确定含义的照读，必要时提示；模式只收规范写法，以便编辑时发现",
    en:
      "what people and programs write (`100张`, `85分`, `—`, `/`, `无`, `住院+门诊`, `116.79,33.95`, serial numbers of days) is read where it can mean one thing, with a note where that may be doubted; the schema takes the plain forms alone, so that an editor shows the others"
  )
}
