package import Cases
package import Diagnostics
package import Expression
package import Reading

/// A profile as it is written, before its expressions are compiled.
package struct PolicySource: Sendable {
  package struct Provision: Sendable {
    package var at: Located<String>
    package var modality: Located<Modality>
    package var quotes: [Located<String>]
    package var reading: Bilingual?
    package var note: Bilingual?
    package var answers: [PolicyAnswer]
  }

  package struct Parameter: Sendable {
    package var value: Located<Exact>
    package var unit: String
    package var basis: Located<String>
    package var alternatives: [Located<Exact>]
    package var reading: Bilingual?
    package var answers: [PolicyAnswer]
  }

  package struct ReadingSwitch: Sendable {
    package var basis: Located<String>
    package var value: String
    package var alternatives: [String]
    package var explanation: Bilingual
    package var words: [(value: String, word: Bilingual)]
  }

  package struct Figure: Sendable {
    package var sources: [Located<String>]
    package var unit: String
    package var basis: Located<String>
    package var reconstructed: String?
  }

  package struct Circle: Sendable {
    package var within: Located<String>
    package var accuracy: Located<String>?
    package var condition: Located<String>
    package var basis: Located<String>
  }

  package struct Tally: Sendable {
    package var sum: TallySum
    package var over: [TallyScope]
    package var condition: Located<String>
    package var basis: Located<String>
  }

  package struct Share: Sendable {
    package var part: Located<String>?
    package var weight: Located<String>
    package var of: Located<String>?
    package var reconstructed: String?
    package var label: Bilingual?
  }

  package struct Allocation: Sendable {
    package var basis: Located<String>
    package var total: Located<String>
    package var city: Located<String>?
    package var shares: [Share]
    package var least: Located<String>?
    package var cap: Located<String>?
    package var published: Located<String>?
    package var unit: String
    package var gives: (category: Category, field: Allocate.Field)?
  }

  package struct Clause: Sendable {
    package var basis: Located<String>
    package var label: Bilingual
    package var condition: Located<String>
    package var answers: [PolicyAnswer]
  }

  package struct Implication: Sendable {
    package var category: Category
    package var by: WordSet<Category>
    package var basis: Located<String>
  }

  package struct Silence: Sendable {
    package var isReview: Bool
    package var basis: Located<String>
    package var reading: Bilingual
  }

  package struct Merit: Sendable {
    package var key: Policy.MeritStep.Key
    package var basis: [Located<String>]
    package var missingIsLast: Bool
  }

  package struct Message: Sendable {
    package var zh: Located<String>
    package var en: Located<String>
  }

  package struct Measure: Sendable {
    package var measure: Located<String>
    package var relation: Require.Relation
    package var limit: Located<String>
    package var within: Located<String>?
    package var unit: String
  }

  package enum Demand: Sendable {
    case that(Located<String>)
    case measure(Measure)
  }

  package struct LimitPart: Sendable {
    package var name: String?
    package var applies: Located<String>?
    package var binds: Located<String>?
    package var take: Limit.Take
    package var over: [Limit.Scope]
    package var used: Located<String>?
    package var atMost: Located<String>?
    package var reviewUpTo: Located<String>?
    package var reviewWithoutNumber: Bool
    package var isAdvisory: Bool
    package var message: Message?
  }

  package struct Spacing: Sendable {
    package var circle: Located<String>
    package var countsApplicant: Bool
    package var atMost: Located<String>
  }

  package struct Note: Sendable {
    package var name: String
    package var applies: Located<String>?
    package var demand: Demand
    package var message: Message
  }

  package enum Kind: Sendable {
    case require(Demand)
    case limit([LimitPart])
    case spacing(Spacing)
  }

  package struct Rule: Sendable {
    package var id: Located<String>
    package var name: String
    package var subject: RuleSubject
    package var basis: [Located<String>]
    package var categories: WordSet<Category>?
    package var applies: Located<String>?
    package var kind: Kind
    package var exemptions: [Located<String>]
    package var exceptions: [Located<String>]
    package var notes: [Note]
    package var message: Message
    package var arithmetic: Message?
    package var remedy: Message?
    package var pointsAt: Located<String>?
    package var answers: [PolicyAnswer]
    package var range: ByteRange
  }

  package typealias Named<Value> = KeyedValue<String, Value>

  /// The readings by name, and last the one that says whether a replacement is recognised.
  var allReadings: [Named<ReadingSwitch>] {
    readings
      + (replacements.map { [Named(key: Located(Self.replacementsName, $0.range), value: $0)] }
        ?? [])
  }

  static let replacementsName = "replacements"

  package var id: String
  package var from: CalendarDay
  package var to: CalendarDay
  package var document: Policy.Document
  package var provisions: [Named<Provision>]
  package var parameters: [Named<Parameter>]
  package var readings: [Named<ReadingSwitch>]
  package var figures: [Named<Figure>]
  package var conditions: [Named<String>]
  package var circles: [Named<Circle>]
  package var tallies: [Named<Tally>]
  package var allocations: [Named<Allocation>]
  package var exemptions: [Named<Clause>]
  package var exceptions: [Named<Clause>]
  package var priorities: [Named<Clause>]
  package var implications: [Implication]
  package var replacements: Located<ReadingSwitch>?
  package var silence: Silence?
  package var merit: [Merit]
  package var rules: [Rule]
}
