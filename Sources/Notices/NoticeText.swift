package import Diagnostics
import Reporting

/// What templates are filled with, made of a report: one set of values an applicant, and one for the list for publication.
///
/// In Chinese alone: these are letters to applicants. Nothing is decided anew here; the sentences are those of the findings as far
/// as an applicant may and can read them (no codes, paths or scores, nothing of other applicants), and what only the authority knows
/// (contact, legal remedies, deadlines) is left to be filled in.
package struct NoticeText: Sendable {
  private let report: Report
  private let caseFile: CaseFile
  /// Nil where the report is not about applications.
  package init?(_ report: Report) {
    guard let caseFile = report.caseFile else { return nil }
    self.report = report
    self.caseFile = caseFile
  }

  // MARK: - One applicant

  /// The values of the letter about the application at `index`.
  package func notice(_ index: Int) -> NoticeFields {
    let result = report.result(index)
    let particulars = caseFile.particulars(index)
    let open = Self.open(result)
    let met = result.findings.filter {
      $0.outcome == .exempt || $0.outcome == .pass && $0.ruling == nil
    }
    let missing = self.missing(open, of: result)
    let outcome = NoticeOutcome(result, asks: missing)
    var fields = run.merging(document(of: result)) { a, _ in a }
    fields.merge(outcome.fields) { a, _ in a }
    fields["title"] = .text(outcome.title)
    fields["id"] = .text(result.id)
    fields["name"] = .text(result.name)
    fields["kind"] = .text(particulars.kind.zh)
    fields["categories"] = .text(particulars.categories.map(\.zh).joined(separator: "、"))
    fields["district"] = .text(particulars.district ?? "未填报")
    fields["submitted_words"] = .text(Self.dayInWords(particulars.submitted))
    fields["particulars"] = .list(
      particulars.entries.map { ["label": .text($0.label.zh), "value": .text($0.value.zh)] })
    let notes = caseFile.notes(index)
    fields["has_notes"] = .flag(!notes.isEmpty)
    fields["notes"] = .list(notes.map { ["note": .text($0.zh)] })
    fields["has_findings"] = .flag(!open.isEmpty)
    fields["findings"] = .list(
      open.enumerated().map { NoticeFinding($1).fields(number: $0 + 1) })
    fields.merge(Self.met(met)) { a, _ in a }
    let answers = NoticeAnswers(particulars, result).lines
    fields["has_answers"] = .flag(!answers.isEmpty)
    fields["answers"] = .list(answers.map { ["answer": .text($0)] })
    func items(_ holder: MissingDatum.Holder) -> [NoticeFields] {
      missing.filter { $0.holder == holder }.map { ["item": .text($0.letterName.zh)] }
    }
    fields["from_applicant"] = .list(items(.applicant))
    fields["asks_applicant"] = .flag(missing.contains { $0.holder == .applicant })
    fields["from_authority"] = .list(items(.authority))
    fields["asks_authority"] = .flag(missing.contains { $0.holder == .authority })
    var remedies: [String] = []
    for finding in open where finding.outcome != .note && finding.outcome != .waived {
      if let remedy = finding.remedy?.zh, !remedies.contains(remedy) { remedies.append(remedy) }
    }
    if !outcome.isOutside {
      let cures = Self.cures(open)
      remedies += cures
      if !cures.isEmpty { remedies.append(Self.caution) }
      remedies += caseFile.withdrawals(index).map {
        "如撤回\($0.category.zh)类别的申请，其余类别按现有情况的结论为\(NoticeOutcome.words($0.verdict))。"
      }
    }
    fields["has_remedies"] = .flag(!remedies.isEmpty)
    fields["remedies"] = .list(remedies.map { ["remedy": .text($0)] })
    fields["has_cure"] = .flag(!remedies.isEmpty || !missing.isEmpty)
    return fields
  }

  private static let caution = "以上各项为按现有资料所作的试算，以其他申请保持现状为前提，不构成准予纳入的承诺。"

  /// What lies in the applicant's power and would make a finding hold, each once, with the numbers of the findings. What a withdrawal
  /// would change is told by itself; a score is nothing that an applicant could change, and data are asked for, not suggested.
  private static func cures(_ findings: [Finding]) -> [String] {
    var lines: [(text: String, numbers: [Int])] = []
    for (index, finding) in findings.enumerated() {
      for cure in finding.cures where cure.holder == .applicant {
        guard let letter = cure.letter?.zh else { continue }
        let text = "\(letter)，整件申请届时的结论为\(NoticeOutcome.words(cure.verdict))。"
        if let known = lines.firstIndex(where: { $0.text == text }) {
          lines[known].numbers.append(index + 1)
        } else {
          lines.append((text, [index + 1]))
        }
      }
    }
    return lines.map { text, numbers in
      "对审核意见\(numbers.map { "（\($0)）" }.joined())：" + text
    }
  }

  /// What an applicant has to know of, the weightiest first: all but what holds by itself, is exempt or does not apply, and what is for
  /// the office alone.
  private static func open(_ result: SubjectResult) -> [Finding] {
    [Outcome.fail, .unknown, .review, .waived, .note].flatMap { outcome in
      result.findings.filter { $0.outcome == outcome && !isForOffice($0) }
    } + result.findings.filter { $0.outcome == .pass && $0.ruling != nil }
  }

  /// Figures that differ and figures of another year are for the office to look into.
  private static func isForOffice(_ finding: Finding) -> Bool {
    finding.rule == "stock-differs" || finding.rule == "facts-of-another-year"
  }

  /// Each once, whichever findings need it.
  private func missing(_ findings: [Finding], of result: SubjectResult) -> [MissingDatum] {
    var all: [MissingDatum] = []
    for path in findings.flatMap(\.needs) {
      let missing = caseFile.missing(path, result.id)
      if !all.contains(where: { $0.letterName == missing.letterName }) { all.append(missing) }
    }
    return all
  }

  /// What holds and what an exemption lifts, each line once.
  private static func met(_ findings: [Finding]) -> NoticeFields {
    var lines: [NoticeFields] = []
    var seen: Set<String> = []
    for finding in findings {
      let law = finding.citations.first?.inTitleMarks ?? ""
      let message = NoticeFinding(finding).sentence
      guard seen.insert(message + law).inserted else { continue }
      lines.append([
        "rule": .text(finding.rule), "met_message": .text(message), "met_law": .text(law),
      ])
    }
    return ["has_met": .flag(!lines.isEmpty), "met": .list(lines)]
  }

  // MARK: - The list for publication

  package var publicList: NoticeFields {
    var rows: [NoticeFields] = []
    for index in 0..<report.resultCount {
      let result = report.result(index)
      let particulars = caseFile.particulars(index)
      var row: NoticeFields = [
        "number": .text(String(index + 1)), "name": .text(result.name),
        "kind": .text(particulars.kind.zh),
        "categories": .text(particulars.categories.map(\.zh).joined(separator: "、")),
        "district": .text(particulars.district ?? "—"),
      ]
      let missing = self.missing(Self.open(result), of: result)
      row.merge(NoticeOutcome(result, asks: missing).fields) { a, _ in a }
      rows.append(row)
    }
    var fields = run
    fields["documents"] = .list(report.profiles.map(document))
    fields["any_draft"] = .flag(report.profiles.contains { $0.status == .draft })
    fields["count"] = .text(String(rows.count))
    fields["rows"] = .list(rows)
    return fields
  }

  // MARK: - What all have

  /// A title without the marks around it.
  private static func bare(_ title: String) -> Substring {
    guard title.hasPrefix("《"), title.hasSuffix("》") else { return title[...] }
    return title.dropFirst().dropLast()
  }

  private var run: NoticeFields {
    [
      "tenant": .text(report.tenantName.zh), "as_of": .text(report.asOf),
      "as_of_words": .text(Self.dayInWords(report.asOf)), "version": .text(report.version),
      "inputs": .list(
        report.inputs.map {
          [
            "path": .text($0.path), "role": .text(Self.role($0.role)), "sha256": .text($0.sha256),
          ]
        }),
    ]
  }

  private func document(of result: SubjectResult) -> NoticeFields {
    report.profiles.indices.contains(result.profile)
      ? document(report.profiles[result.profile])
      : report.profiles.first.map(document) ?? [:]
  }

  private func document(_ profile: ProfileIdentity) -> NoticeFields {
    [
      "document": .text("《\(Self.bare(profile.document))》"), "profile": .text(profile.id),
      "profile_sha256": .text(profile.sha256), "valid_from": .text(Self.dayInWords(profile.from)),
      "valid_to": .text(Self.dayInWords(profile.to)), "draft": .flag(profile.status == .draft),
      "expired": .flag(profile.status == .expired), "in_force": .flag(profile.status == .inForce),
    ]
  }

  private static func role(_ role: String) -> String {
    switch role {
    case "applications": "申请材料"
    case "facts": "基础数据"
    case "registry": "定点机构名册"
    case "waivers": "批准例外和裁量决定"
    default: role
    }
  }

  /// `2026-04-01` as `2026年4月1日`.
  static func dayInWords(_ day: String) -> String {
    let parts = day.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let date = parts[2] else {
      return day
    }
    return "\(year)年\(month)月\(date)日"
  }
}
