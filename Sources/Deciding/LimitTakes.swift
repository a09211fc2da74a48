import Cases
package import Diagnostics
package import Expression
import Policy

/// What an application takes of limits, and how it is given.
extension Decider {
  /// Adds to ``takes`` what an application takes of a limit.
  package func take(
    _ parts: [RuleTerms.Part], _ rule: RuleTerms, _ outcome: ItemOutcome, _ turn: Ranking.Turn,
    _ admission: Admission, isForVerdictsAlone: Bool
  ) throws(Faults) {
    let member = turn.member
    if outcome.outcome == .exempt { return }
    // It takes places without being held to any limit, if the rule speaks of it at all.
    var isSpokenOf = true
    if outcome.outcome == .notApplicable {
      isSpokenOf = try guarded(rule.index) { () throws(EvaluationError) in
        guard let applies = rule.applies else { return true }
        if case .yes = try context.decide(applies) { return true }
        return false
      }
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
        var speaks: Ternary = isSpokenOf ? .yes : .no
        if isSpokenOf, let program = part.applies { speaks = try context.decide(program) }
        // Whom neither rule nor part speaks of takes a place all the same where the registry will count it among the used.
        if case .no = speaks {
          speaks = try isCounted(by: part)
        } else if outcome.outcome == .notApplicable, part.binds == nil {
          return
        }
        switch speaks {
        case .yes: break
        case .no: return
        case let open: isSure = isSure && !part.isAdvisory && outcome.isSure(open)
        }
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

  /// Whether an application will be counted among what a part of a limit has given away already, where that is counted in the
  /// registry: for what it newly is, so that nobody counts twice. One whose scope is not known stands in none that does not speak of
  /// it.
  private func isCounted(by part: RuleTerms.Part) throws(EvaluationError) -> Ternary {
    guard !part.tallies.isEmpty, case .known = scope(of: part) else { return .no }
    let who = CircleEvidence.Counted.Who.application(applicant)
    let row = batch.applications[applicant].institution.flatMap { batch.registry.row(of: $0) }
    let standing = row.map { records.neighbour(.institution($0)) } ?? records.standing(who)
    func counts(_ record: DataRecord, _ tally: Int) throws(EvaluationError) -> Ternary {
      context.neighbour = .record(record)
      defer { context.neighbour = .null }
      return try context.decide(policy.tallies[tally].program)
    }
    var found: Ternary = .no
    for tally in part.tallies where (policy.tallies[tally].sum == .beds) == (part.take == .beds) {
      var counted = try counts(records.neighbour(who), tally)
      if let standing { counted = counted.and(try counts(standing, tally).negated) }
      found = found.or(counted)
    }
    return found
  }

  /// What an application takes in one scope of a limit, or competes for.
  package struct Take {
    package var part: RuleTerms.Part
    package var scope: ScopeKey
    /// The name of the scope without its street, where streets divide it.
    package var district: String?
    /// Surely, and at most, once it is admitted.
    package var low: Int
    package var high: Int
    /// Whom it hangs on whether it is taken.
    package var undecided: [Int]
    package var used: Exact?
    package var atMost: Exact?

    private func isOfSameScope(_ other: Take) -> Bool {
      part === other.part && scope.names == other.scope.names
    }

    /// What a member takes in one way or another.
    package static func either(_ one: [Take], _ other: [Take], _ member: Int) -> [Take] {
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
  package func give(_ turn: Ranking.Turn, _ admission: Admission, isForVerdictsAlone: Bool) {
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
