import Diagnostics
import Reporting

/// What the verdict on one application is called in a letter and in the list for publication.
///
/// An approved exception is not said to meet the requirements, an application that only waits is told so, what the authority lacks is
/// not asked of the applicant, and outside the span of the document nothing is refused.
struct NoticeOutcome {
  private enum Kind {
    case admitted
    case waived
    case refused
    case review
    case waiting
    /// The applicant has to supply something.
    case incomplete
    /// The authority alone has.
    case pending
    /// The document does not govern the day of submission.
    case outside
  }

  private let kind: Kind
  /// Whether the refusal rests on in-principle provisions alone.
  private let isInPrinciple: Bool
  /// Whether a person's ruling admits it, or nothing else refuses it.
  private let isRuled: Bool

  init(_ result: SubjectResult, asks missing: [MissingDatum]) {
    isInPrinciple =
      result.verdict == .refused
      && result.findings.allSatisfy {
        $0.outcome != .fail || $0.modality == .inPrinciple && $0.ruling == nil
      }
    let isRefused = result.verdict == .refused
    isRuled =
      isRefused
      ? result.findings.allSatisfy { $0.outcome != .fail || $0.ruling != nil }
      : result.findings.contains { $0.ruling != nil }
    if result.findings.contains(where: {
      $0.rule == "profile-not-in-force" && $0.outcome == .review
    }) {
      kind = .outside
      return
    }
    switch result.verdict {
    case .admissible, .compliant:
      kind = result.findings.contains { $0.outcome == .waived } ? .waived : .admitted
    case .refused, .noncompliant: kind = .refused
    case .review: kind = result.isWaiting ? .waiting : .review
    case .incomplete:
      kind = missing.contains { $0.holder == .applicant } ? .incomplete : .pending
    }
  }

  var isOutside: Bool { kind == .outside }

  /// A verdict that was tried, in the words of letters.
  static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .admissible, .compliant: "拟纳入"
    case .refused, .noncompliant: "不予纳入"
    case .review: "需人工裁量"
    case .incomplete: "资料尚需补正或核实"
    }
  }

  private var words: String {
    switch kind {
    case .admitted, .waived: "拟纳入"
    case .refused: isInPrinciple ? "原则上不予纳入" : "不予纳入"
    case .review: "需人工裁量"
    case .waiting: "待在先申请定论"
    case .incomplete: "需补正"
    case .pending: "待受理单位核实"
    case .outside: "须先确认适用的文件"
    }
  }

  var title: String {
    switch kind {
    case .incomplete: "医疗保障定点申请补正告知书"
    case .review: "医疗保障定点申请审核告知书（转人工裁量）"
    default: "医疗保障定点申请审核告知书（\(words)）"
    }
  }

  var fields: NoticeFields {
    [
      "result": .text(words), "admissible": .flag(kind == .admitted),
      "waived": .flag(kind == .waived),
      "refused": .flag(kind == .refused), "in_principle": .flag(isInPrinciple),
      "review": .flag(kind == .review), "waiting": .flag(kind == .waiting),
      "incomplete": .flag(kind == .incomplete), "pending": .flag(kind == .pending),
      "outside": .flag(kind == .outside),
      "ruled": .flag(isRuled),
    ]
  }
}
