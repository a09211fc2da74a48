import Diagnostics
import Expression
import Reading

/// Limits: what each scope has given away, and what an application takes.
extension Decider {
  func attempt(
    _ parts: [RuleTerms.Part], _ rule: RuleTerms
  ) throws(EvaluationError) -> Attempt {
    var unknowns: UnknownSet?
    var result: Settled?
    var isUnbound = false
    for part in parts where !part.isAdvisory {
      if let applies = part.applies {
        switch try context.decide(applies) {
        case .yes: break
        case .no:
          if part.binds != nil { isUnbound = true }
          continue
        case .unknown(let set):
          unknowns = unknowns?.union(set) ?? set
          continue
        }
      }
      if let binds = part.binds {
        switch try context.decide(binds) {
        case .yes: break
        case .no:
          isUnbound = true
          continue
        case .unknown(let set):
          unknowns = unknowns?.union(set) ?? set
          continue
        }
      }
      switch try attempt(part, rule) {
      case .unsettled(let set): unknowns = unknowns?.union(set) ?? set
      case .settled(.fail): return .settled(.fail)
      case .settled(let settled):
        if result == nil || settled.outcome == .review { result = settled }
      }
    }
    if let unknowns { return .unsettled(unknowns) }
    // The rule speaks of it, and no part of it binds.
    return .settled(result ?? (isUnbound ? .notApplicable : .pass))
  }

  private func attempt(
    _ part: RuleTerms.Part, _ rule: RuleTerms
  ) throws(EvaluationError) -> Attempt {
    let take: (low: Exact, high: Exact)
    switch try taking(part, rule) {
    case .known(let range): take = range
    case .unknown(let unknowns): return .unsettled(unknowns)
    }
    if take.high == Exact.zero { return .settled(.pass) }
    guard let atMost = part.atMost else { return .settled(Settled(outcome: .review)) }
    var unknowns: UnknownSet?
    var limit = Exact.zero
    switch try context.measure(atMost) {
    case .known(let value): limit = value
    case .unknown(let set):
      if part.reviewWithoutNumber { return .settled(Settled(outcome: .review)) }
      unknowns = set
    }
    var used = Exact.zero
    if let program = part.used {
      switch try context.measure(program) {
      case .known(let value): used = value
      case .unknown(let set): unknowns = unknowns?.union(set) ?? set
      }
    }
    // Where the street is not known it may be one where nobody has a place, and any that somebody has one on.
    var openStreet: UnknownSet?
    var taken = (low: 0, high: 0)
    switch scope(of: part) {
    case .known(let key):
      if let scope = log.places.scope(Self.name(key), ofPart: part.number) {
        let before = log.places.taken(inScope: scope, before: turn, of: current)
        taken = (before.low, before.high)
      }
    case .unknown(let set, _):
      if let most = mostOnAStreet(part) {
        taken.high = most
        openStreet = set
      } else {
        unknowns = unknowns?.union(set) ?? set
      }
    }
    if let unknowns { return .unsettled(unknowns) }
    // Each that is surely admitted and whose scope is missing may have taken its place here or elsewhere.
    let floating = self.floating(part)
    taken.high += floating.maybe
    if let leaf = floating.leaf {
      guard let here = context.overrides[leaf.origin]?.exact?.asInt else {
        return .unsettled(UnknownSet(leaf))
      }
      taken.low += here
      taken.high += here
    }
    let low = try sum(used, taken.low, take.low)
    let high = try sum(used, taken.high, take.high)
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
    if let openStreet { return .unsettled(openStreet) }
    let leaf = Unknown(
      .undecidedLimit(part.number),
      domain: .integers(low: 0, high: 1))
    switch context.overrides[leaf.origin]?.exact {
    case nil: return .unsettled(UnknownSet(leaf))
    case Exact(0): return .settled(atLow)
    default: return .settled(atHigh)
    }
  }

  func sum(_ used: Exact, _ taken: Int, _ take: Exact) throws(EvaluationError) -> Exact {
    do {
      return try (taken == 0 ? used : used.adding(.count(taken))).adding(take)
    } catch {
      throw .overflow
    }
  }

  enum Known<Value> {
    case known(Value)
    case unknown(UnknownSet)
  }

  /// What the application takes of a limit; a range where another may already have the place of the leaving institution.
  func taking(
    _ part: RuleTerms.Part, _ rule: RuleTerms
  ) throws(EvaluationError) -> Known<(low: Exact, high: Exact)> {
    let index = applicant
    switch part.take {
    case .place:
      if let category = context.chosen {
        if batch.applications[index].designatedFor.contains(category) {
          return .known(Self.nothing)
        }
      } else if !batch.applications[index].designatedFor.isEmpty,
        batch.applications[index].requests.isSubset(of: batch.applications[index].designatedFor)
      {
        return .known(Self.nothing)
      }
      let standing = replaces(index)
      if standing == .no { return .known((Exact.one, Exact.one)) }
      switch try freedPlaceCounts(in: part, of: rule) {
      case .no: return .known((Exact.one, Exact.one))
      case .yes: return .known((Exact.zero, standing == .yes ? Exact.zero : Exact.one))
      case .unknown(let set): return .unknown(set)
      }
    case .beds:
      var beds = context.field(Self.newBedsField)
      if batch.applications[index].replaces != nil {
        switch try freedPlaceCounts(in: part, of: rule) {
        case .no: beds = .decimal(Exact(batch.applications[index].beds ?? 0))
        case .yes: beds = newBeds(of: index).replacing(context.assumed)
        case .unknown(let set): return .unknown(set)
        }
      }
      switch beds {
      case .unknown(let set):
        if let leaf = set.elements.first, leaf.isSoft,
          case .number(let low?, let high?) = leaf.domain
        {
          return .known((low, high))
        }
        return .unknown(set)
      case let value:
        let beds = value.exact ?? Exact.zero
        return .known((beds, beds))
      }
    }
  }

  private static let nothing = (low: Exact.zero, high: Exact.zero)
  private static let newBedsField = Catalogue.builtIn.application.index(of: "new_beds") ?? 0
  static let districtField = Catalogue.builtIn.application.index(of: "district") ?? 0
  static let streetField = Catalogue.builtIn.application.index(of: "street") ?? 0

  /// The undecided members that may take the place of the leaving institution before the one that is looked at.
  var rivalReplacers: [Int] {
    let index = applicant
    guard let leaving = batch.applications[index].replaces, replaces(index) == .maybe else {
      return []
    }
    return log.replacements.before(turn, of: leaving, batch, beside: index).map(\.member)
  }

  /// Whether the application takes the place of a leaving institution: `no` where it replaces none or another has it.
  func replaces(_ index: Int) -> Admission { replaces(index, at: turn) }

  func replaces(_ index: Int, at turn: Int) -> Admission {
    guard recognizesReplacements, let leaving = batch.applications[index].replaces,
      !batch.registry.isPresent || batch.freed(by: batch.applications[index]) != nil
    else { return .no }
    let before = log.replacements.before(turn, of: leaving, batch, beside: index)
    if before.contains(where: { $0.admission == .yes }) { return .no }
    return before.isEmpty ? .yes : .maybe
  }

  /// Stands between the names of a scope; no name of a district or street has it.
  static let scopeSeparator = "\u{1F}"

  /// The scope that an application is in, name by name.
  enum ScopeKey {
    case known([String])
    /// Nil stands for what is not known.
    case unknown(UnknownSet, [String?])

    var names: [String?] {
      switch self {
      case .known(let names): names
      case .unknown(_, let names): names
      }
    }
  }

  static func name(_ key: [String]) -> String { key.joined(separator: scopeSeparator) }

  /// What others may have taken in the application's scope that are admitted and whose own is not known: by those that are
  /// undecided, at most; and, as a number that is missing, by those that are surely admitted.
  private func floating(_ part: RuleTerms.Part) -> (maybe: Int, sure: Int, leaf: Unknown?) {
    let all = log.places.floating(
      into: scope(of: part).names, ofPart: part.number, before: turn, of: current)
    if all.isEmpty { return (0, 0, nil) }
    var (maybe, sure) = (0, 0)
    var paths: [String] = []
    for one in all {
      if one.isSure(before: turn) {
        sure += one.high
        paths += missingScope(of: batch.applications[members[one.member]], part)
      } else {
        maybe += one.high
      }
    }
    if sure == 0 { return (maybe, 0, nil) }
    return (
      maybe, sure,
      Unknown(
        figure: "\(policy.rules[part.rule].id)/\(part.part)", from: paths, in: 0...sure)
    )
  }

  /// The paths of what is missing to know in which scope an application takes its place.
  private func missingScope(of application: Application, _ part: RuleTerms.Part) -> [String] {
    part.over.compactMap { scope in
      switch scope {
      case .district where application.district == nil: "applications[\(application.id)].district"
      case .street where application.street == nil: "applications[\(application.id)].street"
      default: nil
      }
    }
  }

  /// The scope that the application is in; without the streets, that of all its streets together.
  func scope(of part: RuleTerms.Part, withoutStreets: Bool = false) -> ScopeKey {
    var result: [String?] = []
    var unknowns: UnknownSet?
    for scope in part.over where !(withoutStreets && scope == .street) {
      let name: String
      switch scope {
      case .city: continue
      case .year: name = yearName
      case .category: name = context.chosen.map { batch.catalogue.words.category[$0].word } ?? ""
      case .kind: name = batch.catalogue.words.kind[batch.applications[applicant].kind].word
      case .district, .street:
        switch context.field(scope == .district ? Self.districtField : Self.streetField) {
        case .string(let text): name = text
        case .unknown(let set):
          // Any district of the facts is possible; a street is not guessed.
          let missing =
            scope == .street
            ? set
            : UnknownSet(
              Unknown(
                path: set.elements.first?.paths.first ?? "", domain: batch.facts.districtDomain))
          // One is asked for after the other, the district first.
          unknowns = unknowns ?? missing
          result.append(nil)
          continue
        default: name = ""
        }
      }
      result.append(name)
    }
    return unknowns.map { .unknown($0, result) } ?? .known(result.compactMap(\.self))
  }

  /// The most that has been given away on any street where the application may be, its street not being known; nil where
  /// something else of its scope is not known either.
  private func mostOnAStreet(_ part: RuleTerms.Part) -> Int? {
    guard part.over.contains(.street),
      case .known(let district) = scope(of: part, withoutStreets: true)
    else { return nil }
    return log.places.mostOnAStreet(of: Self.name(district), ofPart: part.number, before: turn)
  }

  /// Adds to ``takes`` what an application takes of a limit.
  func take(
    _ parts: [RuleTerms.Part], _ rule: RuleTerms, _ outcome: ItemOutcome, _ turn: Ranking.Turn,
    _ admission: Admission, isForVerdictsAlone: Bool
  ) throws(Faults) {
    let member = turn.member
    if outcome.outcome == .exempt { return }
    if outcome.outcome == .notApplicable {
      // It takes places without being held to any limit, if the rule speaks of it at all.
      let isSpokenOf = try guarded(rule.index) { () throws(EvaluationError) in
        guard let applies = rule.applies else { return true }
        if case .yes = try context.decide(applies) { return true }
        return false
      }
      guard isSpokenOf else { return }
    }
    // It takes nothing surely where it may still turn out that the rule does not speak of it, or that it is exempt.
    var isSurelyBound = true
    if outcome.restsOnTrials {
      isSurelyBound = try guarded(rule.index) { () throws(EvaluationError) in
        if let applies = rule.applies {
          guard outcome.isSure(try context.decide(applies)) else { return false }
        }
        let open = try context.firstHolding(rule.exemptions).unknowns
        return open.map { outcome.isSure(.unknown($0)) } ?? true
      }
    }
    for part in parts where !(isForVerdictsAlone && part.isAdvisory) {
      try guarded(rule.index) { () throws(EvaluationError) in
        var isSure = isSurelyBound
        if let program = part.applies {
          switch try context.decide(program) {
          case .yes: break
          case .no: return
          case let open: isSure = isSure && !part.isAdvisory && outcome.isSure(open)
          }
        }
        if outcome.outcome == .notApplicable, part.binds == nil { return }
        let take: (low: Int, high: Int)
        switch try taking(part, rule) {
        case .known(let range): take = (range.low.asInt ?? 0, range.high.asInt ?? 0)
        case .unknown:
          take = (0, part.take == .beds ? batch.applications[applicant].beds ?? 0 : 1)
        }
        guard take.high > 0 else { return }
        // Whom it hangs on that the place is taken: the member itself, or an undecided one that replaces the same institution.
        var undecided: [Int] = []
        if admission == .maybe || !isSure { undecided = [member] }
        if take.low < take.high {
          for rival in rivalReplacers where !undecided.contains(rival) { undecided.append(rival) }
          if undecided.isEmpty { undecided = [member] }
        }
        var place = Take(
          part: part, scope: scope(of: part), low: isSure ? take.low : 0, high: take.high,
          undecided: undecided)
        if part.over.contains(.street),
          case .known(let district) = scope(of: part, withoutStreets: true)
        {
          place.district = Self.name(district)
        }
        if !isForVerdictsAlone {
          place.used = try part.used.flatMap { term throws(EvaluationError) in
            try context.measure(term).exact
          }
          place.atMost = try part.atMost.flatMap { term throws(EvaluationError) in
            try context.measure(term).exact
          }
        }
        takes.append(place)
      }
    }
  }

  /// What an application takes in one scope of a limit, or competes for.
  struct Take {
    var part: RuleTerms.Part
    var scope: ScopeKey
    /// The name of the scope without its street, where streets divide it.
    var district: String?
    /// Surely, and at most, once it is admitted.
    var low: Int
    var high: Int
    /// Whom it hangs on whether it is taken.
    var undecided: [Int]
    var used: Exact?
    var atMost: Exact?

    private func isOfSameScope(_ other: Take) -> Bool {
      part === other.part && scope.names == other.scope.names
    }

    /// What a member takes in one way or another.
    static func either(_ one: [Take], _ other: [Take], _ member: Int) -> [Take] {
      func merged(_ take: Take, _ others: [Take]) -> Take {
        var take = take
        let match = others.first { $0.isOfSameScope(take) }
        take.high = max(take.high, match?.high ?? 0)
        take.low = min(take.low, match?.low ?? 0)
        for rival in match?.undecided ?? [] where !take.undecided.contains(rival) {
          take.undecided.append(rival)
        }
        if take.low < take.high, take.undecided.isEmpty { take.undecided = [member] }
        return take
      }
      return one.map { merged($0, other) }
        + other.filter { take in !one.contains { $0.isOfSameScope(take) } }.map { merged($0, []) }
    }
  }

  /// Gives the member that is looked at what it takes.
  func give(_ turn: Ranking.Turn, _ admission: Admission, isForVerdictsAlone: Bool) {
    let member = turn.member
    for take in takes {
      let isTaken = admission == .yes
      let taken = PlacesTaken.Take(
        member: member, turn: self.turn, rank: turn.rank,
        low: isTaken && turn.rank != .first ? take.low : 0, high: admission == .no ? 0 : take.high)
      guard case .known(let key) = take.scope else {
        if admission != .no {
          log.places.float(
            taken, in: take.scope.names, isSure: isTaken && take.low == take.high,
            ofPart: take.part.number)
        }
        continue
      }
      let name = Self.name(key)
      let scope =
        log.places.scope(name, ofPart: take.part.number)
        ?? log.places.addScope(name, of: take.part)
      if !isForVerdictsAlone {
        let known = log.places.scopes[scope]
        log.places.setFigures(
          used: known.used == nil ? take.used : nil,
          atMost: known.atMost == nil ? take.atMost : nil, ofScope: scope)
      }
      guard admission != .no else {
        if !isForVerdictsAlone { log.places.take(taken, inScope: scope) }
        continue
      }
      if !isForVerdictsAlone {
        let undecided =
          turn.rank == .first && take.undecided.isEmpty ? [member] : take.undecided
        log.places.addUndecided(undecided, turn: self.turn, inScope: scope)
      }
      log.places.take(taken, inScope: scope)
      if let district = take.district {
        log.places.raiseStreet(
          of: district, turn: self.turn, to: log.places.scopes[scope].last?.high ?? 0,
          ofPart: take.part.number)
      }
    }
  }

  /// Notes for the parts that refuse nothing.
  func advise(
    _ parts: [RuleTerms.Part], _ rule: RuleTerms, _ category: Category?
  ) throws(EvaluationError) -> [Decision] {
    var decisions: [Decision] = []
    for part in parts where part.isAdvisory {
      if let applies = part.applies {
        guard case .yes = try context.decide(applies) else { continue }
      }
      guard let usage = try usage(part, rule), usage.take > 0, let limit = usage.limit,
        usage.high > limit
      else { continue }
      var decision = Decision(rule: .rule(rule.index), category: category, outcome: .note)
      decision.part = part.part
      decision.measured = (usage.low, usage.high)
      decision.limit = limit
      decisions.append(decision)
    }
    return decisions
  }

  struct Usage {
    var used: Exact
    var low: Exact
    var high: Exact
    var limit: Exact?
    /// Up to here what is above the limit is left to a person.
    var reviewUpTo: Exact?
    var take: Int
    var takenLow: Int
    var takenHigh: Int
    /// Where it stands among the scopes of the log, if anybody has competed there or will.
    var scope: Int?
    /// How many have competed there before, and the last of them.
    var competed: Int
    var before: Int?
    var takesSurely: Bool
    var takesMaybe: Bool

    var fails: Bool { takesSurely && (limit.map { low > $0 } ?? false) }
    /// The range crosses the limit.
    var isOpen: Bool { !fails && (limit.map { high > $0 } ?? false) }
    /// The range comes to different outcomes at its ends.
    var isSplit: Bool { isOpen || (reviewUpTo.map { low <= $0 && high > $0 } ?? false) }
  }

  /// The figures of a part at the application's turn, where they are known.
  func usage(
    _ part: RuleTerms.Part, _ rule: RuleTerms
  ) throws(EvaluationError) -> Usage? {
    guard case .known(let take) = try taking(part, rule), case .known(let key) = scope(of: part)
    else {
      return nil
    }
    let used =
      try part.used.map { term throws(EvaluationError) in
        try context.measure(term)
      } ?? .known(Exact.zero)
    let limit = try part.atMost.flatMap { term throws(EvaluationError) in
      try context.measure(term).exact
    }
    guard let used = used.exact else { return nil }
    let reviewUpTo = try part.reviewUpTo.flatMap { term throws(EvaluationError) in
      try context.measure(term).exact
    }
    let scope = log.places.scope(Self.name(key), ofPart: part.number)
    let taken =
      scope.map { log.places.taken(inScope: $0, before: turn, of: current) } ?? PlacesTaken.Taken()
    let floating = self.floating(part)
    let takenHigh = taken.high + floating.maybe + floating.sure
    return Usage(
      used: used, low: try sum(used, taken.low, take.low),
      high: try sum(used, takenHigh, take.high), limit: limit, reviewUpTo: reviewUpTo,
      take: take.high.asInt ?? 0,
      takenLow: taken.low, takenHigh: takenHigh, scope: scope, competed: taken.count,
      before: taken.last, takesSurely: take.low > Exact.zero, takesMaybe: take.low < take.high)
  }
}

extension ItemOutcome {
  /// Whether a condition is taken to hold when places are given: where a person ruled, also what hangs on the accuracy of
  /// coordinates, or did on rivals that are decided since.
  fileprivate func isSure(_ holds: Ternary) -> Bool {
    switch holds {
    case .yes: true
    case .no: false
    case .unknown(let open): isRuled && open.elements.allSatisfy(\.isSoft)
    }
  }
}
