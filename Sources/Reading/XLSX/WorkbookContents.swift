import Diagnostics

/// What holds the sheets of a workbook together: their names, and the texts and formats that their cells share.
struct WorkbookContents {
  /// The worksheets, in their order.
  let sheets: [SheetsPart.Sheet]
  let countsFrom1904: Bool
  private let file: SourceFile
  private let limits: ReadingLimits
  private let relations: RelationsPart
  private let folder: String
  private let texts: [String]
  private let formats: [NumberFormat]

  init(
    _ file: SourceFile, _ archive: inout ZipArchive, _ limits: ReadingLimits
  ) throws(Faults) {
    let container = RelationsPart(file, limits)
    _ = try XMLEvents.read(
      "_rels/.rels", of: &archive, file: file, limits: limits, into: container)
    let main = Self.resolved(
      container.target(ofKind: "officeDocument") ?? "xl/workbook.xml", from: "")
    if main.hasSuffix(".bin") { throw Faults(Workbook.binary(file)) }
    let book = SheetsPart(file, limits)
    guard try XMLEvents.read(main, of: &archive, file: file, limits: limits, into: book) else {
      throw Faults(Workbook.noWorkbook(file))
    }
    let relations = RelationsPart(file, limits)
    let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
    _ = try XMLEvents.read(
      folder + "_rels/" + main.dropFirst(folder.count) + ".rels", of: &archive, file: file,
      limits: limits, into: relations)
    let styles = StylesPart(file, limits)
    if let part = relations.target(ofKind: "styles") {
      _ = try XMLEvents.read(
        Self.resolved(part, from: folder), of: &archive, file: file, limits: limits, into: styles)
    }
    let shared = SharedTextsPart(file, limits)
    if let part = relations.target(ofKind: "sharedStrings") {
      _ = try XMLEvents.read(
        Self.resolved(part, from: folder), of: &archive, file: file, limits: limits, into: shared)
    }
    self.file = file
    self.limits = limits
    self.relations = relations
    self.folder = folder
    texts = shared.texts
    formats = styles.formats
    sheets = book.sheets.filter { relations.isWorksheet($0.relation) }
    countsFrom1904 = book.countsFrom1904
  }

  /// The cells of a sheet.
  func cells(
    of sheet: SheetsPart.Sheet, _ archive: inout ZipArchive
  ) throws(Faults) -> SheetPart {
    let content = SheetPart(
      file, limits, texts: texts, formats: formats, countsFrom1904: countsFrom1904)
    guard let target = relations.target(of: sheet.relation),
      try XMLEvents.read(
        Self.resolved(target, from: folder), of: &archive, file: file, limits: limits,
        into: content)
    else { throw Faults(ZipArchive.damaged(file)) }
    return content
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
}
