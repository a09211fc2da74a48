package import Cases
package import Diagnostics
import Reading

/// The registry (名册) and the figures (基础数据) that a workbook holds beside its applications, each on a sheet of that name.
///
/// One that nothing is written in is not given. A path that names a sheet (`a.xlsx#申请`) means that sheet alone.
package struct SheetsBeside: Sendable {
  private static let registryNames: Set<String> = ["名册", "定点机构名册", "registry"]
  private static let factsNames: Set<String> = ["基础数据", "facts"]
  private static let guideNames: Set<String> = ["填表说明", "审核说明", "错误一览"]

  /// As a file in the workbook's folder would name it (`a.xlsx#名册`).
  package private(set) var registry: String?
  package private(set) var facts: String?
  /// The sheets that are looked at here, and that no note has to name as not read.
  package private(set) var known: [String] = []
  package private(set) var notes: [Note] = []

  /// - Parameters:
  ///   - file: of applications, as it was loaded.
  ///   - takesRegistry: whether nobody has named another registry.
  ///   - takesFacts: whether nobody has named other figures.
  package init(
    _ file: SourceFile, takesRegistry: Bool, takesFacts: Bool, _ catalogue: Catalogue
  ) {
    // What came through a pipe cannot be read a second time.
    guard SheetPath(file.path).sheet == nil, SheetPath.isWorkbook(file.path),
      DocumentFormat(of: file) == .xlsx
    else { return }
    let sheets = Workbook.visibleSheets(file)
    if sheets.count < 2 { return }
    func key(_ name: String) -> String { CellText.key(name).lowercased() }
    func sheet(_ names: Set<String>) -> (name: String, file: SourceFile)? {
      guard let name = sheets.first(where: { names.contains(key($0)) }) else { return nil }
      let sheet = file.named("\(file.path)#\(name)")
      // It may be the applications' own, whatever it is called.
      let text = try? TableText.read(sheet, format: .xlsx)
      if let text, catalogue.applicationColumns.fit(text.file) == .whole { return nil }
      return (name, sheet)
    }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    var taken: [(sheet: String, as: Bilingual)] = []
    var empty: [String] = []
    if takesRegistry, let found = sheet(Self.registryNames) {
      known.append(found.name)
      if Registry.holdsRows(found.file, catalogue) {
        registry = "\(name)#\(found.name)"
        taken.append((found.name, Bilingual(zh: "定点机构名册", en: "the registry")))
      } else {
        empty.append(found.name)
      }
    }
    if takesFacts, let found = sheet(Self.factsNames) {
      known.append(found.name)
      if FactsTable.holdsFigures(found.file, format: .xlsx, catalogue) {
        facts = "\(name)#\(found.name)"
        taken.append((found.name, Bilingual(zh: "基础数据", en: "the facts")))
      } else {
        empty.append(found.name)
      }
    }
    known += sheets.filter { Self.guideNames.contains(key($0)) }
    if !taken.isEmpty {
      let zh = taken.map { "\(Quoting.code($0.sheet)) 作为\($0.as.zh)" }.joined(separator: "，")
      let en = taken.map { "\(Quoting.code($0.sheet)) as \($0.as.en)" }.joined(separator: ", ")
      notes.append(
        Note(
          path: file.path, zh: "同一工作簿的工作表：\(zh)", en: "sheets of the same workbook are read: \(en)")
      )
    }
    if !empty.isEmpty {
      let names = empty.map { Quoting.code($0) }
      notes.append(
        Note(
          path: file.path, zh: "工作表 \(names.joined(separator: "、")) 没有填写，视为未提供",
          en:
            "nothing is filled in on \(names.count == 1 ? "the sheet" : "the sheets") \(names.joined(separator: ", ")), which \(names.count == 1 ? "counts" : "count") as not given"
        ))
    }
  }
}

extension InputLoader {
  /// What workbooks hold beside their applications, as if their heads named it.
  func sheets(
    _ files: [SourceFile], _ path: KeyPath<SheetsBeside, String?>
  ) -> [(file: SourceFile, path: Located<String>?)] {
    files.compactMap { file in
      beside[file.path]?[keyPath: path].map {
        (file, Located($0, ByteRange(start: 0, end: 0)))
      }
    }
  }

  /// The faults of applications with those of the sheets beside them: who fills in a workbook wants to know all of it at once.
  func addingFaultsBeside(to found: Faults) -> Faults {
    var all = found.faults
    func add(_ path: String?, of file: SourceFile, _ read: (SourceFile) throws(Faults) -> Void) {
      guard let path else { return }
      do throws(Faults) {
        try read(try open(Self.resolve(path, from: file)))
      } catch {
        all += error.faults
      }
    }
    for path in beside.keys.sorted() {
      guard let sheets = beside[path] else { continue }
      let file = SourceFile(path: path, bytes: [])
      add(sheets.registry, of: file) { file throws(Faults) in
        _ = try Registry(reading: file, catalogue)
      }
      add(sheets.facts, of: file) { file throws(Faults) in _ = try Facts(reading: file, catalogue) }
    }
    return Faults(all)
  }
}
