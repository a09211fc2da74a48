import Diagnostics

/// What a form of a page does. Each is one call of the interface, so that roles, versions, repeats and the audit trail are the same.
enum PageAct: String, Sendable, CaseIterable {
  case rounds, facts, registry, applications
  case close, reopen, publish, confirm, cancel, rulings, waivers
  case change, correction, withdraw
  case void
  case accounts, tokens
  case changeAccount = "change-account"
  case closeAccount = "close-account"
  case removeTokens = "remove-tokens"
  case session

  /// The last part of the call's path that is a word.
  var call: String {
    switch self {
    case .change: "cases"
    case .changeAccount, .closeAccount: "accounts"
    case .removeTokens: "tokens"
    default: rawValue
    }
  }

  /// The fields that its form has beside those that every form carries.
  private var fields: Set<String> {
    switch self {
    case .rounds: ["year", "title"]
    case .facts: ["year", "reason", "document", "file"]
    case .registry, .applications: ["file"]
    case .close: ["as_of"]
    case .reopen, .cancel, .withdraw: ["reason"]
    case .publish, .confirm: []
    case .rulings: ["application", "rule", "outcome", "authority", "document", "decided", "reason"]
    case .waivers: ["application", "rule", "authority", "document", "expires", "reason"]
    case .change: ["shown"]
    case .correction: ["fields", "reason"]
    case .void: ["seq", "reason", "document"]
    case .accounts, .changeAccount: ["name", "roles", "district", "password"]
    case .tokens, .closeAccount, .removeTokens: ["name"]
    case .session: ["account", "password"]
    }
  }

  private static let carried: Set<String> = ["csrf", "act", "form", "key", "version"]

  /// Refuses a form with a field that it does not have: what is passed over in silence is taken for done.
  func checkFields(_ body: FormBody) throws {
    let names = body.fields.map(\.name) + body.files.keys.sorted()
    let odd = names.first { name in
      !Self.carried.contains(name) && !fields.contains(name)
        && !(self == .change && name.hasPrefix("f."))
    }
    guard let odd else { return }
    throw Problem(
      422, "invalid", zh: "表单没有字段 `\(odd)`", en: "the form has no field `\(odd)`")
  }

  /// What is told once it is done.
  var done: Bilingual {
    switch self {
    case .rounds: Bilingual(zh: "批次已开启", en: "the round is open")
    case .facts: Bilingual(zh: "基础数据已生效", en: "the facts are in force")
    case .registry: Bilingual(zh: "定点机构名册已生效", en: "the registry is in force")
    case .applications: Bilingual(zh: "申请件已收件", en: "the applications were received")
    case .close: Bilingual(zh: "批次已关闭，结论已作出", en: "the round is closed and decided")
    case .reopen: Bilingual(zh: "批次已重新打开", en: "the round is open again")
    case .publish: Bilingual(zh: "批次已公示", en: "the round is published")
    case .confirm:
      Bilingual(zh: "批次已确认，名额已登记", en: "the round is confirmed and its places are given")
    case .cancel: Bilingual(zh: "批次已取消", en: "the round is cancelled")
    case .rulings:
      Bilingual(zh: "裁量决定已登记，已据此重新作出结论", en: "the ruling is recorded and the round decided anew")
    case .waivers:
      Bilingual(zh: "批准例外已登记，已据此重新作出结论", en: "the waiver is recorded and the round decided anew")
    case .change: Bilingual(zh: "申请内容已更改", en: "the application is changed")
    case .correction: Bilingual(zh: "已要求补正", en: "the correction is asked for")
    case .withdraw: Bilingual(zh: "申请件已撤回", en: "the case is withdrawn")
    case .void: Bilingual(zh: "名额已撤销", en: "the places are taken back")
    case .accounts: Bilingual(zh: "账号已建立", en: "the account is made")
    case .tokens: Bilingual(zh: "令牌已生成", en: "the token is made")
    case .changeAccount: Bilingual(zh: "账号已更改", en: "the account is changed")
    case .closeAccount: Bilingual(zh: "账号已停用", en: "the account is closed")
    case .removeTokens: Bilingual(zh: "令牌已全部收回", en: "all tokens are taken back")
    case .session: Bilingual(zh: "已退出", en: "signed out")
    }
  }
}
