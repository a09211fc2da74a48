import Diagnostics

/// The cells of a worksheet as text, with what the sheet says of rows and merged cells.
final class SheetPart: XMLHandler {
  struct Cell {
    /// From 1.
    var column: Int
    var text: String
  }

  struct Row {
    /// From 1.
    var number: Int
    var cells: [Cell]
  }

  /// A rectangle of cells shown as one.
  struct Merge {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>
    /// As the sheet writes it (`B3:B9`).
    var name: String
  }

  private(set) var rows: [Row] = []
  private(set) var merges: [Merge] = []
  private(set) var hiddenRows: [Int] = []
  /// In the order of the sheet.
  private(set) var hiddenColumns: [ClosedRange<Int>] = []
  /// Of all rows together, each as far as its last cell.
  private(set) var fields = 0
  private(set) var fault: Fault?

  /// The rows and columns that a sheet can have.
  private static let lastRow = 1_048_576
  private static let lastColumn = 16_384
  /// How many bytes of a formula are shown where it has no result.
  private static let formulaShown = 64

  private let file: SourceFile
  private let limits: ReadingLimits
  private let texts: [String]
  private let formats: [NumberFormat]
  private let countsFrom1904: Bool
  private var cellCount = 0
  private var mergeCount = 0
  /// Of all cells together: many cells may share one long text.
  private var textBytes = 0
  private var row = Row(number: 0, cells: [])
  private var column = 0
  private var type = ""
  private var format = NumberFormat.general
  private var value: [UInt8] = []
  private var formula: [UInt8] = []
  private var hasValue = false
  private var hasFormula = false
  private var isInReading = false
  private enum Target { case none, value, formula }
  private var target = Target.none

  init(
    _ file: SourceFile, _ limits: ReadingLimits, texts: [String], formats: [NumberFormat],
    countsFrom1904: Bool
  ) {
    self.file = file
    self.limits = limits
    self.texts = texts
    self.formats = formats
    self.countsFrom1904 = countsFrom1904
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "row":
      let number = attributes["r"].flatMap { Int($0) } ?? row.number + 1
      guard number > row.number, number <= Self.lastRow else { return damaged() }
      row = Row(number: number, cells: [])
      column = 0
      if attributes.isTrue("hidden") { hiddenRows.append(number) }
    case "c":
      var place = column + 1
      if let reference = attributes["r"] {
        guard let found = Self.cell(reference), found.row == row.number else { return damaged() }
        place = found.column
      }
      guard place > column, place <= Self.lastColumn else { return damaged() }
      column = place
      type = attributes["t"] ?? "n"
      let style = attributes["s"].flatMap { Int($0) } ?? 0
      format = formats.indices.contains(style) ? formats[style] : .general
      value.removeAll(keepingCapacity: true)
      formula.removeAll(keepingCapacity: true)
      (hasValue, hasFormula) = (false, false)
    case "v":
      hasValue = true
      target = .value
    case "f":
      hasFormula = true
      target = .formula
    case "rPh": isInReading = true
    case "t":
      hasValue = true
      if !isInReading { target = .value }
    case "mergeCell":
      mergeCount += 1
      if mergeCount > limits.merges { return fault = tooManyMerges() }
      if let name = attributes["ref"], let merge = Self.merge(name) { merges.append(merge) }
    case "col":
      if attributes.isTrue("hidden"), hiddenColumns.count < Self.lastColumn,
        let first = attributes["min"].flatMap({ Int($0) }),
        let last = attributes["max"].flatMap({ Int($0) }), first <= last
      {
        hiddenColumns.append(first...last)
      }
    default: return
    }
  }

  func end(_ name: String) {
    switch name {
    case "v", "f", "t": target = .none
    case "rPh": isInReading = false
    case "c":
      guard let text = cellText(), !text.isEmpty else { return }
      cellCount += 1
      if cellCount > limits.cells { return fault = Self.tooManyCells(file, limits) }
      if column > limits.columns { return fault = tooFarRight() }
      textBytes += text.utf8.count
      if textBytes > limits.workbookBytes { return fault = ZipArchive.tooLarge(file, limits) }
      row.cells.append(Cell(column: column, text: text))
    case "row":
      guard let last = row.cells.last else { return }
      fields += last.column
      if fields > limits.sheetFields { return fault = Self.tooManyFields(file, limits) }
      rows.append(row)
    default: return
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch target {
    case .none: return
    case .value:
      value.append(contentsOf: bytes)
      if value.count > limits.scalarBytes { fault = Self.tooLongText(file, limits) }
    case .formula:
      if formula.count <= Self.formulaShown { formula.append(contentsOf: bytes) }
    }
  }

  /// What the cell says; nil where it says nothing or the sheet is at fault.
  private func cellText() -> String? {
    if hasFormula, !hasValue || value.isEmpty && type != "str" {
      return "=" + shownFormula
    }
    if type == "inlineStr" || type == "str" { return CellString.text(value) }
    let raw = String(decoding: value, as: UTF8.self)
    switch type {
    case "s":
      if raw.isEmpty { return nil }
      guard let index = Int(raw), texts.indices.contains(index) else {
        damaged()
        return nil
      }
      return texts[index]
    case "b":
      switch raw {
      case "1", "true": return "TRUE"
      case "0", "false": return "FALSE"
      default: return raw
      }
    case "e": return raw
    // A day as ISO 8601 has it; the time after it is nobody's.
    case "d": return String(raw.prefix { $0 != "T" })
    default:
      if raw.isEmpty { return nil }
      switch format {
      case .general: return CellNumber.text(raw)
      case .fixed(let decimals): return CellNumber.text(raw, decimals: decimals)
      case .percent: return CellNumber.text(raw, isPercent: true)
      case .date:
        return CellNumber.day(raw, from1904: countsFrom1904) ?? CellNumber.text(raw)
      }
    }
  }

  /// The formula, cut after a whole character where it is long.
  private var shownFormula: String {
    var shown = String(decoding: formula.prefix(Self.formulaShown), as: UTF8.self)
    if formula.count > Self.formulaShown {
      while shown.last == "\u{FFFD}" { shown.removeLast() }
      shown += "…"
    }
    return shown
  }

  private func damaged() { fault = ZipArchive.damaged(file) }

  /// `D7` as column and row.
  static func cell(_ reference: String) -> (column: Int, row: Int)? {
    var column = 0
    var row = 0
    for byte in reference.utf8 {
      switch byte {
      case 0x41...0x5A where row == 0: column = column * 26 + Int(byte) - 0x40
      case 0x30...0x39 where column > 0: row = row * 10 + Int(byte) - 0x30
      default: return nil
      }
      if column > lastColumn || row > lastRow { return nil }
    }
    return column > 0 && row > 0 ? (column, row) : nil
  }

  private static func merge(_ name: String) -> Merge? {
    let ends = name.split(separator: ":")
    guard ends.count == 2, let first = cell(String(ends[0])), let last = cell(String(ends[1])),
      first.row <= last.row, first.column <= last.column
    else { return nil }
    return Merge(
      rows: first.row...last.row, columns: first.column...last.column, name: name)
  }
}

extension SheetPart {
  static func tooManyCells(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    Fault(
      path: file.path, zh: "工作表的单元格超过 \(limits.cells) 个的上限",
      en: "the sheet holds more than the limit of \(limits.cells) cells")
  }

  static func tooManyFields(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    Fault(
      path: file.path, zh: "工作表各行（算到最后一个有内容的列）合计超过 \(limits.sheetFields) 格的上限，请删去远处的内容",
      en:
        "the sheet's rows, up to their last value, come to more than the limit of \(limits.sheetFields) fields; remove values far to the right"
    )
  }

  private func tooManyMerges() -> Fault {
    Fault(
      path: file.path, zh: "工作表的合并单元格超过 \(limits.merges) 处的上限，请取消合并或另存为 CSV",
      en:
        "the sheet has more than the limit of \(limits.merges) merged ranges; unmerge them or save it as CSV"
    )
  }

  static func tooLongText(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    let size = ByteCount.words(limits.scalarBytes)
    return Fault(
      path: file.path, zh: "工作簿中有单元格的内容超过 \(size) 的上限，请删减",
      en: "the workbook holds a cell longer than the limit of \(size); shorten it")
  }

  private func tooFarRight() -> Fault {
    Fault(
      path: file.path,
      zh: "第 \(row.number) 行在第 \(column) 列有内容，超过 \(limits.columns) 列的上限，请删去",
      en:
        "row \(row.number) holds a value in column \(column), beyond the limit of \(limits.columns) columns; remove it"
    )
  }
}
