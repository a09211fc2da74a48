package import Diagnostics
import Dispatch
import Expression
import Reading
import Synchronization

/// Applications of one profile decided and ready to be explained.
///
/// They compete only with those submitted in the same year. Beside the run itself each reading and parameter with an alternative
/// is flipped alone, to name the readings that a verdict hangs on.
// SAFETY: decided once, in `init`, and not changed after; whoever explains takes an explanation for itself alone.
package final class Screening: @unchecked Sendable {
  package let policy: Policy
  private let batch: Batch
  private let profile: Int
  private let competitions: [Competition]
  private let outsideSpan: Set<Int>
  private let isSeparate: Bool
  /// By index of the application in the batch.
  private var seats: [(competition: Int, member: Int)?]
  private var readings: [Int: [DecidingReading]] = [:]

  /// Decides `members` of the batch by their profile.
  ///
  /// - Parameters:
  ///   - profile: where the profile stands among those of the report.
  ///   - outsideSpan: the members submitted outside every span.
  ///   - isSeparate: whether the applications of each file compete among themselves alone.
  ///   - observer: counts the runs as they end.
  package init(
    _ policy: Policy, profile: Int, batch: Batch, members: [Int], outsideSpan: Set<Int>,
    keepNotApplicable: Bool, isSeparate: Bool = false, observer: RunObserver? = nil
  ) throws(Faults) {
    self.policy = policy
    self.batch = batch
    self.profile = profile
    self.outsideSpan = outsideSpan
    self.isSeparate = isSeparate
    let groups = Dictionary(grouping: members) { index in
      let application = batch.applications[index]
      return [isSeparate ? application.source.file : 0, application.submitted.year]
    }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    let settings = Settings(policy)
    let terms = PolicyTerms(policy)
    let records = BatchRecords(batch, members, terms)
    let flips = Flip.all(policy).filter { flip in
      flip.changesOrder(of: policy, terms)
        || terms.rules.contains { $0.isTouched(by: flip, of: policy) }
    }
    let rehearsed: [[[Verdict]]]
    (competitions, rehearsed) = try Self.runs(
      policy, terms, settings, flips, batch, records, groups, outsideSpan,
      keepNotApplicable: keepNotApplicable, observer: observer)
    seats = Array(repeating: nil, count: batch.applications.count)
    for (index, competition) in competitions.enumerated() {
      for (member, application) in competition.members.enumerated() {
        seats[application] = (index, member)
      }
      for member in competition.members.indices {
        addBuiltIn(competition, member, outsideSpan)
      }
    }
    for (flip, verdicts) in zip(flips, rehearsed) {
      for (competition, verdicts) in zip(competitions, verdicts) {
        for (member, verdict) in verdicts.enumerated()
        where verdict != competition.results[member].verdict {
          readings[competition.members[member], default: []].append(
            flip.reading(policy, verdict))
        }
      }
    }
  }

  /// One run for each way of reading, side by side; each is deterministic by itself, so threads change no result. What a way of
  /// reading cannot change before the first turn is found out once for all, and the others follow the first run turn by turn
  /// wherever they can come to nothing else. Those that cannot come first.
  ///
  /// - Returns: the run as the profile reads, and of each flip the verdicts by competition and member.
  private static func runs(
    _ policy: Policy, _ terms: PolicyTerms, _ settings: Settings, _ flips: [Flip], _ batch: Batch,
    _ records: BatchRecords, _ groups: [[Int]], _ outsideSpan: Set<Int>, keepNotApplicable: Bool,
    observer: RunObserver?
  ) throws(Faults) -> ([Competition], [[[Verdict]]]) {
    let run = groups.map { group in
      Competition(
        policy: policy, terms: terms, settings: settings, batch: batch, records: records,
        members: group, keepNotApplicable: keepNotApplicable, isRehearsal: false)
    }
    for competition in run { try competition.line() }
    // Of a run that goes on, others look at nothing else.
    let firsts = run.map { ($0, lineup: $0.lineup, log: $0.log) }
    let touched = flips.map { flip in terms.touched(by: flip, of: policy) }
    let reorders = flips.map { flip in flip.changesOrder(of: policy, terms) }
    let order = flips.indices.sorted { left, right in
      if reorders[left] != reorders[right] { return reorders[left] }
      let (x, y) = (touched[left].count { $0 }, touched[right].count { $0 })
      return x != y ? x > y : left < right
    }
    let rehearsals = Rehearsals(count: flips.count)
    observer?.enter(.deciding, of: flips.count + 1)
    @Sendable func decideFirst() throws(Faults) {
      for (number, competition) in run.enumerated() {
        do throws(Faults) {
          try competition.decide()
        } catch {
          for other in run[number...] { other.log?.abandon() }
          throw error
        }
      }
    }
    @Sendable func rehearse(_ index: Int) throws(Faults) -> [[Verdict]] {
      let settings = flips[index].applied(to: settings)
      return try firsts.map { first, lineup, log throws(Faults) in
        let rehearsal = Competition(
          policy: policy, terms: terms, settings: settings, batch: batch, records: records,
          members: first.members, keepNotApplicable: false, isRehearsal: true)
        if reorders[index] {
          try rehearsal.line()
        } else {
          rehearsal.line(as: lineup)
          if let log { rehearsal.follow(first, log, isTouched: touched[index]) }
        }
        try rehearsal.decide()
        return rehearsal.verdicts(outsideSpan)
      }
    }
    let next = Atomic(0)
    let work = { @Sendable in
      while true {
        let turn = next.add(1, ordering: .relaxed).oldValue
        if turn > flips.count { return }
        do throws(Faults) {
          if turn == 0 {
            try decideFirst()
          } else {
            rehearsals[order[turn - 1]] = try rehearse(order[turn - 1])
          }
        } catch {
          rehearsals.fail(turn, error)
        }
        observer?.advance()
      }
    }
    // One thread more than there are processors: those that follow wait for the first run now and then.
    let others = DispatchGroup()
    for _ in 0..<min(flips.count, Processors.count) {
      DispatchQueue(label: "planlint.rehearsal").async(group: others, execute: work)
    }
    work()
    others.wait()
    return (run, try rehearsals.all())
  }

  /// What the rehearsals come to.
  // SAFETY: each iteration writes its own element alone, and all are read after the last has ended.
  private final class Rehearsals: @unchecked Sendable {
    private let verdicts: UnsafeMutableBufferPointer<[[Verdict]]>
    private let errors: UnsafeMutableBufferPointer<Faults?>
    init(count: Int) {
      verdicts = .allocate(capacity: count)
      verdicts.initialize(repeating: [])
      errors = .allocate(capacity: count + 1)
      errors.initialize(repeating: nil)
    }

    deinit {
      verdicts.deinitialize()
      verdicts.deallocate()
      errors.deinitialize()
      errors.deallocate()
    }

    subscript(index: Int) -> [[Verdict]] {
      get { verdicts[index] }
      set { verdicts[index] = newValue }
    }

    func fail(_ turn: Int, _ error: Faults) { errors[turn] = error }

    func all() throws(Faults) -> [[[Verdict]]] {
      if let error = errors.lazy.compactMap(\.self).first { throw error }
      return Array(verdicts)
    }
  }

  private func addBuiltIn(_ competition: Competition, _ member: Int, _ outsideSpan: Set<Int>) {
    let index = competition.members[member]
    if batch.hasDifferingStock {
      let application = batch.applications[index]
      for category in application.requests.words {
        for isOfDistrict in [false, true]
        where batch.differingStock(category, in: isOfDistrict ? application.district : nil) != nil
          && (!isOfDistrict || application.district != nil)
        {
          competition.add(
            Decision(rule: .stockDiffers(category, inDistrict: isOfDistrict), outcome: .note),
            to: member)
        }
      }
    }
    if let year = batch.facts.year, year != batch.applications[index].submitted.year {
      competition.add(Decision(rule: .factsOfAnotherYear, outcome: .note), to: member)
    }
    for category in batch.applications[index].misfits {
      competition.add(
        Decision(rule: .kindAndCategory(category), category: category, outcome: .review), to: member
      )
    }
    if outsideSpan.contains(index) {
      competition.add(Decision(rule: .profileNotInForce, outcome: .review), to: member)
    }
  }

  // MARK: What came of it

  package func verdict(of application: Int) -> Verdict? {
    seats[application].map { competitions[$0.competition].results[$0.member].verdict }
  }

  /// More applications than this are not decided again to try what a withdrawal would change.
  private static let withdrawalLimit = 500

  /// The requests of an application that it would do better without, each with the verdict on the rest: the batch is decided again
  /// for each.
  func withdrawals(of application: Int) -> [Withdrawal] {
    let requests = batch.applications[application].requests.words
    guard requests.count > 1, batch.applications.count <= Self.withdrawalLimit,
      let present = verdict(of: application), present != .admissible
    else { return [] }
    let members = competitions.flatMap(\.members).sorted()
    return requests.compactMap { category in
      let rest = try? Screening(
        policy, profile: profile, batch: batch.withdrawing(category, from: application),
        members: members, outsideSpan: outsideSpan, keepNotApplicable: false,
        isSeparate: isSeparate)
      guard let verdict = rest?.verdict(of: application), verdict != .refused, verdict != present,
        verdict == .admissible || present == .refused
      else { return nil }
      return Withdrawal(category: batch.catalogue.words.category[category].label, verdict: verdict)
    }
  }

  /// The explained result of one application; nil where it is not one of this screening. Any number of threads may ask at once.
  package func result(of application: Int) -> SubjectResult? {
    guard let seat = seats[application] else { return nil }
    let explanation =
      explanations.taken(for: seat.competition)
      ?? Explanation(competitions[seat.competition], profile: profile)
    defer { explanations.giveBack(explanation, for: seat.competition) }
    return explanation.result(seat.member, readings: readings[application] ?? [])
  }

  private let explanations = Explanations()

  /// Explanations that nobody uses at present, by competition.
  // SAFETY: the semaphore lets one thread at a time in.
  private final class Explanations: @unchecked Sendable {
    private var idle: [Int: [Explanation]] = [:]
    private let gate = DispatchSemaphore(value: 1)

    func taken(for competition: Int) -> Explanation? {
      gate.wait()
      defer { gate.signal() }
      return idle[competition]?.popLast()
    }

    func giveBack(_ explanation: Explanation, for competition: Int) {
      gate.wait()
      defer { gate.signal() }
      idle[competition, default: []].append(explanation)
    }
  }

  /// The outcomes of one application by rule id, for tests of a profile.
  package func outcomes(of application: Int) -> [RuleOutcome] {
    result(of: application)?.findings.map {
      RuleOutcome(rule: $0.rule, name: $0.name, category: $0.category, outcome: $0.outcome)
    } ?? []
  }

  /// The quota table.
  package var places: [PlaceRow] {
    let tenant = String(policy.id.prefix { $0 != "/" })
    return competitions.flatMap { competition in
      competition.scopes.map { scope in
        guard case .limit(let limit) = policy.rules[scope.rule].constraint else {
          return nil as PlaceRow?
        }
        let part = limit.parts[scope.part]
        var words = [String]()
        if part.over.contains(.city) { words.append(tenant) }
        let names = scope.key.split(separator: Competition.scopeSeparator).map(String.init)
        if !names.isEmpty { words.append(names.joined(separator: " ")) }
        if let name = part.name { words.append(name) }
        let used = part.used == nil ? Exact.zero : scope.used
        let left: String? =
          if let limit = scope.atMost, let used,
            let rest = try? limit.subtracting(used).subtracting(Exact(scope.takenLow))
          { max(rest, Exact.zero).description } else { nil }
        return PlaceRow(
          rule: policy.rules[scope.rule].id, scope: words.joined(separator: " "),
          unit: part.take.unit, limit: scope.atMost?.description,
          usedBefore: used?.description, taken: String(scope.takenLow),
          takenIfAll: String(scope.takenHigh), left: left,
          order: scope.order.map { batch.applications[competition.members[$0]].id })
      }.compactMap(\.self)
    }
  }
}

/// What one rule came to, for tests of a profile.
package struct RuleOutcome: Sendable {
  package var rule: String
  /// The readable name of the rule, or of the part that gives a note.
  package var name: String
  package var category: String?
  package var outcome: Outcome
}
