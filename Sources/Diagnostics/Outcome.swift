/// What one rule comes to on one subject.
package enum Outcome: String, Sendable, Hashable, CaseIterable {
  case pass
  case fail
  case review
  case unknown
  case exempt
  case waived
  case note
  case notApplicable = "not_applicable"

  /// The word an official would use; an in-principle failure has its own (``Finding/outcomeWord``).
  package var word: Bilingual {
    switch self {
    case .pass: Bilingual(zh: "符合", en: "holds")
    case .fail: Bilingual(zh: "不符合", en: "does not hold")
    case .review: Bilingual(zh: "需人工裁量", en: "needs a person")
    case .unknown: Bilingual(zh: "资料不足", en: "data missing")
    case .exempt: Bilingual(zh: "豁免", en: "exempt")
    case .waived: Bilingual(zh: "经批准例外", en: "waived")
    case .note: Bilingual(zh: "提示", en: "note")
    case .notApplicable: Bilingual(zh: "不适用", en: "not applicable")
    }
  }
}

/// How binding a provision is.
package enum Modality: String, Sendable, Hashable, CaseIterable {
  case must
  case inPrinciple = "in_principle"
  case may
  case priority
  case exemption
  case target
  case definition
  case data

  package var word: Bilingual {
    switch self {
    case .must: Bilingual(zh: "应当", en: "must")
    case .inPrinciple: Bilingual(zh: "原则上", en: "in principle")
    case .may: Bilingual(zh: "可", en: "may")
    case .priority: Bilingual(zh: "优先", en: "priority")
    case .exemption: Bilingual(zh: "豁免", en: "exemption")
    case .target: Bilingual(zh: "目标", en: "target")
    case .definition: Bilingual(zh: "定义", en: "definition")
    case .data: Bilingual(zh: "数据", en: "data")
    }
  }
}

/// What the findings of one subject come to.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
  case admissible
  case refused
  case review
  case incomplete
  case compliant
  case noncompliant

  /// The first that holds: any failure, any unknown, any review, else nothing stands against the subject.
  package init(outcomes: some Sequence<Outcome>, subject: SubjectType) {
    self = subject == .application ? .admissible : .compliant
    for outcome in outcomes { add(outcome, of: subject) }
  }

  /// Counts in one more outcome of the subject.
  package mutating func add(_ outcome: Outcome, of subject: SubjectType) {
    switch (outcome, self) {
    case (.fail, _): self = subject == .application ? .refused : .noncompliant
    case (_, .refused), (_, .noncompliant): break
    case (.unknown, _): self = .incomplete
    case (.review, .admissible), (.review, .compliant): self = .review
    case (.review, _), (.pass, _), (.exempt, _), (.waived, _), (.note, _), (.notApplicable, _):
      break
    }
  }

  package var word: Bilingual {
    switch self {
    case .admissible: Bilingual(zh: "可以纳入", en: "admissible")
    case .refused: Bilingual(zh: "不予纳入", en: "refused")
    case .review: Bilingual(zh: "需人工裁量", en: "needs a person")
    case .incomplete: Bilingual(zh: "资料不足", en: "incomplete")
    case .compliant: Bilingual(zh: "符合", en: "compliant")
    case .noncompliant: Bilingual(zh: "不符合", en: "noncompliant")
    }
  }
}

/// What a report speaks of.
package enum SubjectType: String, Sendable, Hashable, CaseIterable {
  case application
  case city
  case district
}
