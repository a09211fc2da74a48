import Diagnostics
import Expression
import Reading
import Spatial

/// The applications of one profile and one year of submission, decided together (semantics.md 4).
final class Competition {
  let policy: Policy
  let reach: PolicyReach
  let batch: Batch
  let context: EvaluationContext
  /// Indices of applications, in the order of the input.
  let members: [Int]
  var results: [ApplicationDecision]
  /// In the order of merit.
  private(set) var order: [Int] = []
  /// By member: its place in that order, from 0.
  private(set) var turns: [Int]
  var scopes: [ScopeState] = []

  let keepNotApplicable: Bool
  let position: [Int: Int]
  var scopeIndex: [ScopeKey: Int] = [:]
  var floating: [PartKey: Floating] = [:]
  var replacements = Replacements()
  /// The member that is looked at.
  var current = 0
  var circleCache: [CircleEvidence?]

  struct PartKey: Hashable {
    var rule: Int
    var part: Int
  }

  struct ScopeKey: Hashable {
    var part: PartKey
    var key: String
  }

  /// What has been taken in a scope that is not known, and may be any.
  struct Floating {
    var takenHigh = 0
    var members: [Int] = []
  }

  /// What a limit has given away in one scope.
  struct ScopeState {
    var part: PartKey
    var key: String
    var used: Exact?
    var atMost: Exact?
    var takenLow = 0
    var takenHigh = 0
    var undecided: [Int] = []
    var order: [Int] = []
  }

  init(
    policy: Policy, reach: PolicyReach, settings: Settings, batch: Batch, members: [Int],
    keepNotApplicable: Bool
  ) {
    self.policy = policy
    self.reach = reach
    self.batch = batch
    self.members = members
    self.keepNotApplicable = keepNotApplicable
    context = EvaluationContext(
      policy: policy, settings: settings, facts: batch.facts, registry: batch.registry)
    turns = [Int](repeating: 0, count: members.count)
    results = [ApplicationDecision](repeating: ApplicationDecision(), count: members.count)
    position = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    circleCache = [CircleEvidence?](repeating: nil, count: policy.circles.count)
    context.circleCount = { [unowned self] circle throws(EvaluationError) in
      try self.circleCount(circle)
    }
  }

  // MARK: The run

  func run() throws(Faults) {
    for member in members.indices { try stand(member) }
    order = members.indices.sorted(by: precedes)
    for (turn, member) in order.enumerated() { turns[member] = turn }
    for member in order { try decide(member) }
  }

  /// Whether these rules, which look at each application alone, come to the same as in another run of the same members.
  func agrees(with other: Competition, on rules: [Int]) throws(Faults) -> Bool {
    for member in members.indices {
      look(at: member)
      let application = batch.applications[members[member]]
      for rule in rules {
        for category in categories(of: policy.rules[rule], application) {
          choose(category)
          let outcome: Outcome = try guarded(rule) { () throws(EvaluationError) in
            try self.outcome(of: rule)
          }
          let known = other.results[member].decisions.first {
            $0.rule == .rule(rule) && $0.category == category && $0.outcome != .note
          }
          // What was waived had failed or been left to a person: the run has to show what it would be now.
          if known?.outcome == .waived || outcome != (known?.outcome ?? .notApplicable) {
            return false
          }
        }
      }
      choose(nil)
    }
    return true
  }

  /// Turns the context to a member.
  func look(at member: Int) {
    current = member
    let application = batch.applications[members[member]]
    for circle in circleCache.indices { circleCache[circle] = nil }
    context.look(
      at: record(of: application),
      path: "applications[\(application.id)]", district: application.district,
      year: application.submitted.year)
  }

  /// Turns the context to a category.
  func choose(_ category: Category?) {
    guard context.choose(category) else { return }
    for circle in circleCache.indices where reach.circleUsesCategory[circle] {
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
    let application = batch.applications[members[member]]
    var competes = false
    var isExempt = true
    for (index, rule) in policy.rules.enumerated()
    where rule.subject == .application && reach.isCompetitive(index, of: policy) {
      for category in categories(of: rule, application) {
        choose(category)
        let exempt = try guarded(index) { () throws(EvaluationError) in
          try self.mayCompete(rule) ? try exemption(of: rule).holding != nil : nil
        }
        guard let exempt else { continue }
        competes = true
        if !exempt { isExempt = false }
      }
    }
    choose(nil)
    results[member].isExempt = competes && isExempt
    for priority in policy.priorities {
      if case .yes = try guarded(
        nil,
        { () throws(EvaluationError) in
          try context.decide(priority.program)
        })
      {
        results[member].hasPriority = true
        break
      }
    }
  }

  /// Whether a limit or circle may speak of the application: it applies, and a limit in at least one of its parts.
  private func mayCompete(_ rule: Rule) throws(EvaluationError) -> Bool {
    if let applies = rule.applies, case .no = try context.decide(applies) { return false }
    guard case .limit(let limit) = rule.constraint else { return true }
    for part in limit.parts where !part.isAdvisory {
      guard let applies = part.applies else { return true }
      if case .no = try context.decide(applies) { continue }
      return true
    }
    return false
  }

  func categories(of rule: Rule, _ application: Application) -> [Category?] {
    guard let wanted = rule.categories else { return [nil] }
    return application.requests.words.filter(wanted.contains)
  }

  /// Steps 1, 3 and 4 at the application's turn: the rules that look at it alone, then limits and circles.
  ///
  /// Its own rules wait for its turn as well, because whether it adds beds or is a newcomer may hang on who replaced a leaving
  /// institution before it; nothing else looks at their outcome earlier.
  private func decide(_ member: Int) throws(Faults) {
    look(at: member)
    let application = batch.applications[members[member]]
    try decide(member, application, competitive: false)
    let failedAlone = results[member].decisions.contains { $0.outcome == .fail }
    let first = results[member].decisions.count
    try decide(member, application, competitive: true)
    let outcomes = results[member].decisions.map(\.outcome)
    let admission: Admission =
      if outcomes.contains(.fail) {
        .no
      } else if outcomes.contains(.unknown) || outcomes.contains(.review) { .maybe } else { .yes }
    results[member].admission = admission
    if !failedAlone {
      for decision in results[member].decisions[first...] {
        guard case .rule(let rule) = decision.rule, decision.outcome != .note else { continue }
        choose(decision.category)
        try take(rule, decision, member, admission)
      }
    }
    if admission == .maybe || admission == .yes, let leaving = application.replaces {
      replacements.add(
        .init(member: member, turn: turns[member], admission: admission), for: leaving, batch)
    }
    results[member].decisions.sort { left, right in
      guard case .rule(let a) = left.rule, case .rule(let b) = right.rule else { return false }
      return (a, left.category?.rawValue ?? 0) < (b, right.category?.rawValue ?? 0)
    }
    results[member].verdict = Verdict(
      outcomes: results[member].decisions.lazy.map(\.outcome), subject: .application)
  }

  private func decide(
    _ member: Int, _ application: Application, competitive: Bool
  ) throws(Faults) {
    for (index, rule) in policy.rules.enumerated()
    where rule.subject == .application
      && reach.isCompetitive(index, of: policy) == competitive
    {
      for category in categories(of: rule, application) {
        choose(category)
        try decide(index, category, member)
      }
    }
  }

  /// Adds what is found from outside the rules (a profile that is not in force).
  func add(_ decision: Decision, to member: Int) {
    results[member].decisions.insert(decision, at: 0)
    results[member].verdict = Verdict(
      outcomes: results[member].decisions.lazy.map(\.outcome), subject: .application)
  }

  // MARK: The order of merit

  /// Whether one member comes before another (semantics.md 4.2).
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    if let step = decidingStep(left, right) { return step.leftFirst }
    // A profile whose order does not come down to the id must not leave it to the order of the input.
    let (a, b) = (members[left], members[right])
    return batch.applications[a].id < batch.applications[b].id
  }

  /// The step of the order that tells two members apart.
  func decidingStep(_ left: Int, _ right: Int) -> (step: Policy.MeritStep.Key, leftFirst: Bool)? {
    let a = batch.applications[members[left]]
    let b = batch.applications[members[right]]
    for step in policy.merit {
      switch step.key {
      case .exempt:
        let (x, y) = (results[left].isExempt, results[right].isExempt)
        if x != y { return (.exempt, x) }
      case .priority:
        let (x, y) = (results[left].hasPriority, results[right].hasPriority)
        if x != y { return (.priority, x) }
      case .score:
        switch (a.score, b.score) {
        case (let x?, let y?) where x != y: return (.score, x > y)
        case (.some, nil): return (.score, true)
        case (nil, .some): return (.score, false)
        default: break
        }
      case .submitted:
        if a.submitted != b.submitted { return (.submitted, a.submitted < b.submitted) }
      case .id:
        if a.id != b.id { return (.id, a.id < b.id) }
      }
    }
    return nil
  }
}
