package import Checks
package import Diagnostics
package import Policy
import Reading

/// What of a document its profile covers, and what of a profile its tests cover, as `planlint policy coverage` does.
///
/// Every provision is used by something or kept as a note, every rule has cases inside, at and outside its limit, as far as it
/// has one, and every note that a rule may give has a case that expects it and one that expects it not. Sentences of the document that read like rules and are quoted by no provision are listed as notes.
package struct PolicyCoverage: Sendable {
  private let library: PolicyLibrary
  /// The folder of the documents' texts; nil leaves their sentences out.
  private let sources: String?

  package init(_ library: PolicyLibrary, sources: String?) {
    self.library = library
    self.sources = sources
  }

  package func run(cities: [String]) throws(Faults) -> [PolicyReport] {
    var faults = FaultCollector()
    var reports: [PolicyReport] = []
    for selected in try library.select(cities: cities) {
      do {
        let tests = try library.tests(of: selected)
        let text = try sources.map { directory throws(Faults) in
          try SourceText(of: selected, in: directory)
        }
        reports.append(report(selected.policy, tests, text))
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    return reports
  }

  private func report(_ policy: Policy, _ tests: PolicyTests?, _ text: SourceText?) -> PolicyReport
  {
    let roles = Role.uses(policy)
    var findings: [PolicyFinding] = []
    for (provision, roles) in zip(policy.provisions, roles) where roles.isEmpty {
      findings.append(Self.unused(provision, policy))
    }
    let unused = findings.count
    for rule in policy.rules {
      let missing = Self.missingSides(rule, policy, tests)
      if !missing.isEmpty { findings.append(Self.untested(rule, missing, policy)) }
    }
    let untested = findings.count - unused
    for rule in policy.rules { findings += Self.untestedNotes(rule, policy, tests) }
    let untestedNotes = findings.count - unused - untested
    let counts = Role.allCases.compactMap { role in
      let count = roles.count { $0.contains(role) }
      return count == 0 ? nil : (role, count)
    }
    var zh = "\(policy.provisions.count) 条条款"
    var en = "\(policy.provisions.count) provisions"
    if !counts.isEmpty {
      zh += "（" + counts.map { "\($0.word.zh) \($1)" }.joined(separator: "、") + "）"
      en += " (" + counts.map { "\($0.word.en) \($1)" }.joined(separator: ", ") + ")"
    }
    zh += "，\(unused) 条无用处；\(policy.rules.count) 条规则，\(untested) 条缺用例"
    en += ", \(unused) without use; \(policy.rules.count) rules, \(untested) lacking tests"
    if untestedNotes > 0 {
      zh += "，\(untestedNotes) 条提示缺用例"
      en += ", \(untestedNotes) note\(untestedNotes == 1 ? "" : "s") lacking tests"
    }
    var figures: [(name: StaticString, count: Int)] = [
      ("provisions", policy.provisions.count), ("provisions_unused", unused),
      ("rules", policy.rules.count), ("rules_untested", untested),
      ("notes_untested", untestedNotes),
    ]
    if let text {
      let sentences = Self.unquotedSentences(policy, text)
      findings += sentences
      figures.append(("sentences_unquoted", sentences.count))
      zh += "；原文 \(sentences.count) 句未被引用"
      let plural = sentences.count == 1 ? "" : "s"
      en += "; \(sentences.count) sentence\(plural) of the text not quoted"
    }
    return PolicyReport(
      profile: policy.id, findings: findings, summary: Bilingual(zh: zh, en: en),
      counts: figures)
  }
}

// MARK: Provisions

extension PolicyCoverage {
  /// What a profile makes of a provision.
  package enum Role: CaseIterable {
    case rule, exemption, exception, priority, parameter, reading, figure, circle, tally
    case allocation, merit, implication, silence, note

    package var word: Bilingual {
      switch self {
      case .rule: Bilingual(zh: "规则", en: "rule")
      case .exemption: Bilingual(zh: "豁免", en: "exemption")
      case .exception: Bilingual(zh: "例外", en: "exception")
      case .priority: Bilingual(zh: "优先", en: "priority")
      case .parameter: Bilingual(zh: "参数", en: "parameter")
      case .reading: Bilingual(zh: "读法", en: "reading")
      case .figure: Bilingual(zh: "算数", en: "figure")
      case .circle: Bilingual(zh: "圆", en: "circle")
      case .tally: Bilingual(zh: "计数", en: "tally")
      case .allocation: Bilingual(zh: "分配", en: "allocation")
      case .merit: Bilingual(zh: "择优", en: "merit")
      case .implication: Bilingual(zh: "即含类别", en: "implication")
      case .silence: Bilingual(zh: "未规定的类别", en: "silence")
      case .note: Bilingual(zh: "备注", en: "note")
      }
    }

    /// By provision: the roles in which the profile uses it.
    package static func uses(_ policy: Policy) -> [Set<Role>] {
      var roles = policy.provisions.map { $0.note == nil ? Set<Role>() : [.note] }
      func add(_ role: Role, _ provisions: [Int]) {
        for provision in provisions where roles.indices.contains(provision) {
          roles[provision].insert(role)
        }
      }
      add(.rule, policy.rules.flatMap(\.basis))
      add(.exemption, policy.exemptions.map(\.basis))
      add(.exception, policy.exceptions.map(\.basis))
      add(.priority, policy.priorities.map(\.basis))
      add(.parameter, policy.parameters.map(\.basis))
      add(.reading, policy.readings.map(\.basis))
      add(.figure, policy.figures.map(\.basis))
      add(.circle, policy.circles.map(\.basis))
      add(.tally, policy.tallies.map(\.basis))
      add(.allocation, policy.allocations.map(\.basis))
      add(.merit, policy.merit.flatMap(\.basis))
      add(.implication, policy.implications.map(\.basis))
      add(.silence, policy.silence.map { [$0.basis] } ?? [])
      return roles
    }
  }

  private static func unused(_ provision: Policy.Provision, _ policy: Policy) -> PolicyFinding {
    PolicyFinding(
      .warning, "provision-unused", Location(file: policy.source, range: provision.range),
      zh: "条款 `\(provision.id)` 没有任何用处，也没有 `note` 说明为何无法由机器判定",
      en:
        "expected something to use the provision `\(provision.id)`, or a `note` that says why no machine can decide it"
    )
  }
}

// MARK: Tests

extension PolicyCoverage {
  /// The sides that a rule still has no case for, each with those that would do.
  private static func missingSides(
    _ rule: Rule, _ policy: Policy, _ tests: PolicyTests?
  ) -> [[PolicyTests.Side]] {
    let isShared = policy.rules.count { $0.id == rule.id } > 1
    let cases = (tests?.cases ?? []).filter { test in
      guard test.rule?.value == rule.id else { return false }
      // Where a rule about plans has the same id, a case is about what it is made of.
      return !isShared
        || (rule.subject == .application ? !test.applications.isEmpty : test.isOfPlan)
    }
    let wanted = rule.testedSides
    if wanted.isEmpty { return cases.isEmpty ? [PolicyTests.Side.allCases] : [] }
    let sides = Set(cases.compactMap(\.side))
    return wanted.filter { sides.isDisjoint(with: $0) }
  }

  private static func untested(
    _ rule: Rule, _ missing: [[PolicyTests.Side]], _ policy: Policy
  ) -> PolicyFinding {
    let zh = missing.map { $0.map { "`\($0.rawValue)`" }.joined(separator: " 或 ") }
    let en = missing.map { $0.map { "`\($0.rawValue)`" }.joined(separator: " or ") }
    return PolicyFinding(
      .warning, "rule-untested", Location(file: policy.source, range: rule.range),
      zh: "规则 `\(rule.id)` 缺少 \(zh.joined(separator: "、")) 一侧的用例",
      en: "the rule `\(rule.id)` has no test case whose side is \(en.joined(separator: ", nor "))")
  }
}

extension PolicyCoverage {
  /// The notes of a rule that no case expects, or that every case expects.
  private static func untestedNotes(
    _ rule: Rule, _ policy: Policy, _ tests: PolicyTests?
  ) -> [PolicyFinding] {
    let expected = (tests?.cases ?? []).flatMap(\.expectations).flatMap(\.outcomes)
    return rule.noteNames.compactMap { name in
      let outcomes = expected.filter { $0.key.value == "\(rule.id)/\(name)" }.map(\.value.value)
      let isGiven = outcomes.contains(.note)
      if isGiven, outcomes.contains(where: { $0 != .note }) { return nil }
      return PolicyFinding(
        .warning, "note-untested", Location(file: policy.source, range: rule.range),
        zh: "规则 `\(rule.id)` 的提示 `\(name)` 缺少\(isGiven ? "不" : "")应给出该提示的用例",
        en:
          "the note `\(name)` of the rule `\(rule.id)` has no test case that expects it\(isGiven ? " not" : "")"
      )
    }
  }
}

extension Rule {
  /// The names of its notes, and of the advisory parts of its limit.
  fileprivate var noteNames: [String] {
    var names = notes.map(\.name)
    if case .limit(let limit) = constraint {
      names += limit.parts.filter(\.isAdvisory).compactMap(\.name)
    }
    return names
  }

  /// The sides that its tests have to lie on, each with its equivalents; none where any case does, as the text gives no number.
  fileprivate var testedSides: [[PolicyTests.Side]] {
    switch constraint {
    case .require(let require):
      switch require.test {
      case .condition: [[.inside], [.outside]]
      // What holds is the limit itself.
      case .measure(_, .equals, _, within: nil, _): [[.inside, .at], [.outside]]
      case .measure: [[.inside], [.at], [.outside]]
      }
    case .limit(let limit):
      limit.parts.allSatisfy { $0.isAdvisory || $0.atMost == nil }
        ? [] : [[.inside], [.at], [.outside]]
    case .spacing: [[.inside], [.at], [.outside]]
    }
  }
}

// MARK: Sentences

extension PolicyCoverage {
  /// Sentences that read like a rule or carry a number, and that no quote touches.
  private static func unquotedSentences(_ policy: Policy, _ text: SourceText) -> [PolicyFinding] {
    var isQuoted = [Bool](repeating: false, count: text.bytes.count)
    for quote in policy.provisions.flatMap(\.quotes) {
      let wanted = SourceText.withoutWhiteSpace(quote)
      var start = 0
      while let found = text.index(of: wanted, from: start) {
        start = found + wanted.utf8.count
        for index in found..<start { isQuoted[index] = true }
      }
    }
    return text.sentences.compactMap { range in
      let sentence = String(decoding: text.bytes[range], as: UTF8.self)
      guard readsLikeRule(sentence), !isQuoted[range].contains(true) else { return nil }
      let shown = SourceText.beginning(of: sentence, scalars: shownScalars)
      return PolicyFinding(
        .note, "sentence-unquoted", text.location(range), zh: "没有条款引用 `\(shown)`",
        en: "no provision quotes `\(shown)`")
    }
  }

  /// The characters of a sentence that a note shows.
  private static let shownScalars = 60

  /// Page numbers and the like, without a letter, are no sentences.
  private static func readsLikeRule(_ sentence: String) -> Bool {
    let scalars = sentence.unicodeScalars
    guard scalars.contains(where: { $0.properties.isAlphabetic }) else { return false }
    return scalars.contains { $0.properties.numericType == .decimal }
      || ["不得", "应", "原则上", "不超过"].contains { sentence.contains($0) }
  }
}
