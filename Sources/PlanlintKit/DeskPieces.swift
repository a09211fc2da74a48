package import Diagnostics
import Cases
import Checks
import Policy
import PolicyDesk
import Reporting

// What the desk's pages show of a run, beside what every user of the library has.

extension RunResult {
  /// The findings on the subject at an index as HTML, in the form that the HTML report has them: both languages, marked `z` and `e`.
  ///
  /// - Parameter address: where the law of a rule can be read, by the rule's id.
  package func findingsMarkup(
    of index: Int, in language: Language, address: @escaping (String) -> String
  ) -> String {
    SubjectMarkup.of(report.result(index), in: report, language: language, address: address)
  }

  /// What each rule is called in a few words, by its id.
  package var ruleNames: [String: Bilingual] { SubjectMarkup.names(report.rules) }

  /// Whether a registry was given.
  package var hasRegistry: Bool { report.hasRegistry }
}

extension PlaceRow {
  /// The scope as people call it (全市 2026 年).
  package var scopeName: Bilingual { scopeWord ?? Bilingual(zh: scope, en: scope) }
}

extension ProfileIdentity {
  /// What has to be said before anything rests on it; nil where it is in force.
  package var notice: Bilingual? {
    guard let zh = Wording.notice(self, .zh), let en = Wording.notice(self, .en) else { return nil }
    return Bilingual(zh: zh, en: en)
  }
}

extension InputErrors {
  package init(faults: [Fault]) { self.init(Faults(faults)) }
}

extension Planlint {
  /// What is found without any profile's rule, in the order in which it is told.
  package static var builtInRules: [RuleDocument] {
    BuiltInRule.allCases.map { RuleDocument(explanation: RuleExplanation($0)) }
  }

  /// What a unit is called, as profiles write it.
  package static func unitWord(_ unit: String) -> Bilingual {
    UnitWord.of(unit)?.word ?? Bilingual(zh: unit, en: unit)
  }

  /// The fields of an application of the city's tenant as a form asks for them, in the order of files.
  package static func formFields(_ request: Request) throws(InputErrors) -> [FormField] {
    do {
      return try InputRecords.formFields(try request.library(), try request.options())
    } catch {
      throw InputErrors(error)
    }
  }

  /// A place in WGS-84 degrees; nil where the datum is none that is known, or the numbers are no place.
  package static func wgs84(
    longitude: Double, latitude: Double, datum: String
  ) -> (longitude: Double, latitude: Double)? {
    InputRecords.wgs84(longitude: longitude, latitude: latitude, datum: datum)
  }
}

extension RuleListing.Rule {
  /// What the rule is about in a few words: the deciding clause of its sentence.
  package var clause: Bilingual {
    RuleDescriptor(
      id: id, name: name, modality: modality, summary: Bilingual(zh: quote, en: name),
      reading: nil, citations: []
    ).shortName
  }
}
