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
    let atLow = take.low == 0 ? .pass : settled(low)
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

  func sum(_ used: Exact, _ taken: Int) throws(EvaluationError) -> Exact {
    do {
      return try used.adding(Exact(taken))
    } catch {
      throw .overflow
    }
  }

  enum Known<Value> {
    case known(Value)
    case unknown(UnknownSet)
  }

  /// What the application takes of a limit; a range where another may already have the place of the leaving institution.
  func taking(_ part: Limit.Part) -> Known<(low: Int, high: Int)> {
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

  var currentCategory: Category? {
    if case .string(let word) = context.value(slot: policy.names.categorySlot) {
      Category(word: word)
    } else {
      nil
    }
  }

  /// Whether the application takes the place of a leaving institution: `no` where it replaces none or another has it.
  func replaces(_ application: Application) -> Admission {
    guard application.replaces != nil else { return .no }
    guard let leaving = batch.leaving(application), let other = replacedBy[leaving],
      other.application != current
    else { return .yes }
    return other.admission == .yes ? .no : .maybe
  }

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
    return .known(names.joined(separator: " "))
  }

  /// Gives an application its places.
  func take(
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
    var scope: ScopeState?
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
    let takenHigh = (state?.takenHigh ?? 0) + floating[key, default: 0]
    return Usage(
      used: used, low: try sum(used, takenLow + take.low),
      high: try sum(used, takenHigh + take.high), limit: limit, take: take.high,
      takenLow: takenLow, takenHigh: takenHigh, scope: state)
  }
}
