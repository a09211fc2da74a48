import Cases
package import PolicyDesk
public import Diagnostics
import Reporting

/// The quotas that a plan's formulas give, as a table for people or as a plan file.
public struct AllocationTable: Sendable {
  package let table: AllocationRun.Table
  private let facts: String
  private let registry: String?

  package init(_ table: AllocationRun.Table, facts: String, registry: String?) {
    self.table = table
    self.facts = facts
    self.registry = registry
  }

  /// The id of the city (`wuhan`).
  public var tenant: String { table.tenant }
  /// The profile whose formulas were used.
  public var profile: ProfileIdentity { table.profile }
  /// The year of the quotas.
  public var year: Int { table.year }
  /// The districts of the facts: the rows.
  public var districts: [String] { table.districts }
  /// The districts of the city that the facts do not list.
  public var unlistedDistricts: [String] { table.unlisted }
  /// An apportionment each: the columns.
  public var columns: [Column] { table.columns.map(Column.init) }
  /// What the formulas took for fields of a plan that none gives.
  public var assumptions: [Assumption] {
    table.assumed.map { Assumption(field: $0.field, value: $0.value) }
  }

  /// Whether anything could not be worked out.
  public var hasUnknown: Bool { table.columns.contains { !$0.needs.isEmpty || $0.total == nil } }

  /// A plan file (plan/1) that `planlint plan` accepts.
  public var planFile: String { table.planFile(facts: facts, registry: registry) }

  /// What the row is called of what no listed district has.
  private func leftName(in language: Language) -> String {
    if table.unlisted.isEmpty { return language == .zh ? "未分配到上列区县" : "to no district above" }
    return language == .zh
      ? "未列各区（\(table.unlisted.count) 个）" : "districts not listed (\(table.unlisted.count))"
  }

  /// The table, aligned for a terminal: a row a district, a column an apportionment, then where each comes from.
  public func text(in language: Language) -> String {
    let profile = table.profile
    var lines = [
      language == .zh
        ? "政策档案: \(profile.id)（\(profile.from) 至 \(profile.to)）\(profile.document)"
        : "profile: \(profile.id) (\(profile.from) to \(profile.to)) \(profile.document)",
      language == .zh ? "年份: \(table.year)" : "year: \(table.year)", "",
    ]
    var rows = [[language == .zh ? "区县" : "district"] + table.columns.map(\.name)]
    for (index, district) in table.districts.enumerated() {
      rows.append([district] + table.columns.map { $0.cell(index) })
    }
    // What no listed district has is a row of its own, so that each column adds up to its last cell.
    let left = table.columns.map(\.left)
    let hasLeft = left.contains { $0 != nil && $0 != "0" }
    if hasLeft {
      rows.append(
        [leftName(in: language)]
          + left.map { $0 ?? "?" })
    }
    rows.append([language == .zh ? "合计" : "total"] + table.columns.map { $0.whole ?? "?" })
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    for row in rows {
      var line = ""
      for (column, cell) in row.enumerated() {
        let pad = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
        line += (column == 0 ? "" : "  ") + (column == 0 ? cell + pad : pad + cell)
      }
      lines.append(line)
    }
    lines.append("")
    if !table.unlisted.isEmpty {
      let names = table.unlisted.joined(separator: language == .zh ? "、" : ", ")
      lines.append(
        language == .zh
          ? "基础数据未列 \(names)：其份额单列一行，不分给上列区县。"
          : "the facts do not list \(names): what is theirs stands in a row of its own and goes to no district above."
      )
      lines.append("")
    }
    for assumed in table.assumed {
      lines.append(
        language == .zh
          ? "\(assumed.field) 取 \(assumed.value)（规划中可另行填写）"
          : "\(assumed.field) is taken as \(assumed.value); a plan may say otherwise")
      lines.append("")
    }
    for column in table.columns {
      let citation = column.citation
      let what = column.category.map { language == .zh ? "（\($0.zh)）" : " (\($0.en))" } ?? ""
      lines.append(
        language == .zh
          ? "\(column.name)\(what)：\(citation.place) “\(citation.quote)”"
          : "\(column.name)\(what): \(citation.place) “\(citation.quote)”")
      for formula in column.reconstructed { lines.append("  " + formula[language]) }
      if !column.needs.isEmpty {
        lines.append(
          (language == .zh ? "  缺少资料：" : "  data missing: ")
            + column.needs.joined(separator: language == .zh ? "、" : ", "))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension AllocationTable {
  /// The same for programs (`allocation/1`): figures as exact text, null where they are not known.
  public var json: String {
    Planlint.document("allocation/1") { json in
      json.key("tenant")
      json.string(tenant)
      json.key("profile")
      json.profile(profile)
      json.key("year")
      json.number(year)
      json.key("unlisted_districts")
      json.strings(unlistedDistricts)
      json.key("assumed")
      json.beginArray()
      for assumption in assumptions {
        json.beginObject(inline: true)
        json.key("field")
        json.string(assumption.field)
        json.key("value")
        json.string(assumption.value)
        json.endObject()
      }
      json.endArray()
      json.key("allocations")
      json.beginArray()
      for column in columns { write(column, to: &json) }
      json.endArray()
    }
  }

  private func write(_ column: Column, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(column.name)
    json.key("category")
    if let category = column.category { json.bilingual(category) } else { json.null() }
    json.key("unit")
    json.string(column.unit)
    json.key("total")
    json.optional(column.total)
    json.key("districts")
    json.beginArray()
    for (district, part) in zip(districts, column.parts) {
      json.beginObject(inline: true)
      json.key("district")
      json.string(district)
      json.key("value")
      json.optional(part.value)
      if let range = part.range {
        json.key("at_least")
        json.string("\(range.lowerBound)")
        json.key("at_most")
        json.string("\(range.upperBound)")
      }
      json.endObject()
    }
    json.endArray()
    json.key("left")
    json.optional(column.left)
    json.key("needs")
    json.strings(column.needs)
    json.key("reconstructed")
    json.beginArray()
    for formula in column.reconstructed { json.bilingual(formula) }
    json.endArray()
    json.key("citation")
    json.citation(column.citation)
    json.endObject()
  }

  /// What a formula took for a field of a plan.
  public struct Assumption: Sendable {
    /// The field (`coefficient`).
    public let field: String
    /// The exact value.
    public let value: String
  }

  /// What one district gets of a total.
  public struct Part: Sendable, Hashable {
    /// Exact; nil where it is not known.
    public let value: String?
    /// Between which whole numbers it lies where it is not known, where that much can be told.
    public let range: ClosedRange<Int>?
  }

  /// A total and what each district gets of it.
  public struct Column: Sendable {
    private let column: AllocationRun.Column

    init(_ column: AllocationRun.Column) { self.column = column }

    /// What the profile calls it.
    public var name: String { column.name }
    /// What is counted, as profiles write it (`institutions`).
    public var unit: String { column.unit }
    /// The category that it plans, where it plans one.
    public var category: Bilingual? { column.category }
    /// The sentence that it stands on.
    public var citation: Citation { column.citation }
    /// What is apportioned, exact; nil where it is not known.
    public var total: String? { column.whole }
    /// A part a district, in the order of ``AllocationTable/districts``.
    public var parts: [Part] {
      zip(column.parts, column.ranges).map { value, range in
        Part(value: value, range: value == nil ? range : nil)
      }
    }
    /// What no listed district has, exact or as a range (`2–3`); nil where it is not known.
    public var left: String? { column.left }
    /// The paths of what is missing to know it.
    public var needs: [String] { column.needs }
    /// The formulas with a lost image that it rests on.
    public var reconstructed: [Bilingual] { column.reconstructed }
  }
}

extension AllocationRun.Column {
  /// The part of a district, or between what it lies.
  fileprivate func cell(_ index: Int) -> String {
    if let part = parts[index] { return part }
    guard let range = ranges[index], range.upperBound > range.lowerBound else { return "?" }
    return "\(range.lowerBound)–\(range.upperBound)"
  }
}
