import Cases
import Diagnostics
import Policy
import Reading

/// The sheet 基础数据 of a form: a row for the city and one for each district, a column for each figure that rules look at.
struct FactsForm {
  struct Column {
    var column: FormColumn
    var isOfCity: Bool
    var isOfDistricts: Bool
  }

  private(set) var columns: [Column] = []
  /// Figures that no cell can hold.
  private(set) var others: [String] = []

  private let starter: StarterFiles
  private let city: FactsNames
  private let district: FactsNames
  private var paths: [[String]] = []

  init(_ starter: StarterFiles) {
    self.starter = starter
    let catalogue = starter.policy.catalogue
    city = FactsNames(catalogue.facts)
    district = FactsNames(catalogue.district)
    walk(
      catalogue.facts, use: "facts", [], nil, isOfCity: true,
      leaving: ["planlint", "city", "year", "districts"])
    walk(catalogue.district, use: "district", [], nil, isOfCity: false, leaving: ["name", "code"])
  }

  private mutating func walk(
    _ shape: RecordShape, use around: String, _ path: [String], _ source: Bilingual?,
    isOfCity: Bool, leaving: Set<String> = []
  ) {
    for field in shape.fields where !leaving.contains(field.name) {
      let name = "\(around).\(field.name)"
      let rules = starter.use.rules(of: name)
      if rules.isEmpty { continue }
      var field = field
      field.source = field.source ?? source
      let inner = path + [field.name]
      func add(_ path: [String], _ year: Int?, _ category: Category?, _ item: Shape) {
        self.add(path, field, item, year: year, category, rules, isOfCity: isOfCity)
      }
      switch field.shape {
      case .record(let record):
        walk(record, use: name, inner, field.source, isOfCity: isOfCity)
      case .byCategory(let item, let table):
        for category in starter.use.categories(of: name) {
          add(inner + [table[category].word], nil, category, item)
        }
      case .byYear(.byCategory(let item, let table)):
        for year in starter.years(of: field.name) {
          for category in starter.use.categories(of: name) {
            add(inner + [String(year), table[category].word], year, category, item)
          }
        }
      case .byYear(let item):
        for year in starter.years(of: field.name) { add(inner + [String(year)], year, nil, item) }
      case .list:
        if !others.contains(field.meaning.zh) { others.append(field.meaning.zh) }
      default: add(inner, nil, nil, field.shape)
      }
    }
  }

  private mutating func add(
    _ path: [String], _ field: RecordShape.Field, _ item: Shape, year: Int?, _ category: Category?,
    _ rules: [String], isOfCity: Bool
  ) {
    if let known = paths.firstIndex(of: path) {
      if isOfCity { columns[known].isOfCity = true } else { columns[known].isOfDistricts = true }
      return
    }
    let words = starter.policy.catalogue.words.category
    let suffix = category.map { "（\(words[$0].label.zh)）" } ?? ""
    let before = year.map { "\($0)年" } ?? ""
    var label = field.meaning.zh
    if year != nil, label.hasPrefix("各年度") { label.removeFirst(3) }
    let bare = String(label.prefix { $0 != "（" })
    let candidates = [
      before + label + suffix, before + bare + suffix, path.joined(separator: "."),
    ]
    let header = candidates.first {
      (city.leaf(called: $0) ?? district.leaf(called: $0))?.path == path
    }
    var column = FormColumn(
      ColumnTable.Column(field.name, Self.cell(of: item), []), field,
      need: FormColumn.need(field.absence), rules: rules)
    column.header = header ?? path.joined(separator: ".")
    if category != nil {
      column.taking = .wholeNumber
      column.unit = "家"
    }
    paths.append(path)
    columns.append(
      Column(column: column, isOfCity: isOfCity, isOfDistricts: !isOfCity))
  }

  private static func cell(of shape: Shape) -> ColumnTable.Cell {
    switch shape {
    case .share(.percent), .share(.growth): .percent
    case .number, .share: .number
    case .count, .whole, .year, .byCategory, .byYear: .wholeNumber
    case .date: .day
    case .flag: .flag
    default: .text
    }
  }
}
