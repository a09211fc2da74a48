import Cases
package import PolicyDesk
public import Diagnostics
import Reporting

/// One batch under the profiles of several cities, as a table for people.
public struct ComparisonTable: Sendable {
  package let table: CityComparison.Table

  package init(_ table: CityComparison.Table) { self.table = table }

  /// A city: a column.
  public struct City: Sendable {
    /// The city as it was named.
    public let name: String
    /// What it is called.
    public let title: Bilingual
    /// The profiles that were applied.
    public let profiles: [ProfileIdentity]
    /// How many applications came to each verdict there.
    public let summary: Summary
  }

  /// An application: a row.
  public struct Row: Sendable {
    /// The application's id.
    public let id: String
    /// Its name.
    public let name: String
    /// What it comes to in each city, in the order of ``ComparisonTable/cities``.
    public let results: [SubjectResult]
  }

  /// The columns, in the order in which the cities were named.
  public var cities: [City] {
    table.columns.map {
      City(name: $0.city, title: $0.title, profiles: $0.profiles, summary: $0.summary)
    }
  }
  /// The rows, in the order of the batch.
  public var rows: [Row] {
    table.applications.enumerated().map { index, application in
      Row(
        id: application.id, name: application.name, results: table.columns.map { $0.results[index] }
      )
    }
  }
  /// What was set aside, a sentence each.
  public var notes: [Bilingual] { table.notes }

  /// Whether at least one application is refused in at least one city.
  public var hasFailures: Bool { table.columns.contains { $0.summary.refused > 0 } }
  /// Whether at least one needs a person or more data in at least one city.
  public var hasUndecided: Bool {
    table.columns.contains { $0.summary.review + $0.summary.incomplete > 0 }
  }

  /// What was set aside, a line each.
  public func notes(in language: Language) -> [String] {
    table.notes.map { VisibleText.of($0[language]) }
  }

  /// The table, aligned for a terminal: a row an application, a column a city; then each city's profiles and counts.
  public func text(in language: Language) -> String {
    var rows = [
      [language == .zh ? "编号" : "id", language == .zh ? "名称" : "name"] + table.columns.map(\.city)
    ]
    for (index, application) in table.applications.enumerated() {
      rows.append(
        [application.id, application.name]
          + table.columns.map { Self.cell($0.results[index], language) })
    }
    rows = rows.map { $0.map(VisibleText.of) }
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    var lines = rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column == row.count - 1 { break }
        line += String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
      }
      return line
    }
    lines.append("")
    for column in table.columns {
      let profiles = column.profiles.map(\.id).joined(separator: language == .zh ? "、" : ", ")
      let count = Wording.count(column.summary, of: .application, language)
      lines.append(
        VisibleText.of(
          language == .zh
            ? "\(column.city)（\(profiles)）：\(count)" : "\(column.city) (\(profiles)): \(count)"))
    }
    var notices: [String] = []
    for notice in table.columns.flatMap(\.profiles).compactMap({ Wording.notice($0, language) })
    where !notices.contains(notice) {
      notices.append(notice)
    }
    lines += notices.map { (language == .zh ? "注意: " : "notice: ") + VisibleText.of($0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The verdict, then the rules behind it: first those of the outcome that decides, the others with their word.
  private static func cell(_ result: SubjectResult, _ language: Language) -> String {
    var text = result.verdictWord[language]
    var isFirst = true
    for outcome in [Outcome.fail, .unknown, .review] {
      var rules: [String] = []
      for finding in result.findings where finding.outcome == outcome {
        if !rules.contains(finding.rule) { rules.append(finding.rule) }
      }
      if rules.isEmpty { continue }
      let list = rules.joined(separator: language == .zh ? "、" : ", ")
      let colon = language == .zh ? "：" : ": "
      if isFirst {
        text += colon + list
      } else {
        text += (language == .zh ? "；" : "; ") + outcome.word[language] + colon + list
      }
      isFirst = false
    }
    return text
  }
}

extension Planlint {
  /// Holds one batch against the profiles of several cities.
  ///
  /// - Parameters:
  ///   - inputs: one batch.
  ///   - cities: what ``Request/city`` may be, at least two.
  ///   - facts: `city=FILE` each, or one `FILE` for the cities that have none of their own; the options of the request are not
  ///     looked at.
  ///   - registries: the same for registries.
  ///   - request: where the profiles are, and the day of decision.
  public static func compare(
    _ inputs: [Input], cities: [String], facts: [String], registries: [String], _ request: Request
  ) throws(InputErrors) -> ComparisonTable {
    do {
      return ComparisonTable(
        try CityComparison(try request.library(), try request.options(inputs)).run(
          files: inputs.map(\.name), cities: cities, facts: facts, registries: registries))
    } catch {
      throw InputErrors(error)
    }
  }
}
