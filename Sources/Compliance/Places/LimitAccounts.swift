import Diagnostics
import Expression
import Reading

/// Limits: what each scope has given away, and what an application takes.
extension Competition {
  func attempt(_ limit: Limit, rule: Int) throws(EvaluationError) -> Attempt {
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
    // The rule speaks of it, and no part of it binds.
    return .settled(result ?? .pass)
  }

  func attempt(_ part: Limit.Part, _ key: PartKey) throws(EvaluationError) -> Attempt {
    let take: (low: Exact, high: Exact)
    switch taking(part) {
    case .known(let range): take = range
    case .unknown(let unknowns): return .unsettled(unknowns)
    }
    if take.high == Exact(0) { return .settled(.pass) }
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
    let low = try sum(used, state?.takenLow ?? 0, take.low)
    let high = try sum(used, (state?.takenHigh ?? 0) + (floating[key]?.takenHigh ?? 0), take.high)
    context.note(high, limit, as: "limit-high")
    context.note(low, limit, as: "limit-low")
    var upTo = limit
    if let program = part.reviewUpTo {
      switch try context.measure(program) {
      case .known(let value): upTo = max(value, limit)
      case .unknown(let set): return .unsettled(set)
      }
      context.note(high, upTo, as: "limit-high-review")
      context.note(low, upTo, as: "limit-low-review")
    }
    func settled(_ total: Exact) -> Settled {
      total <= limit ? .pass : total <= upTo ? Settled(outcome: .review) : .fail
    }
    let atLow = take.low == Exact(0) ? .pass : settled(low)
    let atHigh = settled(high)
    if atLow == atHigh { return .settled(atLow) }
    let leaf = Unknown(
      path: "\(Resolver.softPrefix)limit/\(key.rule)/\(key.part)",
      domain: .integers(low: 0, high: 1))
    switch context.overrides[leaf.path]?.exact {
    case nil: return .unsettled(UnknownSet(leaf))
    case Exact(0): return .settled(atLow)
    default: return .settled(atHigh)
    }
  }

  func sum(_ used: Exact, _ taken: Int, _ take: Exact) throws(EvaluationError) -> Exact {
    do {
      return try used.adding(Exact(taken)).adding(take)
    } catch {
      throw .overflow
    }
  }

  enum Known<Value> {
    case known(Value)
    case unknown(UnknownSet)
  }

  /// The application that is looked at as conditions see it, with the beds that it adds at its turn.
  ///
  /// The leaving institution's beds are counted off only for the one that replaces it. Where that hangs on an undecided
  /// application, `new_beds` is one of two numbers; where the leaving one's beds are missing, anything up to what is asked for.
  func record(of application: Application) -> DataRecord {
    guard let leaving = application.replaces else { return application.record(leavingBeds: nil) }
    let standing = replaces(application)
    if standing == .no { return application.record(leavingBeds: 0) }
    let leavingBeds = batch.leavingBeds(application)
    let record = application.record(leavingBeds: leavingBeds)
    let all = application.beds ?? 0
    let open: Unknown
    if leavingBeds == nil {
      guard all > 0 else { return record }
      open = Unknown(
        path: Self.leavingPrefix
          + (batch.registry.isPresent ? "registry[\(leaving)].beds" : "registry"),
        domain: .number(minimum: Exact(0), maximum: Exact(all)))
    } else {
      let added = application.newBeds(leavingBeds: leavingBeds) ?? all
      guard standing == .maybe, added < all else { return record }
      open = Unknown(
        path: "\(Resolver.softPrefix)new_beds",
        domain: .number(minimum: Exact(added), maximum: Exact(all)))
    }
    var values = record.values
    if let field = Application.shape.index(of: "new_beds") {
      values[field] = .unknown(UnknownSet(open))
    }
    return DataRecord(Application.shape, values)
  }

  /// Leaves with this prefix stand for the beds of a leaving institution; what follows is the path that is missing.
  static let leavingPrefix = "!leaving/"

  /// What the application takes of a limit; a range where another may already have the place of the leaving institution.
  func taking(_ part: Limit.Part) -> Known<(low: Exact, high: Exact)> {
    let application = batch.applications[members[current]]
    switch part.take {
    case .place:
      if let category = currentCategory {
        if application.designatedFor.contains(category) { return .known((Exact(0), Exact(0))) }
      } else if !application.designatedFor.isEmpty,
        application.requests.words.allSatisfy(application.designatedFor.contains)
      {
        return .known((Exact(0), Exact(0)))
      }
      switch replaces(application) {
      case .yes: return .known((Exact(0), Exact(0)))
      case .maybe: return .known((Exact(0), Exact(1)))
      case .no, .pending: return .known((Exact(1), Exact(1)))
      }
    case .beds:
      guard case .record(let record) = context.value(slot: policy.names.applicationSlot) else {
        return .known((Exact(0), Exact(0)))
      }
      switch record.value(at: Application.shape.index(of: "new_beds") ?? 0) {
      case .unknown(let set):
        if let leaf = set.elements.first, leaf.isSoft,
          case .number(let low?, let high?) = leaf.domain
        {
          return .known((low, high))
        }
        return .unknown(set)
      case let value:
        let beds = value.exact ?? Exact(0)
        return .known((beds, beds))
      }
    }
  }

  var currentCategory: Category? {
    if case .string(let word) = context.value(slot: policy.names.categorySlot) {
      Category(word: word)
    } else {
      nil
    }
  }

  /// The undecided members that may take the place of the leaving institution before the one that is looked at.
  var rivalReplacers: [Int] {
    let application = batch.applications[members[current]]
    guard let leaving = application.replaces, replaces(application) == .maybe else { return [] }
    return replacements.before(turns[current], of: leaving, batch).map(\.member)
  }

  /// Whether the application takes the place of a leaving institution: `no` where it replaces none or another has it.
  func replaces(_ application: Application) -> Admission {
    guard let leaving = application.replaces else { return .no }
    let before = replacements.before(turns[current], of: leaving, batch)
    if before.contains(where: { $0.admission == .yes }) { return .no }
    return before.isEmpty ? .yes : .maybe
  }

  /// Stands between the names of a scope; no name of a district or street has it.
  static let scopeSeparator = "\u{1F}"

  func scopeName(_ part: Limit.Part) -> Known<String> {
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
    return .known(names.joined(separator: Self.scopeSeparator))
  }

  /// Gives an application its places.
  func take(
    _ rule: Int, _ decision: Decision, _ member: Int, _ admission: Admission
  ) throws(Faults) {
    guard case .limit(let limit) = policy.rules[rule].constraint,
      decision.outcome != .exempt, decision.outcome != .notApplicable
    else { return }
    // It takes nothing surely where it may still turn out that the rule does not speak of it, or that it is exempt.
    var isSurelyBound = true
    if decision.restsOnTrials {
      isSurelyBound = try guarded(rule) { () throws(EvaluationError) in
        if let applies = policy.rules[rule].applies {
          guard case .yes = try context.decide(applies) else { return false }
        }
        return try exemption(of: policy.rules[rule]).unknowns == nil
      }
    }
    for (index, part) in limit.parts.enumerated() {
      try guarded(rule) { () throws(EvaluationError) in
        var isSure = isSurelyBound
        if let program = part.applies {
          switch try context.decide(program) {
          case .yes: break
          case .no: return
          case .unknown: isSure = false
          }
        }
        let key = PartKey(rule: rule, part: index)
        let take: (low: Int, high: Int)
        switch taking(part) {
        case .known(let range): take = (range.low.asInt ?? 0, range.high.asInt ?? 0)
        case .unknown: take = (0, batch.applications[members[member]].beds ?? 0)
        }
        guard take.high > 0 else { return }
        // Whom it hangs on that the place is taken: the member itself, or an undecided one that replaces the same institution.
        var undecided: [Int] = []
        if admission == .maybe || !isSure { undecided = [member] }
        if take.low < take.high {
          for rival in rivalReplacers where !undecided.contains(rival) { undecided.append(rival) }
          if undecided.isEmpty { undecided = [member] }
        }
        guard case .known(let name) = scopeName(part) else {
          if admission != .no {
            floating[key, default: Floating()].takenHigh += take.high
            floating[key, default: Floating()].members.append(member)
          }
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
        guard admission != .no else { return }
        if admission == .yes, isSure { scopes[scope].takenLow += take.low }
        scopes[scope].takenHigh += take.high
        for rival in undecided where !scopes[scope].undecided.contains(rival) {
          scopes[scope].undecided.append(rival)
        }
      }
    }
  }

  func state(_ key: ScopeKey) -> Int {
    if let index = scopeIndex[key] { return index }
    scopes.append(ScopeState(part: key.part, key: key.key))
    scopeIndex[key] = scopes.count - 1
    return scopes.count - 1
  }

  /// Notes for the parts that refuse nothing.
  func advise(
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

  struct Usage {
    var used: Exact
    var low: Exact
    var high: Exact
    var limit: Exact?
    var take: Int
    var takenLow: Int
    var takenHigh: Int
    /// The undecided members that the range hangs on.
    var undecided: [Int]
    /// Those that compete for the same places, in their order.
    var order: [Int]

    var takesSurely: Bool

    var fails: Bool { takesSurely && (limit.map { low > $0 } ?? false) }
    /// The range crosses the limit.
    var isOpen: Bool { !fails && (limit.map { high > $0 } ?? false) }
  }

  /// The figures of a part at the application's turn, where they are known.
  func usage(_ part: Limit.Part, _ key: PartKey) throws(EvaluationError) -> Usage? {
    guard case .known(let take) = taking(part), case .known(let name) = scopeName(part) else {
      return nil
    }
    let used =
      try part.used.map { program throws(EvaluationError) in
        try context.measure(program)
      } ?? .known(Exact(0))
    let limit = try part.atMost.flatMap { program throws(EvaluationError) in
      try context.measure(program).exact
    }
    guard let used = used.exact else { return nil }
    let state = scopeIndex[ScopeKey(part: key, key: name)].map { scopes[$0] }
    let takenLow = state?.takenLow ?? 0
    let takenHigh = (state?.takenHigh ?? 0) + (floating[key]?.takenHigh ?? 0)
    return Usage(
      used: used, low: try sum(used, takenLow, take.low),
      high: try sum(used, takenHigh, take.high), limit: limit, take: take.high.asInt ?? 0,
      takenLow: takenLow, takenHigh: takenHigh,
      undecided: (state?.undecided ?? []) + (floating[key]?.members ?? [])
        + (take.low < take.high ? rivalReplacers : []),
      order: state?.order ?? [], takesSurely: take.low > Exact(0))
  }
}
