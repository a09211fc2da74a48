import Crypto
import Desk
import Diagnostics
import Foundation
import Service
import TestSupport
import Testing
import _CryptoExtras

@Suite("The keys of an issuer")
struct TokenKeyTests {
  private let base = TestService.base

  @Test("a new key is fetched when it is first seen, once a minute at most; one taken back ends")
  func rotation() async throws {
    var issuer = TestIssuer()
    let server = try KeyServer(.answer(try issuer.published()))
    defer { server.end() }
    let test = try TestService(issuer: TestIssuer.settings(server.address))
    defer { test.remove() }
    try await test.service.prepare()
    let claims = TestIssuer.claims(roles: ["稽核"])
    let old = try issuer.token(claims)
    #expect(await test.ask("GET", base, showing: old).status == 200)
    #expect(server.count == 1)
    issuer.keys.append(("k2", try .rsa()))
    let new = try issuer.token(claims, by: 1)
    server.turn(.answer(try issuer.published()))
    // The minute since the start is not over.
    #expect(await test.ask("GET", base, showing: new).status == 401)
    #expect(server.count == 1)
    test.time.pass(61)
    // Those who ask at once wait for one answer.
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { await test.ask("GET", TestService.base, showing: new).status }
      }
      for await status in group { #expect(status == 200) }
    }
    #expect(server.count == 2)
    for _ in 0..<5 {
      let unknown = try issuer.token(claims, header: ["alg": "ES256", "kid": "k7"])
      #expect(await test.ask("GET", base, showing: unknown).status == 401)
    }
    #expect(server.count == 2)
    // The issuer takes the first key back; an hour later the desk knows.
    issuer.keys.removeFirst()
    server.turn(.answer(try issuer.published()))
    test.time.pass(3_600)
    _ = await test.ask("GET", base, showing: new)
    for _ in 0..<100 where server.count == 2 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(server.count == 3)
    var status = 200
    for _ in 0..<100 where status == 200 {
      status = await test.ask("GET", base, showing: old).status
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(status == 401)
    #expect(await test.ask("GET", base, showing: new).status == 200)
  }

  @Test("a server of keys that does not answer well is told in the log, and holds nobody else up")
  func troubles() async throws {
    let issuer = TestIssuer()
    let sound = try issuer.published()
    let server = try KeyServer(.silent)
    defer { server.end() }
    let test = try TestService(issuer: TestIssuer.settings(server.address))
    defer { test.remove() }
    let token = try issuer.token(TestIssuer.claims(roles: ["稽核"]))
    async let waiting = test.ask("GET", base, showing: token)
    // The desk's own tokens wait for nobody.
    #expect(test.ask("GET", base, as: "auditor").status == 200)
    let told = await waiting
    #expect(told.status == 503)
    #expect(told.header("Retry-After") == "60")
    let manners: [(KeyServer.Manner, String)] = [
      (.stuck, "no answer within"), (.status("500 Oops"), "answered with 500"),
      (.status("302 Found\r\nLocation: \(server.address)"), "answered with 302"),
      (.answer("<html>"), "expected a JWK set"), (.answer(#"{"keys": []}"#), "none of the 0 keys"),
      (.answer(#"{"keys": [\#(String(repeating: " ", count: 300_000))]}"#), "at most 262144 bytes"),
      (.answer(#"{"keys": [\#(Array(repeating: "1", count: 65).joined(separator: ","))]}"#), "65"),
    ]
    for (manner, words) in manners {
      server.turn(manner)
      test.time.pass(61)
      #expect(await test.ask("GET", base, showing: token).status == 503, "\(words)")
      let line = test.log.entries.last { $0["message"] == "keys cannot be loaded" }
      #expect(line?["why"]?.string?.contains(words) == true, "\(words): \(line?.json ?? "")")
      #expect(line?["level"] == "error")
    }
    server.turn(.answer(sound))
    test.time.pass(61)
    #expect(await test.ask("GET", base, showing: token).status == 200)
    // Keys that there are hold on when others cannot be had.
    server.turn(.status("500 Oops"))
    test.time.pass(3_601)
    for _ in 0..<3 { #expect(await test.ask("GET", base, showing: token).status == 200) }
  }

  @Test("keys of every kind that is taken sign, each in its own way")
  func kinds() async throws {
    let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let issuer = TestIssuer(keys: [
      ("a", .curve(.init())), ("b", .curve384(.init())), ("c", .curve521(.init())),
      ("d", .edwards(.init())), ("e", .rsa(rsa)), ("e", .rsaPSS(rsa)),
    ])
    let keys = try TemporaryFolder(named: "kinds")
    defer { keys.remove() }
    try keys.write(try issuer.published(), to: "keys.json")
    let test = try TestService(issuer: TestIssuer.settings(keys.path + "/keys.json"))
    defer { test.remove() }
    let claims = TestIssuer.claims(roles: ["稽核"])
    for (index, (id, key)) in issuer.keys.enumerated() {
      let token = try issuer.token(claims, by: index)
      #expect(await test.ask("GET", base, showing: token).status == 200, "\(key.algorithm)")
      let odd = try issuer.token(
        claims, by: index, header: ["alg": id == "a" ? "ES384" : "ES256", "kid": .text(id)])
      #expect(await test.ask("GET", base, showing: odd).status == 401, "\(key.algorithm)")
    }
    // One that says how it signs signs in no other way.
    var told = try issuer.keys[4].key.published(as: "e")
    told["alg"] = "PS256"
    let set: PlainValue = ["keys": [told]]
    try keys.write(set.json, to: "keys.json")
    let other = try TestService(issuer: TestIssuer.settings(keys.path + "/keys.json"))
    defer { other.remove() }
    for (index, status) in [(4, 401), (5, 200)] {
      let token = try issuer.token(claims, by: index)
      #expect(await other.ask("GET", base, showing: token).status == status)
    }
  }

  @Test("keys that are too weak or private are none")
  func weak() async throws {
    let keys = try TemporaryFolder(named: "weak")
    defer { keys.remove() }
    var published = try TestIssuer.Key.curve(.init()).published(as: "k1")
    published["d"] = "AQAB"
    let short: PlainValue = [
      "kty": "RSA", "kid": "short", "n": .text(String(repeating: "_", count: 171)), "e": "AQAB",
    ]
    let all: PlainValue = ["keys": [published, short, ["kty": "RSA"], 7]]
    try keys.write(all.json, to: "keys.json")
    let test = try TestService(issuer: TestIssuer.settings(keys.path + "/keys.json"))
    defer { test.remove() }
    await #expect(throws: KeyTrouble.self) { try await test.service.prepare() }
  }

  @Test("an address is asked by HTTPS, or by HTTP on this machine")
  func addresses() {
    for text in [
      "http://sso.example.org/certs", "ftp://sso.example.org/certs", "https://", "https:///certs",
      "https://a:b@sso.example.org/certs", "http://127.0.0.1.example.org/certs",
      "https://sso.example.org/certs#a", "http://localhost.example.org/",
    ] {
      #expect(KeyLocation(text) == nil, "\(text)")
    }
    for text in [
      "https://sso.example.org/certs", "http://127.0.0.1:8080/certs", "http://localhost/certs",
      "http://[::1]:80/certs",
    ] {
      #expect(KeyLocation(text) == .address(text), "\(text)")
    }
    #expect(KeyLocation("/etc/planlintd/keys.json") == .file("/etc/planlintd/keys.json"))
  }

  @Test("the program reads an issuer from its settings, and serves who shows its tokens")
  func program() async throws {
    let issuer = TestIssuer()
    let server = try KeyServer(.answer(try issuer.published()))
    defer { server.end() }
    let desk = try ServedDesk(
      """
      oidc:
        issuer: \(TestIssuer.name)
        audience: planlintd
        keys: \(server.address)
        cities: {claim: region, values: {"340600": huaibei}}
        roles: {claim: realm_access.roles, values: {稽核: auditor}}
      """)
    defer { desk.end() }
    var claims = TestIssuer.claims(roles: ["稽核"])
    claims["exp"] = .number(Int(Date().timeIntervalSince1970) + 600)
    claims["nbf"] = nil
    func ask(_ token: String) throws -> String {
      try desk.exchange("GET /api/v1/cities HTTP/1.1\r\nAuthorization: Bearer \(token)")
    }
    let told = try ask(try issuer.token(claims))
    #expect(told.hasPrefix("HTTP/1.1 200") && told.contains(#""id":"huaibei""#), "\(told)")
    claims["aud"] = "another"
    #expect(try ask(try issuer.token(claims)).hasPrefix("HTTP/1.1 401"))
    #expect(server.count == 1)
  }
}
