import Diagnostics
import Expression
import Reading
import Spatial

/// Decides what a rule comes to for a member of a competition as of a turn.
///
/// The pass in the order of merit has one, and so has each thread that explains: they ask the same of the same log, the one as it
/// grows, the others as it stood at the member's turn.
// SAFETY: each decider belongs to one run or explanation, which one thread has at a time.
final class Decider: @unchecked Sendable {
  let policy: Policy
  let terms: PolicyTerms
  let batch: Batch
  let records: BatchRecords
  let context: EvaluationContext
  /// Indices of applications, in the order of the input.
  let members: [Int]
  /// What has been given away; only the pass adds to it.
  var log: BatchLog
  /// Nil before the order is known, when nobody has had a turn.
  private let ranking: Ranking?
  /// The member that is looked at, and its turn.
  private(set) var current = 0
  private(set) var turn = 0
  var circleCache: [CircleEvidence?]
  /// By circle.
  let circleMetres: [(radius: Double, accuracy: Double)]
  /// By circle, class of applicants and class of neighbours: what its condition says, as far as it was asked.
  var circleAnswers: [[Bool?]]
  var lastSearch: Search?
  /// By term and counts of the circles that it rests on: whether it holds.
  var heldByCounts: [CountsKey: Consideration.Holds] = [:]
  /// The year of submission that all share.
  let yearName: String

  /// What can be said of a rule before anybody is admitted.
  enum Applicability: Sendable, Equatable {
    case open
    /// It does not speak of the application.
    case silent
    /// An exemption holds.
    case exempt(Int16)
    /// It applies, and no exemption holds.
    case bound
  }

  /// - Parameter ranking: nil before the order of merit is known.
  init(
    policy: Policy, terms: PolicyTerms, settings: Settings, records: BatchRecords, members: [Int],
    ranking: Ranking?, log: BatchLog
  ) {
    self.policy = policy
    self.terms = terms
    self.records = records
    self.members = members
    self.ranking = ranking
    self.log = log
    batch = records.batch
    context = EvaluationContext(
      policy: policy, settings: settings, facts: batch.facts, registry: batch.registry,
      terms: terms, classes: records.applicationClasses)
    circleAnswers = policy.circles.indices.map { circle in
      [Bool?](repeating: nil, count: records.classes[circle].answerCount)
    }
    circleMetres = settings.circleMetres(policy)
    yearName = members.first.map { "\(records.batch.applications[$0].submitted.year)" } ?? ""
    circleCache = [CircleEvidence?](repeating: nil, count: policy.circles.count)
    context.circleCount = { [unowned self] circle throws(EvaluationError) in
      try self.circleCount(circle)
    }
    context.makeRecord = { [unowned self] in self.record(of: $0) }
  }

  /// The member that an application of the batch is; nil where it competes elsewhere.
  func position(of application: Int) -> Int? { ranking?.position(of: application) }

  /// The turn of a member.
  func turn(_ member: Int) -> Int { ranking?.turn(of: member) ?? 0 }

  /// Turns to a member, at its turn.
  func look(at member: Int) {
    current = member
    turn = turn(member)
    for circle in circleCache.indices { circleCache[circle] = nil }
    context.look(at: members[member], of: batch)
  }

  /// Turns the context to a category.
  func choose(_ category: Category?) {
    guard context.choose(category) else { return }
    for circle in circleCache.indices where terms.circles[circle].usesCategory {
      circleCache[circle] = nil
    }
  }

  func guarded<Result>(
    _ rule: Int?, _ body: () throws(EvaluationError) -> Result
  ) throws(Faults) -> Result {
    do {
      return try body()
    } catch {
      let application = batch.applications[members[current]]
      let name = rule.map { "`\(policy.rules[$0].id)`" } ?? ""
      throw Faults(
        Fault(
          batch.files[application.source.file], application.source.range(of: .id),
          zh: "规则 \(name) 无法计算：\(error.message.zh)",
          en: "rule \(name) cannot be computed: \(error.message.en)"))
    }
  }

  /// Whether a rule speaks of the application that is looked at, and whether it competes in it: it applies, and a limit in at least
  /// one part.
  func applicability(_ rule: RuleTerms) throws(EvaluationError) -> (
    applicability: Applicability, mayCompete: Bool, isExempt: Bool
  ) {
    var found = Applicability.bound
    if let applies = rule.applies {
      switch try context.decide(applies) {
      case .yes: break
      case .no: return (.silent, false, false)
      case .unknown: found = .open
      }
    }
    let exemption = try context.firstHolding(rule.exemptions)
    if let clause = exemption.clause, found == .bound { found = .exempt(Int16(clause)) }
    if exemption.unknowns != nil { found = .open }
    var mayCompete = true
    if case .limit(let parts) = rule.demand {
      mayCompete = false
      for part in parts where !part.isAdvisory && !part.givesNothing && !mayCompete {
        if let applies = part.applies, case .no = try context.decide(applies) { continue }
        mayCompete = true
      }
    }
    return (found, mayCompete, exemption.clause != nil)
  }
}

extension Settings {
  /// By circle.
  func circleMetres(_ policy: Policy) -> [(radius: Double, accuracy: Double)] {
    policy.circles.map { circle in
      (
        parameters[circle.radius].exact?.asDouble ?? 0,
        circle.accuracy.flatMap { parameters[$0].exact?.asDouble } ?? 0
      )
    }
  }
}
