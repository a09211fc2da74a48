import Desk
import Diagnostics

/// `/{city}/audit`: every change and every refusal, who and when, the first first.
struct AuditPage {
  private let call: PageCall
  private let city: String

  private static let entries = 100

  init(_ call: PageCall, _ city: String) throws {
    self.call = call
    self.city = city
  }

  func response() throws -> WebResponse {
    let caller = try call.signedIn()
    let after = max(0, call.request.value("after").flatMap { Int($0) } ?? 0)
    let page = try call.desk.audit(caller, city, after: after, limit: Self.entries)
    let rows = page.items.map(row)
    let heads = [
      call.t("序号", "entry"), call.t("时间", "when"), call.t("账号", "account"),
      call.t("事项", "act"), call.t("对象", "of"), call.t("结果", "outcome"), call.t("来自", "from"),
      call.t("摘要（前、后）", "digests before and after"),
    ]
    let last = try call.desk.lastAuditEntry(caller, city)
    let pager = call.pager(
      .audit(city), [], after: after, next: page.next, last: last, entries: Self.entries)
    let body: Markup = """
      \(call.table(call.t("每项更改和每次拒绝，按发生次序；每条含前一条的摘要", "every change and every refusal in its order; each carries the hash of the one before"), heads, rows))\(pager)

      """
    return call.page(call.t("审计", "audit"), body)
  }

  private func row(_ entry: PlainValue) -> Markup {
    let isDone = entry["outcome"]?.string == "done"
    let outcome =
      isDone
      ? call.t("已办", "done")
      : call.t("拒绝：", "refused: ") + call.t(PageWords.refusal(entry["refusal"]?.string ?? ""))
    let digests = [entry["before"]?.string, entry["after"]?.string].compactMap(\.self).map {
      "<code>\(String($0.prefix(12)))</code>" as Markup
    }
    let of = [entry["round"]?.string, entry["target"]?.string].compactMap(\.self)
    var seen: [String] = []
    for name in of where !seen.contains(name) && !name.isEmpty { seen.append(name) }
    return """
      <tr><th scope="row" class="number">\(entry["seq"]?.integer ?? 0)</th><td class="nowrap">\(call.moment(entry["at"]?.string ?? ""))</td><td>\(entry["account"]?.string ?? "")</td><td>\(call.t(PageWords.act(entry["act"]?.string ?? "")))</td><td>\(seen.joined(separator: " "))</td><td class="\(isDone ? "" : "refused")">\(outcome)</td><td>\(entry["address"]?.string ?? "")</td><td class="nowrap">\(digests.joined(" → "))</td></tr>

      """
  }
}
