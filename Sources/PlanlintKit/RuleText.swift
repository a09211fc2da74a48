import Compliance
public import Diagnostics
import Reporting

extension Planlint {
  /// The rules of the profiles as a table for people.
  public static func rules(
    cities: [String], language: Language, _ request: Request
  ) throws(InputErrors) -> String {
    do {
      let listings = try RuleCatalogue(try request.library()).listings(cities: cities)
      return listings.map { table($0, language) }.joined(separator: "\n")
    } catch {
      throw InputErrors(error)
    }
  }

  /// Everything about one rule, by its id or readable name, or about a built-in finding, as a document for people.
  public static func explain(
    rule: String, cities: [String], language: Language, _ request: Request
  ) throws(InputErrors) -> String {
    if let builtIn = BuiltInRule.allCases.first(where: { $0.id == rule }) {
      return "\(builtIn.id)  \(builtIn.summary[language])\n\n"
        + builtIn.explanation.map { "  \($0[language])\n" }.joined()
    }
    do {
      return try RuleCatalogue(try request.library()).explanations(of: rule, cities: cities).map {
        document($0, language)
      }.joined(separator: "\n")
    } catch {
      throw InputErrors(error)
    }
  }

  /// The columns of a quote that a table shows.
  private static let quoteWidth = 40

  private static func table(_ listing: RuleCatalogue.Listing, _ language: Language) -> String {
    var rows = [
      language == .zh
        ? ["编号", "名称", "约束力", "对象", "出处", "引文"]
        : ["id", "name", "modality", "subject", "place", "quote"]
    ]
    rows += listing.rows.map { row in
      [
        row.id, row.name, row.modality[language], row.subject[language], row.at,
        beginning(of: row.quote, width: quoteWidth),
      ]
    }
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    var text = "\(listing.profile) \(listing.title)\n"
    for row in rows {
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column == row.count - 1 { break }
        line += String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
      }
      text += line + "\n"
    }
    return text
  }

  private static func document(_ explanation: RuleExplanation, _ language: Language) -> String {
    var text = explanation.heading[language] + "\n"
    for section in explanation.sections {
      text += "\n" + section.heading[language] + "\n"
      for line in section.lines { text += "  " + line[language] + "\n" }
    }
    return text
  }

  /// The beginning of a text that takes so many columns, marked where it is cut.
  private static func beginning(of text: String, width: Int) -> String {
    if DisplayWidth.of(text) <= width { return text }
    var result = ""
    for character in text {
      if DisplayWidth.of(result) + DisplayWidth.of(String(character)) >= width { break }
      result.append(character)
    }
    return result + "…"
  }
}
