import Cases
package import Diagnostics
package import Expression
import Policy

/// What a decision shows: the figures it was made with and everything that was looked at.
extension Decider {
  /// Fills in what was measured against what.
  package func measure(_ rule: RuleTerms, _ decision: inout Decision) throws(EvaluationError) {
    switch rule.demand {
    case .require(let require):
      if rule.demandsCircle, let circle = rule.circles.first {
        decision.circle = (circle, try evidence(circle))
      }
      guard case .measure(let measure, _, let limit, _) = require else { return }
      if let value = try context.measure(measure).exact { decision.measured = (value, value) }
      decision.setLimit(try context.measure(limit))
    case .spacing(let circle, let countsApplicant, let atMost):
      let evidence = try evidence(circle)
      let own = countsApplicant ? 1 : 0
      decision.circle = (circle, evidence)
      if evidence.center != nil || evidence.missing.isEmpty {
        decision.measured = (
          Exact(evidence.sure.count + own),
          Exact(evidence.sure.count + evidence.openCount + own)
        )
      }
      decision.limit = try context.measure(atMost).exact
    case .limit(let parts):
      // The part that decides is shown: one that fails, else one that leaves it open, else the first.
      var chosen: (part: Int, usage: Usage, weight: Int)?
      var failing: [(part: Int, measured: Exact, limit: Exact)] = []
      for part in parts where !part.isAdvisory {
        if let applies = part.applies {
          guard case .yes = try context.decide(applies) else { continue }
        }
        if let binds = part.binds, case .no = try context.decide(binds) { continue }
        guard let usage = try usage(part, rule) else { continue }
        let weight: Int
        if usage.take == 0 {
          weight = 0
        } else if usage.limit != nil {
          weight = usage.fails ? 3 : usage.isOpen ? 2 : 1
        } else {
          weight = 2
        }
        if usage.fails, usage.take > 0, let limit = usage.limit {
          failing.append((part.part, usage.low, limit))
        }
        if chosen.map({ weight > $0.weight }) ?? true { chosen = (part.part, usage, weight) }
      }
      guard let chosen else { return }
      decision.part = chosen.part
      decision.otherParts = failing.filter { $0.part != chosen.part }
      decision.takesNone = chosen.usage.take == 0
      decision.lacksNumber = decision.outcome == .review && chosen.usage.limit == nil
      decision.measured = (chosen.usage.low, chosen.usage.high)
      if let limit = chosen.usage.limit {
        decision.limit = limit
      } else if let atMost = parts[chosen.part].atMost {
        decision.setLimit(try context.measure(atMost))
      }
      decision.usage = (
        chosen.usage.used, chosen.usage.takenLow, chosen.usage.takenHigh, chosen.usage.take
      )
      decision.rank = chosen.usage.competed + 1
      decision.before = chosen.usage.before
    }
  }

  /// The undecided members that an open decision hangs on, in the order of merit: so many of them, and how many more there are.
  package func hangsOn(
    _ rule: RuleTerms, _ decision: Decision
  ) throws(EvaluationError) -> (named: [Int], more: Int) {
    let limit = Decision.hangsOnLimit
    var inScope = UndecidedMembers()
    var floating: [Int] = []
    var others = DistinctMembers()
    // What surely fails hangs on nobody, whatever becomes of its exceptions.
    if case .limit(let parts) = rule.demand, let part = decision.part,
      let usage = try usage(parts[part], rule), usage.isSplit
    {
      if let scope = usage.scope { inScope = log.places.scopes[scope].undecided }
      floating = log.places.floatingMembers(
        into: scope(of: parts[part]).names, ofPart: parts[part].number, before: turn, of: current,
        areSure: false
      ).filter { !inScope.contains($0, before: turn) }
    }
    // Whether it takes a place or beds at all may be up to another that replaces the same institution.
    for rival in rivalReplacers { others.add(rival) }
    for circle in rule.circles {
      for rival in try evidence(circle).rivals {
        if let member = position(of: rival) { others.add(member) }
      }
    }
    let known = Set(others.count == 0 ? [] : floating)
    var named = DistinctMembers()
    for member in inScope.first(limit, before: turn) { named.add(member) }
    for member in floating.prefix(limit) { named.add(member) }
    var total = inScope.count(before: turn) + floating.count
    for member in others.all {
      if !inScope.contains(member, before: turn), !known.contains(member) { total += 1 }
      named.add(member)
    }
    let first = named.all.sorted { self.turn($0) < self.turn($1) }.prefix(limit)
    return (Array(first), total - first.count)
  }

  /// Looks at every exemption and exception, for the record.
  func consider(
    _ rule: RuleTerms, _ applicability: Applicability, _ decision: inout Decision
  ) throws(EvaluationError) {
    for exemption in rule.exemptions {
      var holds = Consideration.Holds.no
      if case .bound = applicability {} else { holds = try self.holds(exemption.term) }
      try add(exemption.clause, .exemption, holds, policy.exemptions, &decision)
    }
    for exception in rule.exceptions {
      try add(
        exception.clause, .exception, try holds(exception.term), policy.exceptions, &decision)
    }
  }

  private func add(
    _ clause: Int, _ kind: Consideration.Kind, _ holds: Consideration.Holds,
    _ clauses: [Policy.Clause], _ decision: inout Decision
  ) throws(EvaluationError) {
    var circles: [(index: Int, evidence: CircleEvidence)] = []
    for circle in clauses[clause].circles { circles.append((circle, try evidence(circle))) }
    decision.considered.append(
      Decision.Considered(clause: clause, kind: kind, holds: holds, circles: circles))
  }

  /// The counts of the circles that a term rests on, nothing else changing what it comes to.
  package struct CountsKey: Hashable {
    package var term: ObjectIdentifier
    package var counts: [Int]
  }

  /// Of each circle how many are inside surely, for want of data, and maybe for another reason; nil where one of them hangs on something
  /// else beside.
  func counts(of circles: [Int]) throws(EvaluationError) -> [Int]? {
    var counts: [Int] = []
    for circle in circles {
      let evidence = try evidence(circle)
      if evidence.leaves != nil { return nil }
      counts += [
        evidence.sure.count, evidence.isOpenEnded ? Self.mostInCircle : evidence.open,
        evidence.openCount,
      ]
    }
    return counts
  }

  private func holds(_ term: Term) throws(EvaluationError) -> Consideration.Holds {
    guard let circles = term.circles, context.overrides.isEmpty,
      let counts = try counts(of: circles)
    else { return try resolved(term).holds }
    let key = CountsKey(term: ObjectIdentifier(term), counts: counts)
    if let known = heldByCounts[key] { return known }
    let holds = try resolved(term).holds
    heldByCounts[key] = holds
    return holds
  }

  /// Whether a term holds, whatever is missing tried in all its values; and what it hangs on.
  package func resolved(
    _ term: Term
  ) throws(EvaluationError) -> (holds: Consideration.Holds, needs: [Unknown]) {
    let leaves: UnknownSet
    switch try context.decide(term) {
    case .yes: return (.yes, [])
    case .no: return (.no, [])
    case .unknown(let unknowns): leaves = unknowns
    }
    var resolver = Resolver(context) { [context] () throws(EvaluationError) in
      switch try context.decide(term) {
      case .yes: .settled(.pass)
      case .no: .settled(.fail)
      case .unknown(let unknowns): .unsettled(unknowns)
      }
    }
    let resolution = try resolver.resolve(leaves)
    switch resolution.settled.outcome {
    case .pass: return (.yes, [])
    case .fail: return (.no, [])
    case .review: return (.uncertain, [])
    default: return (.unknown, resolution.needs)
    }
  }

  package func needs(_ leaves: [Unknown]) throws(EvaluationError) -> [String] {
    var paths: [String] = []
    for leaf in leaves {
      var missing = leaf.paths
      if case .missingInCircle(let circle) = leaf.origin { missing = try evidence(circle).missing }
      for path in missing where !paths.contains(path) { paths.append(path) }
    }
    return paths
  }
}

extension Decision {
  fileprivate mutating func setLimit(_ measured: Measured) {
    switch measured {
    case .known(let value): limit = value
    case .unknown(let set): openLimit = set
    }
  }
}
