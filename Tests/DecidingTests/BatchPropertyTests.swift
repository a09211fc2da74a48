import Diagnostics
import Testing

/// Semantics 4.4, last sentence: no `pass` or `fail` can be overturned by how the undecided ones come out.
struct BatchPropertyTests {
  static let batches = 60

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `whatever becomes of the undecided, no pass and no fail is overturned`(_ seed: UInt64) throws
  {
    var policies = try RandomPolicies()
    var random = SeededNumbers(seed: seed)
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: true)
      let contradictions = BatchOracle(batch).contradictions(to: try policies.decide(batch))
      #expect(contradictions == [], "seed \(seed), batch \(number): \(batch)")
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `where nothing is missing every outcome is what the one world gives`(_ seed: UInt64) throws {
    var policies = try RandomPolicies()
    var random = SeededNumbers(seed: 1_000 + seed)
    var played = 0
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: false)
      let oracle = BatchOracle(batch)
      if oracle.isOneWorld { played += 1 }
      let contradictions = oracle.contradictions(to: try policies.decide(batch))
      #expect(contradictions == [], "seed \(seed), batch \(number): \(batch)")
    }
    #expect(played > Self.batches / 5)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `the order of the input does not matter`(_ seed: UInt64) throws {
    var policies = try RandomPolicies()
    var random = SeededNumbers(seed: 2_000 + seed)
    for _ in 0..<20 {
      let batch = RandomBatch(&random, missing: true)
      let city = try policies.decide(batch)
      var other = batch
      random.shuffle(&other.applications)
      let shuffled = try policies.decide(other)
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
    var policies = try RandomPolicies()
    var flipped = 0
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: random.chance(2))
      let other = batch.limits.another(&random)
      let city = try policies.decide(batch, by: batch.limits.policy(otherwise: other))
      for (name, limits) in batch.limits.changed(to: other) {
        let otherwise = try policies.decide(batch, by: limits.policy)
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
