package import Diagnostics

/// What a baseline made of a report, in words: how much is new, known and fixed, and what is fixed.
package enum BaselineNote {
  /// The counts in one line.
  package static func summary(_ baseline: BaselineComparison, _ language: Language) -> String {
    switch language {
    case .zh:
      "基线 \(baseline.path)：新增 \(baseline.newCount) 项，已知 \(baseline.knownCount) 项（未列出），"
        + "已消除 \(baseline.fixedCount) 项"
    case .en:
      "baseline \(baseline.path): \(baseline.newCount) new, \(baseline.knownCount) known (not listed), "
        + "\(baseline.fixedCount) fixed"
    }
  }

  /// What was fixed, a line each: `fixed[HB-OUT-CAP] HB-2026-004 …: what the baseline says of it`.
  static func fixed(_ baseline: BaselineComparison, _ language: Language) -> [String] {
    baseline.fixed.map { fixed in
      let record = fixed.record
      let key = record.key
      var text = "fixed[\(key.rule)] "
      text +=
        record.subjectName.isEmpty || record.subjectName == key.subject
        ? key.subject : key.subject + " " + record.subjectName
      let details = [key.category.map { Wording.category($0, language) }, key.valuePath]
        .compactMap(\.self).filter { !$0.isEmpty }
      if !details.isEmpty {
        let list = details.joined(separator: language == .zh ? "，" : ", ")
        text += language == .zh ? "（\(list)）" : " (\(list))"
      }
      let message = record.message[language]
      text +=
        (language == .zh ? "：" : ": ") + (message.isEmpty ? record.outcome.word[language] : message)
      if fixed.count > 1 {
        text += language == .zh ? "（\(fixed.count) 项）" : " (\(fixed.count) of them)"
      }
      return text
    }
  }

  /// What stands after the verdict of a subject that has known findings; nil where it has none.
  static func known(_ result: SubjectResult, _ language: Language) -> String? {
    let count = result.findings.count { $0.isKnown }
    if count == 0 { return nil }
    return language == .zh ? "（基线已知 \(count) 项）" : " (\(count) known to the baseline)"
  }
}
