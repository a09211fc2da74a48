import Desk
import Diagnostics
import Foundation
import Service
import TestSupport
import Testing

@Suite("The pages of the desk")
struct PagesTests {
  private static let pages = [
    "/huaibei", "/huaibei/rounds/2026-1", "/huaibei/rounds/2026-1/cases/huaibei-2026-000001",
    "/huaibei/places", "/huaibei/map", "/huaibei/rules", "/huaibei/audit",
  ]
  private static let round = "/huaibei/rounds/2026-1"
  private static let filed = "/huaibei/rounds/2026-1/cases/huaibei-2026-000001"

  @Test("a visitor is led to the sign-in and back, and nowhere but to a page of the desk")
  func signIn() throws {
    let test = try TestService()
    defer { test.remove() }
    let visitor = Visitor(test)
    for path in Self.pages + ["/huaibei/places?year=2026"] {
      let led = visitor.get(path)
      #expect(led.status == 303)
      #expect(led.header("Location")?.hasPrefix("/login?to=%2Fhuaibei") == true, "\(path)")
    }
    #expect(visitor.get("/").header("Location") == "/login")
    let page = visitor.get("/login?to=%2Fhuaibei%2Fplaces")
    #expect(page.status == 200)
    #expect(page.text.contains("data-act=\"session\""))
    let form = [("account", "clerk"), ("password", "correct horse")]
    #expect(Visitor(test).post("/login", form).status == 403)
    let wrong = try visitor.submit(
      "/login", "session", [("account", "clerk"), ("password", "<b>wrong</b>")])
    #expect(wrong.status == 401)
    #expect(wrong.text.contains("密码有误") && wrong.text.contains("is wrong"))
    #expect(!wrong.text.contains("wrong</b>"))
    let signed = try visitor.submit("/login?to=%2Fhuaibei%2Fplaces", "session", form)
    #expect(signed.status == 303)
    #expect(signed.header("Location") == "/huaibei/places")
    let cookie = try #require(signed.header("Set-Cookie"))
    #expect(cookie.hasPrefix("__Host-planlint="))
    for word in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] { #expect(cookie.contains(word)) }
    #expect(visitor.get("/").header("Location") == "/huaibei")
    for away in [
      "%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil", "%2Fapi%2Fv1", "x",
    ] {
      #expect(visitor.get("/login?to=\(away)").header("Location") == "/huaibei", "\(away)")
    }
    #expect(
      try visitor.submit("/huaibei", "rounds", [("year", "2026"), ("title", "一")]).status == 303)
    let out = visitor.post(
      "/huaibei",
      try visitor.hidden(visitor.get("/huaibei"), "rounds").filter { $0.name == "csrf" }
        .map { ($0.name, $0.value) } + [("act", "session")])
    #expect(out.status == 303)
    #expect(visitor.get("/huaibei").status == 303)
  }

  @Test("after five wrong passwords the sign-in waits, as the interface does")
  func waiting() throws {
    let test = try TestService()
    defer { test.remove() }
    let visitor = Visitor(test)
    for _ in 1...5 {
      let told = try visitor.submit(
        "/login", "session", [("account", "clerk"), ("password", "wrong password")])
      #expect(told.status == 401)
    }
    let told = try visitor.submit(
      "/login", "session", [("account", "clerk"), ("password", "correct horse")])
    #expect(told.status == 429)
    #expect(told.header("Retry-After") == "60")
  }

  @Test("every page lets nothing in but the desk's own and is kept by nobody")
  func headers() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(2)
    let visitor = try Visitor(test, .reviewer)
    for path in Self.pages + ["/login", "/huaibei/nothing/here", "/wuhan"] {
      let page = visitor.get(path)
      #expect(page.header("Cache-Control") == "no-store", "\(path)")
      #expect(page.header("X-Content-Type-Options") == "nosniff")
      guard path != "/huaibei/nothing/here" else { continue }
      let policy = try #require(page.header("Content-Security-Policy"))
      #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(page.header("Referrer-Policy") == "same-origin")
    }
    let text = visitor.get("/huaibei").text
    let address = try #require(text.firstMatch(of: #/href="(\/assets\/[^"]+)"/#)?.1)
    let style = visitor.get(String(address))
    #expect(style.status == 200)
    #expect(style.header("Content-Type") == "text/css; charset=utf-8")
    #expect(style.header("Cache-Control")?.contains("immutable") == true)
    #expect(visitor.get("/assets/none.js").status == 404)
  }

  @Test("a form without the session's token does nothing, whatever else it carries")
  func foreignForms() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    let clerk = try Visitor(test, .clerk)
    let carried = try clerk.hidden(clerk.get(Self.round), "close").map { ($0.name, $0.value) }
    let other = try Visitor(test, .clerk)
    let others = try other.hidden(other.get(Self.round), "close").first { $0.name == "csrf" }?.value
    for token in [nil, "", "0", others] {
      let fields =
        carried.filter { $0.0 != "csrf" } + (token.map { [("csrf", $0)] } ?? [])
        + [("as_of", "2026-04-01")]
      #expect(clerk.post(Self.round, fields).status == 403)
    }
    #expect(clerk.get(Self.round).text.contains("受理中"))
    #expect(clerk.post(Self.round, carried + [("as_of", "2026-04-01")]).status == 303)
    #expect(clerk.get(Self.round).text.contains("已关闭"))
  }

  @Test(
    "each officer is offered what his role may do, and refused anything else, which the trail knows"
  )
  func roles() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    func acts(_ role: Role, _ path: String) throws -> Set<String> {
      let page = try Visitor(test, role).get(path)
      guard page.status == 200 else { return ["\(page.status)"] }
      return Set(page.text.matches(of: #/data-act="([a-z]+)"/#).map { String($0.1) })
    }
    #expect(try acts(.clerk, "/huaibei") == ["rounds", "session"])
    #expect(try acts(.policy, "/huaibei") == ["facts", "registry", "session"])
    #expect(try acts(.auditor, "/huaibei") == ["session"])
    #expect(try acts(.admin, "/huaibei") == ["accounts", "tokens", "session"])
    #expect(try acts(.clerk, Self.round) == ["applications", "close", "session"])
    #expect(try acts(.reviewer, Self.round) == ["cancel", "session"])
    #expect(try acts(.auditor, Self.round) == ["session"])
    #expect(try acts(.policy, Self.round) == ["session"])
    #expect(try acts(.admin, Self.round) == ["403"])
    #expect(try acts(.clerk, Self.filed) == ["cases", "correction", "withdraw", "session"])
    #expect(try acts(.reviewer, Self.filed) == ["withdraw", "session"])
    #expect(try acts(.policy, Self.filed) == ["403"])
    // Who sends what he is not offered is told so.
    let auditor = try Visitor(test, .auditor)
    let token = try #require(
      auditor.get(Self.round).text.firstMatch(of: #/name="csrf" value="([^"]+)"/#)?.1)
    let told = auditor.post(
      Self.round,
      [("csrf", String(token)), ("act", "close"), ("version", "1"), ("as_of", "2026-04-01")])
    #expect(told.status == 403)
    let last = try test.desk.audit(
      Caller(account: "auditor", city: "huaibei", roles: [.auditor]), "huaibei", after: 0,
      limit: 1_000
    ).items.last
    #expect(last?["account"] == "auditor")
    #expect(last?["outcome"] == "refused")
  }

  @Test("a form that is sent twice is one act, and one that is late is told what has moved")
  func doubleClick() throws {
    let test = try TestService()
    defer { test.remove() }
    let clerk = try Visitor(test, .clerk)
    let carried = try clerk.hidden(clerk.get("/huaibei"), "rounds").map { ($0.name, $0.value) }
    let fields = carried + [("year", "2026"), ("title", "第一批")]
    let first = clerk.post("/huaibei", fields)
    #expect(first.status == 303)
    #expect(first.header("Location") == "/huaibei/rounds/2026-1?done=rounds")
    #expect(clerk.post("/huaibei", fields).header("Location") == first.header("Location"))
    #expect(!clerk.get("/huaibei").text.contains("/rounds/2026-2"))
    #expect(clerk.get("/huaibei/rounds/2026-1?done=rounds").text.contains("批次已开启"))
    let records =
      "id,name,kind,requests,district,submitted\nB1,甲,retail_pharmacy,retail_pharmacy,相山区,2026-03-02\n"
    #expect(
      try clerk.upload(Self.round, "applications", file: "a.csv", records).status == 303)
    let stale = try clerk.submit(
      Self.round, "close", [("as_of", "2026-04-01")], change: ["version": "7"])
    #expect(stale.status == 412)
    #expect(stale.text.contains("此后已有变动") && stale.text.contains("it has changed since"))
    #expect(stale.text.contains("value=\"2026-04-01\""))
  }

  @Test("a round goes from its opening to a void by forms alone")
  func wholeRound() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(2)
    let (clerk, reviewer) = (try Visitor(test, .clerk), try Visitor(test, .reviewer))
    #expect(
      try clerk.submit(Self.filed, "correction", [("fields", "score"), ("reason", "须核实")]).status
        == 303)
    let blocked = try clerk.submit(Self.round, "close", [("as_of", "2026-04-01")])
    #expect(blocked.status == 409)
    #expect(blocked.text.contains("尚有待补正的申请件"))
    let carried = try clerk.hidden(clerk.get(Self.filed), "change").filter { $0.name != "shown" }
    let changed = clerk.post(
      Self.filed,
      carried.map { ($0.name, $0.value) } + [("shown", "score"), ("f.score", "77.5")])
    #expect(changed.status == 303)
    let page = clerk.get(Self.filed).text
    #expect(page.contains("77.5"))
    #expect(!page.contains("待补正</span>"))
    // What the form did not show stays as it was.
    #expect(page.contains("相山区") && page.contains("116.798000"))
    #expect(try clerk.submit(Self.round, "close", [("as_of", "2026-04-01")]).status == 303)
    #expect(reviewer.get(Self.round).text.contains("data-act=\"publish\""))
    #expect(try reviewer.submit(Self.round, "publish").status == 303)
    #expect(try reviewer.submit(Self.round, "confirm").status == 303)
    let places = reviewer.get("/huaibei/places").text
    let form = try #require(places.firstMatch(of: #/id="(void-\d+)" accept/#)?.1)
    let told = try reviewer.submit(
      "/huaibei/places", String(form), [("reason", "撤销"), ("document", "文一号")])
    #expect(told.status == 303)
    #expect(reviewer.get("/huaibei/places").text.contains("文一号"))
  }

  @Test("whoever closed a round is told that somebody else has to publish it")
  func fourEyes() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    try test.desk.addAccount(
      "both", city: "huaibei", roles: [.clerk, .reviewer], district: nil, password: nil)
    let both = try Visitor(
      test, as: Caller(account: "both", city: "huaibei", roles: [.clerk, .reviewer]))
    #expect(try both.submit(Self.round, "close", [("as_of", "2026-04-01")]).status == 303)
    let page = both.get(Self.round)
    #expect(page.text.contains("本账号关闭过本批次，须由他人公示和确认"))
    #expect(!page.text.contains("data-act=\"publish\""))
    let token = try both.hidden(page, "reopen").filter { ["csrf", "version"].contains($0.name) }
    let told = both.post(Self.round, token.map { ($0.name, $0.value) } + [("act", "publish")])
    #expect(told.status == 403)
    #expect(try Visitor(test, .reviewer).get(Self.round).text.contains("data-act=\"publish\""))
  }

  @Test("what belongs to another city is told as what is not there, by the same bytes")
  func otherCities() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    let clerk = try Visitor(test, .clerk)
    for rest in [
      "", "/rounds/2026-1", "/rounds/2026-1/cases/x", "/places", "/map", "/rules", "/audit",
    ] {
      let (other, missing) = (clerk.get("/wuhan" + rest), clerk.get("/atlantis" + rest))
      #expect(other.status == 404 && missing.status == 404, "\(rest)")
      let named = other.text.replacing("wuhan", with: "atlantis")
      #expect(named == missing.text, "\(rest)")
      #expect(!other.text.contains("武汉"))
      #expect(clerk.post("/wuhan" + rest, [("act", "close")]).status == 404)
    }
    #expect(clerk.get("/huaibei/rounds/none").status == 404)
    #expect(clerk.get("/huaibei/places?year=1999").status == 404)
  }

  @Test("a name is text on every page, whatever signs it has")
  func hostileNames() throws {
    let test = try TestService()
    defer { test.remove() }
    let bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u{202E}"
    // The checker takes no signs that turn what stands beside them.
    let taken = bad.replacing("\u{202E}", with: "")
    let clerk = try Visitor(test, .clerk)
    #expect(
      try clerk.submit("/huaibei", "rounds", [("year", "2026"), ("title", bad)]).status == 303)
    let record: PlainValue = [
      "id": .text("X<b>1"), "name": .text(taken), "kind": "retail_pharmacy",
      "requests": ["retail_pharmacy"], "district": "相山区", "street": .text(taken),
      "submitted": "2026-03-02",
      "location": ["lon": .number("116.798"), "lat": .number("33.953"), "datum": "wgs84"],
    ]
    let told = try clerk.upload(
      Self.round, "applications", file: "\(bad).json".replacing("\"", with: "%22"),
      PlainValue.list([record]).json)
    #expect(told.status == 303, "\(told.text)")
    _ = try clerk.submit(Self.filed, "correction", [("fields", "score"), ("reason", bad)])
    _ = try clerk.submit(Self.filed, "withdraw", [("reason", bad)])
    let admin = try Visitor(test, .admin)
    let refused = try admin.submit(
      "/huaibei", "accounts", [("name", bad), ("roles", "clerk"), ("district", bad)])
    #expect(refused.status == 422)
    var texts = [refused.text, told.text]
    for path in Self.pages {
      for language in ["", "?lang=en"] { texts.append(clerk.get(path + language).text) }
    }
    texts.append(clerk.get("/huaibei/map?layer=\(Visitor.encoded(bad))&lang=en").text)
    texts.append(clerk.get("/login?to=\(Visitor.encoded(bad))").text)
    for text in texts {
      #expect(!text.contains("<script>alert") && !text.contains("<img") && !text.contains("X<b>"))
      #expect(!text.contains("\u{202E}"))
    }
    #expect(texts.contains { $0.contains("&lt;script&gt;alert(1)") })
  }

  @Test("a table with faults comes back with them, on the page and as a workbook")
  func faults() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    let clerk = try Visitor(test, .clerk)
    let told = try clerk.upload(
      Self.round, "applications", file: "申请.csv",
      "id,name,kind,requests,district,submitted,score\nB1,甲,retail_pharmacy,retail_pharmacy,相山区,2026-03-02,很多\nB2,乙,odd,retail_pharmacy,相山区,2026-03-02,1\n"
    )
    #expect(told.status == 422)
    #expect(told.text.contains("第 2 行") && told.text.contains("第 3 行"))
    let book = try #require(
      told.text.firstMatch(of: #/href="data:[^,"]*;base64,([A-Za-z0-9+\/=]+)"/#)?.1)
    let bytes = try #require(Data(base64Encoded: String(book)))
    #expect(bytes.starts(with: [0x50, 0x4B]))
    #expect(
      try clerk.upload(Self.round, "applications", file: "x.doc", "x").status == 415)
    #expect(try clerk.submit(Self.round, "applications").status == 422)
    #expect(!clerk.get(Self.round).text.contains("B1"))
  }

  @Test("no form, however broken, is answered with anything but a page and a code of the sender's")
  func brokenForms() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    let clerk = try Visitor(test, .clerk)
    let carried = try clerk.hidden(clerk.get(Self.round), "close").map { ($0.name, $0.value) }
    let token = try #require(carried.first { $0.0 == "csrf" }?.1)
    let form = "application/x-www-form-urlencoded"
    func status(_ type: String?, _ body: String) -> Int {
      clerk.send("POST", Self.round, type: type, Array(body.utf8)).status
    }
    #expect(status(form, "") == 403)
    #expect(status(form, "csrf=\(token)") == 422)
    #expect(status(form, "csrf=\(token)&act=nothing") == 422)
    #expect(status(form, "csrf=\(token)&act=facts") == 422)
    #expect(status(form, "csrf=\(token)&act=close&version=x") == 412)
    #expect(status(form, "csrf=\(token)&act=close&version=1&as_of=2026-04-01&unknown=1") == 422)
    #expect(status(form, "csrf=\(token)&act=close&version=1&as_of=tomorrow") == 422)
    #expect(
      status(form, "csrf=\(token)&act=close&key=\(String(repeating: "k", count: 300))") == 400)
    #expect(status(form, "csrf=%FF") == 400)
    #expect(status(form, "csrf=%4") == 400)
    #expect(status(form, String(repeating: "a=1&", count: 2_100)) == 413)
    #expect(status("text/plain", "csrf=\(token)") == 415)
    #expect(status(nil, "csrf=\(token)") == 415)
    for body in ["", "--b", "--b\r\n--b--", "--b\r\nX: y\r\n\r\nz\r\n--b--", "--b--"] {
      #expect(status("multipart/form-data; boundary=b", body) == 400, "\(body)")
    }
    #expect(status("multipart/form-data", "--b--") == 400)
    #expect(clerk.send("PUT", Self.round).status == 405)
    #expect(clerk.send("DELETE", "/login").status == 405)
    var generator = SystemRandomNumberGenerator()
    let fields: [(act: String, names: [String])] = [
      ("applications", []), ("close", ["as_of"]), ("reopen", ["reason"]), ("publish", []),
      ("confirm", []), ("cancel", ["reason"]),
      (
        "rulings", ["application", "rule", "outcome", "authority", "document", "decided", "reason"]
      ),
      ("waivers", ["application", "rule", "authority", "document", "expires", "reason"]),
      ("change", ["f.score", "f.location.lon", "f.requests", "f.name", "f.submitted"]),
      ("correction", ["fields", "reason"]), ("withdraw", ["reason"]),
      ("void", ["seq", "reason", "document"]),
      ("accounts", ["name", "roles", "district", "password"]), ("tokens", ["name"]),
      ("facts", ["year"]), ("registry", []), ("rounds", ["year", "title"]),
    ]
    for (act, names) in fields {
      for path in Self.pages {
        for version in ["1", "-1", "\u{0}", "99999999999999999999"] {
          let noise = String(
            (0..<20).map { _ in
              Character(Unicode.Scalar(UInt8.random(in: 32..<127, using: &generator)))
            })
          var sent = [("csrf", token), ("act", act), ("version", version)]
          if act == "change" {
            sent += names.map { ("shown", String($0.dropFirst(2).prefix { $0 != "." })) }
          }
          let told = clerk.post(path, sent + names.map { ($0, noise) })
          #expect(
            (400..<500).contains(told.status) || told.status == 303,
            "\(act) \(path) \(noise) \(told.status)")
          #expect(told.status == 303 || told.header("Content-Type") == "text/html; charset=utf-8")
        }
      }
    }
  }

  @Test("of very many institutions the marks are painted by the script, and the table has them all")
  func manyPlaces() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    let clerk = try Visitor(test, .clerk)
    let few = clerk.get("/huaibei/map").text
    #expect(!few.contains("<canvas") && !few.contains("<script"))
    #expect(few.contains("class=\"site\"") && few.contains("class=\"applicant"))
    var registry = "id,name,kind,categories,district,lon,lat,datum,status\n"
    for index in 1...2_100 {
      registry +=
        "P\(index),药房\(index),retail_pharmacy,retail_pharmacy,相山区,116.\(700_000 + index * 37),33.\(900_000 + index * 29),wgs84,active\n"
    }
    let put = test.ask(
      "PUT", TestService.base + "/registry", as: "policy", type: "text/csv", registry)
    #expect(put.status == 200)
    let many = clerk.get("/huaibei/map").text
    #expect(many.contains("<canvas data-points=\"registry-table\""))
    #expect(many.contains("<script src=\"/assets/desk.js?v="))
    #expect(many.matches(of: #/<tr data-x="[\d.]+" data-y="[\d.]+"/#).count == 2_100)
  }

  @Test("the pages of every city open, also before anything is in force")
  func everyCity() throws {
    let test = try TestService(isReady: false)
    defer { test.remove() }
    for city in TestService.profiles.cities {
      let name = "officer-\(city.id)"
      try test.desk.addAccount(
        name, city: city.id, roles: Set(Role.allCases), district: nil, password: nil)
      let officer = try Visitor(
        test, as: Caller(account: name, city: city.id, roles: Set(Role.allCases)))
      for page in ["", "/places", "/map", "/map?layer=hospital", "/rules", "/audit"] {
        let told = officer.get("/\(city.id)\(page)")
        #expect(told.status == 200, "\(city.id) \(page)")
        #expect(told.text.contains(city.name))
      }
    }
  }

  @Test("the language is kept from page to page")
  func language() throws {
    let test = try TestService()
    defer { test.remove() }
    _ = try test.round(1)
    let clerk = try Visitor(test, .clerk)
    for path in Self.pages {
      let (zh, en) = (clerk.get(path).text, clerk.get(path + "?lang=en").text)
      #expect(zh.contains("<html lang=\"zh-CN\">") && en.contains("<html lang=\"en\">"))
      let links = en.matches(of: #/(?:href|action)="(\/huaibei[^"]*)"( hreflang)?/#)
        .map { String($0.1) }
      #expect(links.count > 4)
      // Only the way to Chinese has no language.
      #expect(links.filter { !$0.contains("lang=en") }.count <= 1, "\(path): \(links)")
    }
    let told = try clerk.submit(
      "/huaibei?lang=en", "rounds", [("year", "2026"), ("title", "two")])
    #expect(told.header("Location")?.hasSuffix("lang=en") == true)
  }
}
