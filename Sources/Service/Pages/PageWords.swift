import Desk
import Diagnostics
import PlanlintKit

/// What states, roles and acts are called on the pages.
enum PageWords {
  static func round(_ state: String) -> Bilingual {
    switch state {
    case "open": Bilingual(zh: "受理中", en: "open")
    case "closed": Bilingual(zh: "已关闭", en: "closed")
    case "published": Bilingual(zh: "已公示", en: "published")
    case "confirmed": Bilingual(zh: "已确认", en: "confirmed")
    case "cancelled": Bilingual(zh: "已取消", en: "cancelled")
    default: Bilingual(zh: state, en: state)
    }
  }

  static func filed(_ state: String) -> Bilingual {
    switch state {
    case "received": Bilingual(zh: "已收件", en: "received")
    case "correction": Bilingual(zh: "待补正", en: "in correction")
    case "withdrawn": Bilingual(zh: "已撤回", en: "withdrawn")
    case "admitted": Bilingual(zh: "已纳入", en: "admitted")
    case "refused": Bilingual(zh: "未纳入", en: "refused")
    case "voided": Bilingual(zh: "已撤销", en: "voided")
    default: Bilingual(zh: state, en: state)
    }
  }

  static func role(_ role: Role) -> Bilingual {
    switch role {
    case .clerk: Bilingual(zh: "经办", en: "clerk")
    case .reviewer: Bilingual(zh: "复核", en: "reviewer")
    case .policy: Bilingual(zh: "政策", en: "policy officer")
    case .auditor: Bilingual(zh: "审计", en: "auditor")
    case .admin: Bilingual(zh: "账号管理", en: "administrator")
    }
  }

  static func verdict(_ word: String) -> Bilingual {
    Verdict(rawValue: word)?.word ?? Bilingual(zh: word, en: word)
  }

  static func entry(_ kind: String) -> Bilingual {
    switch kind {
    case "opening": Bilingual(zh: "期初", en: "opening")
    case "grant": Bilingual(zh: "登记", en: "grant")
    case "void": Bilingual(zh: "撤销", en: "void")
    default: Bilingual(zh: kind, en: kind)
    }
  }

  static func ruling(_ kind: String) -> Bilingual {
    kind == "waiver"
      ? Bilingual(zh: "批准例外", en: "waiver") : Bilingual(zh: "裁量决定", en: "ruling")
  }

  static func act(_ word: String) -> Bilingual {
    switch Act(rawValue: word) {
    case .openRound: Bilingual(zh: "开启批次", en: "open a round")
    case .closeRound: Bilingual(zh: "关闭批次", en: "close a round")
    case .receive: Bilingual(zh: "收件", en: "receive")
    case .change: Bilingual(zh: "更改", en: "change")
    case .correct: Bilingual(zh: "要求补正", en: "ask for a correction")
    case .withdraw: Bilingual(zh: "撤回", en: "withdraw")
    case .check: Bilingual(zh: "试算", en: "check")
    case .reopen: Bilingual(zh: "重新打开", en: "reopen")
    case .publish: Bilingual(zh: "公示", en: "publish")
    case .confirm: Bilingual(zh: "确认", en: "confirm")
    case .cancel: Bilingual(zh: "取消", en: "cancel")
    case .rule: Bilingual(zh: "裁量", en: "rule")
    case .waive: Bilingual(zh: "批准例外", en: "waive")
    case .void: Bilingual(zh: "撤销名额", en: "void")
    case .putFacts: Bilingual(zh: "启用基础数据", en: "put facts in force")
    case .putRegistry: Bilingual(zh: "启用名册", en: "put a registry in force")
    case .readCases, .readRounds, .readLedger, .readAudit, .readFacts, .readCity:
      Bilingual(zh: "查阅", en: "read")
    case .manageAccounts: Bilingual(zh: "管理账号", en: "manage accounts")
    case nil: Bilingual(zh: word, en: word)
    }
  }

  static func refusal(_ word: String) -> Bilingual {
    switch Refusal.Kind(rawValue: word) {
    case .notFound: Bilingual(zh: "没有这一项", en: "not found")
    case .forbidden: Bilingual(zh: "无权为此", en: "not allowed")
    case .conflict: Bilingual(zh: "与现状冲突", en: "conflict")
    case .invalid: Bilingual(zh: "内容有误", en: "at fault")
    case .moved: Bilingual(zh: "版本已变", en: "it had changed")
    case .unversioned: Bilingual(zh: "未写明版本", en: "no version named")
    case .unready: Bilingual(zh: "暂不能服务", en: "not ready")
    case nil: Bilingual(zh: word, en: word)
    }
  }

  /// What is allowed to whom: the roles of an act, joined.
  static func roles(of act: Act) -> Bilingual {
    let roles = Role.allCases.filter(act.roles.contains)
    return Bilingual(
      zh: roles.map { Self.role($0).zh }.joined(separator: "、"),
      en: roles.map { Self.role($0).en }.joined(separator: " or "))
  }
}
