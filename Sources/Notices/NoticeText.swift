package import Diagnostics
import Reporting

/// What templates are filled with, made of a report: one set of values an applicant, and one for the list for publication.
///
/// In Chinese alone: these are letters to applicants. Nothing is decided or worded anew here; the sentences are those of the
/// findings, and what only the authority knows (contact, legal remedies, deadlines) is left to be filled in.
package struct NoticeText {
  private let report: Report
  private let caseFile: CaseFile
  /// The neighbours that a letter lists, nearest first.
  private static let neighbourLimit = 20

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
    let open = result.findings.filter(Self.isOpen)
    let met = result.findings.filter { $0.outcome == .pass || $0.outcome == .exempt }
    let missing = self.missing(open)
    var fields = run.merging(document(of: result)) { a, _ in a }
    fields.merge(verdict(result)) { a, _ in a }
    fields["title"] = .text(Self.title(result))
    fields["id"] = .text(result.id)
    fields["name"] = .text(result.name)
    fields["kind"] = .text(particulars.kind.zh)
    fields["categories"] = .text(particulars.categories.map(\.zh).joined(separator: "、"))
    fields["district"] = .text(particulars.district ?? "未填报")
    fields["submitted_words"] = .text(Self.dayInWords(particulars.submitted))
    fields["particulars"] = .list(
      particulars.entries.map { ["label": .text($0.label.zh), "value": .text($0.value.zh)] })
    fields["has_findings"] = .flag(!open.isEmpty)
    fields["findings"] = .list(
      open.enumerated().map { finding($1, of: result, number: $0 + 1) })
    fields["has_met"] = .flag(!met.isEmpty)
    fields["met"] = .list(met.map { self.met($0, of: result) })
    func items(_ holder: MissingDatum.Holder) -> [NoticeFields] {
      missing.filter { $0.holder == holder }.map { ["item": .text($0.name.zh)] }
    }
    fields["from_applicant"] = .list(items(.applicant))
    fields["asks_applicant"] = .flag(missing.contains { $0.holder == .applicant })
    fields["from_authority"] = .list(items(.authority))
    fields["asks_authority"] = .flag(missing.contains { $0.holder == .authority })
    var remedies: [String] = []
    for finding in open where finding.outcome != .note && finding.outcome != .waived {
      if let remedy = finding.remedy?.zh, !remedies.contains(remedy) { remedies.append(remedy) }
    }
    fields["has_remedies"] = .flag(!remedies.isEmpty)
    fields["remedies"] = .list(remedies.map { ["remedy": .text($0)] })
    fields["has_cure"] = .flag(!remedies.isEmpty || !missing.isEmpty)
    return fields
  }

  /// What an applicant has to know of: all but what holds, is exempt or does not apply.
  private static func isOpen(_ finding: Finding) -> Bool {
    switch finding.outcome {
    case .fail, .review, .unknown, .waived, .note: true
    case .pass, .exempt, .notApplicable: false
    }
  }

  private static func title(_ result: SubjectResult) -> String {
    switch result.verdict {
    case .incomplete: "医疗保障定点申请补正告知书"
    case .review: "医疗保障定点申请审核告知书（转人工裁量）"
    case .admissible, .compliant, .refused, .noncompliant:
      "医疗保障定点申请审核告知书（\(words(result))）"
    }
  }

  /// The verdict as a letter says it.
  private static func words(_ result: SubjectResult) -> String {
    switch result.verdict {
    case .admissible, .compliant: "拟纳入"
    case .refused, .noncompliant: isInPrinciple(result) ? "原则上不予纳入" : "不予纳入"
    case .review: "需人工裁量"
    case .incomplete: "需补正"
    }
  }

  /// Whether the refusal rests on in-principle provisions alone.
  private static func isInPrinciple(_ result: SubjectResult) -> Bool {
    result.verdictWord != result.verdict.word
  }

  private func verdict(_ result: SubjectResult) -> NoticeFields {
    [
      "result": .text(Self.words(result)), "admissible": .flag(result.verdict == .admissible),
      "refused": .flag(result.verdict == .refused),
      "in_principle": .flag(Self.isInPrinciple(result)),
      "review": .flag(result.verdict == .review),
      "incomplete": .flag(result.verdict == .incomplete),
    ]
  }

  private func missing(_ findings: [Finding]) -> [MissingDatum] {
    var all: [MissingDatum] = []
    for path in findings.flatMap(\.needs) {
      let missing = caseFile.missing(path)
      if !all.contains(where: { $0.name == missing.name }) { all.append(missing) }
    }
    return all
  }

  // MARK: - Findings

  private func finding(
    _ finding: Finding, of result: SubjectResult, number: Int
  ) -> NoticeFields {
    var laws = finding.citations
    for consideration in finding.considered where consideration.holds != .no {
      if !laws.contains(consideration.citation) { laws.append(consideration.citation) }
    }
    let arithmetic = FindingFact.arithmetic(finding, .zh)
    let considered = FindingFact.considered(finding, .zh, withID: false)
    let rank = finding.rank.map { "第 \($0) 位" + (finding.tieBreak.map { "；" + $0.zh } ?? "") }
    let more = finding.neighbours.count + finding.moreNeighbours - Self.neighbourLimit
    return [
      "number": .text(String(number)), "rule": .text(finding.rule),
      "outcome": .text(finding.outcomeWord.zh),
      "message": .text(sentence(finding, of: result)),
      "has_category": .flag(finding.category != nil),
      "category": .text(finding.category.map { Wording.category($0, .zh) } ?? ""),
      "laws": .list(laws.map(Self.law)),
      "has_arithmetic": .flag(!arithmetic.isEmpty),
      "arithmetic": .text(arithmetic.joined(separator: "；")),
      "has_rank": .flag(rank != nil), "rank": .text(rank ?? ""),
      "has_neighbours": .flag(!finding.neighbours.isEmpty),
      "radius": .text(finding.circle.map { FixedDecimal.metres($0.radiusMetres) } ?? ""),
      "drawing": .markup(CircleDrawing(finding)?.svg(.zh) ?? ""),
      "neighbours": .list(
        finding.neighbours.prefix(Self.neighbourLimit).map {
          ["neighbour": .text(FindingFact.neighbour($0, .zh))]
        }),
      "has_more_neighbours": .flag(more > 0), "more_neighbours": .text(String(max(more, 0))),
      "has_considered": .flag(!considered.isEmpty),
      "considered": .list(considered.map { ["consideration": .text($0)] }),
      "has_waiver": .flag(finding.waiver != nil),
      "waiver": .text(finding.waiver.map { FindingFact.waiver($0, .zh) } ?? ""),
      "has_hangs_on": .flag(!finding.hangsOn.isEmpty),
      "hangs_on": .text(FindingFact.hangsOn(finding, .zh)),
      "reconstructed": .list(finding.reconstructed.map { ["formula": .text($0.zh)] }),
    ]
  }

  /// The statement without paths and the names that a profile gives its readings, which an applicant cannot read.
  private func sentence(_ finding: Finding, of result: SubjectResult) -> String {
    var text = finding.statement(.zh)
    for reading in result.readings {
      text = text.replacing("读法 \(reading.id)：", with: "对原文的读法：")
    }
    for path in finding.needs {
      text = text.replacing(path, with: caseFile.missing(path).name.zh)
    }
    return text
  }

  private func met(_ finding: Finding, of result: SubjectResult) -> NoticeFields {
    let law = finding.citations.first.map { "《\(Self.bare($0.document))》\($0.at)" } ?? ""
    return [
      "rule": .text(finding.rule), "met_message": .text(sentence(finding, of: result)),
      "met_law": .text(law),
    ]
  }

  private static func law(_ citation: Citation) -> NoticeFields {
    [
      "law_document": .text("《\(bare(citation.document))》"), "at": .text(citation.at),
      "quote": .text(citation.quote), "modality": .text(citation.modality.word.zh),
    ]
  }

  /// A title without the marks around it.
  private static func bare(_ title: String) -> Substring {
    guard title.hasPrefix("《"), title.hasSuffix("》") else { return title[...] }
    return title.dropFirst().dropLast()
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
      row.merge(verdict(result)) { a, _ in a }
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
    case "waivers": "批准例外"
    default: role
    }
  }

  /// `2026-04-01` as `2026年4月1日`.
  private static func dayInWords(_ day: String) -> String {
    let parts = day.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let date = parts[2] else {
      return day
    }
    return "\(year)年\(month)月\(date)日"
  }
}
