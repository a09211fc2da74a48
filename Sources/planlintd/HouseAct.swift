import Desk
import Diagnostics
import Store

/// What whoever runs a desk does with it, beside what officers do: the same in a process of its own and asked of the one that serves.
enum HouseAct: Codable, Sendable {
  case addAccount(name: String, city: String, roles: [Role], district: String?, password: String?)
  case addToken(name: String, city: String, roles: [Role])
  case backup(path: String)
  case verify

  func perform(on desk: Desk) throws -> HouseAnswer {
    switch self {
    case .addAccount(let name, let city, let roles, let district, let password):
      try desk.addAccount(
        name, city: city, roles: Set(roles), district: district, password: password)
      return HouseAnswer(lines: ["account \(name) of \(city)"])
    case .addToken(let name, let city, let roles):
      if let account = try desk.accounts(city: city).first(where: { $0.name == name }),
        let odd = roles.first(where: { !account.roles.contains($0) })
      {
        throw Refusal(
          .invalid, zh: "账号没有角色 `\(odd.rawValue)`",
          en:
            "the account `\(name)` has no role `\(odd.rawValue)`; a token has those of its account")
      }
      return HouseAnswer(lines: [try desk.addToken(name, city: city)])
    case .backup(let path):
      try desk.store.backup(to: path)
      return HouseAnswer(lines: [path])
    case .verify:
      let found = try desk.verify()
      return HouseAnswer(
        lines: found.differences + [
          "\(found.cities) cities, \(found.entries) entries, \(found.decisions) decisions: \(found.differences.count) differences"
        ], code: found.differences.isEmpty ? 0 : 1)
    }
  }
}

/// What came of it.
struct HouseAnswer: Codable, Sendable {
  var lines: [String]
  var code: Int32 = 0
  /// What stood in the way; nothing was done then.
  var error: String?
}
