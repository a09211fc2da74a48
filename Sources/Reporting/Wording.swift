package import Diagnostics

/// Words of the contract that reports show in the reader's language; a word that is not known stands as it is.
package enum Wording {
  /// A category of designation (`retail_pharmacy`).
  package static func category(_ id: String, _ language: Language) -> String {
    if language == .en { return id }
    return switch id {
    case "inpatient": "住院"
    case "outpatient": "门诊"
    case "retail_pharmacy": "定点零售药店"
    case "pooled_pharmacy": "门诊统筹药店"
    case "chronic_pharmacy": "门慢特药店"
    case "dual_channel_pharmacy": "“双通道”药店"
    case "special_drug_pharmacy": "特药药店"
    case "medical_aid": "医疗救助定点"
    default: id
    }
  }

  /// A unit as profiles write it (`institutions`); one that is not known stands as it is.
  static func unit(_ id: String, _ language: Language) -> String {
    guard let word = UnitWord.of(id)?.word else { return id }
    return language == .zh ? word.zh : word.en
  }

  /// `3 家`, `78%`, `3 to 4 beds`.
  static func quantity(_ quantity: Quantity, _ language: Language) -> String {
    let unit = unit(quantity.unit, language)
    let value = range(quantity.value, language)
    return unit.isEmpty ? value : unit == "%" ? value + unit : value + " " + unit
  }

  /// `3..4` as `3～4` or `3 to 4`; a fraction rounded to four decimals, and marked so.
  static func range(_ value: String, _ language: Language) -> String {
    if let rounded = rounded(value) { return rounded }
    let scalars = Array(value.unicodeScalars)
    for i in scalars.indices.dropLast() where scalars[i] == "." && scalars[i + 1] == "." {
      var result = String.UnicodeScalarView(scalars[..<i])
      result.append(contentsOf: (language == .zh ? "～" : " to ").unicodeScalars)
      result.append(contentsOf: scalars[(i + 2)...])
      return String(result)
    }
    return value
  }

  /// A fraction as a decimal of four places; nil for anything else.
  private static func rounded(_ value: String) -> String? {
    let parts = value.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 2, let above = parts[0], let below = parts[1], below != 0,
      var text = FixedDecimal.text(above / below, places: 4)
    else { return nil }
    while text.last == "0" { text.removeLast() }
    return "≈" + text
  }

  /// The span of a profile in words.
  static func span(_ profile: ProfileIdentity, _ language: Language) -> String {
    language == .zh
      ? "\(profile.from) 至 \(profile.to)" : "\(profile.from) to \(profile.to)"
  }

  /// What has to be said of a profile before anything rests on it; nil where it is in force.
  package static func notice(_ profile: ProfileIdentity, _ language: Language) -> String? {
    switch (profile.status, language) {
    case (.draft, .zh): "\(profile.id) 所依据的文件为征求意见稿，尚未正式施行，检查结果仅供参考"
    case (.draft, .en):
      "\(profile.id) is made from a draft for comment (征求意见稿) that is not in force; "
        + "its results are provisional"
    case (.expired, .zh): "\(profile.id) 的规划期已于 \(profile.to) 届满，检查结果仅供参考"
    case (.expired, .en):
      "\(profile.id) expired on \(profile.to); its results are for reference only"
    case (.inForce, _): nil
    }
  }

  /// What is said of a registry that was not given; nil where one was, and of plans.
  static func registry(_ report: Report, _ language: Language) -> String? {
    if report.hasRegistry || report.subjectType != .application { return nil }
    return language == .zh
      ? "未提供名册，周边和现有的定点机构无从核对" : "not given; what is designated already cannot be checked"
  }

  /// The count by verdict that ends a report.
  static func count(_ report: Report, _ language: Language) -> String {
    count(report.summary, of: report.subjectType, language)
  }

  /// The count by verdict in words.
  package static func count(
    _ summary: Summary, of subject: SubjectType, _ language: Language
  ) -> String {
    let isApplication = subject == .application
    let good: Verdict = isApplication ? .admissible : .compliant
    let bad: Verdict = isApplication ? .refused : .noncompliant
    let counts = [
      (good, summary.admissible), (bad, summary.refused), (Verdict.review, summary.review),
      (Verdict.incomplete, summary.incomplete),
    ]
    switch language {
    case .zh:
      let parts = counts.map { "\($0.0.word.zh) \($0.1)" }
      return "共 \(summary.subjects) \(isApplication ? "件申请" : "个对象")："
        + parts.joined(separator: "，")
    case .en:
      let parts = counts.map { "\($0.1) \($0.0.word.en)" }
      let noun = isApplication ? "application" : "subject"
      return "\(summary.subjects) \(noun)\(summary.subjects == 1 ? "" : "s"): "
        + parts.joined(separator: ", ")
    }
  }
}
