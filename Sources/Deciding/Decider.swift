package import Cases
package import Diagnostics
package import Expression
package import Policy
import Reading
package import Spatial

/// Decides what a rule comes to for a member of a competition as of a turn.
///
/// The pass in the order of merit has one, and so has each thread that explains: they ask the same of the same log, the one as it
/// grows, the others as it stood at the member's turn.
// SAFETY: each decider belongs to one run or explanation, which one thread has at a time.
package final class Decider: @unchecked Sendable {
  package let policy: Policy
  package let terms: PolicyTerms
  private(set) var batch: Batch
  private(set) var records: BatchRecords
  package let context: EvaluationContext
  /// Indices of applications, in the order of the input.
  package let members: [Int]
  /// What has been given away; only the pass adds to it.
  var log: BatchLog
  /// Nil before the order is known, when nobody has had a turn.
  let ranking: Ranking?
  /// The member that is looked at, and its turn.
  private(set) var current = 0
  /// The application that it is taken for: its own, or what it is if doubts about it are decided against it.
  private(set) var applicant = 0
  private(set) var turn = 0
  package var circleCache: [CircleEvidence?]
  /// What the member that is looked at takes of limits, while it is found out.
  var takes: [Take] = []
  /// Whether the document lets a newcomer take the place of an institution that leaves.
  let recognizesReplacements: Bool
  /// By circle.
  package let circleMetres: [(radius: Double, accuracy: Double)]
  /// By circle, class of applicants and class of neighbours: what its condition says, as far as it was asked.
  var circleAnswers: [[Bool?]]
  /// By circle: the same of neighbours that are designated already.
  var heldAnswers: [[HeldClass: Bool]]
  var lastSearch: Search?
  /// By term and counts of the circles that it rests on: whether it holds.
  var heldByCounts: [CountsKey: Consideration.Holds] = [:]
  /// What rules came to where something was missing.
  var resolutions: [ResolutionKey: Resolution] = [:]
  /// The year of submission of the member that is looked at.
  private(set) var yearName = ""
  /// While it is found out what a member takes of whom another may replace the same institution between its first rank and its last:
  /// what it takes at one rank or another.
  var isAtAnyRank = false
  /// Whether neighbours within the accuracy of coordinates are counted apart from the undecided: a ruling answers for the former.
  var tellsAccuracyApart = false

  /// What can be said of a rule before anybody is admitted.
  package enum Applicability: Sendable, Equatable {
    case open
    /// It does not speak of the application.
    case silent
    /// An exemption holds.
    case exempt(Int16)
    /// It applies, and no exemption holds.
    case bound
  }

  /// - Parameter ranking: nil before the order of merit is known.
  package init(
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
    heldAnswers = policy.circles.map { _ in [:] }
    circleAnswers = policy.circles.indices.map { circle in
      [Bool?](repeating: nil, count: records.classes[circle].answerCount)
    }
    circleMetres = settings.circleMetres(policy)
    recognizesReplacements =
      policy.replacements.map { settings.readings[$0] == Policy.recognized } ?? false
    circleCache = [CircleEvidence?](repeating: nil, count: policy.circles.count)
    context.circleCount = { [unowned self] circle throws(EvaluationError) in
      try self.circleCount(circle)
    }
    context.makeRecord = { [unowned self] in self.record(of: $0) }
  }

  /// Goes on with more applications that are tried in the place of members.
  package func turn(to records: BatchRecords) {
    self.records = records
    batch = records.batch
  }

  /// Where a neighbour lies, in WGS-84.
  package func place(of who: CircleEvidence.Counted.Who) -> Coordinate? {
    switch who {
    case .application(let index): records.places[index]
    case .institution(let row): batch.registry.places[row]
    }
  }

  /// The member that an application of the batch is; nil where it competes elsewhere.
  package func position(of application: Int) -> Int? { ranking?.position(of: application) }

  /// The turn at which a member is decided.
  package func turn(_ member: Int) -> Int { ranking?.turn(of: member) ?? 0 }

  /// The first turn that the member that is looked at may have, and what is missing to know which it has; nil where its rank is known,
  /// and where it is looked at as of any turn but its last.
  var openRank: (first: Int, needs: [String])? {
    guard let ranking, ranking.isOpen, turn == ranking.turn(of: current) else { return nil }
    let first = ranking.firstTurn(of: current)
    return first < turn ? (first, ranking.merits[current].openness?.needs ?? []) : nil
  }

  /// Turns to a member, at the turn at which it is decided.
  package func look(at member: Int) { look(at: member, turn: turn(member)) }

  /// Turns to a member as it stands at a turn, or to what it is under a supposition.
  package func look(at member: Int, turn: Int, as supposed: Int? = nil) {
    current = member
    applicant = supposed ?? members[member]
    self.turn = turn
    for circle in circleCache.indices { circleCache[circle] = nil }
    let year = context.year
    context.look(at: applicant, of: batch)
    if context.year != year || yearName.isEmpty {
      yearName = "\(context.year)"
      (heldByCounts, resolutions) = ([:], [:])
    }
  }

  /// Turns the context to a category.
  package func choose(_ category: Category?) {
    guard context.choose(category) else { return }
    for circle in circleCache.indices where terms.circles[circle].usesCategory {
      circleCache[circle] = nil
    }
  }

  package func guarded<Result>(
    _ rule: Int?, _ body: () throws(EvaluationError) -> Result
  ) throws(Faults) -> Result {
    do {
      return try body()
    } catch {
      let application = batch.applications[applicant]
      let name = rule.map { "`\(policy.rules[$0].id)`" } ?? ""
      throw Faults(
        Fault(
          batch.files[application.source.file], application.source.range(of: .id),
          zh: "规则 \(name) 无法计算：\(error.message.zh)",
          en: "rule \(name) cannot be computed: \(error.message.en)"))
    }
  }

  /// What a rule says of the application that is looked at, before anybody is admitted.
  package struct Speaking {
    var applicability: Applicability
    /// It applies, and a limit in at least one part.
    var competes = Ranking.Standing.no
    var isExempt = Ranking.Standing.no
    /// The paths of what is missing to know whether it is exempt.
    package var needs: [String] = []
  }

  func applicability(_ rule: RuleTerms) throws(EvaluationError) -> Speaking {
    var found = Speaking(applicability: .bound, competes: .yes)
    if let applies = rule.applies {
      switch try context.decide(applies) {
      case .yes: break
      case .no: return Speaking(applicability: .silent)
      case .unknown: (found.applicability, found.competes) = (.open, .open)
      }
    }
    let exemption = try context.firstHolding(rule.exemptions)
    if let clause = exemption.clause {
      found.isExempt = .yes
      if found.applicability == .bound { found.applicability = .exempt(Int16(clause)) }
    } else if exemption.unknowns != nil {
      found.applicability = .open
      (found.isExempt, found.needs) = try standing(of: rule.exemptions.map(\.term))
    }
    if case .limit(let parts) = rule.demand {
      let speaking = try competes(in: parts)
      if speaking != .yes { found.competes = speaking }
    }
    return found
  }

  /// Whether a part of a limit speaks of the application that is looked at.
  private func competes(in parts: [RuleTerms.Part]) throws(EvaluationError) -> Ranking.Standing {
    var speaks = Ranking.Standing.no
    for part in parts where !part.isAdvisory && !part.givesNothing {
      guard let applies = part.applies else { return .yes }
      switch try context.decide(applies) {
      case .yes: return .yes
      case .no: continue
      case .unknown: speaks = .open
      }
    }
    return speaks
  }

  /// Whether one of some terms holds, whatever is missing tried in all its values; and the paths of what it hangs on.
  package func standing(
    of terms: [Term]
  ) throws(EvaluationError) -> (standing: Ranking.Standing, needs: [String]) {
    var isOpen = false
    var needs: [String] = []
    for term in terms {
      let found = try resolved(term)
      switch found.holds {
      case .yes: return (.yes, [])
      case .no: continue
      case .uncertain: isOpen = true
      case .unknown:
        isOpen = true
        needs += try self.needs(found.needs).filter { !needs.contains($0) }
      }
    }
    return (isOpen ? .open : .no, needs)
  }
}

extension Settings {
  /// By circle.
  package func circleMetres(_ policy: Policy) -> [(radius: Double, accuracy: Double)] {
    policy.circles.map { circle in
      (
        parameters[circle.radius].exact?.asDouble ?? 0,
        circle.accuracy.flatMap { parameters[$0].exact?.asDouble } ?? 0
      )
    }
  }
}
