import Diagnostics
import Expression
import Reading
import Spatial

/// The applications of one profile and one year of submission, decided together (semantics.md 4).
// SAFETY note: a competition is used by one thread; nothing of it is shared but its results.
final class Competition {
  let policy: Policy
  let batch: Batch
  let context: EvaluationContext
  /// Indices of applications, in the order of the input.
  let members: [Int]
  private(set) var results: [ApplicationDecision]
  /// In the order of merit.
  private(set) var order: [Int] = []
  private(set) var scopes: [ScopeState] = []

  private let keepNotApplicable: Bool
  private let position: [Int: Int]
  private var scopeIndex: [ScopeKey: Int] = [:]
  private var floating: [PartKey: Int] = [:]
  /// Who replaces an institution of the registry.
  private var replacedBy: [Int: (application: Int, admission: Admission)] = [:]
  /// The member that is looked at.
  private(set) var current = 0
  private var circleCache: [CircleEvidence?]

  struct PartKey: Hashable {
    var rule: Int
    var part: Int
  }

  struct ScopeKey: Hashable {
    var part: PartKey
    var key: String
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
    policy: Policy, settings: Settings, batch: Batch, members: [Int], keepNotApplicable: Bool
  ) {
    self.policy = policy
    self.batch = batch
    self.members = members
    self.keepNotApplicable = keepNotApplicable
    context = EvaluationContext(policy: policy, settings: settings, facts: batch.facts)
    results = [ApplicationDecision](repeating: ApplicationDecision(), count: members.count)
    position = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    circleCache = [CircleEvidence?](repeating: nil, count: policy.circles.count)
    context.circleCount = { [unowned self] in self.circleCount($0) }
  }

  // MARK: The run

  func run() throws(Faults) {
    for member in members.indices { try decideAlone(member) }
    order = members.indices.sorted(by: precedes)
    for member in order { try decideTogether(member) }
  }

  /// Turns the context to a member.
  func look(at member: Int) {
    current = member
    let index = members[member]
    let application = batch.applications[index]
    for circle in circleCache.indices { circleCache[circle] = nil }
    context.look(
      at: application.record(leavingBeds: batch.leavingBeds(application)),
      path: "applications[\(application.id)]", district: application.district,
      year: application.submitted.year)
  }

  private func guarded<Result>(
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

  /// Step 1: every rule that looks at one application alone.
  private func decideAlone(_ member: Int) throws(Faults) {
    look(at: member)
    let application = batch.applications[members[member]]
    for (index, rule) in policy.rules.enumerated()
    where rule.subject == .application && !rule.isCompetitive {
      for category in categories(of: rule, application) {
        context.choose(category)
        try decide(index, category, member)
      }
    }
    context.choose(nil)
    var competes = false
    var isExempt = true
    for rule in policy.rules where rule.subject == .application && rule.isCompetitive {
      for category in categories(of: rule, application) {
        context.choose(category)
        let standing = try guarded(nil) { () throws(EvaluationError) in
          (
            applies: try rule.applies.map { program throws(EvaluationError) in
              try context.decide(program)
            } ?? .yes,
            exempt: try exemption(of: rule)
          )
        }
        if case .no = standing.applies { continue }
        competes = true
        if standing.exempt.holding == nil { isExempt = false }
      }
    }
    context.choose(nil)
    results[member].isExempt = competes && isExempt
    for priority in policy.priorities {
      if case .yes = try guarded(nil, { () throws(EvaluationError) in
        try context.decide(priority.program)
      }) {
        results[member].hasPriority = true
        break
      }
    }
  }

  private func categories(of rule: Rule, _ application: Application) -> [Category?] {
    guard let wanted = rule.categories else { return [nil] }
    return application.requests.words.filter(wanted.contains)
  }

  /// Steps 3 and 4: limits and circles, at the application's turn.
  private func decideTogether(_ member: Int) throws(Faults) {
    look(at: member)
    let application = batch.applications[members[member]]
    let failedAlone = results[member].decisions.contains { $0.outcome == .fail }
    let first = results[member].decisions.count
    for (index, rule) in policy.rules.enumerated()
    where rule.subject == .application && rule.isCompetitive {
      for category in categories(of: rule, application) {
        context.choose(category)
        try decide(index, category, member)
      }
    }
    let outcomes = results[member].decisions.map(\.outcome)
    let admission: Admission =
      if outcomes.contains(.fail) { .no }
      else if outcomes.contains(.unknown) || outcomes.contains(.review) { .maybe }
      else { .yes }
    results[member].admission = admission
    if !failedAlone {
      for decision in results[member].decisions[first...] {
        guard case .rule(let rule) = decision.rule, decision.outcome != .note else { continue }
        context.choose(decision.category)
        try take(rule, decision, member, admission)
      }
    }
    if admission == .maybe || admission == .yes, let leaving = batch.leaving(application) {
      if replacedBy[leaving].map({ $0.admission != .yes }) ?? true {
        replacedBy[leaving] = (member, admission)
      }
    }
    results[member].decisions.sort { left, right in
      guard case .rule(let a) = left.rule, case .rule(let b) = right.rule else { return false }
      return (a, left.category?.rawValue ?? 0) < (b, right.category?.rawValue ?? 0)
    }
    results[member].verdict = Verdict(
      outcomes: results[member].decisions.lazy.map(\.outcome), subject: .application)
  }

  /// Adds what is found from outside the rules (a profile that is not in force).
  func add(_ decision: Decision, to member: Int) {
    results[member].decisions.insert(decision, at: 0)
    results[member].verdict = Verdict(
      outcomes: results[member].decisions.lazy.map(\.outcome), subject: .application)
  }

  // MARK: One rule

  private func decide(_ index: Int, _ category: Category?, _ member: Int) throws(Faults) {
    let rule = policy.rules[index]
    try guarded(index) { () throws(EvaluationError) in
      var resolver = Resolver(context) { [unowned self] () throws(EvaluationError) in
        try self.attempt(index)
      }
      let resolution = try resolver.resolve()
      var decision = Decision(
        rule: .rule(index), category: category, outcome: resolution.settled.outcome)
      if decision.outcome == .notApplicable {
        if keepNotApplicable { results[member].decisions.append(decision) }
        return
      }
      if decision.outcome == .exempt { decision.exemption = resolution.settled.clause }
      try measure(rule, index, &decision, member)
      decision.needs = needs(resolution.needs)
      if decision.outcome == .review || decision.outcome == .unknown || decision.outcome == .fail {
        try consider(rule, &decision)
      }
      if resolution.isWithinRange || decision.outcome == .unknown {
        let circles = [decision.circle].compactMap(\.self) + decision.considered.flatMap(\.circles)
        for rival in circles.flatMap(\.evidence.rivals).map({ position[$0] ?? 0 })
        where !decision.hangsOn.contains(rival) { decision.hangsOn.append(rival) }
      } else {
        decision.hangsOn = []
      }
      if decision.outcome == .fail, rule.modality == .inPrinciple,
        let waiver = batch.waiver(
          application: batch.applications[members[member]].id, rule: rule.id)
      {
        decision.outcome = .waived
        decision.waiver = waiver
      }
      results[member].decisions.append(decision)
      if case .limit(let limit) = rule.constraint, decision.outcome != .exempt {
        try advise(limit, index, category, member)
      }
    }
  }

  /// One try at a rule, under whatever is assumed about missing data.
  private func attempt(_ index: Int) throws(EvaluationError) -> Attempt {
    let rule = policy.rules[index]
    if let applies = rule.applies {
      switch try context.decide(applies) {
      case .yes: break
      case .no: return .settled(.notApplicable)
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    let exemption = try exemption(of: rule)
    if let holding = exemption.holding {
      return .settled(Settled(outcome: .exempt, clause: holding))
    }
    if let unknowns = exemption.unknowns { return .unsettled(unknowns) }
    let checked: Attempt
    switch rule.constraint {
    case .require(let require):
      switch try require.holds(context) {
      case .yes: checked = .settled(.pass)
      case .no: checked = .settled(.fail)
      case .unknown(let unknowns): checked = .unsettled(unknowns)
      }
    case .limit(let limit): checked = try attempt(limit, rule: index)
    case .spacing(let spacing): checked = try attempt(spacing)
    }
    guard case .settled(.fail) = checked else { return checked }
    for clause in rule.exceptions {
      switch try context.decide(policy.exceptions[clause].program) {
      case .yes: return .settled(Settled(outcome: .review, clause: clause))
      case .no: continue
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    return checked
  }

  private func exemption(of rule: Rule) throws(EvaluationError) -> (
    holding: Int?, unknowns: UnknownSet?
  ) {
    var unknowns: UnknownSet?
    for clause in rule.exemptions {
      switch try context.decide(policy.exemptions[clause].program) {
      case .yes: return (clause, nil)
      case .no: continue
      case .unknown(let set): unknowns = unknowns?.union(set) ?? set
      }
    }
    return (nil, unknowns)
  }

  private func attempt(_ spacing: Spacing) throws(EvaluationError) -> Attempt {
    let slot = policy.names.circleSlots[spacing.circle]
    let count = context.value(slot: slot)
    let limit = try context.measure(spacing.atMost)
    var unknowns: UnknownSet?
    if case .unknown(let set) = count { unknowns = set }
    if case .unknown(let set) = limit { unknowns = unknowns?.union(set) ?? set }
    if let unknowns { return .unsettled(unknowns) }
    guard let counted = count.exact?.asInt, let limit = limit.exact else {
      return .settled(.fail)
    }
    let total = Exact(counted + (spacing.countsApplicant ? 1 : 0))
    context.note(total, limit, as: "spacing")
    return .settled(total <= limit ? .pass : .fail)
  }

  // MARK: Limits

  private func attempt(_ limit: Limit, rule: Int) throws(EvaluationError) -> Attempt {
    var unknowns: UnknownSet?
    var result: Settled?
    for (index, part) in limit.parts.enumerated() where !part.isAdvisory {
      if let applies = part.applies {
        switch try context.decide(applies) {
        case .yes: break
        case .no: continue
        case .unknown(let set):
          unknowns = unknowns?.union(set) ?? set
          continue
        }
      }
      switch try attempt(part, PartKey(rule: rule, part: index)) {
      case .unsettled(let set): unknowns = unknowns?.union(set) ?? set
      case .settled(.fail): return .settled(.fail)
      case .settled(let settled):
        if result == nil || settled.outcome == .review { result = settled }
      }
    }
    if let unknowns { return .unsettled(unknowns) }
    return .settled(result ?? .notApplicable)
  }

  private func attempt(_ part: Limit.Part, _ key: PartKey) throws(EvaluationError) -> Attempt {
    let take: (low: Int, high: Int)
    switch taking(part) {
    case .known(let range): take = range
    case .unknown(let unknowns): return .unsettled(unknowns)
    }
    if take.high == 0 { return .settled(.pass) }
    guard let atMost = part.atMost else { return .settled(Settled(outcome: .review)) }
    var unknowns: UnknownSet?
    var limit = Exact(0)
    switch try context.measure(atMost) {
    case .known(let value): limit = value
    case .unknown(let set):
      if part.reviewWithoutNumber { return .settled(Settled(outcome: .review)) }
      unknowns = set
    }
    var used = Exact(0)
    if let program = part.used {
      switch try context.measure(program) {
      case .known(let value): used = value
      case .unknown(let set): unknowns = unknowns?.union(set) ?? set
      }
    }
    var scope = ""
    switch scopeName(part) {
    case .known(let name): scope = name
    case .unknown(let set): unknowns = unknowns?.union(set) ?? set
    }
    if let unknowns { return .unsettled(unknowns) }
    let state = scopeIndex[ScopeKey(part: key, key: scope)].map { scopes[$0] }
    let low = try sum(used, (state?.takenLow ?? 0) + take.low)
    let high = try sum(used, (state?.takenHigh ?? 0) + take.high + floating[key, default: 0])
    context.note(high, limit, as: "limit-high")
    context.note(low, limit, as: "limit-low")
    if high <= limit { return .settled(.pass) }
    if low > limit, take.low > 0 { return .settled(.fail) }
    let leaf = Unknown(
      path: "\(Resolver.softPrefix)limit/\(key.rule)/\(key.part)",
      domain: .integers(low: 0, high: 1))
    switch context.overrides[leaf.path]?.exact {
    case nil: return .unsettled(UnknownSet(leaf))
    case Exact(0): return .settled(.pass)
    default: return .settled(.fail)
    }
  }

  private func sum(_ used: Exact, _ taken: Int) throws(EvaluationError) -> Exact {
    do {
      return try used.adding(Exact(taken))
    } catch {
      throw .overflow
    }
  }

  private enum Known<Value> {
    case known(Value)
    case unknown(UnknownSet)
  }

  /// What the application takes of a limit; a range where another may already have the place of the leaving institution.
  private func taking(_ part: Limit.Part) -> Known<(low: Int, high: Int)> {
    let application = batch.applications[members[current]]
    let replacer = replaces(application)
    switch part.take {
    case .place:
      if let category = currentCategory {
        if application.designatedFor.contains(category) { return .known((0, 0)) }
      } else if !application.designatedFor.isEmpty,
        application.requests.words.allSatisfy(application.designatedFor.contains)
      {
        return .known((0, 0))
      }
      switch replacer {
      case .yes: return .known((0, 0))
      case .maybe: return .known((0, 1))
      case .no, .pending: return .known((1, 1))
      }
    case .beds:
      let all = application.beds ?? 0
      if replacer == .no || replacer == .pending { return .known((all, all)) }
      switch context.value(slot: policy.names.applicationSlot) {
      case .record(let record):
        let index = Application.shape.index(of: "new_beds") ?? 0
        switch record.value(at: index) {
        case .unknown(let set): return .unknown(set)
        case let value:
          let added = value.exact?.asInt ?? all
          return .known((added, replacer == .maybe ? all : added))
        }
      default: return .known((all, all))
      }
    }
  }

  private var currentCategory: Category? {
    if case .string(let word) = context.value(slot: policy.names.categorySlot) {
      Category(word: word)
    } else {
      nil
    }
  }

  /// Whether the application takes the place of a leaving institution: `no` where it replaces none or another has it.
  private func replaces(_ application: Application) -> Admission {
    guard application.replaces != nil else { return .no }
    guard let leaving = batch.leaving(application), let other = replacedBy[leaving],
      other.application != current
    else { return .yes }
    return other.admission == .yes ? .no : .maybe
  }

  private func scopeName(_ part: Limit.Part) -> Known<String> {
    var names: [String] = []
    let record: any RecordValue
    switch context.value(slot: policy.names.applicationSlot) {
    case .record(let value): record = value
    default: return .known("")
    }
    for scope in part.over {
      let field: String
      switch scope {
      case .city: continue
      case .year:
        names.append("\(batch.applications[members[current]].submitted.year)")
        continue
      case .category:
        names.append(currentCategory?.word ?? "")
        continue
      case .district: field = "district"
      case .street: field = "street"
      case .kind: field = "kind"
      }
      switch record.value(at: Application.shape.index(of: field) ?? 0) {
      case .string(let name): names.append(name)
      case .unknown(let set):
        // Any district of the facts is possible; a street is not guessed.
        if scope == .district {
          return .unknown(
            UnknownSet(
              Unknown(path: set.elements.first?.path ?? "", domain: batch.facts.districtDomain)))
        }
        return .unknown(set)
      default: names.append("")
      }
    }
    return .known(names.joined(separator: " "))
  }

  /// Gives an application its places.
  private func take(
    _ rule: Int, _ decision: Decision, _ member: Int, _ admission: Admission
  ) throws(Faults) {
    guard case .limit(let limit) = policy.rules[rule].constraint,
      decision.outcome != .exempt, decision.outcome != .notApplicable
    else { return }
    for (index, part) in limit.parts.enumerated() {
      try guarded(rule) { () throws(EvaluationError) in
        var applies = true
        var surely = true
        if let program = part.applies {
          switch try context.decide(program) {
          case .yes: break
          case .no: applies = false
          case .unknown: surely = false
          }
        }
        guard applies else { return }
        let key = PartKey(rule: rule, part: index)
        let take: (low: Int, high: Int)
        switch taking(part) {
        case .known(let range): take = range
        case .unknown: take = (0, batch.applications[members[member]].beds ?? 0)
        }
        guard take.high > 0 else { return }
        guard case .known(let name) = scopeName(part) else {
          if admission != .no { floating[key, default: 0] += take.high }
          return
        }
        let scope = state(ScopeKey(part: key, key: name))
        if scopes[scope].used == nil, let program = part.used {
          scopes[scope].used = try context.measure(program).exact
        }
        if scopes[scope].atMost == nil, let program = part.atMost {
          scopes[scope].atMost = try context.measure(program).exact
        }
        scopes[scope].order.append(member)
        if admission == .yes, surely { scopes[scope].takenLow += take.low }
        if admission != .no { scopes[scope].takenHigh += take.high }
        if admission == .maybe { scopes[scope].undecided.append(member) }
      }
    }
  }

  private func state(_ key: ScopeKey) -> Int {
    if let index = scopeIndex[key] { return index }
    scopes.append(ScopeState(part: key.part, key: key.key))
    scopeIndex[key] = scopes.count - 1
    return scopes.count - 1
  }

  /// Notes for the parts that refuse nothing.
  private func advise(
    _ limit: Limit, _ rule: Int, _ category: Category?, _ member: Int
  ) throws(EvaluationError) {
    for (index, part) in limit.parts.enumerated() where part.isAdvisory {
      if let applies = part.applies {
        guard case .yes = try context.decide(applies) else { continue }
      }
      guard let usage = try usage(part, PartKey(rule: rule, part: index)), usage.take > 0,
        let limit = usage.limit, usage.high > limit
      else { continue }
      var decision = Decision(rule: .rule(rule), category: category, outcome: .note)
      decision.part = index
      decision.measured = (usage.low, usage.high)
      decision.limit = limit
      results[member].decisions.append(decision)
    }
  }

  private struct Usage {
    var used: Exact
    var low: Exact
    var high: Exact
    var limit: Exact?
    var take: Int
    var takenLow: Int
    var takenHigh: Int
    var scope: ScopeState?
  }

  /// The figures of a part at the application's turn, where they are known.
  private func usage(_ part: Limit.Part, _ key: PartKey) throws(EvaluationError) -> Usage? {
    guard case .known(let take) = taking(part), case .known(let name) = scopeName(part) else {
      return nil
    }
    let used = try part.used.map { program throws(EvaluationError) in
      try context.measure(program)
    } ?? .known(Exact(0))
    let limit = try part.atMost.flatMap { program throws(EvaluationError) in
      try context.measure(program).exact
    }
    guard let used = used.exact else { return nil }
    let state = scopeIndex[ScopeKey(part: key, key: name)].map { scopes[$0] }
    let takenLow = state?.takenLow ?? 0
    let takenHigh = (state?.takenHigh ?? 0) + floating[key, default: 0]
    return Usage(
      used: used, low: try sum(used, takenLow + take.low),
      high: try sum(used, takenHigh + take.high), limit: limit, take: take.high,
      takenLow: takenLow, takenHigh: takenHigh, scope: state)
  }

  // MARK: What a decision shows

  /// Fills in what was measured against what.
  private func measure(
    _ rule: Rule, _ index: Int, _ decision: inout Decision, _ member: Int
  ) throws(EvaluationError) {
    switch rule.constraint {
    case .require(let require):
      guard case .measure(let measure, _, let limit, _, _) = require.test else { return }
      if let value = try context.measure(measure).exact { decision.measured = (value, value) }
      decision.limit = try context.measure(limit).exact
    case .spacing(let spacing):
      let evidence = evidence(spacing.circle)
      let own = spacing.countsApplicant ? 1 : 0
      decision.circle = (spacing.circle, evidence)
      if evidence.center != nil || evidence.missing.isEmpty {
        decision.measured = (
          Exact(evidence.sure.count + own),
          Exact(
            evidence.sure.count + evidence.withinAccuracy.count + evidence.undecided.count + own)
        )
      }
      decision.limit = try context.measure(spacing.atMost).exact
    case .limit(let limit):
      var chosen: (part: Int, usage: Usage)?
      for (partIndex, part) in limit.parts.enumerated() where !part.isAdvisory {
        if let applies = part.applies {
          guard case .yes = try context.decide(applies) else { continue }
        }
        guard let usage = try usage(part, PartKey(rule: index, part: partIndex)) else { continue }
        if chosen == nil || (usage.limit.map { usage.high > $0 } ?? false) {
          chosen = (partIndex, usage)
          if usage.limit.map({ usage.low > $0 }) ?? false { break }
        }
      }
      guard let chosen else { return }
      decision.part = chosen.part
      decision.takesNone = chosen.usage.take == 0
      decision.lacksNumber = decision.outcome == .review && chosen.usage.limit == nil
      decision.measured = (chosen.usage.low, chosen.usage.high)
      decision.limit = chosen.usage.limit
      decision.usage = (
        chosen.usage.used, chosen.usage.takenLow, chosen.usage.takenHigh, chosen.usage.take
      )
      let ranked = chosen.usage.scope?.order ?? []
      decision.rank = ranked.count + 1
      decision.before = ranked.last
      decision.hangsOn = chosen.usage.scope?.undecided ?? []
    }
  }

  /// Looks at every exemption and exception, for the record.
  private func consider(_ rule: Rule, _ decision: inout Decision) throws(EvaluationError) {
    for (kind, clauses, all) in [
      (Consideration.Kind.exemption, rule.exemptions, policy.exemptions),
      (.exception, rule.exceptions, policy.exceptions),
    ] {
      for index in clauses {
        let holds: Consideration.Holds
        var resolver = Resolver(context) { [context] () throws(EvaluationError) in
          switch try context.decide(all[index].program) {
          case .yes: .settled(.pass)
          case .no: .settled(.fail)
          case .unknown(let unknowns): .unsettled(unknowns)
          }
        }
        switch try resolver.resolve().settled.outcome {
        case .pass: holds = .yes
        case .fail: holds = .no
        case .review: holds = .uncertain
        default: holds = .unknown
        }
        decision.considered.append(
          Decision.Considered(
            clause: index, kind: kind, holds: holds,
            circles: all[index].circles.map { ($0, evidence($0)) }))
      }
    }
  }

  private func needs(_ leaves: [Unknown]) -> [String] {
    var paths: [String] = []
    for leaf in leaves {
      if leaf.path.hasPrefix(Self.missingPrefix) {
        let index = Int(leaf.path.dropFirst(Self.missingPrefix.count)) ?? 0
        for path in evidence(index).missing where !paths.contains(path) { paths.append(path) }
      } else if !leaf.isSoft, !paths.contains(leaf.path) {
        paths.append(leaf.path)
      }
    }
    return paths
  }

  // MARK: Circles

  /// Leaves with this prefix stand for the neighbours that missing data leave open, by the index of the circle.
  private static let missingPrefix = "!circle/"

  private func circleCount(_ index: Int) -> Value {
    let evidence = evidence(index)
    var low = evidence.sure.count
    if !evidence.missing.isEmpty {
      let leaf = Unknown(
        path: "\(Self.missingPrefix)\(index)",
        domain: .integers(low: 0, high: evidence.missing.count))
      guard let assumed = context.overrides[leaf.path]?.exact?.asInt else {
        return .unknown(UnknownSet(leaf))
      }
      low += assumed
    }
    let open = evidence.withinAccuracy.count + evidence.undecided.count
    if open > 0 {
      let leaf = Unknown(
        path: "\(Resolver.softPrefix)circle/\(index)",
        domain: .integers(low: low, high: low + open))
      return context.overrides[leaf.path] ?? .unknown(UnknownSet(leaf))
    }
    return .decimal(Exact(low))
  }

  func evidence(_ index: Int) -> CircleEvidence {
    if let found = circleCache[index] { return found }
    let evidence = countCircle(index)
    circleCache[index] = evidence
    return evidence
  }

  private func countCircle(_ index: Int) -> CircleEvidence {
    let definition = policy.circles[index]
    let radius = context.settings.parameters[definition.radius].exact?.asDouble ?? 0
    let least = definition.accuracy.flatMap { context.settings.parameters[$0].exact?.asDouble } ?? 0
    var counter = CircleCounter(
      radiusMetres: radius, accuracyMetres: least, batch: batch, members: members,
      applicant: members[current])
    // What is assumed elsewhere has no say in whom a circle counts.
    let outer = context.overrides
    if !outer.isEmpty { context.overrides = [:] }
    defer { if !outer.isEmpty { context.overrides = outer } }
    return counter.count(
      isCounted: { neighbour in
        context.neighbour = .record(neighbour)
        defer { context.neighbour = .null }
        return (try? context.decide(definition.program)) ?? .no
      },
      admission: { application in
        position[application].map { results[$0].admission } ?? .pending
      },
      replaced: { institution in
        replacedBy[institution].map { (members[$0.application], $0.admission) }
      })
  }

  // MARK: The order of merit

  /// Whether one member comes before another (semantics.md 4.2).
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    guard let step = decidingStep(left, right) else { return left < right }
    return step.leftFirst
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
