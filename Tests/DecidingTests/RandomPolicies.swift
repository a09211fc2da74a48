import Deciding
import Diagnostics
import Policy
@testable import Cases

/// The profiles of random batches, each read once.
struct RandomPolicies {
  private var read: [String: Policy] = [:]

  /// Those of ``RandomLimits``, without alternatives and with the next as theirs.
  private static let known = Result {
    var policies = [String: Policy]()
    for limits in RandomLimits.all + RandomLimits.wide {
      for text in [limits.policy, limits.policy(otherwise: limits.next)] {
        policies[text] = try Policy(reading: SourceFile(path: "policy.yaml", text: text))
      }
    }
    return policies
  }

  init() throws { read = try Self.known.get() }

  mutating func decide(_ batch: RandomBatch) throws -> InventedCity {
    try decide(batch, by: batch.limits.policy)
  }

  mutating func decide(_ batch: RandomBatch, by text: String) throws -> InventedCity {
    try decide(batch, by: text, waivers: batch.waivers)
  }

  /// - Parameter waivers: the lines of a waivers file after `waivers:`.
  mutating func decide(_ batch: RandomBatch, waivers: String) throws -> InventedCity {
    try decide(batch, by: batch.limits.policy, waivers: waivers)
  }

  private mutating func decide(
    _ batch: RandomBatch, by text: String, waivers: String?
  ) throws -> InventedCity {
    let policy = try read[text] ?? Policy(reading: SourceFile(path: "policy.yaml", text: text))
    read[text] = policy
    return try InventedCity(
      policy, facts: RandomBatch.facts, registry: batch.registry, waivers: waivers,
      batch.applications.map(\.yaml))
  }
}

extension BatchOracle {
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

  /// Where what is reported of a batch can be overturned, or is not what the one world gives.
  func contradictions(to city: InventedCity) -> [String] {
    var found: [String] = []
    for application in city.batch.applications {
      let id = application.id
      for rule in RandomLimits.ruleIDs where !isDoubtful(id) {
        let possible = outcomes[id]?[rule] ?? []
        let reported = city.outcome(id, rule) ?? .notApplicable
        if isOneWorld ? possible != [reported] : !Self.isKept(reported, by: possible) {
          found.append(
            "\(id) \(rule): \(reported), possible are \(possible.map(\.rawValue).sorted())")
        }
      }
      let admissions = admissions[id] ?? []
      switch city.verdict(id) {
      case .admissible where admissions != [true], .refused where admissions != [false]:
        found.append("\(id): \(city.verdict(id)?.rawValue ?? ""), admitted is \(admissions)")
      default: break
      }
      let alone = city.index(id).map(city.screening.ruleOutcomes) ?? []
      let explained = city.result(id)?.ruleOutcomes ?? []
      if alone != explained {
        found.append("\(id): outcomes alone are \(alone), explained \(explained)")
      }
      let isNoted =
        city.result(id)?.findings.contains { $0.rule == "WATCHED" && $0.outcome == .note } ?? false
      if isOneWorld, !isDoubtful(id), isWatched[id] != [isNoted] {
        found.append("\(id) watched: \(isNoted)")
      }
    }
    return found
  }
}
