import Foundation
import Glibc
import TestSupport
import Testing

@Suite("How a desk is served")
struct ServingTests {
  @Test(
    "settings are read strictly, and what is wrong is told with its place",
    arguments: [
      ("limits: {bodybytes: 1}\n", "planlintd.yaml:1:10", "did you mean `body_bytes`"),
      ("limits:\n  connections: many\n", "planlintd.yaml:2:16", "many"),
      ("limits:\n  idle_seconds: 0\n", "planlintd.yaml:2:17", "0"),
      ("lisen: 127.0.0.1:1\n", "planlintd.yaml:1:1", "did you mean `listen`"),
      ("tls: {cert: a.pem}\n", "planlintd.yaml:1:6", "key"),
      ("planlintd: serving/2\n", "planlintd.yaml:1:12", "serving/1"),
      ("listen: nowhere\n", "--listen", "nowhere"),
      ("log: loud\n", "planlintd.yaml:1:6", "`notice`"),
      ("oidc: {isuer: x}\n", "planlintd.yaml:1:8", "did you mean `issuer`"),
      ("oidc: {issuer: sso}\n", "planlintd.yaml:1:16", "the issuer's address"),
      ("oidc: {keys: \"http://sso.example.org\"}\n", "planlintd.yaml:1:14", "https address"),
      ("oidc: {city: a, cities: {claim: b}}\n", "planlintd.yaml:1:7", "one of `city` and `cities`"),
      (
        "oidc: {roles: {claim: a, values: {b: clark}}}\n", "planlintd.yaml:1:38",
        "did you mean `clerk`"
      ),
      (
        "oidc: {issuer: \"a://b\", audience: c, keys: d, city: huaibe, roles: {claim: a, values: {b: clerk}}}\n",
        "oidc", "no city `huaibe`"
      ),
      (
        "oidc: {issuer: \"a://b\", audience: c, keys: /nowhere.json, city: huaibei, roles: {claim: a, values: {b: clerk}}}\n",
        "oidc", "/nowhere.json"
      ),
      ("tls: {cert: /nowhere.pem, key: /nowhere.pem}\n", "/nowhere.pem", "PEM"),
    ])
  func settings(_ text: String, _ place: String, _ words: String) throws {
    let folder = try TemporaryFolder(named: "settings")
    defer { folder.remove() }
    try folder.write(text, to: "planlintd.yaml")
    let told = try TestDaemon.run(
      ["serve", "--data", folder.path + "/data", "--config", folder.path + "/planlintd.yaml"])
    #expect(told.code == 2)
    #expect(told.errors.contains(place), "\(told.errors)")
    #expect(told.errors.contains(words), "\(told.errors)")
  }

  @Test("each limit is the one that the settings name")
  func limits() throws {
    let desk = try ServedDesk(
      """
      planlintd: serving/1
      limits: {body_bytes: 2048, header_bytes: 2048, idle_seconds: 1, connections: 2, wrong_passwords: 2}

      """)
    defer { desk.end() }
    let large = "X-Large: " + String(repeating: "a", count: 3_000)
    #expect(try desk.exchange("GET /livez HTTP/1.1\r\n\(large)").contains(" 431 "))
    // A page tells it as a page.
    let page = try desk.exchange("GET /huaibei HTTP/1.1\r\n\(large)")
    #expect(page.contains(" 431 ") && page.contains("<h1>"))
    let body = String(repeating: "a", count: 3_000)
    #expect(
      try desk.exchange(
        "POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json", body
      ).contains(" 413 "))
    let sent = try desk.exchange(
      "POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded", body)
    #expect(sent.contains(" 413 ") && sent.contains("<h1>"))
    for expected in ["401", "401", "429"] {
      let told = try desk.exchange(
        "POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json",
        #"{"account": "nobody", "password": "wrong password"}"#)
      #expect(told.hasPrefix("HTTP/1.1 \(expected)"), "\(told)")
    }
    // A client that sends nothing is let go; while two are there, a third waits for its turn.
    let start = Date()
    let (first, second) = (try desk.connect(), try desk.connect())
    usleep(300_000)
    let third = try desk.connect()
    desk.send("GET /livez HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n", to: third)
    #expect(desk.receive(third).hasPrefix("HTTP/1.1 200"))
    #expect(Date().timeIntervalSince(start) > 0.9)
    #expect(desk.receive(first).isEmpty)
    for socket in [first, second, third] { close(socket) }
  }

  @Test("a request that takes longer than the settings allow is told so, and goes on")
  func slow() throws {
    let desk = try ServedDesk("limits: {request_seconds: 1, idle_seconds: 20}\n", ["--demo"])
    defer { desk.end() }
    let clerk = try #require(desk.lines.first { $0.hasPrefix("clerk ") }).split(separator: " ")
    // A machine that is busy with other tests may be too slow for a password as well.
    var signed = ""
    for _ in 1...30 where !signed.hasPrefix("HTTP/1.1 201") {
      signed = try desk.exchange(
        "POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json",
        #"{"account": "\#(clerk[1])", "password": "\#(clerk[2])"}"#)
    }
    #expect(signed.hasPrefix("HTTP/1.1 201"))
    let cookie = try #require(signed.firstMatch(of: #/(__Host-planlint=[0-9a-f]+)/#)?.1)
    let token = try #require(signed.firstMatch(of: #/"csrf":"([0-9a-f]+)"/#)?.1)
    var batch = "id,name,kind,requests,district,submitted,score\n"
    for index in 1...60_000 {
      batch +=
        "L\(index),药房\(index),retail_pharmacy,retail_pharmacy,相山区,2026-03-02,\(index % 100)\n"
    }
    let told = try desk.exchange(
      "POST /api/v1/cities/huaibei/check?format=csv HTTP/1.1\r\nContent-Type: text/csv\r\nCookie: \(cookie)\r\nX-CSRF-Token: \(token)",
      batch, seconds: 60)
    #expect(told.hasPrefix("HTTP/1.1 503"), "\(told.prefix(200))")
    #expect(told.contains("urn:planlint:problem:timeout"))
  }

  @Test("a demonstration tells an account of each role, has a round to look at, and leaves nothing")
  func demonstration() throws {
    let desk = try ServedDesk("", ["--demo"])
    let roles = desk.lines.filter { !$0.hasPrefix("planlintd:") }.map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(roles.map { $0[0] } == ["clerk", "reviewer", "policy", "auditor", "admin"])
    #expect(roles.allSatisfy { $0.count == 3 && $0[2].count >= 12 })
    #expect(desk.lines.contains("planlintd: sign in at http://127.0.0.1:\(desk.port)/login"))
    let signed = try desk.exchange(
      "POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json",
      #"{"account": "\#(roles[3][1])", "password": "\#(roles[3][2])"}"#)
    let cookie = try #require(signed.firstMatch(of: #/(__Host-planlint=[0-9a-f]+)/#)?.1)
    let page = try desk.exchange("GET /huaibei/rounds/2026-1 HTTP/1.1\r\nCookie: \(cookie)")
    #expect(page.hasPrefix("HTTP/1.1 200"))
    #expect(page.contains("HB-2026-017"))
    let made = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).filter {
      $0.hasPrefix("planlintd-demo")
    }
    #expect(made.count == 1)
    let path = desk.folder.path + "/" + (made.first ?? "")
    #expect(FileManager.default.fileExists(atPath: path + "/heads"))
    #expect(desk.end() == 0)
    #expect(!FileManager.default.fileExists(atPath: path))
    for more in [["--data", "x"], ["--database", "postgres://desk@127.0.0.1/desk"]] {
      let both = try TestDaemon.run(["serve", "--demo"] + more)
      #expect(both.code == 2 && both.errors.contains("--demo: expected no --data"))
    }
  }

  @Test("who is told to end while it gets ready ends with 0, and leaves nothing of a demonstration")
  func earlyEnd() throws {
    for wait in [0, 30_000, 150_000, 400_000] as [UInt32] {
      for isDemo in [true, false] {
        let folder = try TemporaryFolder(named: "early")
        defer { folder.remove() }
        let process = Process()
        process.executableURL = TestDaemon.program
        process.arguments =
          ["serve", "--listen", "127.0.0.1:0"]
          + (isDemo ? ["--demo"] : ["--data", folder.path + "/data"])
        process.environment = [
          "PLANLINT_POLICIES": Golden.root + "/policies", "TMPDIR": folder.path,
        ]
        process.standardOutput = Pipe()
        try process.run()
        func made() throws -> [String] {
          try FileManager.default.contentsOfDirectory(atPath: folder.path)
        }
        for _ in 0..<5_000 where try made().isEmpty && process.isRunning { usleep(2_000) }
        #expect(try made().count == 1)
        usleep(wait)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && process.terminationReason == .exit, "\(wait)")
        #expect(try made().isEmpty == isDemo, "\(wait)")
      }
    }
  }

  @Test("who falls silent within a body is told so with 408, as a page where it is a page's form")
  func silence() throws {
    let desk = try ServedDesk("limits: {idle_seconds: 1, body_bytes: 2048}\n")
    defer { desk.end() }
    func send(_ head: String, _ part: String, then more: String? = nil) throws -> String {
      let socket = try desk.connect()
      defer { close(socket) }
      desk.send("\(head)\r\nHost: desk\r\nContent-Length: 1000\r\n\r\n\(part)", to: socket)
      if let more {
        usleep(700_000)
        desk.send(more, to: socket)
      }
      return desk.receive(socket)
    }
    let start = ContinuousClock.now
    let told = try send("POST /api/v1/session HTTP/1.1", #"{"account""#)
    #expect(told.hasPrefix("HTTP/1.1 408 "), "\(told)")
    #expect(told.contains("urn:planlint:problem:slow"))
    #expect(told.lowercased().contains("connection: close"))
    #expect(ContinuousClock.now - start > .milliseconds(900))
    let page = try send("POST /login?lang=en HTTP/1.1", "")
    #expect(page.hasPrefix("HTTP/1.1 408 ") && page.contains("<h1>"), "\(page)")
    // A byte now and then is enough; the second silence ends it.
    let again = ContinuousClock.now
    #expect(try send("POST /login HTTP/1.1", "a", then: "b").hasPrefix("HTTP/1.1 408 "))
    #expect(ContinuousClock.now - again > .milliseconds(1_600))
    // One that has its answer gets no second, and who has not asked for anything none.
    let socket = try desk.connect()
    defer { close(socket) }
    desk.send(
      "POST /api/v1/session HTTP/1.1\r\nHost: desk\r\nContent-Length: 5000\r\n\r\nabc", to: socket)
    let large = desk.receive(socket)
    #expect(large.hasPrefix("HTTP/1.1 413 ") && !large.contains("408"), "\(large)")
    let half = try desk.connect()
    defer { close(half) }
    desk.send("POST /api/v1/session HTTP/1.1\r\nHost: de", to: half)
    #expect(desk.receive(half).isEmpty)
  }

  @Test("with a certificate it speaks TLS, and nothing else")
  func certificate() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") else {
      print("skipped: /usr/bin/openssl is not there")
      return
    }
    let folder = try TemporaryFolder(named: "certificate")
    defer { folder.remove() }
    let made = Process()
    made.executableURL = URL(filePath: "/usr/bin/openssl")
    made.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", "2", "-subj", "/CN=localhost", "-keyout", folder.path + "/key.pem", "-out",
      folder.path + "/cert.pem",
    ]
    made.standardError = Pipe()
    try made.run()
    made.waitUntilExit()
    let desk = try ServedDesk(
      "tls: {cert: \(folder.path)/cert.pem, key: \(folder.path)/key.pem}\n")
    defer { desk.end() }
    #expect(!(try desk.exchange("GET /livez HTTP/1.1", seconds: 5)).hasPrefix("HTTP/1.1 200"))
    let asked = Process()
    asked.executableURL = URL(filePath: "/usr/bin/openssl")
    asked.arguments = ["s_client", "-quiet", "-connect", "127.0.0.1:\(desk.port)"]
    let (given, told) = (Pipe(), Pipe())
    asked.standardInput = given
    asked.standardOutput = told
    asked.standardError = Pipe()
    try asked.run()
    given.fileHandleForWriting.write(
      Data("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
    let answer = told.fileHandleForReading.readDataToEndOfFile()
    asked.waitUntilExit()
    #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 200"))
  }
}
