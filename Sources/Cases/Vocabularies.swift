package import Diagnostics
import Expression

/// The tables of words of one tenant: those that every tenant has, with its own after them.
package struct Vocabularies: Sendable {
  package let category: VocabularyTable
  package let kind: VocabularyTable
  package let area: VocabularyTable
  package let setting: VocabularyTable
  package let grade: VocabularyTable
  package let specialty: VocabularyTable
  package let ownership: VocabularyTable
  package let circumstance: VocabularyTable
  package let document: VocabularyTable
  package let panel: VocabularyTable
  /// What the tenant's plans measure themselves by; none where it has none of its own.
  package let indicator: VocabularyTable
  /// The hospital groups that the tenant's document names; any other name may stand beside them.
  package let group: VocabularyTable
  /// Which way a plan goes.
  package let direction: VocabularyTable
  /// What the districts' purchases count.
  package let purchasesUnit: VocabularyTable

  /// The words that every tenant has.
  package static let builtIn: [VocabularyTable] = [
    Category.builtIn, Kind.builtIn, Area.builtIn, Setting.builtIn, Grade.builtIn,
    Specialty.builtIn, Ownership.builtIn, Circumstance.builtIn, PlanShape.documents,
    PlanShape.panels, PlanShape.noIndicators, Institution.noGroups, PlanShape.directions,
    FactsShape.purchasesUnits,
  ]

  /// Those that no tenant adds to: the program does something else for each of their words.
  package static let closed: [VocabularyTable] = [RegistryStatus.builtIn, PlanShape.scopes]

  /// - Parameter own: a tenant's further words, by vocabulary.
  package init(own: [OwnWord] = []) {
    func table(_ builtIn: VocabularyTable) -> VocabularyTable {
      builtIn.adding(
        own.filter { $0.vocabulary == builtIn.field }.map {
          (VocabularyTable.Entry(word: $0.word, label: $0.label), $0.names)
        })
    }
    category = table(Category.builtIn)
    kind = table(Kind.builtIn)
    area = table(Area.builtIn)
    setting = table(Setting.builtIn)
    grade = table(Grade.builtIn)
    specialty = table(Specialty.builtIn)
    ownership = table(Ownership.builtIn)
    circumstance = table(Circumstance.builtIn)
    document = table(PlanShape.documents)
    panel = table(PlanShape.panels)
    indicator = table(PlanShape.noIndicators)
    group = table(Institution.noGroups)
    direction = table(PlanShape.directions)
    purchasesUnit = table(FactsShape.purchasesUnits)
  }

  /// All of them.
  var extendable: [VocabularyTable] {
    [
      category, kind, area, setting, grade, specialty, ownership, circumstance, document, panel,
      indicator, group, direction, purchasesUnit,
    ]
  }
}

/// A word that a tenant adds to a vocabulary.
package struct OwnWord: Sendable {
  package var vocabulary: String
  package var word: String
  package var label: Bilingual
  /// What else people call it in Chinese.
  package var names: [String]
  /// What an indicator is measured in, and between which bounds.
  package var figure: Shape?
  /// Where it stands in the tenant's file.
  package var range: ByteRange
}
