import Compliance
import Diagnostics
import Reading
import Testing

/// Semantics 4.4, last sentence: no `pass` or `fail` can be overturned by how the undecided ones come out.
struct BatchPropertyTests {
  static let rules = ["OWN", "OCC", "CAP", "BUILT", "BEDS", "SPACE"]
  static let batches = 60

  private static func policies() throws -> [RandomLimits: Policy] {
    var policies: [RandomLimits: Policy] = [:]
    for limits in RandomLimits.all {
      policies[limits] = try Policy(reading: SourceFile(path: "policy.yaml", text: limits.policy))
    }
    return policies
  }

  private static func decide(
    _ batch: RandomBatch, _ policies: [RandomLimits: Policy], order: [RandomApplication]? = nil
  ) throws -> InventedCity {
    let policy = try #require(policies[batch.limits])
    return try InventedCity(
      policy, facts: RandomBatch.facts, registry: batch.registry, waivers: batch.waivers,
      (order ?? batch.applications).map(\.yaml))
  }

  /// What a reported outcome may come to in the end.
  private static func isKept(_ reported: Outcome, by possible: Set<Outcome>) -> Bool {
    switch reported {
    case .pass: possible.isSubset(of: [.pass, .notApplicable, .exempt])
    case .fail: possible == [.fail]
    case .exempt: possible == [.exempt]
    case .waived: possible.isSubset(of: [.waived, .pass])
    case .notApplicable: possible.isSubset(of: [.notApplicable, .exempt])
    case .review, .unknown, .note: true
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `whatever becomes of the undecided, no pass and no fail is overturned`(_ seed: UInt64) throws
  {
    let policies = try Self.policies()
    var random = SeededNumbers(seed: seed)
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: true)
      let oracle = BatchOracle(batch)
      let city = try Self.decide(batch, policies)
      let told: Comment = "seed \(seed), batch \(number): \(batch)"
      for application in batch.applications {
        for rule in Self.rules {
          guard let possible = oracle.outcomes[application.id]?[rule] else { continue }
          let reported = city.outcome(application.id, rule) ?? .notApplicable
          #expect(
            Self.isKept(reported, by: possible),
            "\(application.id) \(rule): \(reported), possible are \(possible). \(told)")
        }
        switch city.verdict(application.id) {
        case .admissible: #expect(oracle.admissions[application.id] == [true], told)
        case .refused: #expect(oracle.admissions[application.id] == [false], told)
        default: break
        }
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `where nothing is missing every outcome is what the one world gives`(_ seed: UInt64) throws {
    let policies = try Self.policies()
    var random = SeededNumbers(seed: 1_000 + seed)
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: false)
      let oracle = BatchOracle(batch)
      guard oracle.worlds == 1 else { continue }
      let city = try Self.decide(batch, policies)
      for application in batch.applications {
        for rule in Self.rules {
          let expected = oracle.outcomes[application.id]?[rule] ?? [.notApplicable]
          let reported = city.outcome(application.id, rule) ?? .notApplicable
          #expect(
            expected == [reported],
            "\(application.id) \(rule): \(reported), not \(expected). seed \(seed), batch \(number): \(batch)"
          )
        }
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `the order of the input does not matter`(_ seed: UInt64) throws {
    let policies = try Self.policies()
    var random = SeededNumbers(seed: 2_000 + seed)
    for _ in 0..<20 {
      let batch = RandomBatch(&random, missing: true)
      let city = try Self.decide(batch, policies)
      var order = batch.applications
      random.shuffle(&order)
      let shuffled = try Self.decide(batch, policies, order: order)
      for application in batch.applications {
        let one = try #require(city.result(application.id))
        let other = try #require(shuffled.result(application.id))
        #expect(one.verdict == other.verdict)
        #expect(one.findings.map(\.message.zh) == other.findings.map(\.message.zh))
        #expect(one.findings.map(\.hangsOn) == other.findings.map(\.hangsOn))
        #expect(one.findings.map(\.rank) == other.findings.map(\.rank))
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `a reading flipped alone gives the verdict that a profile with it gives`(_ seed: UInt64)
    throws
  {
    var random = SeededNumbers(seed: 3_000 + seed)
    var policies: [String: Policy] = [:]
    func decide(_ batch: RandomBatch, _ text: String) throws -> InventedCity {
      let policy =
        try policies[text] ?? Policy(reading: SourceFile(path: "policy.yaml", text: text))
      policies[text] = policy
      return try InventedCity(
        policy, facts: RandomBatch.facts, registry: batch.registry, waivers: batch.waivers,
        batch.applications.map(\.yaml))
    }
    var flipped = 0
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: random.chance(2))
      var other = random.pick(RandomLimits.all)
      other.radius = random.pick([300, 800, 1_300])
      let city = try decide(batch, batch.limits.policy(otherwise: other))
      for (name, limits) in batch.limits.changed(to: other) {
        let otherwise = try decide(batch, limits.policy)
        for application in batch.applications {
          let result = try #require(city.result(application.id))
          let reading = result.readings.first { $0.id == name }
          if reading != nil { flipped += 1 }
          #expect(
            reading?.verdictOtherwise ?? result.verdict == otherwise.verdict(application.id),
            "\(application.id) with \(name) changed. seed \(seed), batch \(number): \(batch)")
        }
      }
    }
    #expect(flipped > Self.batches / 4)
  }
}
