package import Cases
package import Deciding
package import Diagnostics
package import Expression
package import Policy
import Reading
package import Spatial

/// What the rules that rest on a circle come to for a newcomer, by how many its circles count: the engine is asked, and nothing is
/// decided here.
///
/// A place is told to the engine by the counts that its circles have there, so that the same answer serves every place with these
/// counts. Rules whose own demand rests on a circle come to what a check gives. Of a rule that only has an exception or exemption
/// resting on one (a cap on places that does not hold in a gap in service), the place decides just that: whether it holds.
package final class CircleTable {
  /// One circle as one category has it counted: three groups of counts, surely inside, inside within the accuracy of coordinates,
  /// and inside if data that are missing say so.
  package struct Use {
    package let circle: Int
    package let category: Category?
    package let radiusMetres: Double
    package let accuracyMetres: Double
  }

  /// How many circles can be told apart: as many as ``CoverageCounts`` has room for.
  static let mostUses = 5

  /// A row of the registry that may count, and in which uses.
  package struct Row {
    package var row: Int
    package var counts: [Answer]
  }

  package enum Answer { case no, yes, open }

  /// What a place comes to.
  package struct Answered {
    package var outcome: Outcome
    package var needs: [Unknown]
  }

  package let policy: Policy
  private let decider: Decider
  private let batch: Batch
  package let uses: [Use]
  /// The rules that rest on a circle, with those of their exceptions and exemptions that do.
  package let items: [(item: ApplicableRules.Item, clauses: [Term])]
  /// Everything that the conditions of circles hang on beside their neighbours.
  private(set) var conditionNeeds: [Unknown] = []
  package private(set) var rows: [Row] = []
  /// By row without a place: whether it may count in a circle.
  package private(set) var unplaced: [Int] = []
  private let useOfCircle: [Int: [Category?: Int]]

  package init(
    _ newcomer: Newcomer, policy: Policy, terms: PolicyTerms, facts: Facts, registry: Registry,
    _ catalogue: Catalogue
  ) throws(Faults) {
    batch = try Batch(
      applications: [newcomer.application], files: [newcomer.file], facts: facts,
      registry: registry, waivers: nil, catalogue: catalogue)
    self.policy = policy
    let settings = Settings(policy)
    let records = BatchRecords(batch, [0], terms)
    decider = Decider(
      policy: policy, terms: terms, settings: settings, records: records, members: [0],
      ranking: nil, log: BatchLog(covering: [nil], partCount: terms.partCount))
    var items: [(item: ApplicableRules.Item, clauses: [Term])] = []
    var uses: [Use] = []
    var useOfCircle: [Int: [Category?: Int]] = [:]
    for item in records.rules(of: 0).items {
      let rule = item.rule
      guard !rule.circles.isEmpty, try decider.mayApply(item) else { continue }
      let clauses =
        rule.demandsCircle
        ? []
        : (rule.exemptions + rule.exceptions).map(\.term).filter {
          !policy.graph.reach([$0.program]).circles.isEmpty
        }
      items.append((item, clauses))
      let circles =
        rule.demandsCircle
        ? rule.circles : policy.graph.reach(clauses.map(\.program)).circles
      for circle in circles {
        let category = terms.circles[circle].usesCategory ? item.category : nil
        if useOfCircle[circle]?[category] != nil { continue }
        useOfCircle[circle, default: [:]][category] = uses.count
        let metres = settings.circleMetres(policy)[circle]
        uses.append(
          Use(
            circle: circle, category: category, radiusMetres: metres.radius,
            accuracyMetres: metres.accuracy))
      }
    }
    guard uses.count <= Self.mostUses else {
      throw Faults(
        Fault(
          path: policy.source.path,
          zh: "一种机构同时受 \(uses.count) 个圆的限制，超过可以合并绘制的 \(Self.mostUses) 个，请用 --category 分别绘制",
          en:
            "\(uses.count) circles bear on one newcomer, more than the \(Self.mostUses) that one map can hold; ask for fewer categories with --category"
        ))
    }
    self.items = items
    self.uses = uses
    self.useOfCircle = useOfCircle
    try findRows(terms)
  }

  // MARK: Whom a circle counts

  private func findRows(_ terms: PolicyTerms) throws(Faults) {
    let registry = batch.registry
    for row in registry.institutions.indices {
      if registry.institutions[row].status == .terminated { continue }
      var answers: [Answer] = []
      for use in uses { answers.append(try answer(row, use, terms)) }
      if answers.allSatisfy({ $0 == .no }) { continue }
      if registry.places[row] == nil {
        unplaced.append(row)
      } else {
        rows.append(Row(row: row, counts: answers))
      }
    }
  }

  private func answer(_ row: Int, _ use: Use, _ terms: PolicyTerms) throws(Faults) -> Answer {
    decider.look(at: 0, turn: 0)
    decider.choose(use.category)
    let context = decider.context
    context.neighbour = .record(batch.registry.neighbour(row))
    defer { context.neighbour = .null }
    let found = try decider.guarded(nil) { () throws(EvaluationError) in
      try context.decide(terms.circles[use.circle].term)
    }
    switch found {
    case .yes: return .yes
    case .no: return .no
    case .unknown(let set):
      for leaf in set.elements where !conditionNeeds.contains(leaf) && leaf.isOfNewcomer {
        conditionNeeds.append(leaf)
      }
      return .open
    }
  }

  /// The discs of the map: places within them are counted so.
  ///
  /// - Parameter marginMetres: by how much they are made larger, so that straight sides inside stay outside the circles themselves.
  package func discs(in plane: ConformalPlane, marginMetres: Double) -> [DiscCoverage.Disc] {
    let registry = batch.registry
    var discs: [DiscCoverage.Disc] = []
    for row in rows {
      guard let centre = registry.places[row.row] else { continue }
      let decimals = registry.leastDecimals(ofRow: row.row)
      // Circles of one radius around one place are one disc that adds to several groups.
      var byRadius: [(metres: Double, adds: CoverageCounts)] = []
      func add(_ metres: Double, _ group: Int) {
        guard metres > 0 else { return }
        if let index = byRadius.firstIndex(where: { $0.metres == metres }) {
          byRadius[index].adds[group] += 1
        } else {
          var adds = CoverageCounts()
          adds[group] = 1
          byRadius.append((metres, adds))
        }
      }
      for (number, use) in uses.enumerated() where row.counts[number] != .no {
        let band = Self.bandMetres(decimals, use)
        let group = 3 * number
        switch row.counts[number] {
        case .no: break
        case .yes:
          add(use.radiusMetres - band, group)
          add(use.radiusMetres + band, group + 1)
        case .open: add(use.radiusMetres + band, group + 2)
        }
      }
      for (metres, adds) in byRadius {
        let circle = GeodesicCircle(centre: centre, radiusMetres: metres + marginMetres)
        discs.append(.init(plane.circle(circle), adds: adds))
      }
    }
    return discs
  }

  /// How uncertain the distance from an institution is: its own accuracy and that of the newcomer, whose place is as accurate as the
  /// profile takes places to be.
  static func bandMetres(_ decimals: Int, _ use: Use) -> Double {
    let band =
      use.accuracyMetres
      + Accuracy.metres(
        longitudeDecimals: decimals, latitudeDecimals: decimals,
        parameterMetres: use.accuracyMetres)
    return band <= CircleCounter.toleranceMetres ? 0 : band
  }

  // MARK: What they come to

  /// What the rules come to where the groups count so many.
  package func answer(_ counts: CoverageCounts) throws(Faults) -> Answered {
    var answered = Answered(outcome: .pass, needs: [])
    for (item, clauses) in items {
      let found = try answer(item, clauses, counts)
      for need in found.needs where !answered.needs.contains(need) { answered.needs.append(need) }
      answered.outcome = Self.worse(answered.outcome, found.outcome)
    }
    return answered
  }

  private static func worse(_ a: Outcome, _ b: Outcome) -> Outcome {
    for outcome in [Outcome.fail, .unknown, .review] where a == outcome || b == outcome {
      return outcome
    }
    return .pass
  }

  private func answer(
    _ item: ApplicableRules.Item, _ clauses: [Term], _ counts: CoverageCounts
  ) throws(Faults) -> Answered {
    decider.look(at: 0, turn: 0)
    decider.choose(item.category)
    for (circle, uses) in useOfCircle {
      guard let use = uses[item.category] ?? uses[nil] else { continue }
      decider.circleCache[circle] = evidence(use, counts)
    }
    return try decider.guarded(item.rule.index) { () throws(EvaluationError) in
      if item.rule.demandsCircle {
        return try self.resolved { () throws(EvaluationError) in try self.decider.attempt(item.rule)
        }
      }
      let applies = try self.resolved { () throws(EvaluationError) in
        guard let applies = item.rule.applies else { return .settled(.pass) }
        switch try self.decider.context.decide(applies) {
        case .yes: return .settled(.pass)
        case .no: return .settled(.notApplicable)
        case .unknown(let set): return .unsettled(set)
        }
      }
      if applies.outcome == .notApplicable { return Answered(outcome: .pass, needs: []) }
      var found = try self.resolved { () throws(EvaluationError) in
        var open: UnknownSet?
        for clause in clauses {
          switch try self.decider.context.decide(clause) {
          case .yes: return .settled(.pass)
          case .no: continue
          case .unknown(let set): open = open?.union(set) ?? set
          }
        }
        return open.map(Attempt.unsettled) ?? .settled(.fail)
      }
      if applies.outcome == .unknown {
        // Where it may not speak of the newcomer at all, nothing is surely against it.
        found.needs += applies.needs.filter { !found.needs.contains($0) }
        if found.outcome == .fail || found.outcome == .review { found.outcome = .unknown }
      }
      return found
    }
  }

  private func resolved(
    _ attempt: @escaping () throws(EvaluationError) -> Attempt
  ) throws(EvaluationError) -> Answered {
    var resolver = Resolver(decider.context, attempt: attempt)
    let resolution = try resolver.resolve()
    return Answered(outcome: resolution.settled.outcome, needs: resolution.needs)
  }

  private func evidence(_ use: Int, _ counts: CoverageCounts) -> CircleEvidence {
    var evidence = CircleEvidence(radiusMetres: uses[use].radiusMetres)
    let one = CircleEvidence.Counted(
      who: .institution(0), distanceMetres: 0, uncertaintyMetres: 0)
    let (sure, outer, open) = (counts[3 * use], counts[3 * use + 1], counts[3 * use + 2])
    for _ in 0..<sure { evidence.sure.add(one) }
    if outer > sure { for _ in 0..<(outer - sure) { evidence.withinAccuracy.add(one) } }
    for _ in 0..<open { evidence.miss(["registry"]) }
    return evidence
  }

  /// How many may stand in the circle of a rule, exact; nil where it is not known or the rule has no such number.
  package func limit(of item: ApplicableRules.Item) -> String? {
    guard case .spacing(_, _, let atMost) = item.rule.demand else { return nil }
    decider.look(at: 0, turn: 0)
    decider.choose(item.category)
    return (try? decider.context.measure(atMost))?.exact?.description
  }
}

extension Decider {
  /// Whether a rule may speak of the only application, whatever is missing; where that hangs on a circle it may.
  fileprivate func mayApply(_ item: ApplicableRules.Item) throws(Faults) -> Bool {
    guard let applies = item.rule.applies,
      policy.graph.reach([applies.program]).circles.isEmpty
    else { return true }
    look(at: 0, turn: 0)
    choose(item.category)
    return try guarded(item.rule.index) { () throws(EvaluationError) in
      var resolver = Resolver(context) { [unowned self] () throws(EvaluationError) in
        switch try context.decide(applies) {
        case .yes: .settled(.pass)
        case .no: .settled(.notApplicable)
        case .unknown(let set): .unsettled(set)
        }
      }
      return try resolver.resolve().settled.outcome != .notApplicable
    }
  }
}

extension Unknown {
  /// Whether it is a field of the newcomer that is missing.
  var isOfNewcomer: Bool {
    if case .data(let path) = origin {
      path.hasPrefix("applications[\(Newcomer.id)].")
    } else {
      false
    }
  }

  /// The field of the newcomer that is missing, and what it may be; nil where it has no few values.
  package var choice: (field: String, values: [String])? {
    guard isOfNewcomer, case .data(let path) = origin else { return nil }
    let field = String(path.dropFirst("applications[\(Newcomer.id)].".count))
    switch domain {
    case .oneOf(let values): return (field, values)
    case .bool: return (field, ["true", "false"])
    case .integers, .number, .days, .opaque: return nil
    }
  }
}
