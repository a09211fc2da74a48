import Desk
import Diagnostics

/// What bodies in JSON look like, both ways, for `/openapi.json`: the schemas by name, and which of them each route has.
enum OpenAPISchemas {
  /// What a route answers, by its id; those that are not here answer something else than an object of the desk's.
  static let answers: [String: PlainValue] = [
    "status": object(["version": text, "requests": count, "city": of("City")], ["version"]),
    "signIn": of("Session"), "cities": page("City"), "city": of("City"),
    "putFacts": of("Version"), "putRegistry": of("Version"),
    "openRound": of("Round"), "rounds": page("Round"), "round": of("Round"),
    "closeRound": of("Round"), "reopenRound": of("Round"), "publishRound": of("Round"),
    "confirmRound": of("Round"), "cancelRound": of("Round"), "rule": of("Ruling"),
    "waive": of("Ruling"), "receive": object(["items": list(of("Case")), "notes": notes]),
    "cases": page("Case"), "case": of("Case"), "changeCase": of("Case"), "correctCase": of("Case"),
    "withdrawCase": of("Case"), "places": of("Places"), "ledger": page("Entry"),
    "void": object(["items": list(of("Entry"))]), "audit": page("Trail"),
    "accounts": page("Account"), "addAccount": of("Account"), "changeAccount": of("Account"),
    "closeAccount": object(["name": text]),
    "addToken": object(["account": text, "token": orNull(text)]),
    "removeTokens": object(["account": text]), "openapi": ["type": "object"],
  ]

  /// What a route takes, by its id, where that is one object of JSON.
  static let requests: [String: PlainValue] = [
    "signIn": object(["account": text, "password": text]),
    "openRound": object([
      "year": ["type": "integer", "minimum": 2000, "maximum": 2100], "title": title,
    ]),
    "closeRound": object(["as_of": day]), "reopenRound": object(["reason": reason]),
    "cancelRound": object(["reason": reason]), "withdrawCase": object(["reason": reason]),
    "correctCase": object(["fields": list(text), "reason": reason]),
    "rule": object(
      [
        "application": text, "rule": text, "category": text, "outcome": words(["pass", "fail"]),
        "authority": text, "document": text, "decided": day, "reason": reason,
      ], ["application", "rule", "outcome", "authority", "document", "decided", "reason"]),
    "waive": object([
      "application": text, "rule": text, "authority": text, "document": text, "expires": day,
      "reason": reason,
    ]),
    "changeCase": ["type": "object", "minProperties": 1],
    "void": object(["reason": reason, "document": reason]),
    "addAccount": object(
      ["name": text, "roles": roles, "district": orNull(text), "password": password],
      ["name", "roles"]),
    "changeAccount": object(
      ["roles": roles, "district": orNull(text), "password": password], []),
  ]

  /// The schemas that others name.
  static let named: PlainValue = [
    "City": object([
      "id": text, "name": text, "tenant": text, "profile": orNull(text),
      "profile_digest": orNull(digest), "year": orNull(count), "facts": orNull(digest),
      "registry": orNull(digest), "ledger": count, "servable": flag,
    ]),
    "Session": object([
      "account": text, "city": text, "roles": roles, "district": orNull(text), "csrf": text,
    ]),
    "Version": object(
      [
        "number": count, "digest": digest, "format": text, "bytes": count, "by": text,
        "at": moment, "year": count, "counted_to": count, "institutions": count, "notes": notes,
      ], ["number", "digest", "format", "bytes", "by", "at", "notes"]),
    "Round": object(
      [
        "id": text, "year": count, "title": text,
        "state": words(["open", "closed", "published", "confirmed", "cancelled"]),
        "opened": object(["by": text, "at": moment]), "closers": list(text),
        "as_of": orNull(day), "decision": orNull(count), "reason": orNull(text),
        "dropped": list(["type": "object"]),
      ],
      ["id", "year", "title", "state", "opened", "closers", "as_of", "decision", "reason"]),
    "Case": object([
      "id": text, "round": text,
      "state": words([
        "received", "correction", "withdrawn", "admitted", "refused", "voided",
      ]),
      "application": ["type": "object"], "preview": orNull(text), "verdict": orNull(text),
      "asked": orNull(
        object(["fields": list(text), "reason": text, "by": text, "at": moment])),
      "history": list(
        object(
          [
            "at": moment, "by": text, "act": text, "fields": list(text), "reason": text,
            "verdict": text, "application": ["type": "object"],
          ], ["at", "by", "act"])),
    ]),
    "Ruling": object(
      [
        "id": text, "kind": words(["ruling", "waiver"]), "case": text, "application": text,
        "verdict": orNull(text),
      ]),
    "Places": object([
      "year": count,
      "items": list(
        object(
          [
            "rule": text, "scope": text, "name": bilingual, "unit": orNull(text),
            "limit": orNull(text), "used": orNull(text), "left": orNull(text), "advisory": flag,
          ], ["rule", "scope", "unit", "limit", "used", "left", "advisory"])),
      "next": ["type": "string", "nullable": true, "maxLength": 0],
    ]),
    "Entry": object(
      [
        "seq": count, "at": moment, "kind": words(["opening", "grant", "void"]),
        "rule": orNull(text), "part": orNull(text), "scope": orNull(text),
        "take": ["type": "integer"], "round": orNull(text), "case": orNull(text), "prev": digest,
        "hash": digest, "unit": text, "year": count, "limit": orNull(text), "used": orNull(text),
        "advisory": flag, "waived": flag, "bound": flag, "of": count, "reason": text,
        "document": text, "figures": ["type": "object"],
      ],
      [
        "seq", "at", "kind", "rule", "part", "scope", "take", "round", "case", "prev", "hash",
      ]),
    "Trail": object(
      [
        "seq": count, "at": moment, "account": text, "act": text, "target": text,
        "address": text, "outcome": words(["done", "refused"]), "round": text, "before": digest,
        "after": digest, "refusal": text, "detail": text, "prev": digest, "hash": digest,
      ],
      ["seq", "at", "account", "act", "target", "address", "outcome", "prev", "hash"]),
    "Account": object([
      "name": text, "roles": roles, "district": orNull(text), "created": moment,
      "password": flag,
    ]),
    "Fault": object(
      ["path": text, "line": count, "column": count, "message": bilingual], ["path", "message"]),
    "Problem": object(
      [
        "type": text, "title": text, "status": count, "detail": text, "faults": list(of("Fault")),
        "cases": list(text), "limits": list(text),
      ], ["type", "title", "status", "detail"]),
  ]

  private static let text: PlainValue = ["type": "string"]
  private static let flag: PlainValue = ["type": "boolean"]
  private static let count: PlainValue = ["type": "integer", "minimum": 0]
  private static let digest: PlainValue = ["type": "string", "pattern": "^[0-9a-f]{64}$"]
  private static let day: PlainValue = ["type": "string", "format": "date"]
  private static let moment: PlainValue = ["type": "string", "format": "date-time"]
  private static let title: PlainValue = ["type": "string", "minLength": 1, "maxLength": 200]
  private static let reason: PlainValue = ["type": "string", "minLength": 1, "maxLength": 2000]
  private static let password: PlainValue = [
    "type": "string", "minLength": .number(Desk.passwordLengths.lowerBound),
    "maxLength": .number(Desk.passwordLengths.upperBound),
  ]
  private static let bilingual = object(["zh": text, "en": text])
  private static let notes = list(of("Fault"))
  private static let roles: PlainValue = [
    "type": "array", "minItems": 1,
    "items": ["type": "string", "enum": .list(Role.allCases.map { .text($0.rawValue) })],
  ]

  private static func of(_ name: String) -> PlainValue {
    ["$ref": .text("#/components/schemas/\(name)")]
  }

  private static func list(_ item: PlainValue) -> PlainValue { ["type": "array", "items": item] }

  private static func words(_ all: [String]) -> PlainValue {
    ["type": "string", "enum": .list(all.map { .text($0) })]
  }

  private static func orNull(_ value: PlainValue) -> PlainValue {
    var value = value
    value["nullable"] = true
    return value
  }

  /// - Parameter required: the fields that are always there; all of them where nothing is said.
  private static func object(_ fields: PlainValue, _ required: [String]? = nil) -> PlainValue {
    var value: PlainValue = ["type": "object", "properties": fields]
    let names = required ?? fields.entries.map(\.key)
    if !names.isEmpty { value["required"] = .list(names.map { .text($0) }) }
    return value
  }

  private static func page(_ name: String) -> PlainValue {
    object(["items": list(of(name)), "next": orNull(text)])
  }
}
