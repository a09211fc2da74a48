package import Cases
package import Diagnostics
import Expression
package import Policy
package import Reading

/// Applications of one profile decided and ready to be explained.
///
/// Beside the run itself each reading and parameter with an alternative
/// is flipped alone, to name the readings that a verdict hangs on.
package final class Screening: Sendable {
  package let policy: Policy
  private let batch: Batch
  private let profile: Int
  private let competitions: [Competition]
  private let outsideSpan: Set<Int>
  /// The day of decision; nil where there is none to hold submissions against.
  private let asOf: CalendarDay?
  private let keepNotApplicable: Bool
  /// By competition.
  private let whatIfs: [WhatIf]
  /// Whether it was asked what would change findings.
  private let tellsWhatIf: Bool
  /// By competition and member, with what is found from outside the rules.
  private let verdicts: [[Verdict]]
  /// By index of the application in the batch.
  private let positions: [Position]
  private let readings: [Int: [DecidingReading]]
  /// Explanations that nobody uses at present, by competition.
  private let idle = Locked<[Int: [Explanation]]>([:])

  /// Decides `members` of the batch by their profile.
  ///
  /// - Parameters:
  ///   - profile: where the profile stands among those of the report.
  ///   - outsideSpan: the members submitted outside every span.
  ///   - asOf: the day of decision; what was submitted after it is for a person to look at.
  ///   - isSeparate: whether the applications of each file compete among themselves alone.
  ///   - isInForce: whether the profile is in force on a day, nil where it would be decided by another; given where it is asked what
  ///     would change findings.
  ///   - observer: counts the runs as they end.
  ///   - terms: those of the profile, whatever its readings and parameters are set to; nil: they are made.
  package init(
    _ policy: Policy, profile: Int, batch: Batch, members: [Int], outsideSpan: Set<Int>,
    asOf: CalendarDay? = nil, keepNotApplicable: Bool, isSeparate: Bool = false,
    whatIf isInForce: (@Sendable (CalendarDay) -> Bool?)? = nil, observer: RunObserver? = nil,
    terms: PolicyTerms? = nil
  ) throws(Faults) {
    self.policy = policy
    self.batch = batch
    self.profile = profile
    self.outsideSpan = outsideSpan
    self.asOf = asOf
    let groups = Dictionary(grouping: members) { index in
      isSeparate ? batch.applications[index].source.file : 0
    }.sorted { $0.key < $1.key }.map(\.value)
    let settings = Settings(policy)
    let terms = terms ?? PolicyTerms(policy)
    let records = BatchRecords(batch, members, terms)
    let flips = Flip.all(policy).filter { flip in
      flip.touches(terms.orderReach) || terms.rules.contains { flip.touches($0.reach) }
        || flip.isOfReplacements(policy.replacements)
          && members.contains {
            batch.applications[$0].replaces != nil
          }
    }
    observer?.enter(.deciding, of: flips.count + 1)
    var competitions: [Competition] = []
    for group in groups {
      competitions.append(
        try Competition(
          policy: policy, terms: terms, settings: settings, records: records, members: group))
    }
    observer?.advance()
    // Where a person ruled which document governs, that is settled.
    let unsettledSpan = outsideSpan.filter {
      batch.outcome(ofReview: .profileNotInForce, of: $0) == .review
    }
    let verdicts = competitions.map { $0.verdicts(unsettledSpan).after(asOf, $0, batch) }
    let otherwise = try Self.sensitivity(
      competitions, flips, terms, unsettledSpan, observer
    ).map { zip(competitions, $0).map { $1.after(asOf, $0, batch) } }
    var positions = [Position](repeating: .none, count: batch.applications.count)
    for (index, competition) in competitions.enumerated() {
      for (member, application) in competition.members.enumerated() {
        positions[application] = Position(competition: Int32(index), member: Int32(member))
      }
    }
    var readings: [Int: [DecidingReading]] = [:]
    for (flip, changed) in zip(flips, otherwise) {
      for (index, competition) in competitions.enumerated() {
        for (member, verdict) in changed[index].enumerated()
        where verdict != verdicts[index][member] {
          readings[competition.members[member], default: []].append(flip.reading(policy, verdict))
        }
      }
    }
    whatIfs = competitions.map {
      WhatIf(
        $0, batch, outsideSpan: unsettledSpan, asOf: asOf, isInForce: isInForce ?? { _ in nil })
    }
    tellsWhatIf = isInForce != nil
    self.competitions = competitions
    self.keepNotApplicable = keepNotApplicable
    self.verdicts = verdicts
    self.positions = positions
    self.readings = readings
  }

  /// A run for so many members takes no longer than waking a thread.
  private static let fewRuns = 32

  /// One run for each way of reading, side by side, each following the first where it can come to nothing else. Each is deterministic
  /// by itself, so threads change no result. Those that take longest come first.
  ///
  /// - Returns: of each flip the verdicts by competition and member.
  private static func sensitivity(
    _ competitions: [Competition], _ flips: [Flip], _ terms: PolicyTerms, _ outsideSpan: Set<Int>,
    _ observer: RunObserver?
  ) throws(Faults) -> [[[Verdict]]] {
    let weights = flips.map { flip in
      (
        flip.touches(terms.orderReach) || flip.isOfReplacements(terms.replacements),
        terms.touched(by: flip, knowsWhomRulesBind: false).count { $0 }
      )
    }
    let order = flips.indices.sorted { left, right in
      let (x, y) = (weights[left], weights[right])
      if x.0 != y.0 { return x.0 }
      return x.1 != y.1 ? x.1 > y.1 : left < right
    }
    let members = competitions.reduce(0) { $0 + $1.members.count }
    let found = try Parallel.map(
      order.count, isWorthSharing: order.count * members > Self.fewRuns
    ) { turn throws(Faults) in
      let flip = flips[order[turn]]
      let verdicts = try competitions.map { competition throws(Faults) in
        try competition.verdicts(under: flip, outsideSpan)
      }
      observer?.advance()
      return verdicts
    }
    var result = [[[Verdict]]](repeating: [], count: flips.count)
    for (flip, verdicts) in zip(order, found) { result[flip] = verdicts }
    return result
  }

  // MARK: What came of it

  package func verdict(of application: Int) -> Verdict? {
    position(of: application).map { verdicts[$0.competition][$0.member] }
  }

  /// Where an application competes.
  private struct Position {
    var competition: Int32
    var member: Int32

    static let none = Position(competition: -1, member: -1)
  }

  private func position(of application: Int) -> (competition: Int, member: Int)? {
    let position = positions[application]
    return position.member < 0 ? nil : (Int(position.competition), Int(position.member))
  }

  /// The requests of an application that it would do better without, each with the verdict on the rest.
  package func withdrawals(of application: Int) -> [Withdrawal] {
    guard let place = position(of: application) else { return [] }
    let present = verdicts[place.competition][place.member]
    if present == .admissible { return [] }
    let categories = batch.catalogue.words.category.entries
    return whatIfs[place.competition].withdrawals(of: place.member).compactMap { cure in
      guard cure.verdict != .refused, cure.verdict != present,
        cure.verdict == .admissible || present == .refused,
        let category = categories.first(where: { $0.word == cure.value })
      else { return nil }
      return Withdrawal(category: category.label, verdict: cure.verdict)
    }
  }

  /// The explained result of one application; nil where it is not one of this screening. Any number of threads may ask at once.
  ///
  /// - Parameter tellsCures: whether what would change its findings is told, where that was asked for.
  package func result(of application: Int, tellsCures: Bool = false) -> SubjectResult? {
    explained(application) { explanation, competition, member, readings in
      explanation.result(
        member, verdict: verdicts[competition][member], readings: readings,
        whatIf: tellsCures && tellsWhatIf ? whatIfs[competition] : nil)
    }
  }

  /// The same with what its rules come to alone, which takes a part of the time: without sentences, figures and law.
  package func outcomes(of application: Int) -> SubjectResult? {
    explained(application) { explanation, competition, member, readings in
      explanation.outcomes(
        member, verdict: verdicts[competition][member], readings: readings)
    }
  }

  /// What its rules came to, notes and reports about readings among them.
  package func ruleOutcomes(of application: Int) -> [RuleOutcome] {
    outcomes(of: application)?.ruleOutcomes ?? []
  }

  private func explained(
    _ application: Int,
    _ result: (
      _ explanation: Explanation, _ competition: Int, _ member: Int, [DecidingReading]
    ) -> SubjectResult
  ) -> SubjectResult? {
    guard let (competition, member) = position(of: application) else { return nil }
    let explanation =
      idle.withLock { $0[competition]?.popLast() }
      ?? Explanation(
        competitions[competition], profile: profile, outsideSpan: outsideSpan, asOf: asOf,
        keepNotApplicable: keepNotApplicable)
    defer { idle.withLock { $0[competition, default: []].append(explanation) } }
    return result(explanation, competition, member, readings[application] ?? [])
  }

  /// What is said once of all that compete: that a step of the order of merit tells nobody apart (semantics.md 4.2).
  package var notes: [Note] {
    competitions.compactMap { competition in
      guard policy.merit.contains(where: { $0.key == .score }),
        competition.members.allSatisfy({ batch.applications[$0].score == nil }),
        competition.log.places.scopes.contains(where: { $0.competitors.count > 1 }),
        let first = competition.members.first
      else { return nil }
      return Note(
        path: batch.files[batch.applications[first].source.file].path,
        zh: "各申请均未填评估得分，择优时略过得分，依次按申请日期和编号排列",
        en:
          "no application has an evaluation score; the order of merit passes over it to what comes next"
      )
    }
  }

  /// The quota table.
  package var places: [PlaceRow] {
    let tenant = String(policy.id.prefix { $0 != "/" })
    return competitions.flatMap { competition in
      competition.log.places.scopes.map { scope in
        guard case .limit(let limit) = policy.rules[scope.rule].constraint else {
          return nil as PlaceRow?
        }
        let part = limit.parts[scope.part]
        let words = words(of: scope, part, tenant) + [part.name].compactMap(\.self)
        let used = part.used == nil ? Exact.zero : scope.used
        let left: String? =
          if let limit = scope.atMost, let used,
            let rest = try? limit.subtracting(used).subtracting(Exact(scope.last?.low ?? 0))
          { max(rest, Exact.zero).description } else { nil }
        var row = PlaceRow(
          rule: policy.rules[scope.rule].id, scope: words.joined(separator: " "),
          unit: part.take.unit, limit: scope.atMost?.description,
          usedBefore: used?.description, taken: String(scope.last?.low ?? 0),
          takenIfAll: String(scope.last?.high ?? 0), left: left,
          order: scope.competitors.map { batch.applications[competition.members[$0]].id })
        row.isAdvisory = part.isAdvisory
        if let limit = scope.atMost, let used {
          row.rest = (try? limit.subtracting(used))?.description
        }
        row.scopeWord = ScopeWords.of(part, names(of: scope), batch.catalogue)
        return row
      }.compactMap(\.self)
    }
  }

  /// A scope as people call it, without the name of the part of the limit.
  private func words(
    of scope: PlacesTaken.Scope, _ part: Limit.Part, _ tenant: String
  ) -> [String] {
    (part.over.contains(.city) ? [tenant] : []) + names(of: scope)
  }

  /// The district, year, category or whatever a limit is counted by.
  private func names(of scope: PlacesTaken.Scope) -> [String] {
    scope.key.split(separator: Decider.scopeSeparator).map(String.init)
  }

  /// What each application that is surely admitted takes of each limit, in the order of merit.
  package var takes: [PlaceTake] {
    let tenant = String(policy.id.prefix { $0 != "/" })
    var takes: [PlaceTake] = []
    var figuresOf: [[Int]: [String]] = [:]
    for competition in competitions {
      for scope in competition.log.places.scopes {
        guard case .limit(let limit) = policy.rules[scope.rule].constraint else { continue }
        let part = limit.parts[scope.part]
        let names = scope.key.split(
          separator: Decider.scopeSeparator, omittingEmptySubsequences: false
        ).map(String.init)
        let category = part.over.filter { $0 != .city }.firstIndex(of: .category)
        let base = part.used == nil ? Exact.zero : scope.used
        let number = [scope.rule, scope.part]
        let usedFrom = figuresOf[number] ?? part.used.map(figures) ?? []
        figuresOf[number] = usedFrom
        var before = 0
        for entry in scope.entries {
          defer { before = entry.low }
          guard entry.low > before, entry.last >= 0 else { continue }
          let used = base.flatMap { try? $0.adding(Exact(before)) }
          takes.append(
            PlaceTake(
              application: competition.members[Int(entry.last)],
              rule: policy.rules[scope.rule].id, name: part.name, part: scope.part,
              category: category.flatMap { names.indices.contains($0) ? names[$0] : nil },
              scope: words(of: scope, part, tenant).joined(separator: " "),
              isYearly: part.over.contains(.year), unit: part.take.unit, take: entry.low - before,
              used: used?.description, usedWhole: used?.ceiling.asInt,
              usedFrom: usedFrom, isCounted: part.used != nil,
              limit: scope.atMost?.description, limitWhole: scope.atMost?.floor.asInt,
              isAdvisory: part.isAdvisory, turn: Int(entry.turn)))
        }
      }
    }
    return takes.sorted { ($0.turn, $0.application) < ($1.turn, $1.application) }
  }

  /// The figures of the year, of the city or the district, that an expression rests on, each once.
  private func figures(of program: Program) -> [String] {
    var found: [String] = []
    for program in policy.graph.programs([program], policy.graph.reach([program])) {
      for path in program.references.paths where !found.contains(path) {
        if path.hasPrefix("facts.") || path.hasPrefix("district.") { found.append(path) }
      }
    }
    return found
  }
}

extension [Screening] {
  /// What the first says that says anything. Each is asked once: a lazy `compactMap` asks the one that it finds twice.
  package func firstTold<Told>(_ told: (Screening) -> Told?) -> Told? {
    for screening in self {
      if let told = told(screening) { return told }
    }
    return nil
  }
}

extension [Verdict] {
  /// The verdicts on a competition's members, with what the day of decision says of their days of submission.
  fileprivate func after(
    _ asOf: CalendarDay?, _ competition: Competition, _ batch: Batch
  ) -> [Verdict] {
    zip(competition.members, self).map { index, verdict in
      verdict.decided(on: asOf, batch.applications[index].submitted, of: index, batch)
    }
  }
}

extension Verdict {
  /// What it is of an application of a day of submission: one after the day of decision is for a person to look at.
  func decided(
    on asOf: CalendarDay?, _ submitted: CalendarDay, of index: Int, _ batch: Batch
  ) -> Verdict {
    guard self == .admissible, let asOf, asOf < submitted,
      batch.outcome(ofReview: .submittedAfterDecision, of: index) == .review
    else { return self }
    return .review
  }
}

/// What one rule came to, for tests of a profile.
package struct RuleOutcome: Sendable, Hashable {
  package var rule: String
  /// The readable name of the rule, or of the part that gives a note.
  package var name: String
  package var category: String?
  package var outcome: Outcome

  package init(
    rule: String,
    name: String,
    category: String? = nil,
    outcome: Outcome
  ) {
    self.rule = rule
    self.name = name
    self.category = category
    self.outcome = outcome
  }
}

extension SubjectResult {
  /// What its rules came to, for tests of a profile.
  package var ruleOutcomes: [RuleOutcome] {
    findings.map {
      RuleOutcome(rule: $0.rule, name: $0.name, category: $0.category, outcome: $0.outcome)
    }
  }
}
