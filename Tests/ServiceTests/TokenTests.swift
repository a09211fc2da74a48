import Crypto
import Desk
import Diagnostics
import Foundation
import Service
import TestSupport
import Testing

@Suite("Tokens of an issuer")
struct TokenTests {
  private let base = TestService.base

  /// A desk that takes the tokens of an issuer whose keys are in a file.
  private func desk(
    _ issuer: TestIssuer, change: (inout TokenIssuer) -> Void = { _ in }
  ) throws -> (test: TestService, keys: TemporaryFolder) {
    let keys = try TemporaryFolder(named: "keys")
    try keys.write(try issuer.published(), to: "keys.json")
    var settings = TestIssuer.settings(keys.path + "/keys.json")
    change(&settings)
    return (try TestService(issuer: settings), keys)
  }

  @Test("a round goes its way by tokens; the trail names issuer and subject, and four eyes hold")
  func wholeRound() async throws {
    let issuer = TestIssuer(keys: [("k1", .curve(.init())), ("k2", try .rsa())])
    let (test, keys) = try desk(issuer)
    defer {
      test.remove()
      keys.remove()
    }
    let both = try issuer.token(TestIssuer.claims("u-17", roles: ["经办", "复核"]))
    let other = try issuer.token(TestIssuer.claims("u-18", roles: ["复核", "路人"]), by: 1)
    let auditor = try issuer.token(TestIssuer.claims("u-19", roles: ["稽核"]))
    let opened = await test.ask(
      "POST", base + "/rounds", showing: both, type: "application/json",
      #"{"year": 2026, "title": "第一批"}"#)
    #expect(opened.status == 201, "\(opened.text)")
    let round = try #require(opened.header("Location"))
    let received = await test.ask(
      "POST", round + "/applications", showing: both, type: "text/csv",
      "id,name,kind,requests,district,submitted,score,lon,lat,datum\nA1,甲,retail_pharmacy,retail_pharmacy,相山区,2026-03-02,80,116.8,33.95,wgs84\n"
    )
    #expect(received.status == 201, "\(received.text)")
    func act(_ name: String, _ token: String, _ body: String? = nil) async -> WebResponse {
      let version = await test.ask("GET", round, showing: auditor).header("ETag") ?? ""
      return await test.ask(
        "POST", round + "/" + name, showing: token, type: body == nil ? nil : "application/json",
        body ?? "", headers: ["if-match": version])
    }
    #expect(await act("close", other, #"{"as_of": "2026-04-01"}"#).status == 403)
    #expect(await act("close", both, #"{"as_of": "2026-04-01"}"#).status == 200)
    #expect(await act("publish", both).status == 403)
    #expect(await act("publish", other).status == 200)
    #expect(await act("confirm", both).status == 403)
    #expect(await act("confirm", other).json["state"] == "confirmed")
    let trail = await test.ask("GET", base + "/audit?limit=1000", showing: auditor).json
    let names = Set((trail["items"]?.items ?? []).compactMap { $0["account"]?.string })
    #expect(names.contains(TestIssuer.name + "#u-17") && names.contains(TestIssuer.name + "#u-18"))
    // Nobody at the desk can be called so.
    #expect(throws: Refusal.self) {
      try test.desk.addAccount(
        TestIssuer.name + "#u-18", city: "huaibei", roles: [.reviewer], district: nil,
        password: nil)
    }
    #expect(try test.desk.verify().differences == [])
    // The desk's own tokens are as they were.
    #expect(test.ask("GET", base, as: "auditor").status == 200)
  }

  @Test("a token that is not sound is refused, and why is told")
  func faults() async throws {
    let issuer = TestIssuer(keys: [("k1", .curve(.init())), ("k2", try .rsa())])
    let (test, keys) = try desk(issuer)
    defer {
      test.remove()
      keys.remove()
    }
    let sound = TestIssuer.claims(roles: ["稽核"])
    func changed(_ key: String, _ value: PlainValue?) throws -> String {
      var claims = sound
      claims[key] = value
      return try issuer.token(claims)
    }
    let start = TestIssuer.start
    let good = try issuer.token(sound)
    #expect(await test.ask("GET", base, showing: good).status == 200)
    // Clocks may differ by a minute.
    for (key, value) in [("exp", start - 50), ("nbf", start + 50)] {
      let near = try changed(key, .number(value))
      #expect(await test.ask("GET", base, showing: near).status == 200, "\(key)")
    }
    let parts = good.split(separator: ".").map(String.init)
    let stranger = TestIssuer()
    var admin = sound
    admin["realm_access"] = ["roles": ["管理"]]
    func signed(_ header: PlainValue, secret: [UInt8]) -> String {
      let signed = TestIssuer.encoded(header.json) + "." + TestIssuer.encoded(sound.json)
      let code = HMAC<SHA256>.authenticationCode(
        for: Array(signed.utf8), using: SymmetricKey(data: secret))
      return signed + "." + TestIssuer.encoded(code)
    }
    let known = try issuer.keys[1].key.published(as: "k2").json
    let cases: [(token: String, why: String)] = [
      (try changed("exp", .number(start - 70)), "expired"), (try changed("exp", nil), "expired"),
      (try changed("exp", "soon"), "expired"), (try changed("nbf", .number(start + 70)), "notYet"),
      (try changed("iss", "https://sso.example.org/realms/other"), "issuer"),
      (try changed("iss", .text(TestIssuer.name + "/")), "issuer"),
      (try changed("aud", "account"), "audience"), (try changed("aud", nil), "audience"),
      (try changed("sub", nil), "noSubject"), (try changed("sub", ""), "noSubject"),
      (try changed("sub", .text("a\nb")), "noSubject"),
      (try changed("sub", .text("a\u{202E}b")), "noSubject"),
      (try changed("sub", .text(String(repeating: "a", count: 256))), "noSubject"),
      (try stranger.token(sound), "signature"),
      (try issuer.token(sound, header: ["alg": "ES256", "kid": "k9"]), "unknownKey"),
      (try issuer.token(sound, header: ["alg": "ES256"]), "unknownKey"),
      (try issuer.token(sound, header: ["alg": "ES256", "kid": "secret"]), "unknownKey"),
      (try issuer.token(sound, header: ["alg": "RS256", "kid": "k1"]), "algorithm"),
      (try issuer.token(sound, header: ["alg": "ES256", "kid": "k2"]), "algorithm"),
      (try issuer.token(sound, header: ["alg": "none", "kid": "k1"]), "algorithm"),
      (try issuer.token(sound, header: ["kid": "k1"]), "malformed"),
      (
        try issuer.token(sound, header: ["alg": "ES256", "kid": "k1", "crit": ["exp"]]),
        "malformed"
      ),
      (signed(["alg": "HS256", "kid": "k2"], secret: Array(known.utf8)), "algorithm"),
      (signed(["alg": "HS256", "kid": "secret"], secret: Array(known.utf8)), "unknownKey"),
      (parts[0] + "." + TestIssuer.encoded(admin.json) + "." + parts[2], "signature"),
      (parts[0] + "." + parts[1] + ".", "signature"),
      (parts[0] + "." + parts[1] + "." + parts[2].dropLast(4), "signature"),
      (parts[0] + "." + parts[1], "malformed"), (good + ".x", "malformed"), ("a.b.c", "malformed"),
      ("..", "malformed"), (good + String(repeating: "A", count: 20_000), "malformed"),
    ]
    for (token, why) in cases {
      let told = await test.ask("GET", base, showing: token)
      #expect(told.status == 401, "\(why): \(token.prefix(80))")
      #expect(test.log.entries.dropLast().last?["why"]?.string == why, "\(token.prefix(80))")
      #expect(told.header("WWW-Authenticate")?.contains("invalid_token") == true, "\(why)")
      #expect(!told.text.contains("huaibei"))
    }
    // The page tells it as well, and none is of use as a form's.
    #expect(await test.ask("GET", "/huaibei", showing: cases[0].token).status == 401)
    #expect(await test.ask("GET", "/huaibei", showing: good).status == 200)
    #expect(!test.log.lines.contains { $0.contains("u-17") })
  }

  @Test("roles hold in the cities that the token names, and nothing is told of another")
  func cities() async throws {
    let issuer = TestIssuer()
    let (test, keys) = try desk(issuer)
    defer {
      test.remove()
      keys.remove()
    }
    let round = try test.round(1)
    let all = ["经办", "复核", "稽核", "管理"]
    let wuhan = try issuer.token(TestIssuer.claims(roles: all, region: "420100"))
    for path in [
      base, base + "/rounds", round, round + "/cases", base + "/ledger", base + "/audit",
      base + "/places", base + "/facts/2026", base + "/registry", base + "/accounts",
    ] {
      let told = await test.ask("GET", path, showing: wuhan)
      let missing = await test.ask(
        "GET", path.replacing("huaibei", with: "atlantis"), showing: wuhan)
      #expect(told.status == 404 && told.body == missing.body, "\(path)")
    }
    let cities = await test.ask("GET", "/api/v1/cities", showing: wuhan)
    #expect(cities.json["items"]?.items.map { $0["id"] } == ["wuhan"])
    #expect(!cities.text.contains("huaibei"))
    let page = await test.ask("GET", "/huaibei", showing: wuhan)
    #expect(page.status == 404)
    #expect(!page.text.contains("第一批"))
    // One of two cities is in each what his roles say.
    let two = try issuer.token(
      TestIssuer.claims(roles: ["稽核"], region: ["420100", "340600", "999999"]))
    let seen = await test.ask("GET", "/api/v1/cities", showing: two)
    #expect(seen.json["items"]?.items.map { $0["id"] } == ["huaibei", "wuhan"])
    #expect(await test.ask("GET", base + "/rounds", showing: two).status == 200)
    #expect(await test.ask("GET", "/api/v1/cities/wuhan/rounds", showing: two).status == 200)
    #expect(await test.ask("GET", base + "/accounts", showing: two).status == 403)
    for claims in [
      TestIssuer.claims(roles: []), TestIssuer.claims(roles: ["路人"]),
      TestIssuer.claims(roles: all, region: "999999"), TestIssuer.claims(roles: all, region: "0"),
      TestIssuer.claims(roles: all, region: .null),
    ] {
      let told = await test.ask("GET", base, showing: try issuer.token(claims))
      #expect(told.status == 403)
      #expect(told.json["type"] == "urn:planlint:problem:no-role")
    }
  }

  @Test("a clerk is narrowed to the district of his token, and is none without one")
  func district() async throws {
    let issuer = TestIssuer()
    let (test, keys) = try desk(issuer) {
      $0.district = "dept"
      $0.cities = .one("huaibei")
      $0.subject = "uid"
    }
    defer {
      test.remove()
      keys.remove()
    }
    let round = try test.round(1)
    func cases(_ district: PlainValue?, _ roles: [String]) async throws -> WebResponse {
      var claims = TestIssuer.claims(roles: roles)
      claims["dept"] = district
      claims["uid"] = "wang"
      return await test.ask("GET", round + "/cases", showing: try issuer.token(claims))
    }
    #expect(try await cases("相山区", ["经办"]).json["items"]?.items.count == 1)
    #expect(try await cases("杜集区", ["经办"]).json["items"]?.items.count == 0)
    #expect(try await cases("*", ["经办"]).json["items"]?.items.count == 1)
    #expect(try await cases(nil, ["经办"]).status == 403)
    #expect(try await cases("", ["经办"]).status == 403)
    #expect(try await cases(nil, ["复核"]).json["items"]?.items.count == 1)
    #expect(try await cases(nil, ["经办", "管理"]).status == 403)
  }
}
