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
  /// - Parameter fit: how well a sheet of a name fits; sheets are not compared where it is nil.
  package static func text(
    _ file: SourceFile, limits: ReadingLimits = .standard,
    fit: ((SourceFile, String) -> Fit)? = nil
  ) throws(Faults) -> (file: SourceFile, notes: [Note]) {
    try file.withBytes { (bytes) throws(Faults) -> (file: SourceFile, notes: [Note]) in
      if bytes.starts(with: compoundMark) {
        throw Faults(holdsEncryption(bytes) ? encrypted(file) : binary(file))
      }
      guard bytes.starts(with: zipMark) else { throw Faults(noWorkbook(file)) }
      var archive = try ZipArchive(file, bytes, limits)
      return try text(file, &archive, limits, fit)
    }
  }

  private static func text(
    _ file: SourceFile, _ archive: inout ZipArchive, _ limits: ReadingLimits,
    _ fit: ((SourceFile, String) -> Fit)?
  ) throws(Faults) -> (file: SourceFile, notes: [Note]) {
    let container = RelationsPart(file, limits)
    _ = try XMLEvents.read(
      "_rels/.rels", of: &archive, file: file, limits: limits, into: container)
    let main = resolved(container.target(ofKind: "officeDocument") ?? "xl/workbook.xml", from: "")
    if main.hasSuffix(".bin") { throw Faults(binary(file)) }
    let book = SheetsPart(file, limits)
    guard try XMLEvents.read(main, of: &archive, file: file, limits: limits, into: book) else {
      throw Faults(noWorkbook(file))
    }
    let relations = RelationsPart(file, limits)
    let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
    _ = try XMLEvents.read(
      folder + "_rels/" + main.dropFirst(folder.count) + ".rels", of: &archive, file: file,
      limits: limits, into: relations)
    let sheets = book.sheets.filter { relations.isWorksheet($0.relation) }
    let sheet = try chosen(SheetPath(file.path).sheet, of: sheets, file)
    let styles = StylesPart(file, limits)
    if let part = relations.target(ofKind: "styles") {
      _ = try XMLEvents.read(
        resolved(part, from: folder), of: &archive, file: file, limits: limits, into: styles)
    }
    let shared = SharedTextsPart(file, limits)
    if let part = relations.target(ofKind: "sharedStrings") {
      _ = try XMLEvents.read(
        resolved(part, from: folder), of: &archive, file: file, limits: limits, into: shared)
    }
    func read(_ sheet: SheetsPart.Sheet, _ archive: inout ZipArchive) throws(Faults) -> SheetText {
      let content = SheetPart(
        file, limits, texts: shared.texts, formats: styles.formats,
        countsFrom1904: book.countsFrom1904)
      guard let target = relations.target(of: sheet.relation),
        try XMLEvents.read(
          resolved(target, from: folder), of: &archive, file: file, limits: limits, into: content)
      else { throw Faults(ZipArchive.damaged(file)) }
      return try SheetText(
        content, file, limits, sheet: sheet.name, countsFrom1904: book.countsFrom1904)
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
      return (best.text.file, [otherSheets(file, best.sheet, others)] + best.text.notes)
    }
    return (first.file, first.notes)
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

  /// The part that a relation means, as the container names it; steps out of the container lead nowhere.
  private static func resolved(_ target: String, from folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts: [Substring] = folder.split(separator: "/")
    for part in target.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": if !parts.isEmpty { parts.removeLast() }
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
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

  private static func binary(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "应为 .xlsx 工作簿，实际为旧的二进制格式，请另存为 .xlsx",
      en: "expected an .xlsx workbook, found the old binary format; save it as .xlsx")
  }

  private static func noWorkbook(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "应为 .xlsx 工作簿，实际不是，请用电子表格软件另存为 .xlsx，或另存为 CSV",
      en:
        "expected an .xlsx workbook, found something else; save it as .xlsx or CSV with a spreadsheet"
    )
  }

  private static func noSheet(
    _ name: String, _ known: [String], _ file: SourceFile
  ) -> Fault {
    let nearest = NearestName.of(name, among: known).map { Quoting.code($0) }
    let list = known.prefix(12).map { Quoting.code($0) }
    let code = Quoting.code(name)
    return Fault(
      path: file.path,
      zh: "没有工作表 \(code)，已有 \(list.joined(separator: "、"))"
        + (nearest.map { "，是否应为 \($0)" } ?? ""),
      en: "there is no sheet \(code); there are \(list.joined(separator: ", "))"
        + (nearest.map { "; did you mean \($0)" } ?? ""))
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
