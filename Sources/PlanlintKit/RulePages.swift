import Cases
import PolicyDesk
public import Diagnostics
import Reporting

/// A file of the site of rules, as `planlint rules --format html=DIR` writes it.
public struct RulePage: Sendable {
  /// `index.html`, or the rule's id with `.html`.
  public let name: String
  public let text: String
}

extension Planlint {
  /// The rules of some cities (of all where none is named) and planlint's own findings as a site: a table, and a page an id.
  ///
  /// The pages need neither a network nor a script, and link to each other alone; both languages are in them, and they open in
  /// `language`.
  public static func rulePages(
    cities: [String], language: Language, _ request: Request
  ) throws(InputErrors) -> [RulePage] {
    do {
      let catalogue = RuleCatalogue(try request.library())
      var listings = try catalogue.listings(cities: cities).map { listing in
        RuleSite.Listing(
          profile: listing.profile, title: Bilingual(zh: listing.title, en: listing.title),
          rows: listing.rows.map { row in
            RuleSite.Row(
              id: row.id, name: Bilingual(zh: row.name, en: row.name), modality: row.modality.word,
              subject: row.subject, place: row.at, quote: row.quote)
          })
      }
      listings.append(
        RuleSite.Listing(
          profile: nil,
          title: Bilingual(zh: "planlint 自身的检查结果", en: "planlint's own findings"),
          rows: BuiltInRule.allCases.map { rule in
            RuleSite.Row(
              id: rule.id, name: rule.summary, modality: Bilingual(zh: "", en: ""),
              subject: Bilingual(zh: "", en: ""), place: "", quote: "")
          }))
      let explanations =
        try catalogue.explanations(cities: cities) + BuiltInRule.allCases.map(RuleExplanation.init)
      let entries = explanations.map { explanation in
        RuleSite.Entry(
          id: explanation.id, heading: explanation.heading,
          sections: explanation.sections.map { ($0.heading, $0.lines) })
      }
      return RuleSite(listings, entries, language, version: version).files().map {
        RulePage(name: $0.name, text: $0.text)
      }
    } catch {
      throw InputErrors(error)
    }
  }
}
