import Cases
import Checks
import Deciding
import Diagnostics
import Expression
import Policy
import Reading

/// Rules about applications that come to the same whatever is asked: never apply, never fail, never hold, or divide by zero.
///
/// Applications of which next to nothing is known are decided as any others are, with every value that a missing datum could have tried
/// at its cut-points: a rule that such an application can fail is `unknown` for it. Rules that ask whether something is stated are left
/// out, since nothing is, and so are those that a test of the profile shows to do both.
struct ReachInspection {
  private let policy: Policy
  private let districts: [TenantDistrict]
  /// By id and name.
  private var outcomes: [String: Set<Outcome>] = [:]
  private var dividing: [String] = []
  /// Without the rules that cannot be computed.
  private var computable: Policy
  /// The rules that are tried.
  private let asked: [Rule]

  /// Nil where it was not wanted to the end.
  init?(
    _ policy: Policy, districts: [TenantDistrict], tests: PolicyTests?, while isWanted: () -> Bool
  ) {
    self.policy = policy
    computable = policy
    self.districts = districts
    asked = policy.rules.filter { rule in
      rule.subject == .application && !Self.asksWhatIsStated(rule, policy)
    }
    if !isWanted() { return nil }
    for expectation in (tests?.cases ?? []).flatMap(\.expectations).flatMap(\.outcomes) {
      let id = expectation.key.value.prefix { $0 != "[" && $0 != "/" }
      for rule in asked where rule.id == id {
        outcomes[rule.name, default: []].insert(expectation.value.value)
      }
    }
    if !tryAll(while: isWanted) { return nil }
  }

  private static func asksWhatIsStated(_ rule: Rule, _ policy: Policy) -> Bool {
    let use = PolicyUse(policy, rules: [rule])
    return policy.graph.programs(rule.programs, use.reach).contains {
      $0.source.contains("stated(") || $0.source.contains("has(")
    }
  }

  var findings: [AskedFinding] {
    asked.compactMap { rule -> AskedFinding? in
      if dividing.contains(rule.name) {
        return AskedFinding(
          .dividesByZero, of: rule.range, in: policy,
          zh: "规则 `\(rule.id)` 的计算中除数为零",
          en: "the rule `\(rule.id)` divides by zero")
      }
      guard let found = outcomes[rule.name] else { return nil }
      if found.isSubset(of: [.notApplicable]) {
        return AskedFinding(
          .neverApplies, of: rule.range, in: policy,
          zh: "规则 `\(rule.id)` 对任何申请都不适用",
          en: "the rule `\(rule.id)` can never apply, whatever is asked for")
      }
      if found.isSubset(of: [.notApplicable, .pass, .exempt, .note]) {
        return AskedFinding(
          .neverFails, of: rule.range, in: policy,
          zh: "规则 `\(rule.id)` 对任何申请都不会不符合",
          en: "the rule `\(rule.id)` can never fail, whatever is asked for")
      }
      if case .require = rule.constraint, found.isSubset(of: [.notApplicable, .fail]) {
        return AskedFinding(
          .neverHolds, of: rule.range, in: policy,
          zh: "规则 `\(rule.id)` 适用时从不符合",
          en: "the rule `\(rule.id)` can never hold where it applies")
      }
      return nil
    }
  }

  // MARK: Trials

  /// Whether nothing more can be learnt.
  private var isSettled: Bool {
    asked.allSatisfy { rule in
      guard let found = outcomes[rule.name] else { return dividing.contains(rule.name) }
      return !found.isDisjoint(with: [.unknown, .review, .waived])
        || found.contains(.fail) && found.contains(.pass)
    }
  }

  private mutating func tryAll(while isWanted: () -> Bool) -> Bool {
    let table = policy.catalogue.words
    let categories = table.category.entries.map(\.word)
    let claims = table.circumstance.entries.map(\.word)
    let specialties = table.specialty.entries.map(\.word)
    for isKnown in [false, true] {
      for category in categories {
        for held in [[], [category], categories] {
          for circumstances in [[], claims] {
            if isSettled { return true }
            if !isWanted() { return false }
            let words = circumstances.isEmpty ? "" : specialties.joined(separator: ", ")
            var applications: [String] = []
            for kind in table.kind.entries.map(\.word) {
              for beds in category == Self.withBeds ? beds : [nil] {
                let fields = [
                  "id: A\(applications.count)", "name: A", "kind: \(kind)",
                  "requests: [\(category)]", beds.map { "beds: \($0)" },
                  "submitted: \(policy.from)", "district: A",
                  "designated_for: [\(held.joined(separator: ", "))]",
                  "circumstances: [\(circumstances.joined(separator: ", "))]",
                  "specialty: [\(words)]",
                ]
                let item = fields.compactMap(\.self).joined(separator: ", ")
                applications.append("- {\(item)}")
              }
            }
            attempt(applications.joined(separator: "\n"), facts: isKnown ? facts : nil)
          }
        }
      }
    }
    return true
  }

  /// Who asks for it says for how many beds.
  private static let withBeds = "inpatient"

  /// Numbers of beds on both sides of each that the profile knows, and at it.
  private var beds: [Int?] {
    let known = policy.parameters.filter { $0.unit == "beds" }.compactMap(\.value.asInt)
    let near = known.flatMap { [$0 - 1, $0, $0 + 1] } + [1, 20, 100_000]
    return Set(near.filter { $0 > 0 }).sorted()
  }

  /// Figures of a city with one district, in which every category has places.
  private var facts: String {
    let counts =
      "{"
      + policy.catalogue.words.category.entries.map { "\($0.word): 5" }.joined(separator: ", ")
      + "}"
    let own = "stock: \(counts), planned: \(counts), annual_plan: \(counts)"
    return """
      {planlint: facts/1, city: x, year: \(policy.from.year), residents: 1000000, insured: 900000, occupancy: 80, \
      cost_growth: 5, beds: {designated: 5000}, \(own), districts: [{name: A, residents: 1000000, occupancy: 80, \
      cost_growth: 5, beds: {designated: 5000}, \(own)}]}
      """
  }

  /// Decides applications; those that cannot be read say nothing.
  private mutating func attempt(_ text: String, facts figures: String?) {
    do {
      let file = SourceFile(path: "trial.yaml", text: text)
      let node = try Document.read(file, format: .yaml)
      var context = FieldContext(file)
      let reader = Application.reader(file: 0, policy.catalogue)
      let applications = (node.items ?? []).compactMap { reader.read($0, &context) }
      var facts = Facts(policy.catalogue)
      if let figures {
        let file = SourceFile(path: "facts.yaml", text: figures)
        facts = try Facts(
          try Document.read(file, format: .yaml), file: file, policy.catalogue)
      }
      facts.tenantDistricts = districts
      let batch = try Batch(
        applications: applications, files: [file], facts: facts,
        registry: Registry(policy.catalogue), waivers: nil, catalogue: policy.catalogue)
      let screening = try Screening(
        computable, profile: 0, batch: batch, members: Array(applications.indices), outsideSpan: [],
        keepNotApplicable: true)
      for index in applications.indices {
        let found = screening.ruleOutcomes(of: index)
        for rule in asked where !dividing.contains(rule.name) {
          let own = found.filter { $0.rule == rule.id && $0.outcome != .note }.map(\.outcome)
          outcomes[rule.name, default: []].formUnion(own.isEmpty ? [.notApplicable] : own)
        }
      }
    } catch {
      let faults = error.faults.filter { $0.message.en.contains("division by zero") }
      let found = asked.filter { rule in
        !dividing.contains(rule.name) && faults.contains { $0.message.en.contains("`\(rule.id)`") }
      }.map(\.name)
      if found.isEmpty { return }
      dividing += found
      computable = Policy(
        computable, rules: computable.rules.filter { !found.contains($0.name) })
      attempt(text, facts: figures)
    }
  }
}
