import Diagnostics

/// The answers to what an application claims: the circumstances and the institution that it says it replaces, by name.
struct NoticeAnswers {
  private(set) var lines: [String] = []

  init(_ particulars: Particulars, _ result: SubjectResult) {
    if let replaced = particulars.replaced { lines.append(Self.replacement(replaced, result)) }
    if !particulars.claims.isEmpty { lines.append(Self.circumstances(particulars, result)) }
  }

  private static func replacement(
    _ replaced: Particulars.Replaced, _ result: SubjectResult
  ) -> String {
    let who = "申报接替退出的" + (replaced.name ?? "定点机构") + "："
    if result.findings.contains(where: \.takesOver) { return who + "已按接替办理，有关名额、床位不另占用" }
    if replaced.isTerminated { return who + "该机构已解除协议，没有可接替的名额，按新增办理" }
    if result.findings.contains(where: { $0.rank != nil && $0.outcome == .fail }) {
      return who + "未按接替办理，按新增审核"
    }
    if result.findings.contains(where: { $0.circle != nil }) { return who + "清点周边机构时不计该机构" }
    if replaced.name == nil { return who + "待受理单位对照定点机构名册核实" }
    return who + "所审查的各条不以接替为条件，不影响结论"
  }

  private static func circumstances(
    _ particulars: Particulars, _ result: SubjectResult
  ) -> String {
    var parts: [String] = []
    func add(_ text: String) { if !parts.contains(text) { parts.append(text) } }
    for finding in result.findings {
      if let exemption = finding.exemption { add("属于\(exemption.name.zh)，有关规定不适用") }
      for consideration in finding.considered {
        switch (consideration.kind, consideration.holds) {
        case (.exemption, .no): add("不属于\(consideration.name.zh)")
        case (.exception, .yes): add("\(consideration.name.zh)成立")
        default: break
        }
      }
    }
    if result.hasPriority { add("择优排序时按优先情形对待") }
    if parts.isEmpty { parts = ["所审查的各条不以此为条件，不影响结论"] }
    return "申报的情形（" + particulars.claims.map(\.zh).joined(separator: "、") + "）："
      + parts.joined(separator: "；")
  }
}
