import Cases
import Policy
import Diagnostics
import Testing

/// `--what-if`: what is told of a change is what the same input comes to with it.
struct WhatIfPropertyTests {
  private static let batches = 16

  @Test(arguments: [0, 1, 2, 5, 101, 104] as [UInt64])
  func `each cure gives the verdict that it states, and a little less does not`(_ seed: UInt64)
    throws
  {
    var random = SeededNumbers(seed: 7_000 + seed)
    var told: [Cure.Kind: Int] = [:]
    for number in 0..<Self.batches {
      let batch = RandomBatch(&random, missing: random.chance(2))
      let facts =
        random.chance(4)
        ? RandomBatch.facts.replacing("beds: {designated: 40}\n", with: "") : RandomBatch.facts
      let trial = WhatIfTrial(batch, facts: facts)
      let city = try trial.city(whatIf: true)
      for application in batch.applications {
        for finding in city.result(application.id)?.findings ?? [] where finding.outcome != .note {
          for cure in city.cures(application.id, finding.rule) {
            told[cure.kind, default: 0] += 1
            let faults = try trial.faults(of: cure, application.id, finding.rule)
            #expect(
              faults == [],
              "\(application.id) \(finding.rule): \(cure.message.en); seed \(seed), batch \(number), facts \(facts): \(batch)"
            )
          }
        }
      }
    }
    for kind in [Cure.Kind.score, .place, .value] {
      #expect(told[kind, default: 0] > 0, "\(kind): \(told)")
    }
  }
}

/// One batch whose applications are written otherwise, one at a time.
private struct WhatIfTrial {
  let batch: RandomBatch
  let policy: Result<Policy, any Error>
  let facts: String
  private let lines: [String]

  init(_ batch: RandomBatch, facts: String) {
    self.batch = batch
    self.facts = facts
    policy = Result {
      try Policy(reading: SourceFile(path: "policy.yaml", text: batch.limits.policy))
    }
    lines = batch.applications.map(\.yaml)
  }

  func city(
    whatIf: Bool = false, facts: String? = nil,
    _ change: (id: String, key: String, value: String)? = nil
  ) throws -> InventedCity {
    var lines = lines
    if let change, let index = batch.applications.firstIndex(where: { $0.id == change.id }) {
      lines[index] = Self.setting(change.key, change.value, in: lines[index])
    }
    var registry = batch.registry
    if let change, let row = batch.rows.first(where: { $0.id == change.id }) {
      registry = registry?.replacing(
        row.yaml, with: Self.setting(change.key, change.value, in: row.yaml))
    }
    return try InventedCity(
      try policy.get(), facts: facts ?? self.facts, registry: registry,
      waivers: batch.waivers, whatIf: whatIf, lines)
  }

  /// The line with a field set, whether it is there or not.
  static func setting(_ key: String, _ value: String, in line: String) -> String {
    guard let start = line.firstRange(of: "\(key): ") else { return "\(line), \(key): \(value)" }
    var depth = 0
    var end = start.upperBound
    while end < line.endIndex {
      if "[{".contains(line[end]) { depth += 1 }
      if "]}".contains(line[end]) { depth -= 1 }
      if line[end] == ",", depth == 0 { break }
      end = line.index(after: end)
    }
    return line[..<start.upperBound] + value + line[end...]
  }

  /// Whether a rule stands in the way no more, and the verdict.
  private func tried(
    _ id: String, _ rule: String, facts: String? = nil, _ key: String? = nil, _ value: String = ""
  ) throws -> (passes: Bool, verdict: Verdict?, city: InventedCity) {
    let city = try city(facts: facts, key.map { (id, $0, value) })
    return (Self.passes(city, id, rule), city.verdict(id), city)
  }

  private static func passes(_ city: InventedCity, _ id: String, _ rule: String) -> Bool {
    ![.fail, .review, .unknown].contains(city.outcome(id, rule))
  }

  func faults(of cure: Cure, _ id: String, _ rule: String) throws -> [String] {
    var faults: [String] = []
    func expect(_ isSo: Bool, _ text: String) { if !isSo { faults.append(text) } }
    func expect(_ found: (passes: Bool, verdict: Verdict?, city: InventedCity), _ text: String) {
      expect(found.passes, "\(text): does not pass")
      expect(
        found.verdict == cure.verdict,
        "\(text): \(found.verdict?.rawValue ?? "") and not \(cure.verdict.rawValue)")
    }
    switch cure.kind {
    case .beds:
      let beds = Int(cure.value ?? "") ?? 0
      expect(try tried(id, rule, "beds", "\(beds)"), "beds")
      let asked = batch.applications.first { $0.id == id }?.beds ?? 0
      if beds + 1 < asked {
        expect(try !tried(id, rule, "beds", "\(beds + 1)").passes, "one bed more passes")
      }
    case .score:
      expect(try tried(id, rule, "score", cure.value ?? ""), "score")
      let low = cure.range?.low ?? ""
      if cure.range?.isLowOpen == true {
        expect(try !tried(id, rule, "score", low).passes, "the open bound passes")
        expect(try tried(id, rule, "score", low + (low.contains(".") ? "01" : ".01")), "above")
      } else {
        expect(try tried(id, rule, "score", low), "bound")
      }
    case .place:
      guard let place = cure.place else { return ["no place"] }
      expect(
        try tried(
          id, rule, "location",
          "{lon: \(place.longitude), lat: \(place.latitude), datum: \(place.datum)}"), "place")
      faults += try nearerFaults(place, id)
    case .year: expect(try tried(id, rule, "submitted", cure.value ?? ""), "year")
    case .value: faults += try valueFaults(cure, id, rule)
    case .rank, .withdraw: break
    }
    return faults
  }

  /// A metre nearer, in whatever direction, something of the circles is in the way.
  private func nearerFaults(_ place: Cure.Place, _ id: String) throws -> [String] {
    guard place.metres > 1.5, let at = batch.applications.first(where: { $0.id == id })?.place
    else { return [] }
    let before = try city()
    let open = ["SPACE", "CLOSE"].filter { !Self.passes(before, id, $0) }
    var faults: [String] = []
    for direction in stride(from: id.utf8.last == 48 ? 0 : 1, to: 8, by: 2) {
      // A degree is some 110.9 km to the north and 92.5 km to the east there.
      let metres = place.metres - 1
      let (east, north) = Self.directions[direction]
      let longitude = Double(116_700_000 + at * 3_244) / 1e6 + east * metres / 92_503
      let latitude = 33.9 + north * metres / 110_925
      let city = try city(
        (id, "location", "{lon: \(written(longitude)), lat: \(written(latitude)), datum: wgs84}"))
      if open.allSatisfy({ Self.passes(city, id, $0) }) {
        faults.append("passes \(metres) m away in direction \(direction)")
      }
    }
    return faults
  }

  private static let directions = [
    (0.0, 1.0), (0.7, 0.7), (1, 0), (0.7, -0.7), (0, -1), (-0.7, -0.7), (-1, 0), (-0.7, 0.7),
  ]

  private func written(_ degrees: Double) -> String {
    let digits = String(Int((degrees * 1e7).rounded()))
    return digits.dropLast(7) + "." + digits.suffix(7)
  }

  private func valueFaults(_ cure: Cure, _ id: String, _ rule: String) throws -> [String] {
    var faults: [String] = []
    func found(_ value: String) throws -> (passes: Bool, verdict: Verdict?, city: InventedCity) {
      if cure.path.hasPrefix("facts.beds.") {
        return try tried(id, rule, facts: "beds: {designated: \(value)}\n" + facts)
      }
      let item = cure.path.split(separator: "[").last?.prefix { $0 != "]" } ?? ""
      let city = try city(
        (String(item), String(cure.path.split(separator: ".").last ?? ""), value))
      return (Self.passes(city, id, rule), city.verdict(id), city)
    }
    func expect(_ isIn: Bool, _ value: String) throws {
      let found = try found(value)
      let isSame = found.passes && found.verdict == cure.verdict
      if isSame != isIn { faults.append("\(value): \(isSame), \(found.verdict?.rawValue ?? "")") }
    }
    for word in cure.words { try expect(true, word) }
    guard let range = cure.range else { return faults }
    let step = cure.path.hasPrefix("facts.") || cure.path.hasSuffix("beds") ? 1.0 : 0.5
    if let low = range.low, let number = Double(low) {
      try expect(!range.isLowOpen, low)
      if number - step >= 0 { try expect(false, Self.text(number - step)) }
      if range.high == nil || Double(range.high ?? "").map({ $0 > number + step }) ?? true {
        try expect(true, Self.text(number + step))
      }
    }
    // Within the bounds all of them do.
    if let low = Double(range.low ?? "0") {
      let high = range.high.flatMap { Double($0) } ?? low + 300
      for part in 1...4 {
        let number = low + (high - low) * Double(part) / 5
        try expect(true, Self.text(step == 1 ? number.rounded(.down) : number))
      }
    }
    if let high = range.high, let number = Double(high) {
      try expect(!range.isHighOpen, high)
      try expect(false, Self.text(number + step))
    }
    return faults
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}
