import Diagnostics
import Expression
import Reading

/// A profile as it is written, before its expressions are compiled.
struct PolicySource: Sendable {
  struct Provision: Sendable {
    var at: String
    var modality: Modality
    var quotes: [String]
    var reading: Bilingual?
    var note: Bilingual?
  }

  struct Parameter: Sendable {
    var value: Exact
    var unit: String
    var basis: Located<String>
    var alternatives: [Exact]
    var reading: Bilingual?
  }

  struct ReadingSwitch: Sendable {
    var basis: Located<String>
    var value: String
    var alternatives: [String]
    var explanation: Bilingual
    var words: [(value: String, word: Bilingual)]
  }

  struct Figure: Sendable {
    var sources: [Located<String>]
    var unit: String
    var basis: Located<String>
    var reconstructed: String?
  }

  struct Circle: Sendable {
    var within: Located<String>
    var accuracy: Located<String>?
    var condition: Located<String>
    var basis: Located<String>
  }

  struct Tally: Sendable {
    var sum: Compliance.Tally.Sum
    var over: [Compliance.Tally.Scope]
    var condition: Located<String>
    var basis: Located<String>
  }

  struct Share: Sendable {
    var part: Located<String>?
    var weight: Located<String>
    var of: Located<String>?
    var reconstructed: String?
    var label: Bilingual?
  }

  struct Allocation: Sendable {
    var basis: Located<String>
    var total: Located<String>
    var city: Located<String>?
    var shares: [Share]
    var least: Located<String>?
    var cap: Located<String>?
    var published: Located<String>?
    var unit: String
    var gives: (category: Category, field: Allocate.Field)?
  }

  struct Clause: Sendable {
    var basis: Located<String>
    var label: Bilingual
    var condition: Located<String>
  }

  struct Implication: Sendable {
    var category: Category
    var by: WordSet<Category>
    var basis: Located<String>
  }

  struct Silence: Sendable {
    var isReview: Bool
    var basis: Located<String>
    var reading: Bilingual
  }

  struct Merit: Sendable {
    var key: Policy.MeritStep.Key
    var basis: [Located<String>]
    var missingIsLast: Bool
  }

  struct Message: Sendable {
    var zh: Located<String>
    var en: Located<String>
  }

  struct Measure: Sendable {
    var measure: Located<String>
    var relation: Require.Relation
    var limit: Located<String>
    var within: Located<String>?
    var unit: String
  }

  enum Demand: Sendable {
    case that(Located<String>)
    case measure(Measure)
  }

  struct LimitPart: Sendable {
    var name: String?
    var applies: Located<String>?
    var binds: Located<String>?
    var take: Limit.Take
    var over: [Limit.Scope]
    var used: Located<String>?
    var atMost: Located<String>?
    var reviewUpTo: Located<String>?
    var reviewWithoutNumber: Bool
    var isAdvisory: Bool
    var message: Message?
  }

  struct Spacing: Sendable {
    var circle: Located<String>
    var countsApplicant: Bool
    var atMost: Located<String>
  }

  struct Note: Sendable {
    var name: String
    var applies: Located<String>?
    var demand: Demand
    var message: Message
  }

  enum Kind: Sendable {
    case require(Demand)
    case limit([LimitPart])
    case spacing(Spacing)
  }

  struct Rule: Sendable {
    var id: Located<String>
    var name: String
    var subject: Compliance.Rule.Subject
    var basis: [Located<String>]
    var categories: WordSet<Category>?
    var applies: Located<String>?
    var kind: Kind
    var exemptions: [Located<String>]
    var exceptions: [Located<String>]
    var notes: [Note]
    var message: Message
    var arithmetic: Message?
    var remedy: Message?
    var pointsAt: Located<String>?
    var range: ByteRange
  }

  typealias Named<Value> = KeyedValue<String, Value>

  /// The readings by name, and last the one that says whether a replacement is recognised.
  var allReadings: [Named<ReadingSwitch>] {
    readings
      + (replacements.map { [Named(key: Located(Self.replacementsName, $0.range), value: $0)] }
        ?? [])
  }

  static let replacementsName = "replacements"

  var id: String
  var from: CalendarDay
  var to: CalendarDay
  var document: Policy.Document
  var provisions: [Named<Provision>]
  var parameters: [Named<Parameter>]
  var readings: [Named<ReadingSwitch>]
  var figures: [Named<Figure>]
  var conditions: [Named<String>]
  var circles: [Named<Circle>]
  var tallies: [Named<Tally>]
  var allocations: [Named<Allocation>]
  var exemptions: [Named<Clause>]
  var exceptions: [Named<Clause>]
  var priorities: [Named<Clause>]
  var implications: [Implication]
  var replacements: Located<ReadingSwitch>?
  var silence: Silence?
  var merit: [Merit]
  var rules: [Rule]
}
