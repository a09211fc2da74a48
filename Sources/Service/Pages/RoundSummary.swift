import Desk
import Diagnostics

/// A round as pages tell of it: its cases, and what its next step is, waits for, and whose it is.
struct RoundSummary {
  /// So many cases are looked at on one page.
  static let most = 1_000

  let round: PlainValue
  let cases: [PlainValue]
  /// Whether there are more cases than were looked at.
  let isCut: Bool

  init(_ call: PageCall, _ city: String, _ round: PlainValue, after: Int = 0) throws {
    self.round = round
    guard call.may(.readCases) else {
      (cases, isCut) = ([], false)
      return
    }
    let page = try call.desk.cases(
      try call.signedIn(), city, round["id"]?.string ?? "", after: after, limit: Self.most)
    (cases, isCut) = (page.items, page.next != nil)
  }

  var id: String { round["id"]?.string ?? "" }
  var title: String { round["title"]?.string ?? "" }
  var state: String { round["state"]?.string ?? "" }
  var closers: [String] { (round["closers"]?.items ?? []).compactMap(\.string) }

  /// Those in a state of a case.
  func cases(in state: String) -> [PlainValue] { cases.filter { $0["state"]?.string == state } }

  /// The verdict that binds, or the one as things stand.
  static func verdict(_ filed: PlainValue) -> String? {
    filed["verdict"]?.string ?? filed["preview"]?.string
  }

  /// Those without a final verdict.
  var undecided: [PlainValue] {
    cases.filter {
      $0["state"]?.string != "withdrawn"
        && ["review", "incomplete"].contains(Self.verdict($0) ?? "")
    }
  }

  /// What comes next.
  var next: (act: Act, words: Bilingual)? {
    switch state {
    case "open": (.closeRound, Bilingual(zh: "关闭批次，作出结论", en: "close the round and decide"))
    case "closed": (.publish, Bilingual(zh: "公示名单", en: "publish the list"))
    case "published":
      (.confirm, Bilingual(zh: "确认名单，登记名额", en: "confirm the list and give the places"))
    default: nil
    }
  }

  /// The cases that keep it from its next step.
  var blocking: [PlainValue] {
    switch state {
    case "open": cases(in: "correction")
    case "closed": undecided
    default: []
    }
  }

  /// Why the next step cannot be done by the caller as things stand, a sentence each.
  func obstacles(_ call: PageCall) -> [String] {
    guard let next else { return [] }
    var told: [String] = []
    if !call.may(next.act) {
      let roles = call.t(PageWords.roles(of: next.act))
      told.append(
        call.t("由\(roles)角色办理，本账号不能办理", "this is for the \(roles); this account cannot do it"))
    }
    if next.act != .closeRound, let caller = call.caller, closers.contains(caller.account) {
      told.append(
        call.t(
          "本账号关闭过本批次，须由他人公示和确认", "this account closed the round, so somebody else has to do it"))
    }
    if state == "open", cases.allSatisfy({ $0["state"]?.string == "withdrawn" }),
      call.may(.readCases), !isCut
    {
      told.append(call.t("尚无申请件", "there is no case yet"))
    }
    let count = blocking.count
    if count > 0 {
      told.append(
        state == "open"
          ? call.t("有 \(count) 件待补正", "\(count) in correction")
          : call.t(
            "有 \(count) 件尚未定论（需裁量的由复核登记裁量决定；缺资料的须重新打开批次后补充）",
            "\(count) undecided: rulings answer those that need a person; those that lack data need the round reopened"
          ))
    }
    return told
  }
}
