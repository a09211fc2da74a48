package import Cases
package import Diagnostics
import Expression
package import Reading
import Checks
import Deciding
package import Policy
import Spatial

/// The tests of a profile: cases on both sides of each limit and at it, with what they have to come to.
package struct PolicyTests: Sendable {
  /// Where a case lies as seen from the limit of its rule.
  package enum Side: String, Sendable, CaseIterable {
    case inside
    case at
    case outside
  }

  package struct Case: Sendable {
    package var name: String
    /// The rule that it is about and the side of its limit.
    package var rule: Located<String>?
    package var side: Side?
    package var range: ByteRange
    package var facts: Node?
    package var registry: Node?
    package var waivers: Node?
    package var asOf: CalendarDay?
    /// The covered city that it is about.
    package var place: String?
    var profileSwitches: [(name: String, value: String)]
    package var applications: [Node]
    package var plan: Node?
    var expectations: [Expectation]

    /// Whether it puts a plan to the test.
    package var isOfPlan: Bool { plan != nil }
  }

  /// What one subject has to come to.
  package struct Expectation: Sendable {
    package var subject: Located<String>
    package var verdict: Located<Verdict>?
    /// By rule, by rule and category (`XA-FOLLOW[inpatient]`), or by rule and the name of an advisory part
    /// (`HB-BED-CAP/tcm-beds`); what a rule comes to leaves notes aside unless a note is expected.
    package var outcomes: [KeyedValue<String, Outcome>]
  }

  package struct Failure: Sendable {
    package var test: String
    package var location: Location
    package var message: Bilingual
  }

  package var file: SourceFile
  package var profile: Located<String>
  package var cases: [Case]
  var facts: Node?
  var registry: Node?
  var application: Node?
  var plan: Node?

  package init(reading file: SourceFile) throws(Faults) {
    let node = try Document.read(file, format: .yaml)
    var context = FieldContext(file)
    let read = Self.reader(file).read(node, &context)
    try context.faults.check()
    guard let read else {
      throw Faults(Fault(file, node.range, zh: "应为政策测试文件", en: "expected a file of policy tests"))
    }
    self = read
  }

  private init(
    file: SourceFile, profile: Located<String>, cases: [Case], facts: Node?, registry: Node?,
    application: Node?, plan: Node?
  ) {
    self.file = file
    self.profile = profile
    self.cases = cases
    self.facts = facts
    self.registry = registry
    self.application = application
    self.plan = plan
  }

  // MARK: Reading

  package static func reader(_ file: SourceFile) -> FieldReader<PolicyTests> {
    .record(
      RecordDescription(
        "tests", zh: "政策测试", en: "the tests of a profile",
        fields: [
          ("planlint", "文件格式", "format of the file"), ("profile", "政策档案编号", "id of the profile"),
          ("facts", "各用例共用的基础数据", "facts of every case"),
          ("registry", "各用例共用的名册", "registry of every case"),
          ("application", "各用例申请的共用字段", "fields of every application"),
          ("plan", "各用例计划的共用字段", "fields of every plan"), ("tests", "用例", "the cases"),
        ])
    ) { record in
      _ = record.required("planlint", .format("policy-tests/1"))
      let profile = record.required("profile", .text)
      let facts = record.optional("facts", FieldReader<Node>.anything)
      let registry = record.optional("registry", FieldReader<Node>.anything)
      let application = record.optional("application", FieldReader<Node>.anything)
      let plan = record.optional("plan", FieldReader<Node>.anything)
      let cases = record.required("tests", .list(of: testCase, atLeast: 1))
      guard let profile, let cases else { return nil }
      return PolicyTests(
        file: file, profile: profile, cases: cases.value.map(\.value), facts: facts?.value,
        registry: registry?.value, application: application?.value, plan: plan?.value)
    }
  }

  private static let testCase = FieldReader<Case>.record(
    RecordDescription(
      "test", zh: "用例", en: "a case",
      fields: [
        ("name", "名称", "its name"), ("rule", "所测规则", "the rule that it is about"),
        ("side", "在限值的哪一侧", "the side of the limit"), ("facts", "基础数据", "facts"),
        ("registry", "名册，或 `none`", "registry, or `none`"), ("waivers", "批准例外", "waivers"),
        ("as_of", "决定日期", "the day of decision"), ("place", "所辖城市", "the covered city"),
        ("readings", "所取读法和参数", "readings and parameters taken"),
        ("applications", "申请", "applications"), ("plan", "计划", "plan"),
        ("expect", "预期结果，按对象", "what each subject comes to"),
      ],
      demands: [RecordDemand(.any([.has("applications"), .has("plan")]))],
      beyond: [
        Bilingual(
          zh: "与共用部分合并后的申请、基础数据、名册、计划均可读取",
          en: "laid over what the cases share, applications, facts, registry and plan can be read")
      ])
  ) { record in
    let name = record.required("name", .text)
    let rule = record.optional("rule", .text)
    let side = record.optional("side", .oneOf(Side.self))
    let facts = record.optional("facts", FieldReader<Node>.anything)
    let registry = record.optional("registry", FieldReader<Node>.anything)
    let waivers = record.optional("waivers", FieldReader<Node>.anything)
    let asOf = record.optional("as_of", .day)
    let place = record.optional("place", .text)
    let switches = record.optional(
      "readings", .map(keys: .text, of: FieldReader<String>.text))
    let applications = record.optional("applications", .list(of: FieldReader<Node>.anything))
    let plan = record.optional("plan", FieldReader<Node>.anything)
    let expectations = record.required("expect", .map(keys: .text, of: expectation))
    guard let name, let expectations else { return nil }
    if applications == nil, plan == nil {
      record.fault(
        record.range, zh: "应有 `applications` 或 `plan`", en: "expected `applications` or `plan`")
    }
    return Case(
      name: name.value, rule: rule, side: side?.value, range: record.range, facts: facts?.value,
      registry: registry?.value, waivers: waivers?.value, asOf: asOf?.value, place: place?.value,
      profileSwitches: switches?.value.map { ($0.key.value, $0.value.value) } ?? [],
      applications: applications?.value.map(\.value) ?? [], plan: plan?.value,
      expectations: expectations.value.map { entry in
        var expectation = entry.value.value
        expectation.subject = entry.key
        return expectation
      })
  }

  private static var expected: FieldSchema {
    let meaning = Bilingual(zh: "结论", en: "verdict")
    let verdict = FieldSchema.word(Verdict.allCases.map { .init($0.rawValue, $0.word) })
    return .record(
      RecordSchema(
        RecordDescription(
          "expectation", zh: "预期：结论，以及各规则的结果", en: "its verdict, and outcomes by rule"),
        [.init("verdict", verdict, isRequired: false, meaning: meaning)], isInput: false,
        others: .word(Outcome.allCases.map { .init($0.rawValue, $0.word) })))
  }

  private static let expectation = FieldReader<Expectation> { node, context in
    if context.describes(expected) { return nil }
    let outcomes = FieldReader.map(keys: .text, of: FieldReader<String>.text).read(node, &context)
    guard let outcomes else { return nil }
    var result = Expectation(subject: Located("", node.range), verdict: nil, outcomes: [])
    for entry in outcomes {
      if entry.key.value == "verdict" {
        guard let verdict = Verdict(rawValue: entry.value.value) else {
          context.unknownName(
            entry.value.value, entry.value.range, among: Verdict.allCases.map(\.rawValue))
          continue
        }
        result.verdict = Located(verdict, entry.value.range)
      } else if let outcome = Outcome(rawValue: entry.value.value) {
        result.outcomes.append(
          KeyedValue(key: entry.key, value: Located(outcome, entry.value.range)))
      } else {
        context.unknownName(
          entry.value.value, entry.value.range, among: Outcome.allCases.map(\.rawValue))
      }
    }
    return result
  }

  // MARK: Running

  /// Runs every case; a case that cannot be read is a fault, one that comes out otherwise a failure.
  ///
  /// - Parameter districts: those of the tenant; a case whose facts list others lists the whole city.
  package func run(
    _ policy: Policy, districts: [TenantDistrict] = []
  ) throws(Faults) -> [Failure] {
    var failures: [Failure] = []
    let terms = PolicyTerms(policy)
    let unknown = unknownRules(policy)
    if !unknown.isEmpty { throw Faults(unknown) }
    for test in cases {
      failures += try run(test, policy, terms, districts)
    }
    return failures
  }

  /// Runs one case.
  ///
  /// - Parameter terms: of the profile, which all its cases have in common.
  func run(
    _ test: Case, _ policy: Policy, _ terms: PolicyTerms, _ districts: [TenantDistrict]
  ) throws(Faults) -> [Failure] {
    var found: [String: (verdict: Verdict, outcomes: [RuleOutcome])] = [:]
    let factsNode = Self.merged(facts, test.facts)
    var facts = Facts(policy.catalogue)
    if let factsNode { facts = try Facts(factsNode, file: file, policy.catalogue) }
    let policy = try policy.reading(test.profileSwitches, file, test.range)
    facts.place = test.place
    facts.tenantDistricts = districts
    if let plan = Self.merged(plan, test.plan), test.plan != nil {
      var planRegistry = Registry(policy.catalogue)
      if let node = test.registry ?? self.registry, node.scalar?.text != "none" {
        planRegistry = try Registry(node, file: file, policy.catalogue)
      }
      let review = PlanReview(policy, facts: facts, registry: planRegistry, terms: terms)
      let result = try review.result(
        try Plan(plan, file: file, policy.catalogue), profile: 0, of: test.rulesOfPlan(policy))
      found["plan"] = (
        result.verdict,
        result.findings.map {
          RuleOutcome(rule: $0.rule, name: $0.name, category: $0.category, outcome: $0.outcome)
        }
      )
    }
    if !test.applications.isEmpty {
      var context = FieldContext(file)
      let reader = Application.reader(file: 0, policy.catalogue)
      var applications = test.applications.compactMap { node in
        Self.merged(application, node).flatMap { reader.read($0, &context) }
      }
      try context.faults.check()
      for index in applications.indices where applications[index].site?.datum == nil {
        applications[index].site?.datum = .wgs84
      }
      _ = applications.restoreZeros(file)
      var registry = Registry(policy.catalogue)
      if let node = test.registry ?? self.registry, node.scalar?.text != "none" {
        registry = try Registry(node, file: file, policy.catalogue)
      }
      let waivers = try test.waivers.map { node throws(Faults) in try Waivers(node, file: file) }
      let asOf = test.asOf ?? applications.map(\.submitted).max()
      if let waivers, let asOf {
        try waivers.check(
          policies: [policy], applications: applications.map(\.id), asOf: asOf)
      }
      let batch = try Batch(
        applications: applications, files: [file], facts: facts, registry: registry,
        waivers: waivers, catalogue: policy.catalogue)
      let outside = batch.applications.indices.filter {
        batch.applications[$0].submitted < policy.from
          || policy.to < batch.applications[$0].submitted
      }
      let screening = try Screening(
        policy, profile: 0, batch: batch, members: Array(batch.applications.indices),
        outsideSpan: Set(outside), keepNotApplicable: true, terms: terms)
      if let waivers {
        let rulings = RulingCheck(waivers: waivers, batch: batch, policies: [policy])
        try rulings.check()
        try rulings.check { screening.result(of: $0) }
      }
      for (index, application) in batch.applications.enumerated() {
        guard let result = screening.outcomes(of: index) else { continue }
        found[application.id] = (result.verdict, result.ruleOutcomes)
      }
    }
    return compare(test, found)
  }

  private func compare(
    _ test: Case,
    _ found: [String: (verdict: Verdict, outcomes: [RuleOutcome])]
  ) -> [Failure] {
    var failures: [Failure] = []
    func fail(_ range: ByteRange, zh: String, en: String) {
      failures.append(
        Failure(
          test: test.name, location: Location(file: file, range: range),
          message: Bilingual(zh: zh, en: en)))
    }
    for expectation in test.expectations {
      let subject = expectation.subject.value
      guard let result = found[subject] else {
        fail(
          expectation.subject.range, zh: "用例中没有 `\(subject)`",
          en: "the case has no subject `\(subject)`")
        continue
      }
      if let verdict = expectation.verdict, verdict.value != result.verdict {
        fail(
          verdict.range,
          zh: "`\(subject)` 应为 `\(verdict.value.rawValue)`，实际为 `\(result.verdict.rawValue)`",
          en:
            "expected `\(subject)` to be `\(verdict.value.rawValue)`, found `\(result.verdict.rawValue)`"
        )
      }
      for outcome in expectation.outcomes {
        let wanted = outcome.value.value
        let key = outcome.key.value
        let matching = result.outcomes.filter { found in
          if key == "\(found.rule)/\(found.name)" { return true }
          return (key == found.rule || key == "\(found.rule)[\(found.category ?? "")]")
            && (wanted == .note) == (found.outcome == .note)
        }.map(\.outcome)
        if matching.contains(wanted) || (matching.isEmpty && wanted == .notApplicable) { continue }
        let actual = matching.isEmpty ? "-" : matching.map(\.rawValue).joined(separator: ", ")
        fail(
          outcome.value.range,
          zh: "`\(subject)` 的 `\(outcome.key.value)` 应为 `\(wanted.rawValue)`，实际为 `\(actual)`",
          en:
            "expected `\(outcome.key.value)` of `\(subject)` to be `\(wanted.rawValue)`, found `\(actual)`"
        )
      }
    }
    return failures
  }

  /// A mapping laid over another, key by key; anything else replaces what it is laid over.
  static func merged(_ base: Node?, _ over: Node?) -> Node? {
    guard let base else { return over }
    guard let over else { return base }
    guard var entries = base.entries, let more = over.entries else { return over }
    for entry in more {
      if let index = entries.firstIndex(where: { $0.key == entry.key }) {
        if let value = merged(entries[index].value, entry.value) {
          entries[index] = Entry(key: entry.key, keyRange: entry.keyRange, value: value)
        }
      } else {
        entries.append(entry)
      }
    }
    return Node(range: over.range, content: .map(entries))
  }
}

extension Policy {
  /// The profile with readings set to alternatives that it states, and parameters to any number: a test of a distance exactly
  /// at the radius takes coordinates to be exact.
  package func reading(
    _ switches: [(name: String, value: String)], _ file: SourceFile, _ range: ByteRange
  ) throws(Faults) -> Policy {
    var (parameters, readings) = (parameters, readings)
    for (name, value) in switches {
      if let index = readings.firstIndex(where: { $0.name == name }),
        ([self.readings[index].value] + readings[index].alternatives).contains(value)
      {
        readings[index].value = value
      } else if let index = parameters.firstIndex(where: { $0.name == name }),
        let number = Exact(decimal: value)
      {
        parameters[index].value = number
      } else {
        throw Faults(
          Fault(
            file, range, zh: "没有读法或参数 `\(name)`，或它不能取 `\(value)`",
            en: "there is no reading or parameter `\(name)` that can be `\(value)`"))
      }
    }
    return Policy(self, parameters: parameters, readings: readings)
  }
}
