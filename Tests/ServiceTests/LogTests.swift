import Desk
import Diagnostics
import Service
import Store
import Synchronization
import TestSupport
import Testing

@Suite("What is logged")
struct LogTests {
  @Test("a store that fails is told by its cause and the request, which the answer names as well")
  func failure() throws {
    let fails = Mutex(false)
    let test = try TestService { point in
      if point == .written, fails.withLock({ $0 }) {
        throw StoreError.failed("disk I/O error (10)")
      }
    }
    defer { test.remove() }
    fails.withLock { $0 = true }
    let told = test.ask(
      "POST", TestService.base + "/rounds", as: "clerk", type: "application/json",
      #"{"year": 2026, "title": "第一批"}"#)
    fails.withLock { $0 = false }
    #expect(told.status == 503)
    let errors = test.log.entries.filter { $0["level"] == "error" }
    #expect(errors.count == 1)
    #expect(errors.first?["why"] == "disk I/O error (10)")
    #expect(errors.first?["request"]?.string == told.header("X-Request-Id"))
    #expect(told.header("X-Request-Id")?.count == 16)
  }

  @Test("nothing of applicants, accounts or cases is logged, even where each request is")
  func personal() throws {
    let test = try TestService()
    defer { test.remove() }
    let round = try test.round(3)
    #expect(test.act("close", round, as: "clerk", #"{"as_of": "2026-04-01"}"#).status == 200)
    #expect(test.act("publish", round, as: "reviewer").status == 200)
    #expect(test.act("confirm", round, as: "reviewer").status == 200)
    _ = test.ask(
      "POST", "/api/v1/session", type: "application/json",
      #"{"account": "clerk", "password": "wrong password"}"#)
    _ = test.ask("GET", TestService.base + "/accounts/clerk", as: "admin")
    _ = test.ask("GET", "/huaibei/rounds/2026-1", as: "auditor")
    let lines = test.log.lines
    #expect(lines.count > 10)
    for line in lines {
      let entry = try JSONReader.read(line)
      let known: Set = [
        "at", "level", "message", "request", "method", "route", "status", "milliseconds",
      ]
      #expect(Set(entry.entries.map(\.key)) == known, "\(line)")
      for word in ["药房", "相山区", "clerk", "wrong password", "huaibei", "2026-1", "192.0.2.7"] {
        #expect(!line.replacing("2026-04-01T08:00:00.000Z", with: "").contains(word), "\(line)")
      }
    }
  }
}
