import Cases
import Diagnostics
package import Expression
import Policy
import Reading

/// Limits: what each scope has given away, and what an application takes.
extension Decider {
  package func attempt(
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
    if context.decidesByBounds, let settled = try settledByBounds(part, take, atMost) {
      return .settled(settled)
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
    let scope = scope(of: part)
    switch scope {
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
    let floating = floating(part, in: scope)
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

  /// The same where the bounds of what is missing tell; nil where they do not, or the scope is not known.
  private func settledByBounds(
    _ part: RuleTerms.Part, _ take: (low: Exact, high: Exact), _ atMost: Term
  ) throws(EvaluationError) -> Settled? {
    let key = scope(of: part)
    guard case .known(let names) = key else { return nil }
    var taken = (low: 0, high: 0)
    if let scope = log.places.scope(Self.name(names), ofPart: part.number) {
      let before = log.places.taken(inScope: scope, before: turn, of: current)
      taken = (before.low, before.high)
    }
    let floating = floating(part, in: key)
    taken.high += floating.maybe + floating.sure
    let used =
      try part.used.map { term throws(EvaluationError) in try context.measure(term).bounds }
      ?? NumberBounds(.zero, .zero)
    let total = used?.adding(
      NumberBounds(
        try sum(.zero, taken.low, take.low), try sum(.zero, taken.high, take.high)))
    let limit = try context.measure(atMost).bounds
    if Relation.lessOrEqual.holds(total, limit) == true { return .pass }
    // One that may take nothing may pass.
    guard take.low > .zero, Relation.greater.holds(total, limit) == true else { return nil }
    guard let program = part.reviewUpTo else { return .fail }
    switch Relation.greater.holds(total, try context.measure(program).bounds) {
    case true: return .fail
    case false: return Settled(outcome: .review)
    default: return nil
    }
  }

  package func sum(_ used: Exact, _ taken: Int, _ take: Exact) throws(EvaluationError) -> Exact {
    do {
      return try (taken == 0 ? used : used.adding(.count(taken))).adding(take)
    } catch {
      throw .overflow
    }
  }

  package enum Known<Value> {
    case known(Value)
    case unknown(UnknownSet)
  }

  /// What the application takes of a limit; a range where another may already have the place of the leaving institution.
  package func taking(
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
      var beds = context.field(Application.newBedsField(of: policy.catalogue))
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
  static let districtField = Catalogue.builtIn.application.index(of: "district") ?? 0
  static let streetField = Catalogue.builtIn.application.index(of: "street") ?? 0

  /// The undecided members that may take the place of the leaving institution before the one that is looked at.
  var rivalReplacers: [Int] {
    let index = applicant
    guard let leaving = batch.applications[index].replaces, replaces(index) == .maybe else {
      return []
    }
    return log.replacements.before(turn, of: leaving, batch, beside: itself(index))
      .filter { $0.admission == .maybe }.map(\.member)
  }

  /// The application of the input that something that is looked at in its place is: it is no rival of itself, at another rank that it
  /// may have.
  private func itself(_ index: Int) -> Int { index == applicant ? members[current] : index }

  /// Whether the application takes the place of a leaving institution: `no` where it replaces none or another has it.
  package func replaces(_ index: Int) -> Admission { replaces(index, at: turn) }

  package func replaces(_ index: Int, at turn: Int) -> Admission {
    guard recognizesReplacements, let leaving = batch.applications[index].replaces,
      !batch.registry.isPresent || batch.freed(by: batch.applications[index]) != nil
    else { return .no }
    let first = isAtAnyRank ? ranking?.firstTurn(of: current) ?? turn : turn
    let before = log.replacements.before(first, of: leaving, batch, beside: itself(index))
    if before.contains(where: { $0.admission == .yes }) { return .no }
    return before.isEmpty && !isAtAnyRank ? .yes : .maybe
  }

  /// Stands between the names of a scope; no name of a district or street has it.
  static let scopeSeparator = "\u{1F}"

  /// The scope that an application is in, name by name.
  package enum ScopeKey {
    case known([String])
    /// Nil stands for what is not known.
    case unknown(UnknownSet, [String?])

    package var names: [String?] {
      switch self {
      case .known(let names): names
      case .unknown(_, let names): names
      }
    }
  }

  package static func name(_ key: [String]) -> String { key.joined(separator: scopeSeparator) }

  /// What others may have taken in the application's scope that are admitted and whose own is not known: by those that are
  /// undecided, at most; and, as a number that is missing, by those that are surely admitted.
  private func floating(
    _ part: RuleTerms.Part, in scope: ScopeKey
  ) -> (maybe: Int, sure: Int, leaf: Unknown?) {
    if !log.places.floats(ofPart: part.number) { return (0, 0, nil) }
    let key = scope.names
    let (maybe, sure) = log.places.floating(
      into: key, ofPart: part.number, before: turn, of: current)
    if sure == 0 { return (maybe, 0, nil) }
    let paths = log.places.floatingMembers(
      into: key, ofPart: part.number, before: turn, of: current, areSure: true
    ).prefix(Decision.hangsOnLimit).flatMap {
      missingScope(of: batch.applications[members[$0]], part)
    }
    return (
      maybe, sure,
      Unknown(figure: "\(policy.rules[part.rule].id)/\(part.part)", from: paths, in: 0...sure)
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
  package func scope(of part: RuleTerms.Part, withoutStreets: Bool = false) -> ScopeKey {
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

  package struct Usage {
    package var used: Exact
    package var low: Exact
    package var high: Exact
    package var limit: Exact?
    /// Up to here what is above the limit is left to a person.
    package var reviewUpTo: Exact?
    package var take: Int
    var takenLow: Int
    var takenHigh: Int
    /// Where it stands among the scopes of the log, if anybody has competed there or will.
    package var scope: Int?
    /// How many have competed there before, and the last of them.
    var competed: Int
    package var before: Int?
    var takesSurely: Bool
    var takesMaybe: Bool

    package var fails: Bool { takesSurely && (limit.map { low > $0 } ?? false) }
    /// The range crosses the limit.
    package var isOpen: Bool { !fails && (limit.map { high > $0 } ?? false) }
    /// The range comes to different outcomes at its ends.
    var isSplit: Bool { isOpen || (reviewUpTo.map { low <= $0 && high > $0 } ?? false) }
  }

  /// The figures of a part at the application's turn, where they are known.
  package func usage(
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
    let floating = floating(part, in: .known(key))
    let takenHigh = taken.high + floating.maybe + floating.sure
    return Usage(
      used: used, low: try sum(used, taken.low, take.low),
      high: try sum(used, takenHigh, take.high), limit: limit, reviewUpTo: reviewUpTo,
      take: take.high.asInt ?? 0,
      takenLow: taken.low, takenHigh: takenHigh, scope: scope, competed: taken.count,
      before: taken.last, takesSurely: take.low > Exact.zero, takesMaybe: take.low < take.high)
  }
}
