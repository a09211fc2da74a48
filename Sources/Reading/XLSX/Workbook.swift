package import Diagnostics

/// Reads a sheet of an Office Open XML workbook (ECMA-376, `.xlsx`) as tab-separated text.
///
/// A row of the sheet is the line of the same number, so that what reads text reads sheets, and every place in the text is one of a
/// cell. Numbers, days and percentages are written as the sheet shows them, formulas by the result that the workbook keeps, cells
/// merged down a column once in each row. White space inside a cell becomes single spaces.
package enum Workbook {
  private static let zipMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// Of the binary workbooks before 2007, and of encrypted new ones.
  private static let compoundMark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Whether a file begins as a workbook does, old or new.
  static func looksLikeOne(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: zipMark) || bytes.starts(with: compoundMark)
  }

  /// How well a sheet holds what is looked for: nothing, some of it, all.
  package enum Fit: Comparable, Sendable { case none, part(Int), whole }

  /// The sheet that the file's path names (`a.xlsx#2026`), else the first visible one that holds what is looked for: before the data
  /// there may be a cover.
  ///
  /// - Parameters:
  ///   - fit: how well a sheet of a name fits; sheets are not compared where it is nil.
  ///   - others: the sheets that no note has to name as not read.
  package static func text(
    _ file: SourceFile, limits: ReadingLimits = .standard,
    fit: ((SourceFile, String) -> Fit)? = nil, others: [String] = []
  ) throws(Faults) -> (file: SourceFile, notes: [Note]) {
    try file.withBytes { (bytes) throws(Faults) -> (file: SourceFile, notes: [Note]) in
      if bytes.starts(with: compoundMark) {
        throw Faults(holdsEncryption(bytes) ? encrypted(file) : binary(file))
      }
      guard bytes.starts(with: zipMark) else { throw Faults(noWorkbook(file)) }
      var archive = try ZipArchive(file, bytes, limits)
      return try text(file, &archive, limits, fit, others)
    }
  }

  private static func text(
    _ file: SourceFile, _ archive: inout ZipArchive, _ limits: ReadingLimits,
    _ fit: ((SourceFile, String) -> Fit)?, _ known: [String]
  ) throws(Faults) -> (file: SourceFile, notes: [Note]) {
    let contents = try WorkbookContents(file, &archive, limits)
    let sheets = contents.sheets
    let sheet = try chosen(SheetPath(file.path).sheet, of: sheets, file)
    func read(_ sheet: SheetsPart.Sheet, _ archive: inout ZipArchive) throws(Faults) -> SheetText {
      try SheetText(
        try contents.cells(of: sheet, &archive), file, limits, sheet: sheet.name,
        countsFrom1904: contents.countsFrom1904)
    }
    let first = try read(sheet, &archive)
    var best = (sheet: sheet, text: first)
    let visible = sheets.filter { !$0.isHidden }
    if SheetPath(file.path).sheet == nil, visible.count > 1 {
      if let fit {
        var most = fit(first.file, sheet.name)
        for other in visible where other.relation != sheet.relation && most < .whole {
          // A sheet that cannot be read holds nothing that is looked for.
          guard let text = try? read(other, &archive) else { continue }
          let found = fit(text.file, other.name)
          if found > most { (most, best) = (found, (other, text)) }
        }
      }
      let others = visible.filter { $0.relation != best.sheet.relation }.map(\.name)
        .filter { !known.contains($0) }
      let note = others.isEmpty ? [] : [otherSheets(file, best.sheet, others)]
      return (best.text.file, note + best.text.notes)
    }
    return (first.file, first.notes)
  }

  /// A worksheet with what its cells show.
  package struct Sheet: Sendable {
    package var name: String
    package var isHidden: Bool
    /// Each with its number from 1, and its cells with theirs from 1, as far as there is anything in them.
    package var rows: [(number: Int, cells: [(column: Int, text: String)])] = []
  }

  /// All worksheets of a workbook, with their cells.
  package static func sheets(
    _ file: SourceFile, limits: ReadingLimits = .standard
  ) throws(Faults) -> [Sheet] {
    try opened(file, limits) { (archive, contents) throws(Faults) in
      var sheets: [Sheet] = []
      for sheet in contents.sheets {
        let cells = try contents.cells(of: sheet, &archive)
        sheets.append(
          Sheet(
            name: sheet.name, isHidden: sheet.isHidden,
            rows: cells.rows.map { ($0.number, $0.cells.map { ($0.column, $0.text) }) }))
      }
      return sheets
    }
  }

  /// The names of the worksheets that are shown; none where the file is no workbook that can be read.
  package static func visibleSheets(
    _ file: SourceFile, limits: ReadingLimits = .standard
  ) -> [String] {
    let names = try? opened(file, limits) { (_, contents) throws(Faults) in
      contents.sheets.filter { !$0.isHidden }.map(\.name)
    }
    return names ?? []
  }

  private static func opened<Result>(
    _ file: SourceFile, _ limits: ReadingLimits,
    _ body: (inout ZipArchive, WorkbookContents) throws(Faults) -> Result
  ) throws(Faults) -> Result {
    try file.withBytes { (bytes) throws(Faults) -> Result in
      guard bytes.starts(with: zipMark) else { throw Faults(noWorkbook(file)) }
      var archive = try ZipArchive(file, bytes, limits)
      let contents = try WorkbookContents(file, &archive, limits)
      return try body(&archive, contents)
    }
  }

  private static func chosen(
    _ name: String?, of sheets: [SheetsPart.Sheet], _ file: SourceFile
  ) throws(Faults) -> SheetsPart.Sheet {
    if let name {
      guard let sheet = sheets.first(where: { $0.name == name }) else {
        throw Faults(noSheet(name, sheets.map(\.name), file))
      }
      return sheet
    }
    guard let sheet = sheets.first(where: { !$0.isHidden }) ?? sheets.first else {
      throw Faults(noWorkbook(file))
    }
    return sheet
  }

  /// Whether a compound file holds an encrypted package: its directory says so in UTF-16.
  private static func holdsEncryption(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let name: [UInt8] = "EncryptedPackage".utf8.reduce(into: []) { $0 += [$1, 0] }
    let head = bytes[..<min(bytes.count, 1 << 20)]
    guard head.count >= name.count else { return false }
    return stride(from: 0, through: head.count - name.count, by: 64).contains {
      bytes[$0] == name[0] && bytes[$0..<($0 + name.count)].elementsEqual(name)
    }
  }
}

extension Workbook {
  static func encrypted(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "工作簿已加密，请去掉密码后重新保存",
      en: "the workbook is encrypted; save it without a password")
  }

  static func binary(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "应为 .xlsx 工作簿，实际为旧的二进制格式，请另存为 .xlsx",
      en: "expected an .xlsx workbook, found the old binary format; save it as .xlsx")
  }

  static func noWorkbook(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "应为 .xlsx 工作簿，实际不是，请用电子表格软件另存为 .xlsx，或另存为 CSV",
      en:
        "expected an .xlsx workbook, found something else; save it as .xlsx or CSV with a spreadsheet"
    )
  }

  private static func noSheet(
    _ name: String, _ known: [String], _ file: SourceFile
  ) -> Fault {
    let nearest = NearestName.of(name, among: known)
    let list = known.prefix(12).map { Quoting.code($0) }
    let code = Quoting.code(name)
    return Fault(
      path: file.path,
      zh: "没有工作表 \(code)，已有 \(list.joined(separator: "、"))",
      en: "there is no sheet \(code); there are \(list.joined(separator: ", "))",
      meant: nearest.map { Meant($0, shown: Quoting.code($0)) })
  }

  private static func otherSheets(
    _ file: SourceFile, _ sheet: SheetsPart.Sheet, _ others: [String]
  ) -> Note {
    let code = Quoting.code(sheet.name)
    let names = others.prefix(12).map { Quoting.code($0) }
    let more = others.count > 12
    return Note(
      path: file.path,
      zh:
        "只读取工作表 \(code)，未读取 \(names.joined(separator: "、"))\(more ? " 等" : "")（可用 `文件#工作表名` 指定）",
      en:
        "read the sheet \(code) and not \(names.joined(separator: ", "))\(more ? " …" : ""); name one as `file#sheet`"
    )
  }
}
