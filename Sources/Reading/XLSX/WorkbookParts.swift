import Diagnostics

/// Where a part's relations point to, by id.
final class RelationsPart: XMLHandler {
  private struct Relation {
    /// The last word of its type (`worksheet`, `styles`); what stands before differs between transitional and strict workbooks.
    var kind: Substring
    var target: String
  }

  private(set) var fault: Fault?
  private var relations: [String: Relation] = [:]
  /// The target of the first relation of each kind.
  private var firstTargets: [Substring: String] = [:]
  private let file: SourceFile
  private let limits: ReadingLimits

  init(_ file: SourceFile, _ limits: ReadingLimits) {
    self.file = file
    self.limits = limits
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"]
    else { return }
    if relations.count >= limits.workbookParts { fault = ZipArchive.tooManyParts(file, limits) }
    let kind = attributes["Type"]?.split(separator: "/").last ?? ""
    if relations[id] == nil { relations[id] = Relation(kind: kind, target: target) }
    if firstTargets[kind] == nil { firstTargets[kind] = target }
  }

  func target(of id: String) -> String? { relations[id]?.target }

  /// The target of the first relation of a kind (`worksheet`, `styles`).
  func target(ofKind kind: Substring) -> String? { firstTargets[kind] }

  /// Whether a relation leads to a worksheet: others lead to charts and dialogues.
  func isWorksheet(_ id: String) -> Bool { relations[id]?.kind == "worksheet" }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The sheets of a workbook, in their order.
final class SheetsPart: XMLHandler {
  struct Sheet {
    var name: String
    var relation: String
    var isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var countsFrom1904 = false
  private(set) var fault: Fault?
  private let file: SourceFile
  private let limits: ReadingLimits

  init(_ file: SourceFile, _ limits: ReadingLimits) {
    self.file = file
    self.limits = limits
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "sheet":
      guard let title = attributes["name"], let relation = attributes["id"] else { return }
      if sheets.count >= limits.workbookParts { fault = ZipArchive.tooManyParts(file, limits) }
      let state = attributes["state"] ?? "visible"
      sheets.append(Sheet(name: title, relation: relation, isHidden: state != "visible"))
    case "workbookPr": countsFrom1904 = attributes.isTrue("date1904")
    default: return
    }
  }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The number formats of the cells' styles.
final class StylesPart: XMLHandler {
  /// By style.
  private(set) var formats: [NumberFormat] = []
  private var custom: [Int: NumberFormat] = [:]
  private var isInCellStyles = false
  private(set) var fault: Fault?
  private var customCount = 0
  private let file: SourceFile
  private let limits: ReadingLimits

  init(_ file: SourceFile, _ limits: ReadingLimits) {
    self.file = file
    self.limits = limits
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "numFmt":
      customCount += 1
      if customCount > limits.formats { return fault = tooManyFormats() }
      guard let id = attributes["numFmtId"].flatMap({ Int($0) }),
        let code = attributes["formatCode"]
      else { return }
      custom[id] = NumberFormat(code: code)
    case "cellXfs": isInCellStyles = true
    case "xf":
      guard isInCellStyles else { return }
      if formats.count >= limits.formats { return fault = tooManyFormats() }
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      formats.append(custom[id] ?? NumberFormat(builtIn: id))
    default: return
    }
  }

  func end(_ name: String) {
    if name == "cellXfs" { isInCellStyles = false }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  private func tooManyFormats() -> Fault {
    Fault(
      path: file.path, zh: "工作簿的单元格格式超过 \(limits.formats) 种的上限，请另存为 CSV",
      en: "the workbook has more than the limit of \(limits.formats) formats; save it as CSV")
  }
}

/// The texts that cells share, without their formatting and without the readings above them.
final class SharedTextsPart: XMLHandler {
  private(set) var texts: [String] = []
  private(set) var fault: Fault?
  private var current: [UInt8] = []
  private var isInText = false
  private var isInReading = false
  private let file: SourceFile
  private let limits: ReadingLimits

  init(_ file: SourceFile, _ limits: ReadingLimits) {
    self.file = file
    self.limits = limits
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "si": current.removeAll(keepingCapacity: true)
    case "rPh": isInReading = true
    case "t": isInText = !isInReading
    default: return
    }
  }

  func end(_ name: String) {
    switch name {
    case "si":
      if texts.count >= limits.cells { fault = SheetPart.tooManyCells(file, limits) }
      texts.append(CellString.text(current))
    case "rPh": isInReading = false
    case "t": isInText = false
    default: return
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isInText else { return }
    current.append(contentsOf: bytes)
    if current.count > limits.scalarBytes { fault = SheetPart.tooLongText(file, limits) }
  }
}
