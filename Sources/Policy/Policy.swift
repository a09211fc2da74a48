package import Cases
package import Diagnostics
package import Expression
package import Reading

/// One plan document made checkable (政策档案), read, checked and compiled.
///
/// It is held by reference: every part of a run asks for it.
package final class Policy: Sendable {
  package let id: String
  package let from: CalendarDay
  package let to: CalendarDay
  package let document: Document
  package let provisions: [Provision]
  package let parameters: [Parameter]
  package let readings: [ReadingSwitch]
  package let figures: [Figure]
  package let conditions: [Condition]
  package let circles: [CircleDefinition]
  package let tallies: [Tally]
  package let allocations: [Allocate]
  package let exemptions: [Clause]
  package let exceptions: [Clause]
  package let priorities: [Clause]
  /// What applications ask for without naming it.
  package let implications: [Implication]
  /// The reading that says whether a newcomer may take the place of an institution that leaves; nil where the profile recognises no
  /// replacement.
  package let replacements: Int?
  /// What holds of a category of which no rule that could refuse speaks.
  package let silence: Silence?
  package let merit: [MeritStep]
  package let rules: [Rule]
  package let source: SourceFile
  package let names: PolicyNames
  package let graph: PolicyGraph
  /// The fields and words of its tenant.
  package let catalogue: Catalogue

  init(
    id: String, from: CalendarDay, to: CalendarDay, document: Document, provisions: [Provision],
    parameters: [Parameter], readings: [ReadingSwitch], figures: [Figure], conditions: [Condition],
    circles: [CircleDefinition], tallies: [Tally], allocations: [Allocate], exemptions: [Clause],
    exceptions: [Clause], priorities: [Clause], implications: [Implication], replacements: Int?,
    silence: Silence?, merit: [MeritStep], rules: [Rule], source: SourceFile, names: PolicyNames,
    graph: PolicyGraph, catalogue: Catalogue
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.document = document
    self.provisions = provisions
    self.parameters = parameters
    self.readings = readings
    self.figures = figures
    self.conditions = conditions
    self.circles = circles
    self.tallies = tallies
    self.allocations = allocations
    self.exemptions = exemptions
    self.exceptions = exceptions
    self.priorities = priorities
    self.implications = implications
    self.replacements = replacements
    self.silence = silence
    self.merit = merit
    self.rules = rules
    self.source = source
    self.names = names
    self.graph = graph
    self.catalogue = catalogue
  }

  /// The same with other parameters, readings or rules.
  package init(
    _ other: Policy, parameters: [Parameter]? = nil, readings: [ReadingSwitch]? = nil,
    rules: [Rule]? = nil
  ) {
    id = other.id
    from = other.from
    to = other.to
    document = other.document
    provisions = other.provisions
    self.parameters = parameters ?? other.parameters
    self.readings = readings ?? other.readings
    figures = other.figures
    conditions = other.conditions
    circles = other.circles
    tallies = other.tallies
    allocations = other.allocations
    exemptions = other.exemptions
    exceptions = other.exceptions
    priorities = other.priorities
    implications = other.implications
    replacements = other.replacements
    silence = other.silence
    merit = other.merit
    self.rules = rules ?? other.rules
    source = other.source
    names = other.names
    graph = other.graph
    catalogue = other.catalogue
  }

  package struct Document: Sendable {
    package var title: String
    package var isDraft: Bool
    /// Of the document's text, in hexadecimal.
    package var sha256: String
    /// What its parts are called, by the letters that stand before the places in them.
    package var parts: [(letters: String, name: String)] = []
  }

  /// One sentence of the document with its place (条款).
  package struct Provision: Sendable {
    package var id: String
    package var at: String
    package var modality: Modality
    package var quotes: [String]
    package var reading: Bilingual?
    /// Why no machine can decide it.
    package var note: Bilingual?
    package var answers: [PolicyAnswer] = []
    package var atRange: ByteRange
    package var modalityRange: ByteRange
    /// By quote.
    package var quoteRanges: [ByteRange]
    package var range: ByteRange
  }

  /// A number that decides something, with the provision that it stands on.
  package struct Parameter: Sendable {
    package var name: String
    package var value: Exact
    package var unit: String
    package var basis: Int
    package var alternatives: [Exact]
    package var reading: Bilingual?
    package var answers: [PolicyAnswer] = []
    /// Of the value, then of each alternative.
    package var valueRanges: [ByteRange]
    package var range: ByteRange
  }

  /// A reading of an unclear text that can be switched.
  package struct ReadingSwitch: Sendable {
    package var name: String
    package var basis: Int
    package var value: String
    package var alternatives: [String]
    package var explanation: Bilingual
    /// What its values are called, as far as the profile says.
    package var words: [String: Bilingual]
    package var range: ByteRange
  }

  /// A number that is worked out: the first known of its sources counts.
  package struct Figure: Sendable {
    package var name: String
    package var sources: [Program]
    package var unit: String
    package var basis: Int
    /// The confidence in a formula whose image is lost in the source.
    package var reconstructed: String?
    package var range: ByteRange
  }

  package struct Condition: Sendable {
    package var name: String
    package var program: Program
    package var range: ByteRange
  }

  /// A count of institutions around an applicant.
  package struct CircleDefinition: Sendable {
    package var name: String
    /// Indices of parameters, in metres.
    package var radius: Int
    package var accuracy: Int?
    package var program: Program
    package var basis: Int
    package var range: ByteRange
  }

  /// A named exemption, exception or priority.
  package struct Clause: Sendable {
    package var id: String
    package var basis: Int
    package var label: Bilingual
    package var program: Program
    /// The circles that its condition looks at.
    package var circles: [Int]
    package var answers: [PolicyAnswer] = []
    package var range: ByteRange

    /// Whether it holds by how the text is read, whoever applies: where it does not hold there is nothing to say of it.
    package var isReadingAlone: Bool { program.references.variables == ["reading"] }
  }

  /// Whether a person decides on a category of which no rule speaks: where the profile says nothing of it, nobody is admitted by
  /// silence.
  package var leavesSilenceToAPerson: Bool { silence?.isReview ?? true }

  /// The values of ``replacements``.
  package static let recognized = "recognised"
  package static let notRecognized = "not_recognised"

  /// What holds of a category of which no rule that could refuse speaks (semantics.md 4.10).
  package struct Silence: Sendable {
    /// A person decides; else it is admitted.
    package var isReview: Bool
    package var basis: Int
    package var reading: Bilingual
  }

  /// A category that an application asks for with another, though it does not name it: a pharmacy that is new to all of them
  /// and asks to be a pooled one asks to be a designated one as well.
  package struct Implication: Sendable {
    package var category: Category
    package var by: WordSet<Category>
    package var basis: Int
  }

  /// One step of the order of merit.
  package struct MeritStep: Sendable {
    package enum Key: String, Sendable, CaseIterable { case exempt, priority, score, submitted, id }

    package var key: Key
    package var basis: [Int]
    /// Who has no score stands last, as the document says; else the rank is open.
    package var missingIsLast = false
  }

  /// The citation of a provision.
  package func citation(_ index: Int) -> Citation {
    let provision = provisions[index]
    return Citation(
      provision: provision.id, document: document.title, at: provision.at,
      quote: provision.quotes.joined(separator: "……"), modality: provision.modality,
      parts: document.parts)
  }
}

extension Policy {
  /// The profile's own header, which findings that no provision states cite.
  package var headerCitation: Citation {
    Citation(
      provision: id, document: document.title, at: "依据文件名称所载规划期", quote: "",
      modality: .data)
  }
}

/// What a rule looks at.
package enum RuleSubject: String, Sendable, CaseIterable {
  case application
  case plan
  /// Each district that a plan lists.
  case planDistrict = "plan_district"
}

/// One rule of a profile: what it speaks of, what it demands, and what is said about it.
package final class Rule: Sendable {
  package let id: String
  package let name: String
  package let subject: RuleSubject
  /// The provisions that it stands on, the deciding one first.
  package let basis: [Int]
  package let modality: Modality
  /// The categories of designation that it speaks of, one finding each; nil: of the application as a whole.
  package let categories: WordSet<Category>?
  package let applies: Program?
  package let constraint: Constraint
  package let exemptions: [Int]
  package let exceptions: [Int]
  package let notes: [RuleNote]
  package let message: Template
  package let arithmetic: Template?
  package let remedy: Template?
  /// The field that a finding points at.
  package let pointsAt: String?
  package let answers: [PolicyAnswer]
  package let range: ByteRange
  /// True where it can only be decided for the batch: limits and circles.
  package let isCompetitive: Bool

  package init(
    id: String, name: String, subject: RuleSubject, basis: [Int], modality: Modality,
    categories: WordSet<Category>?, applies: Program?, constraint: Constraint, exemptions: [Int],
    exceptions: [Int], notes: [RuleNote], message: Template, arithmetic: Template?,
    remedy: Template?,
    pointsAt: String?, answers: [PolicyAnswer] = [], range: ByteRange
  ) {
    self.id = id
    self.name = name
    self.subject = subject
    self.basis = basis
    self.modality = modality
    self.categories = categories
    self.applies = applies
    self.constraint = constraint
    self.exemptions = exemptions
    self.exceptions = exceptions
    self.notes = notes
    self.message = message
    self.arithmetic = arithmetic
    self.remedy = remedy
    self.pointsAt = pointsAt
    self.answers = answers
    self.range = range
    isCompetitive = if case .require = constraint { false } else { true }
  }

}

/// The kinds of constraint.
package enum Constraint: Sendable {
  case require(Require)
  case limit(Limit)
  case spacing(Spacing)
}
