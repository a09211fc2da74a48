package import Cases
package import Diagnostics
import Reading
import Spatial

/// The tables that applications stand in, for workbooks that give them back: sheets of the input's workbook as they are, the rows of
/// a text table as they are, and of anything else a table with the catalogue's headers.
package enum SubjectTables {
  /// - Parameter files: in the order of the batch.
  package static func of(
    _ applications: [Application], _ files: [SourceFile], _ catalogue: Catalogue
  ) -> [SubjectTable] {
    var members = files.map { _ in [(subject: Int, start: Int)]() }
    for (index, application) in applications.enumerated() {
      members[application.source.file].append((index, application.source.item.start))
    }
    let isKnown = { catalogue.applicationColumns.isKnown($0) }
    var tables: [SubjectTable] = []
    for (file, members) in zip(files, members) {
      if let workbook = file.workbook, var sheets = sheets(of: workbook),
        let index = sheets.firstIndex(where: { $0.name == file.sheet })
      {
        let lines = LineIndex(file)
        for member in members {
          let row = lines.position(of: member.start).line - 1
          if sheets[index].rows.indices.contains(row) {
            sheets[index].rows[row].subject = member.subject
          }
        }
        sheets[index].header = header(of: file, isKnown)
        tables += sheets
      } else if DocumentFormat(of: file).isTable {
        var (table, ranges) = text(file, isKnown)
        var subjects: [Int: Int] = [:]
        for member in members { subjects[member.start] = member.subject }
        for (row, range) in ranges.enumerated() { table.rows[row].subject = subjects[range.start] }
        tables.append(table)
      } else {
        tables.append(
          written(members.map { ($0.subject, applications[$0.subject]) }, catalogue))
      }
    }
    return tables
  }

  /// The tables in which faults lie, each beside its row; those of what is no table are not among them.
  package static func of(_ faults: [Fault], _ catalogue: Catalogue) -> [SubjectTable] {
    var tables: [(path: String, table: SubjectTable, ranges: [ByteRange])] = []
    let ofFacts = FactsTable.knownNames(catalogue)
    let isKnown: (String) -> Bool = {
      catalogue.applicationColumns.isKnown($0) || catalogue.registryColumns.isKnown($0)
        || ofFacts($0)
    }
    for fault in faults {
      guard let location = fault.location else { continue }
      let file = location.file
      let path = SheetPath(file.path).file
      if let workbook = file.workbook {
        if !tables.contains(where: { $0.path == path }) {
          for sheet in sheets(of: workbook) ?? [] { tables.append((path, sheet, [])) }
        }
        guard
          let index = tables.firstIndex(where: {
            $0.path == path && $0.table.name == file.sheet
          })
        else { continue }
        let position = LineIndex(file).position(of: location.range.start)
        add(fault, &tables[index].table, row: position.line - 1, column: position.column - 1)
        if tables[index].table.header == nil {
          tables[index].table.header = header(of: file, isKnown)
        }
      } else if DocumentFormat(of: file).isTable {
        if !tables.contains(where: { $0.path == path }) {
          let (table, ranges) = text(file, isKnown)
          tables.append((path, table, ranges))
        }
        guard let index = tables.firstIndex(where: { $0.path == path }),
          let row = tables[index].ranges.lastIndex(where: {
            $0.start <= location.range.start
          })
        else { continue }
        add(fault, &tables[index].table, row: row, column: nil)
      }
    }
    return tables.map(\.table)
  }

  private static func add(_ fault: Fault, _ table: inout SubjectTable, row: Int, column: Int?) {
    guard table.rows.indices.contains(row) else { return }
    table.rows[row].faults.append((fault.message, column))
  }

  // MARK: Tables as they are

  private static func sheets(of workbook: SourceFile) -> [SubjectTable]? {
    guard let sheets = try? Workbook.sheets(workbook) else { return nil }
    return sheets.filter { !isOfReport($0) }.map { sheet in
      var rows: [SubjectTable.Row] = []
      for row in sheet.rows {
        while rows.count < row.number - 1 { rows.append(SubjectTable.Row([])) }
        var cells: [String] = []
        for cell in row.cells {
          while cells.count < cell.column - 1 { cells.append("") }
          cells.append(cell.text)
        }
        rows.append(SubjectTable.Row(cells))
      }
      return SubjectTable(name: sheet.name, rows: rows, isHidden: sheet.isHidden)
    }
  }

  /// Whether a sheet is one that an earlier run has added.
  private static func isOfReport(_ sheet: Workbook.Sheet) -> Bool {
    guard let first = sheet.rows.first?.cells.first?.text else { return false }
    return SubjectTable.ownSheets.contains { $0.name == sheet.name && $0.first == first }
  }

  /// The row of a sheet that names its columns.
  private static func header(of sheet: SourceFile, _ isKnown: (String) -> Bool) -> Int? {
    let (rows, header) = TableReader.plainRows(of: sheet, isKnown: isKnown)
    guard rows.indices.contains(header) else { return nil }
    return LineIndex(sheet).position(of: rows[header].range.start).line - 1
  }

  private static func text(
    _ file: SourceFile, _ isKnown: (String) -> Bool
  ) -> (table: SubjectTable, ranges: [ByteRange]) {
    let (rows, header) = TableReader.plainRows(of: file, isKnown: isKnown)
    let name = file.path.split(separator: "/").last.map { name in
      name.split(separator: ".").first.map(String.init) ?? String(name)
    }
    let table = SubjectTable(
      name: name ?? "", rows: rows.map { SubjectTable.Row($0.cells) }, header: header)
    return (table, rows.map(\.range))
  }

  // MARK: Tables of the catalogue

  private static func written(
    _ members: [(subject: Int, application: Application)], _ catalogue: Catalogue
  ) -> SubjectTable {
    var names: [String] = []
    var columns: [[String]] = []
    func add(_ field: String, _ cells: [String]) {
      if cells.allSatisfy(\.isEmpty) { return }
      names.append(catalogue.applicationColumns.column(ofField: field)?.names.first ?? field)
      columns.append(cells)
    }
    for (index, entry) in catalogue.applicationEntries.enumerated() {
      let field = ApplicationField(index)
      if entry.role == .location {
        add("lon", members.map { $0.application.site?.longitudeText ?? "" })
        add("lat", members.map { $0.application.site?.latitudeText ?? "" })
        add("datum", members.map { $0.application.site?.datum?.rawValue ?? "" })
        continue
      }
      add(
        entry.name,
        members.map { member in
          guard member.application.source.fields[field] != nil,
            let value = member.application.value(of: entry, catalogue)
          else { return "" }
          return CellValue.text(value, entry.field)
        })
    }
    let rows = members.enumerated().map { row, member in
      SubjectTable.Row(columns.map { $0[row] }, subject: member.subject)
    }
    return SubjectTable(name: "申请", rows: [SubjectTable.Row(names)] + rows, header: 0)
  }
}
