import Desk
import Diagnostics
import PlanlintKit

extension PageCall {
  /// The call of the interface that a form stands for.
  func interfaceRequest(_ act: PageAct, _ body: FormBody) throws -> WebRequest {
    let city = "/api/v1/cities/\((address.city ?? "").percentEncoded)"
    var asked = WebRequest(
      method: "POST", path: "", headers: ["content-type": MediaTypes.json],
      address: request.address, isFromLoopback: request.isFromLoopback)
    if let key = body["key"], !key.isEmpty { asked.headers["idempotency-key"] = key }
    if let version = body["version"] { asked.headers["if-match"] = "\"\(version)\"" }
    func text(_ name: String) -> PlainValue { .text(body[name] ?? "") }
    func send(_ path: String, _ value: PlainValue) -> WebRequest {
      asked.path = path
      asked.body = Array(value.json.utf8)
      return asked
    }

    switch (address, act) {
    case (.city, .rounds):
      return send(
        city + "/rounds",
        ["year": try number("year", body), "title": text("title")])
    case (.city, .facts):
      let year = (body["year"] ?? "").trimmed.percentEncoded
      asked.method = "PUT"
      if let reason = body["reason"]?.trimmed, !reason.isEmpty {
        asked.query = [("reason", reason), ("document", body["document"] ?? "")]
      }
      return try upload(asked, city + "/facts/\(year)", body)
    case (.city, .registry):
      asked.method = "PUT"
      return try upload(asked, city + "/registry", body)
    case (.city, .accounts):
      return send(
        city + "/accounts",
        [
          "name": text("name"), "roles": .list(body.all("roles").map { .text($0) }),
          "district": .text(body["district"]?.trimmedOrNil),
          "password": .text(body["password"]?.nilIfEmpty),
        ])
    case (.city, .changeAccount):
      asked.method = "PATCH"
      asked.headers["content-type"] = MediaTypes.mergePatch
      var patch: PlainValue = [
        "roles": .list(body.all("roles").map { .text($0) }),
        "district": .text(body["district"]?.trimmedOrNil),
      ]
      if let password = body["password"]?.nilIfEmpty { patch["password"] = .text(password) }
      return send(city + "/accounts/" + (body["name"] ?? "").percentEncoded, patch)
    case (.city, .closeAccount), (.city, .removeTokens), (.city, .tokens):
      let name = city + "/accounts/" + (body["name"] ?? "").percentEncoded
      asked.method = act == .tokens ? "POST" : "DELETE"
      asked.path = act == .closeAccount ? name : name + "/tokens"
      return asked
    case (.round(_, let round), _):
      return try ofRound(act, city + "/rounds/\(round.percentEncoded)", asked, body)
    case (.filed(_, let round, let filed), _):
      return try ofCase(act, city + "/rounds/\(round.percentEncoded)", filed, asked, body)
    case (.places, .void):
      let seq = (body["seq"] ?? "").trimmed.percentEncoded
      return send(
        city + "/ledger/\(seq)/void", ["reason": text("reason"), "document": text("document")])
    default: throw Self.noSuchForm
    }
  }

  private static func encoded(_ value: PlainValue) -> [UInt8] { Array(value.json.utf8) }

  private static let noSuchForm = Problem(
    422, "invalid", zh: "此页没有这种表单", en: "this page has no such form")

  private func ofRound(
    _ act: PageAct, _ round: String, _ asked: WebRequest, _ body: FormBody
  ) throws -> WebRequest {
    var asked = asked
    asked.path = round + "/" + act.call
    switch act {
    case .applications: return try upload(asked, asked.path, body)
    case .close: asked.body = Self.encoded(["as_of": .text(body["as_of"] ?? "")])
    case .reopen, .cancel: asked.body = Self.encoded(["reason": .text(body["reason"] ?? "")])
    case .publish, .confirm: break
    case .rulings, .waivers: asked.body = Self.encoded(ruling(act, body["application"] ?? "", body))
    default: throw Self.noSuchForm
    }
    return asked
  }

  private func ofCase(
    _ act: PageAct, _ round: String, _ filed: String, _ asked: WebRequest, _ body: FormBody
  ) throws -> WebRequest {
    var asked = asked
    let own = round + "/cases/" + filed.percentEncoded
    switch act {
    case .change:
      asked.method = "PATCH"
      asked.path = own
      asked.headers["content-type"] = MediaTypes.mergePatch
      asked.body = Self.encoded(try patch(body))
    case .correction:
      asked.path = own + "/correction"
      asked.body =
        Self.encoded([
          "fields": .list(body.all("fields").map { .text($0) }),
          "reason": .text(body["reason"] ?? ""),
        ])
    case .withdraw:
      asked.path = own + "/withdraw"
      asked.body = Self.encoded(["reason": .text(body["reason"] ?? "")])
    case .rulings, .waivers:
      asked.path = round + "/" + act.call
      asked.body = Self.encoded(ruling(act, filed, body))
    default: throw Self.noSuchForm
    }
    return asked
  }

  /// A ruling or a waiver as contract.md has it, of what was filled in.
  private func ruling(_ act: PageAct, _ application: String, _ body: FormBody) -> PlainValue {
    var value: PlainValue = ["application": .text(application)]
    // A rule that is decided for each category is named with it.
    let parts = (body["rule"] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    value["rule"] = .text(parts.first ?? "")
    if parts.count > 1 { value["category"] = .text(parts[1]) }
    let names =
      act == .rulings
      ? ["outcome", "authority", "document", "reason", "decided"]
      : ["authority", "document", "reason", "expires"]
    for name in names {
      if let text = body[name]?.trimmedOrNil { value[name] = .text(text) }
    }
    return value
  }

  private func number(_ name: String, _ body: FormBody) throws -> PlainValue {
    guard let number = Int((body[name] ?? "").trimmed) else {
      throw Problem(422, "invalid", zh: "年度应为四位数字", en: "expected a year of four digits")
    }
    return .number(number)
  }

  /// A file that was chosen, under the type that its name ends with.
  private func upload(
    _ asked: WebRequest, _ path: String, _ body: FormBody
  ) throws -> WebRequest {
    guard let file = body.files["file"] else {
      throw Problem(422, "invalid", zh: "请选择文件", en: "choose a file")
    }
    let ending = file.name.lowercased().split(separator: ".").last.map(String.init) ?? ""
    let known = ["yml": "yaml", "ndjson": "jsonl"][ending] ?? ending
    guard let type = MediaTypes.inputs.first(where: { $0.ending == known })?.type else {
      let endings = MediaTypes.inputs.map { "." + $0.ending }.joined(separator: t("、", ", "))
      throw Problem(
        415, "media-type", zh: "文件名应以 \(endings) 结尾",
        en: "expected a file name that ends in \(endings)")
    }
    var asked = asked
    asked.path = path
    asked.headers["content-type"] = type
    asked.body = file.bytes
    return asked
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  var nilIfEmpty: String? { isEmpty ? nil : self }

  var trimmedOrNil: String? { trimmed.nilIfEmpty }
}
