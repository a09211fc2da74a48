import Cases
import Diagnostics
import Policy
import Reading
import Workbooks

/// The inputs of a city as one workbook to be filled in: 申请, 名册, 基础数据 and 填表说明.
///
/// Its columns are those of the catalogue, the city's own among them, as far as the profile's rules look at them; it reads back as it
/// is. What is left empty is not given.
package struct StarterWorkbook: Sendable {
  private let starter: StarterFiles

  package init(_ starter: StarterFiles) { self.starter = starter }

  private static let guideName = "填表说明"
  /// So many rows are laid out; those below take the formats of their columns.
  private static let laidOutRows = 300
  /// Rows for districts, where the tenant does not list its own.
  private static let namelessDistricts = 20
  private static let lastRow = 1_048_575

  /// - Returns: false where the destination wanted no more before the end.
  package func write(to destination: @escaping (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var writer = WorkbookWriter(destination: destination)
    let guide = StarterGuide(
      starter, applications: applications, registry: registry, facts: FactsForm(starter))
    sheet("申请", applications, guide, isExampled: true, to: &writer)
    sheet("名册", registry, guide, isExampled: false, to: &writer)
    facts(guide, to: &writer)
    var form = SheetForm(name: Self.guideName, widths: [12, 30, 44, 10, 40, 34, 52])
    form.isProtected = true
    writer.sheet(form) { writer in
      for row in guide.rows { writer.add(row) }
    }
    return writer.finish()
  }

  // MARK: Columns

  private var catalogue: Catalogue { starter.policy.catalogue }

  private var applications: [FormColumn] {
    var columns: [FormColumn] = []
    for entry in catalogue.applicationEntries {
      let rules = starter.use.rules(of: "application.\(entry.name)")
      // What the program works with is always there: it is held against the registry and the facts.
      if rules.isEmpty, entry.role == nil || entry.role == .street { continue }
      var need = FormColumn.need(entry.field.absence)
      if entry.role == .beds { need = .withInpatient }
      let fields = entry.role == .location ? ["lon", "lat", "datum"] : [entry.name]
      for field in fields {
        guard let column = catalogue.applicationColumns.column(ofField: field) else { continue }
        var form = FormColumn(
          column, entry.role == .location ? nil : entry.field, need: need, rules: rules)
        complete(&form, field)
        form.example = example(form, field)
        if case .year = entry.field.shape, !form.example.isEmpty {
          form.example = String(starter.year)
        }
        columns.append(form)
      }
    }
    return columns
  }

  private var registry: [FormColumn] {
    catalogue.institutionEntries.compactMap { entry in
      if entry.role == .location { return nil }
      guard let column = catalogue.registryColumns.column(ofField: entry.name) else { return nil }
      let rules =
        entry.role?.isPlace == true
        ? starter.use.rules(of: "application.location")
        : starter.use.rules(of: "neighbour.\(entry.name)")
      var form = FormColumn(
        column, entry.role?.isPlace == true ? nil : entry.field,
        need: FormColumn.need(entry.field.absence), rules: rules)
      complete(&form, entry.name)
      return form
    }
  }

  /// What a field takes that its shape does not say.
  private func complete(_ form: inout FormColumn, _ field: String) {
    switch field {
    case "datum": form.taking = .names(["wgs84", "cgcs2000", "gcj02", "bd09"])
    case "lon", "lat": form.unit = "度"
    case "district" where !starter.districts.isEmpty:
      form.taking = .names(starter.districts.map(\.name))
    default: return
    }
  }

  private func example(_ form: FormColumn, _ field: String) -> String {
    switch field {
    case "id": return TableFooter.example
    case "name": return "示例大药房"
    case "requests": return catalogue.words.category[Category.retailPharmacy].label.zh
    case "lon": return "116.794200"
    case "lat": return "33.958100"
    case "datum": return "gcj02"
    case "district": return starter.districts.first?.name ?? "示例区"
    case "street": return "示例街道"
    case "submitted": return "\(starter.year)-03-02"
    case "score": return "88.5"
    default: break
    }
    if form.need == .whereThereIsOne || form.need == .withInpatient || form.need == .zeroWhereBlank
    {
      return ""
    }
    return switch form.taking {
    case .word(let table), .words(let table): table.entries.first?.label.zh ?? ""
    case .names(let names): names.first ?? ""
    case .day: "\(starter.year)-01-05"
    case .number, .wholeNumber: "100"
    case .percent: "78"
    case .flag: "是"
    case .text, .code, .degrees, .list: ""
    }
  }

  // MARK: Sheets

  private func sheet(
    _ name: String, _ columns: [FormColumn], _ guide: StarterGuide, isExampled: Bool,
    to writer: inout WorkbookWriter
  ) {
    var form = SheetForm(name: name, widths: columns.map(\.width))
    form.columnStyles = columns.map(\.style)
    form.frozenRows = 1
    form.frozenColumns = 2
    form.isProtected = true
    let first = isExampled ? 2 : 1
    for (index, column) in columns.enumerated() {
      form.remarks.append(remark(column, at: index))
      if let choice = guide.choice(column, at: index, rows: first...Self.lastRow) {
        form.choices.append(choice)
      }
    }
    writer.sheet(form) { writer in
      writer.add(columns.map { header($0) }, height: 34)
      if isExampled { writer.add(columns.map { SheetCell($0.example, .example) }) }
      let row = columns.map { SheetCell("", $0.style) }
      while writer.rowCount < Self.laidOutRows { writer.add(row) }
    }
  }

  private func header(_ column: FormColumn) -> SheetCell {
    SheetCell(column.header, column.need == .always ? .neededHeader : .header)
  }

  private func remark(_ column: FormColumn, at index: Int) -> SheetForm.Remark {
    SheetForm.Remark(
      row: 0, column: index, text: column.remark(starter.policy, starter.language))
  }

  private func facts(_ guide: StarterGuide, to writer: inout WorkbookWriter) {
    let columns = guide.facts.columns
    let codes = starter.districts.contains { $0.code != nil }
    var head = [(name: "区县", width: 14.0), (name: "数据年份", width: 10.0)]
    if codes { head.append((name: "行政区划代码", width: 14)) }
    var form = SheetForm(
      name: "基础数据", widths: head.map(\.width) + columns.map(\.column.width))
    form.frozenRows = 1
    form.frozenColumns = 1
    form.isProtected = true
    let districts = starter.districts.map(\.name)
    let count = districts.isEmpty ? Self.namelessDistricts : districts.count
    form.remarks.append(
      SheetForm.Remark(
        row: 0, column: 0,
        text: starter.say(
          "第一行为全市数据，以下每个区县一行。灰色的格不用填写。",
          "The first row is of the whole city, the others of a district each; grey cells take nothing."
        )))
    for (index, column) in columns.enumerated() {
      form.remarks.append(remark(column.column, at: head.count + index))
      if let choice = guide.choice(column.column, at: head.count + index, rows: 1...(count + 1)) {
        form.choices.append(choice)
      }
    }
    func row(_ start: [SheetCell], isCity: Bool) -> [SheetCell] {
      start
        + columns.map { column in
          let isOpen = isCity ? column.isOfCity : column.isOfDistricts
          return SheetCell("", isOpen ? column.column.style : .closed)
        }
    }
    writer.sheet(form) { writer in
      let names = head.map { SheetCell($0.name, .header) }
      writer.add(names + columns.map { header($0.column) }, height: 50)
      var start = [SheetCell("全市", .closed), SheetCell(String(starter.year), .number)]
      if codes { start.append(SheetCell("", .closed)) }
      writer.add(row(start, isCity: true))
      for index in 0..<count {
        var start = [
          districts.isEmpty ? SheetCell("", .entry) : SheetCell(districts[index], .closed),
          SheetCell("", .closed),
        ]
        if codes { start.append(SheetCell(starter.districts[index].code ?? "", .closed)) }
        writer.add(row(start, isCity: false))
      }
    }
  }
}
