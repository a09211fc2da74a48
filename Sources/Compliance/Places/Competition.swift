import Diagnostics
import Expression
import Reading
import Spatial

/// The applications of one profile and one year of submission, decided together (semantics.md 4).
// SAFETY: one thread decides it; when it is over it does not change, and any number of threads may read it.
final class Competition: @unchecked Sendable {
  let policy: Policy
  let terms: PolicyTerms
  let batch: Batch
  let records: BatchRecords
  let context: EvaluationContext
  /// Indices of applications, in the order of the input.
  let members: [Int]
  var results: [ApplicationDecision]
  /// Once it is lined up.
  private(set) var order: MeritOrder?
  /// By member: its place in that order, from 0.
  private(set) var turns: [Int]
  /// By member from ``standingStarts`` on: where it stands with each rule that is decided in turn, by category.
  private var standings: [Standing] = []
  private var standingStarts: [Int] = []
  /// What each rule has come to for each member so far; none in a rehearsal.
  private(set) var log: CourseLog?
  /// The run that this one follows where it can come to nothing else.
  var precedent: Precedent?
  /// True where only outcomes are asked for: nothing is kept for an explanation.
  let isRehearsal: Bool
  let keepNotApplicable: Bool
  var scopes: [ScopeState] = []
  /// By the number of a limit's part.
  var accounts: [PartAccount]
  var replacements = Replacements()
  /// The applications that are admitted, surely or maybe, in the order of their turns.
  private(set) var standing: [Int] = []
  /// Those of them that have no place.
  private(set) var unplacedStanding: [Int] = []
  /// Those of them that have one, by application of the batch: the surely admitted and the undecided.
  private(set) var surelyPlaced: GrowingPointIndex
  private(set) var maybePlaced: GrowingPointIndex
  /// The member that is looked at.
  private(set) var current = 0
  /// What its rules have come to so far.
  private var rulings: [Ruling] = []
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
  /// By application of the batch: the member that it is, or -1.
  private let positions: [Int]

  /// What can be said of a rule before anybody is admitted.
  enum Standing {
    case open
    /// It does not speak of the application.
    case silent
    /// An exemption holds.
    case exempt(Int)
    /// It applies, and no exemption holds.
    case bound
  }

  /// What a rule that speaks of the member has come to for it, waivers included.
  struct Ruling {
    var rule: RuleTerms
    var category: Category?
    var course: Course
  }

  /// What one part of a limit has given away.
  struct PartAccount {
    /// What has been taken in a scope that is not known, and may be any.
    var floatingHigh = 0
    var floating: [Int] = []
    /// By the names of a scope that streets divide, without the street: the most that has been given away on any of them.
    var mostOnAStreet: [String: Int] = [:]
    private var named: [String: Int] = [:]
    /// The scope without names, of which most limits have one.
    private var only: Int?

    func scope(_ name: String) -> Int? { name.isEmpty ? only : named[name] }

    mutating func add(_ name: String, _ scope: Int) {
      if name.isEmpty { only = scope } else { named[name] = scope }
    }
  }

  /// What a limit has given away in one scope.
  struct ScopeState {
    var rule: Int
    var part: Int
    var key: String
    var used: Exact?
    var atMost: Exact?
    var takenLow = 0
    var takenHigh = 0
    var undecided = DistinctMembers()
    var order: [Int] = []
  }

  init(
    policy: Policy, terms: PolicyTerms, settings: Settings, batch: Batch, records: BatchRecords,
    members: [Int], keepNotApplicable: Bool, isRehearsal: Bool
  ) {
    self.policy = policy
    self.terms = terms
    self.batch = batch
    self.records = records
    self.members = members
    self.keepNotApplicable = keepNotApplicable
    self.isRehearsal = isRehearsal
    context = EvaluationContext(
      policy: policy, settings: settings, facts: batch.facts, registry: batch.registry,
      terms: terms, classes: records.applicationClasses)
    turns = [Int](repeating: 0, count: members.count)
    results = [ApplicationDecision](repeating: ApplicationDecision(), count: members.count)
    accounts = [PartAccount](repeating: PartAccount(), count: terms.partCount)
    var positions = [Int](repeating: -1, count: batch.applications.count)
    for (member, index) in members.enumerated() { positions[index] = member }
    self.positions = positions
    circleAnswers = policy.circles.indices.map { circle in
      [Bool?](repeating: nil, count: records.classes[circle].answerCount)
    }
    circleMetres = policy.circles.map { circle in
      (
        settings.parameters[circle.radius].exact?.asDouble ?? 0,
        circle.accuracy.flatMap { settings.parameters[$0].exact?.asDouble } ?? 0
      )
    }
    surelyPlaced = GrowingPointIndex(
      covering: policy.circles.isEmpty ? [] : members.map { records.places[$0] })
    maybePlaced = surelyPlaced
    yearName = members.first.map { "\(batch.applications[$0].submitted.year)" } ?? ""
    circleCache = [CircleEvidence?](repeating: nil, count: policy.circles.count)
    context.circleCount = { [unowned self] circle throws(EvaluationError) in
      try self.circleCount(circle)
    }
    context.makeRecord = { [unowned self] in self.record(of: $0) }
  }

  /// The member that an application of the batch is; nil where it competes elsewhere.
  func position(of application: Int) -> Int? {
    positions[application] < 0 ? nil : positions[application]
  }

  // MARK: The run

  /// Finds out where everybody stands with every rule, and the order of merit.
  func line() throws(Faults) {
    for member in members.indices { try stand(member) }
    let order = MeritOrder(self)
    self.order = order
    for (turn, member) in order.members.enumerated() { turns[member] = turn }
    if isRehearsal { return }
    log = CourseLog(counts: members.map { records.agenda(of: $0).items.count })
  }

  /// Decides like another run of the same members, decided before or at the same time, wherever the changed setting cannot make a
  /// difference; `log` is the other's.
  func follow(_ run: Competition, _ log: CourseLog, isTouched: [Bool]) {
    precedent = Precedent(run, log, isTouched: isTouched)
  }

  /// What is found out before the first turn.
  struct Lineup {
    fileprivate let standings: [Standing]
    fileprivate let standingStarts: [Int]
    fileprivate let order: MeritOrder?
    fileprivate let turns: [Int]
    /// By member.
    fileprivate let merits: [(isExempt: Bool, hasPriority: Bool)]
  }

  var lineup: Lineup {
    Lineup(
      standings: standings, standingStarts: standingStarts, order: order, turns: turns,
      merits: results.map { ($0.isExempt, $0.hasPriority) })
  }

  /// Takes over what a run of the same members has found out before its first turn.
  func line(as other: Lineup) {
    (standings, standingStarts, order, turns) =
      (other.standings, other.standingStarts, other.order, other.turns)
    for member in members.indices {
      (results[member].isExempt, results[member].hasPriority) = other.merits[member]
    }
  }

  /// Decides everybody in the order of merit. Where it throws, its log is to be abandoned for those that follow it.
  func decide() throws(Faults) {
    for (turn, member) in (order?.members ?? []).enumerated() {
      if let precedent, !precedent.log.wait(for: turn) { return }
      try decide(member)
    }
  }

  /// Turns the context to a member.
  func look(at member: Int) {
    current = member
    let index = members[member]
    for circle in circleCache.indices { circleCache[circle] = nil }
    context.look(at: index, of: batch)
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

  /// What the order of merit asks of a member: whether it is exempt and whether it has priority.
  private func stand(_ member: Int) throws(Faults) {
    look(at: member)
    var competes = false
    var isExempt = true
    standingStarts.append(standings.count)
    for item in records.agenda(of: members[member]).inTurn {
      choose(item.category)
      let standing = try guarded(item.rule.index) { () throws(EvaluationError) in
        try self.standing(item.rule)
      }
      if standing.mayCompete {
        competes = true
        if !standing.isExempt { isExempt = false }
      }
      // Whether it adds beds hangs on who comes before it.
      let isKept = item.rule.standsAlone && batch.applications[members[member]].replaces == nil
      standings.append(isKept ? standing.standing : .open)
    }
    choose(nil)
    results[member].isExempt = competes && isExempt
    for priority in terms.priorities {
      let holds = try guarded(nil) { () throws(EvaluationError) in try context.decide(priority) }
      if case .yes = holds {
        results[member].hasPriority = true
        break
      }
    }
  }

  /// Where the application stands with a rule, and whether it competes in it: it applies, and a limit in at least one part.
  private func standing(_ rule: RuleTerms) throws(EvaluationError) -> (
    standing: Standing, mayCompete: Bool, isExempt: Bool
  ) {
    var standing = Standing.bound
    if let applies = rule.applies {
      switch try context.decide(applies) {
      case .yes: break
      case .no: return (.silent, false, false)
      case .unknown: standing = .open
      }
    }
    let exemption = try context.firstHolding(rule.exemptions)
    if let clause = exemption.clause, case .bound = standing { standing = .exempt(clause) }
    if exemption.unknowns != nil { standing = .open }
    var mayCompete = true
    if case .limit(let parts) = rule.demand {
      mayCompete = false
      for part in parts where !part.isAdvisory && !part.givesNothing && !mayCompete {
        if let applies = part.applies, case .no = try context.decide(applies) { continue }
        mayCompete = true
      }
    }
    return (standing, mayCompete, exemption.clause != nil)
  }

  /// Steps 1, 3 and 4 at the application's turn: the rules that look at it alone, then limits and circles.
  ///
  /// Its own rules wait for its turn as well, because whether it adds beds or is a newcomer may hang on who replaced a leaving
  /// institution before it; nothing else looks at their outcome earlier.
  private func decide(_ member: Int) throws(Faults) {
    look(at: member)
    rulings.removeAll(keepingCapacity: true)
    let agenda = records.agenda(of: members[member])
    if keepNotApplicable {
      for rule in agenda.silent {
        results[member].decisions.append(Decision(rule: .rule(rule), outcome: .notApplicable))
      }
    }
    let hasSameNeighbours = precedent?.hasSameNeighbours(member) ?? false
    var verdict = Verdict.admissible
    if !batch.applications[members[member]].misfits.isEmpty { verdict = .review }
    var failsAlone = false
    for (number, item) in agenda.items.enumerated() {
      if number == agenda.firstInTurn { failsAlone = verdict == .refused }
      let course = try course(
        of: item, number, agenda, member, hasSameNeighbours: hasSameNeighbours)
      if course.outcome != .notApplicable || item.rule.hasUnbound {
        rulings.append(Ruling(rule: item.rule, category: item.category, course: course))
        verdict.add(course.outcome, of: .application)
      }
    }
    let admission: Admission =
      switch verdict {
      case .refused: .no
      case .admissible: .yes
      default: .maybe
      }
    results[member].verdict = verdict
    if let there = precedent?.log.admission(of: member), there != admission {
      partOver(member)
    }
    if !failsAlone { try take(member, admission) }
    if admission != .no {
      let index = members[member]
      standing.append(index)
      if let place = records.places[index] {
        if admission == .yes {
          surelyPlaced.add(index, at: place)
        } else {
          maybePlaced.add(index, at: place)
        }
      } else {
        unplacedStanding.append(index)
      }
      if let leaving = batch.applications[index].replaces {
        replacements.add(
          .init(
            member: member, application: index, turn: turns[member], admission: admission),
          for: leaving, batch)
      }
    }
    log?.end(turnOf: member, admission)
    if isRehearsal { return }
    results[member].decisions.sort { left, right in
      guard case .rule(let a) = left.rule, case .rule(let b) = right.rule else { return false }
      return (a, left.category?.rawValue ?? 0) < (b, right.category?.rawValue ?? 0)
    }
  }

  /// What an item of a member's agenda comes to: what it came to in the run that is followed where it can be nothing else.
  private func course(
    of item: Agenda.Item, _ number: Int, _ agenda: Agenda, _ member: Int, hasSameNeighbours: Bool
  ) throws(Faults) -> Course {
    let there = precedent?.log.course(number, of: member)
    if let there,
      precedent?.governs(item.rule, member, hasSameNeighbours: hasSameNeighbours) == true
    {
      return there
    }
    choose(item.category)
    var standing = Standing.open
    if number >= agenda.firstInTurn {
      standing = standings[standingStarts[member] + number - agenda.firstInTurn]
    }
    let course = try decide(item.rule, item.category, member, standing)
    log?.set(course, number, of: member)
    if let there, there != course { precedent?.part(over: item.rule) }
    return course
  }

  /// Keeps that a member is admitted otherwise than in the run that is followed: whatever it competes for may be given away
  /// otherwise.
  private func partOver(_ member: Int) {
    for (number, item) in records.agenda(of: members[member]).items.enumerated()
    where item.rule.hasUnbound
      || precedent?.log.course(number, of: member).outcome != .notApplicable
    {
      precedent?.part(over: item.rule)
    }
    for ruling in rulings { precedent?.part(over: ruling.rule) }
    precedent?.part(over: member)
  }

  private func take(_ member: Int, _ admission: Admission) throws(Faults) {
    for ruling in rulings where ruling.course.outcome != .note {
      guard case .limit(let parts) = ruling.rule.demand else { continue }
      choose(ruling.category)
      try take(parts, ruling, member, admission)
    }
  }

  /// By member, with what is found from outside the rules of those that were submitted outside every span.
  func verdicts(_ outsideSpan: Set<Int>) -> [Verdict] {
    members.indices.map { member in
      let verdict = results[member].verdict
      return outsideSpan.contains(members[member]) ? verdict.outsideSpan : verdict
    }
  }

  /// Adds what is found from outside the rules. Under a profile that is not in force nothing is refused (semantics.md 4.11).
  func add(_ decision: Decision, to member: Int) {
    results[member].decisions.insert(decision, at: 0)
    results[member].verdict.add(decision.outcome, of: .application)
    if case .profileNotInForce = decision.rule {
      results[member].verdict = results[member].verdict.outsideSpan
    }
  }
}

extension Verdict {
  /// What it is under a profile that was not in force on the day of submission: a person has to say which rules hold.
  fileprivate var outsideSpan: Verdict {
    switch self {
    case .admissible, .refused: .review
    default: self
    }
  }
}
