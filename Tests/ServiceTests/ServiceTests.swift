import Desk
import Diagnostics
import Service
import TestSupport
import Testing

@Suite("The interface of the desk")
struct ServiceTests {
  private let base = TestService.base

  @Test("a round goes through all its states, and the places that it gives are told")
  func wholeRound() throws {
    let test = try TestService()
    defer { test.remove() }
    let round = try test.round(5)
    let cases = test.ask("GET", round + "/cases", as: "clerk")
    #expect(cases.status == 200)
    #expect(cases.json["items"]?.items.map { $0["preview"]?.string }.last == "refused")
    let closed = test.act("close", round, as: "clerk", #"{"as_of": "2026-04-01"}"#)
    #expect(closed.status == 200)
    #expect(closed.json["state"] == "closed")
    #expect(closed.header("Planlint-Profile") == "huaibei/2026-2028")
    #expect(closed.header("Planlint-Ledger") == "1")
    #expect(test.act("publish", round, as: "clerk").status == 403)
    #expect(test.act("publish", round, as: "reviewer").status == 200)
    #expect(test.act("confirm", round, as: "reviewer").json["state"] == "confirmed")
    let places = test.ask("GET", base + "/places?year=2026", as: "auditor")
    let place = places.json["items"]?.items.first {
      $0["rule"] == "HB-OUT-CAP" && $0["scope"] == "huaibei 2026"
    }
    #expect(place?["used"] == "5")
    #expect(place?["left"] == "0")
    #expect(test.ask("GET", base + "/places?year=1999", as: "auditor").status == 404)
    #expect(test.ask("GET", base + "/registry?effective=yes", as: "auditor").status == 422)
    let first = test.ask("GET", base + "/ledger?limit=3", as: "auditor").json
    #expect(first["items"]?.items.map { $0["seq"] } == [1, 2, 3])
    let next = try #require(first["next"]?.string)
    let second = test.ask("GET", base + "/ledger?limit=100&after=\(next)", as: "auditor").json
    #expect(second["items"]?.items.first?["seq"] == 4)
    #expect(second["next"] == .null)
    let void = test.ask(
      "POST", base + "/ledger/2/void", as: "reviewer", type: "application/json",
      #"{"reason": "申请人放弃", "document": "淮医保〔2026〕9号"}"#)
    #expect(void.status == 201)
    #expect(try test.desk.verify().differences == [])
  }

  @Test(
    "the report and the inputs of a decision are told in every format, the kept one byte for byte")
  func reports() throws {
    let test = try TestService()
    defer { test.remove() }
    let round = try test.round(2)
    #expect(test.ask("GET", round + "/report", as: "clerk").status == 404)
    _ = test.act("close", round, as: "clerk", #"{"as_of": "2026-04-01"}"#)
    let json = test.ask("GET", round + "/report?format=json", as: "auditor")
    #expect(json.json["summary"]?["admissible"] == 2)
    for format in ["text", "jsonl", "csv", "html", "sarif", "junit", "markdown"] {
      let told = test.ask("GET", round + "/report?format=\(format)", as: "auditor")
      #expect(told.status == 200 && !told.body.isEmpty, "\(format)")
    }
    let page = test.ask("GET", round + "/report", as: "auditor", headers: ["accept": "text/html"])
    #expect(page.header("Content-Type") == "text/html; charset=utf-8")
    #expect(test.ask("GET", round + "/report?format=odd", as: "auditor").status == 406)
    #expect(
      test.ask("GET", round + "/report", as: "auditor", headers: ["accept": "image/png"]).status
        == 406)
    for name in FrozenInputs.names {
      #expect(test.ask("GET", round + "/inputs/\(name)", as: "auditor").status == 200, "\(name)")
    }
    #expect(test.ask("GET", round + "/inputs/passwords", as: "auditor").status == 404)
  }

  @Test("a check is what the program gives on the same files, and keeps nothing")
  func check() throws {
    let test = try TestService()
    defer { test.remove() }
    let batch = """
      planlint: applications/1
      applications:
        - {id: A1, name: 甲, kind: retail_pharmacy, requests: [retail_pharmacy], district: 相山区, submitted: 2026-03-02}

      """
    let told = test.ask(
      "POST", base + "/check?format=json", as: "reviewer", type: "application/yaml", batch)
    #expect(told.status == 200)
    let facts = try test.desk.effective(
      Caller(account: "auditor", city: "huaibei", roles: [.auditor]), "huaibei", year: 2026)
    let out = try TemporaryFolder(named: "check")
    defer { out.remove() }
    try out.write(facts.facts, to: "facts.yaml")
    try out.write(facts.registry, to: "registry.csv")
    try out.write(batch, to: "applications.yaml")
    let run = try Program.run(
      [
        "--city", "huaibei", "--facts", "facts.yaml", "--registry", "registry.csv", "--lang", "zh",
        "--format", "json", "applications.yaml",
      ], in: out.path)
    #expect(run.output == told.text)
    let passed = test.ask(
      "POST", base + "/check", as: "clerk", type: "application/yaml",
      "facts: /etc/passwd\nas_of: 2026-01-01\n" + batch)
    #expect(passed.status == 200)
    #expect(passed.json["notes"]?.items.count == 2)
    #expect(
      test.ask(
        "POST", base + "/check", as: "clerk", type: "application/yaml", "city: wuhan\n" + batch
      ).status == 422)
    #expect(
      test.ask("POST", base + "/check?facts=odd", as: "clerk", type: "application/yaml", batch)
        .status == 422)
    #expect(
      test.ask("POST", base + "/check", as: "auditor", type: "application/yaml", batch).status
        == 403)
  }

  @Test(
    "a check under a key is answered once, whatever is in force by then; a key is one request's")
  func checkUnderKey() throws {
    let test = try TestService()
    defer { test.remove() }
    func check(_ id: String, _ key: String, format: String = "xlsx") -> WebResponse {
      test.ask(
        "POST", base + "/check?format=\(format)", as: "reviewer", type: "application/json",
        #"[{"id": "\#(id)", "name": "甲", "kind": "retail_pharmacy", "requests": ["retail_pharmacy"], "district": "相山区", "submitted": "2026-03-02"}]"#,
        headers: ["idempotency-key": key])
    }
    let first = check("A1", "k1")
    #expect(first.status == 200)
    #expect(first.header("Idempotent-Replayed") == nil)
    _ = test.ask(
      "PUT", base + "/registry", as: "policy", type: "text/csv", TestService.registry + "\n")
    let second = check("A1", "k1")
    #expect(second.body == first.body)
    #expect(second.header("Planlint-Ledger") == first.header("Planlint-Ledger"))
    #expect(second.header("Idempotent-Replayed") == "true")
    #expect(check("A2", "k1").status == 422)
    let refused = check("", "k2", format: "json")
    #expect(refused.status == 422)
    #expect(check("", "k2", format: "json").body == refused.body)
    #expect(check("A2", "k3").status == 200)
  }

  @Test("a method that HTTP does not know is another answer than one that a path does not offer")
  func methods() throws {
    let test = try TestService()
    defer { test.remove() }
    #expect(test.ask("BREW", base + "/check", as: "clerk").status == 501)
    #expect(test.ask("DELETE", base + "/check", as: "clerk").status == 405)
  }

  @Test("what is asked without a token, with a wrong one, or of another city is refused alike")
  func otherCity() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    for path in [
      "", "/rounds", "/rounds/2026-1", "/rounds/2026-1/cases", "/ledger", "/audit", "/places",
      "/facts/2026", "/registry", "/accounts",
    ] {
      #expect(test.ask("GET", base + path).status == 401, "\(path)")
      #expect(
        test.ask("GET", base + path, headers: ["authorization": "Bearer pld_0"]).status == 401)
      let strange = test.ask("GET", base + path, as: "stranger")
      let missing = test.ask("GET", "/api/v1/cities/atlantis" + path, as: "stranger")
      #expect(strange.status == 404, "\(path)")
      #expect(strange.body == missing.body, "\(path)")
    }
  }

  @Test(
    "errors are told as problems, in the language that is asked for, with the faults and their places"
  )
  func problems() throws {
    let test = try TestService()
    defer { test.remove() }
    let round = try test.round(1)
    let bad = test.ask(
      "POST", round + "/applications", as: "clerk", type: "application/yaml",
      "applications:\n  - {id: B1, name: 乙, kind: odd, requests: [retail_pharmacy], submitted: 2026-03-02}\n",
      headers: ["accept-language": "en"])
    #expect(bad.status == 422)
    #expect(bad.header("Content-Type") == "application/problem+json")
    #expect(bad.json["title"] == "cannot be taken")
    let fault = bad.json["faults"]?.items.first
    #expect(fault?["path"] == "applications.yaml")
    #expect(fault?["line"] == 2)
    #expect(fault?["message"]?["zh"]?.string?.isEmpty == false)
    #expect(test.ask("GET", "/nowhere", as: "clerk").status == 404)
    let method = test.ask("PUT", base + "/rounds", as: "clerk")
    #expect(method.status == 405)
    #expect(method.header("Allow") == "GET, POST")
    #expect(
      test.ask("POST", base + "/rounds", as: "clerk", type: "text/plain", "{}").status == 415)
    for body in ["", "[]", "{", "{\"year\": 1e400}", "\u{0}"] {
      let told = test.ask("POST", base + "/rounds", as: "clerk", type: "application/json", body)
      #expect(told.status == 400 || told.status == 422, "\(body)")
    }
    #expect(test.ask("GET", base + "/ledger?limit=0", as: "auditor").status == 422)
    #expect(test.ask("GET", base + "/ledger?after=x", as: "auditor").status == 422)
  }

  @Test(
    "changes ask for the version, and a repeat of a key gets the first answer whatever has moved")
  func versionsAndKeys() throws {
    let test = try TestService()
    defer { test.remove() }
    let round = try test.round(1)
    func close(_ headers: [String: String]) -> WebResponse {
      test.ask(
        "POST", round + "/close", as: "clerk", type: "application/json",
        #"{"as_of": "2026-04-01"}"#, headers: headers)
    }
    #expect(close([:]).status == 428)
    #expect(close(["if-match": "\"9\""]).status == 412)
    #expect(close(["if-match": "W/\"1\""]).status == 412)
    let first = close(["if-match": "\"1\"", "idempotency-key": "k1"])
    #expect(first.status == 200)
    let again = close(["if-match": "\"1\"", "idempotency-key": "k1"])
    #expect(again.body == first.body)
    #expect(again.header("ETag") == first.header("ETag"))
    #expect(close(["if-match": "\"2\"", "idempotency-key": "k2"]).status == 409)
    let other = test.ask(
      "POST", round + "/close", as: "clerk", type: "application/json", #"{"as_of": "2026-04-02"}"#,
      headers: ["if-match": "\"2\"", "idempotency-key": "k1"])
    #expect(other.status == 422)
  }

  @Test(
    "after five wrong passwords a name waits a minute, the right password and a name that is not there too"
  )
  func passwords() throws {
    let test = try TestService()
    defer { test.remove() }
    func sign(_ name: String, _ password: String) -> WebResponse {
      test.ask(
        "POST", "/api/v1/session", type: "application/json",
        #"{"account": "\#(name)", "password": "\#(password)"}"#)
    }
    let signed = sign("clerk", "correct horse")
    #expect(signed.status == 201)
    let cookie = try #require(signed.header("Set-Cookie"))
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
    #expect(cookie.hasPrefix("__Host-"))
    let session = ["cookie": String(cookie.prefix { $0 != ";" })]
    #expect(test.ask("GET", base, headers: session).status == 200)
    let body = #"{"year": 2026, "title": "批次"}"#
    #expect(
      test.ask("POST", base + "/rounds", type: "application/json", body, headers: session).status
        == 403)
    var withForm = session
    withForm["x-csrf-token"] = signed.json["csrf"]?.string
    #expect(
      test.ask("POST", base + "/rounds", type: "application/json", body, headers: withForm).status
        == 201)
    for name in ["clerk", "nobody"] {
      for _ in 1...5 { #expect(sign(name, "wrong password").status == 401) }
      let waiting = sign(name, "correct horse")
      #expect(waiting.status == 429)
      #expect(waiting.header("Retry-After") == "60")
    }
    test.time.pass(61)
    #expect(sign("clerk", "correct horse").status == 201)
    #expect(test.ask("DELETE", "/api/v1/session", headers: withForm).status == 204)
    #expect(test.ask("GET", base, headers: session).status == 401)
  }

  @Test("the figures and the state of the house name no city to strangers")
  func house() throws {
    let test = try TestService(isReady: false)
    defer { test.remove() }
    #expect(test.ask("GET", "/livez").status == 200)
    let ready = test.ask("GET", "/readyz")
    #expect(ready.status == 503)
    #expect(!ready.text.contains("huaibei"))
    #expect(test.ask("GET", "/readyz", isFromLoopback: true).text == "huaibei\nwuhan\n")
    for path in ["/status", "/metrics"] {
      let told = test.ask("GET", path)
      #expect(told.status == 200)
      #expect(!told.text.contains("huaibei") && !told.text.contains("淮北"))
    }
    #expect(test.ask("GET", "/status", as: "auditor").json["city"]?["id"] == "huaibei")
    #expect(
      test.ask(
        "POST", base + "/check", as: "clerk", type: "application/json", "[]"
      ).status == 503)
  }

  @Test("the table of routes and the document agree, and each route is reached")
  func document() throws {
    let test = try TestService()
    defer { test.remove() }
    let document = test.ask("GET", "/openapi.json").json
    #expect(document["openapi"] == "3.0.3")
    var ids: Set<String> = []
    for path in document["paths"]?.entries ?? [] {
      for operation in path.value.entries {
        let id = try #require(operation.value["operationId"]?.string)
        #expect(ids.insert(id).inserted, "\(id) is there twice")
        let filled = path.key.replacing("{city}", with: "huaibei").replacing("{year}", with: "2026")
          .replacing("{seq}", with: "1").replacing(#/\{\w+\}/#, with: "x")
        let told = test.ask(operation.key.uppercased(), filled)
        #expect(told.status != 404 && told.status != 405, "\(operation.key) \(path.key)")
        let closed = !(operation.value["security"]?.items.isEmpty ?? true)
        if closed { #expect(told.status == 401, "\(operation.key) \(path.key)") }
        let answers = operation.value["responses"]?.entries.first { $0.key.hasPrefix("2") }
        let content = answers?.value["content"]?.entries ?? []
        if content.map(\.key) == ["application/json"] {
          #expect(content[0].value["schema"]?.entries.isEmpty == false, "\(id)")
        }
        let body = operation.value["requestBody"]?["content"]?.entries ?? []
        if body.count == 1 {
          #expect(body[0].value["schema"]?["type"] == "object", "\(id)")
        }
      }
    }
    #expect(ids.count == 42)
  }

  @Test("an administrator keeps the accounts of his city, and a token is told once")
  func accounts() throws {
    let test = try TestService()
    defer { test.remove() }
    let path = base + "/accounts"
    let body = #"{"name": "小王", "roles": ["clerk"], "district": "相山区", "password": "long enough"}"#
    #expect(test.ask("POST", path, as: "clerk", type: "application/json", body).status == 403)
    let made = test.ask("POST", path, as: "admin", type: "application/json", body)
    #expect(made.status == 201)
    #expect(!made.text.contains("long enough"))
    #expect(test.ask("POST", path, as: "admin", type: "application/json", body).status == 409)
    let key = ["idempotency-key": "t"]
    let token = test.ask("POST", path + "/%E5%B0%8F%E7%8E%8B/tokens", as: "admin", headers: key)
    let secret = try #require(token.json["token"]?.string)
    let again = test.ask("POST", path + "/%E5%B0%8F%E7%8E%8B/tokens", as: "admin", headers: key)
    #expect(again.json["token"] == .null)
    let shown = ["authorization": "Bearer \(secret)"]
    #expect(test.ask("GET", base, headers: shown).status == 200)
    #expect(test.ask("GET", path, as: "admin").json["items"]?.items.count == 6)
    #expect(test.ask("GET", base + "/rounds", as: "admin").status == 403)
    #expect(test.ask("DELETE", path + "/%E5%B0%8F%E7%8E%8B", as: "admin").status == 200)
    #expect(test.ask("GET", base, headers: shown).status == 401)
  }
}
