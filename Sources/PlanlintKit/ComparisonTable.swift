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

  /// The same for programs (`comparison/1`): of each application and city the verdict and the outcomes behind it.
  public var json: String {
    Planlint.document("comparison/1") { json in
      json.key("cities")
      json.beginArray()
      for column in table.columns { Self.write(column, to: &json) }
      json.endArray()
      json.key("notes")
      json.beginArray()
      for note in table.notes { json.bilingual(note) }
      json.endArray()
      json.key("applications")
      json.beginArray()
      for (index, application) in table.applications.enumerated() {
        json.beginObject()
        json.key("id")
        json.string(application.id)
        json.key("name")
        json.string(application.name)
        json.key("results")
        json.beginArray()
        for column in table.columns {
          Self.write(column.results[index], in: column.city, to: &json)
        }
        json.endArray()
        json.endObject()
      }
      json.endArray()
    }
  }

  private static func write(_ column: CityComparison.Column, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(column.city)
    json.key("title")
    json.bilingual(column.title)
    json.key("profiles")
    json.beginArray()
    for profile in column.profiles { json.profile(profile) }
    json.endArray()
    json.key("summary")
    json.beginObject(inline: true)
    json.key("subjects")
    json.number(column.summary.subjects)
    json.key("admissible")
    json.number(column.summary.admissible)
    json.key("refused")
    json.number(column.summary.refused)
    json.key("review")
    json.number(column.summary.review)
    json.key("incomplete")
    json.number(column.summary.incomplete)
    json.endObject()
    json.endObject()
  }

  /// The outcomes that the table shows, in its order.
  private static func write(
    _ result: SubjectResult, in city: String, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("city")
    json.string(city)
    json.key("verdict")
    json.string(result.verdict.rawValue)
    json.key("word")
    json.bilingual(result.verdictWord)
    json.key("findings")
    json.beginArray()
    for outcome in shownOutcomes {
      for finding in result.findings where finding.outcome == outcome {
        json.beginObject(inline: true)
        json.key("rule")
        json.string(finding.rule)
        if let category = finding.category {
          json.key("category")
          json.string(category)
        }
        json.key("outcome")
        json.string(outcome.rawValue)
        json.key("modality")
        json.string(finding.modality.rawValue)
        json.endObject()
      }
    }
    json.endArray()
    json.endObject()
  }

  private static let shownOutcomes = [Outcome.fail, .unknown, .review]

  /// The verdict, then the rules behind it: first those of the outcome that decides, the others with their word.
  private static func cell(_ result: SubjectResult, _ language: Language) -> String {
    var text = result.verdictWord[language]
    var isFirst = true
    for outcome in shownOutcomes {
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
