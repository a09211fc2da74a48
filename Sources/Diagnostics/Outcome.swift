/// What one rule comes to on one subject.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
  /// The subject meets the rule.
  case pass
  /// It does not.
  case fail
  /// The text leaves it to a person, or it waits for applications that are not decided yet.
  case review
  /// Data that would decide it are missing.
  case unknown
  /// An exemption takes the subject out of the rule.
  case exempt
  /// It fails what holds in principle, and a recorded waiver answers that.
  case waived
  /// Something worth knowing that decides nothing.
  case note
  /// The rule does not speak of this subject.
  case notApplicable = "not_applicable"

  /// The word an official would use; an in-principle failure has its own (``Finding/outcomeWord``).
  public var word: Bilingual {
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
public enum Modality: String, Sendable, Hashable, CaseIterable {
  /// 应当, 不得: without exception.
  case must
  /// 原则上: a recorded waiver may answer a failure.
  case inPrinciple = "in_principle"
  /// 可: it allows something.
  case may
  /// 优先: it says who goes first.
  case priority
  /// It takes some subjects out of a rule.
  case exemption
  /// A figure to be reached by the end of the plan.
  case target
  /// It says what a word means.
  case definition
  /// A figure or fact that the document states.
  case data

  /// The word of the documents.
  public var word: Bilingual {
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
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Nothing stands against an application.
  case admissible
  /// At least one rule refuses an application.
  case refused
  /// Nothing fails and nothing is missing, but a person has to decide something.
  case review
  /// Nothing fails, but data are missing that could change the verdict.
  case incomplete
  /// Nothing stands against a plan.
  case compliant
  /// A plan breaks at least one rule.
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

  /// The word an official would use; ``SubjectResult/verdictWord`` says more where a refusal holds in principle only.
  public var word: Bilingual {
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
public enum SubjectType: String, Sendable, Hashable, CaseIterable {
  /// One application of an institution.
  case application
  /// A plan of a city.
  case city
  /// What a plan says of one district.
  case district
}
