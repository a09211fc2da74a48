import Cases
import Policy
import PolicyDesk
public import Diagnostics
import Reporting

extension Planlint {
  /// The rules of the profiles of some cities, by their ids or names, in the profiles' order; of all where none is named.
  public static func rules(
    cities: [String], _ request: Request
  ) throws(InputErrors) -> [RuleListing] {
    do {
      return try RuleCatalogue(try request.library()).listings(cities: cities).map {
        RuleListing(listing: $0)
      }
    } catch {
      throw InputErrors(error)
    }
  }

  /// Everything about one rule, by its id or readable name, or about a built-in finding; several where a provision decides
  /// applications and plans alike, or profiles have rules of one name.
  public static func explain(
    rule: String, cities: [String], _ request: Request
  ) throws(InputErrors) -> [RuleDocument] {
    if let builtIn = BuiltInRule.allCases.first(where: { $0.id == rule }) {
      return [RuleDocument(explanation: RuleExplanation(builtIn))]
    }
    do {
      return try RuleCatalogue(try request.library()).explanations(of: rule, cities: cities).map {
        RuleDocument(explanation: $0)
      }
    } catch {
      throw InputErrors(error)
    }
  }

  /// Listings as one JSON document (`rules/1`).
  public static func json(_ listings: [RuleListing]) -> String {
    document("rules/1") { json in
      json.key("profiles")
      json.beginArray()
      for listing in listings { listing.write(to: &json) }
      json.endArray()
    }
  }

  /// What is said of rules as one JSON document (`explanation/1`).
  public static func json(_ documents: [RuleDocument]) -> String {
    document("explanation/1") { json in
      json.key("rules")
      json.beginArray()
      for document in documents { document.write(to: &json) }
      json.endArray()
    }
  }
}

/// The rules of one profile.
public struct RuleListing: Sendable {
  let listing: RuleCatalogue.Listing

  /// The id of the profile (`huaibei/2026-2028`).
  public var profile: String { listing.profile }
  /// The title of its document.
  public var title: String { listing.title }
  /// In the order of the profile.
  public var rules: [Rule] { listing.rows.map { Rule(row: $0) } }

  /// A rule in one line.
  public struct Rule: Sendable {
    let row: RuleCatalogue.Row

    /// `HB-OUT-CAP`.
    public var id: String { row.id }
    /// `new-outlet-cap`.
    public var name: String { row.name }
    /// How binding its sentence is.
    public var modality: Modality { row.modality }
    /// What it speaks of, in words: an application, a plan, a district of a plan.
    public var subject: Bilingual { row.subject }
    /// Where its sentence stands in the document.
    public var at: String { row.at }
    /// The sentence.
    public var quote: String { row.quote }
  }

  /// The columns of a quote that a table shows.
  private static let quoteWidth = 40

  /// A table for a terminal, a line a rule.
  public func text(in language: Language) -> String {
    var rows = [
      language == .zh
        ? ["编号", "名称", "约束力", "对象", "出处", "引文"]
        : ["id", "name", "modality", "subject", "place", "quote"]
    ]
    rows += listing.rows.map { row in
      [
        row.id, row.name, row.modality.word[language], row.subject[language], row.at,
        Self.beginning(of: row.quote, width: Self.quoteWidth),
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

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(profile)
    json.key("title")
    json.string(title)
    json.key("rules")
    json.beginArray()
    for row in listing.rows {
      json.beginObject()
      json.key("id")
      json.string(row.id)
      json.key("name")
      json.string(row.name)
      json.key("modality")
      json.string(row.modality.rawValue)
      json.key("subject")
      json.bilingual(row.subject)
      json.key("at")
      json.string(row.at)
      json.key("quote")
      json.string(row.quote)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}

/// One rule from its law to its tests, or one built-in finding.
public struct RuleDocument: Sendable {
  let explanation: RuleExplanation

  /// `HB-OUT-CAP`; of a built-in finding its name.
  public var id: String { explanation.id }
  /// `new-outlet-cap`.
  public var name: String { explanation.name }
  /// The id of the profile; nil of a built-in finding.
  public var profile: String? { explanation.profile }
  /// The rule with its profile, whether that is in force, and its span; of a built-in finding what it is.
  public var heading: Bilingual { explanation.heading }
  /// Those that there is anything to say about, in the order of reading.
  public var sections: [Section] {
    explanation.sections.map { Section(heading: $0.heading, lines: $0.lines) }
  }

  /// Some lines about one side of it.
  public struct Section: Sendable {
    /// `the law`, `the decision`; nil where there is one section alone.
    public let heading: Bilingual?
    /// What is said, a sentence or a row each.
    public let lines: [Bilingual]
  }

  /// A document for a terminal.
  public func text(in language: Language) -> String {
    var text = heading[language] + "\n"
    for section in sections {
      text += "\n" + (section.heading.map { $0[language] + "\n" } ?? "")
      for line in section.lines { text += "  " + line[language] + "\n" }
    }
    return text
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(id)
    json.key("name")
    json.string(name)
    json.key("profile")
    json.optional(profile)
    json.key("heading")
    json.bilingual(heading)
    json.key("sections")
    json.beginArray()
    for section in sections {
      json.beginObject()
      json.key("heading")
      if let heading = section.heading { json.bilingual(heading) } else { json.null() }
      json.key("lines")
      json.beginArray()
      for line in section.lines { json.bilingual(line) }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
