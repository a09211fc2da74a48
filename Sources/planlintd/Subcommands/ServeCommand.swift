import ArgumentParser
import Desk
import Dispatch
import Glibc
import Logging
import Service

/// `planlintd serve`: the desk over HTTP.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the desk over HTTP until SIGTERM.",
    discussion:
      "Beyond loopback put a proxy with TLS before it, or name a certificate and its key; else what it says is not encrypted."
  )

  @Option(
    help: ArgumentHelp("Where to listen. Default: 127.0.0.1:8080.", valueName: "host:port"))
  var listen: String?
  @Option(
    help: ArgumentHelp(
      "Settings: where to listen, certificate and key, limits, logs, tokens of an OpenID Connect issuer. Options go before them.",
      valueName: "planlintd.yaml"))
  var config: String?
  @Option(help: ArgumentHelp("The certificates to serve TLS with, PEM.", valueName: "file"))
  var tlsCert: String?
  @Option(help: ArgumentHelp("The key of the certificate, PEM.", valueName: "file"))
  var tlsKey: String?
  @Flag(
    help:
      "Serve a demonstration: Huaibei's example in a temporary folder that is removed at the end, with an account of each role."
  )
  var demo = false
  @OptionGroup var options: DeskOptions

  func validate() throws {
    if demo, !options.data.isEmpty || options.database != nil {
      throw ValidationError(
        "--demo: expected no --data and no --database; it makes a folder of its own")
    }
    if (tlsCert == nil) != (tlsKey == nil) {
      throw ValidationError("expected --tls-cert and --tls-key together")
    }
  }

  func run() async throws {
    let settings = try config.map { try ServingSettings(reading: $0) }
    let (host, port) = try Self.address(listen ?? settings?.listen ?? "127.0.0.1:8080")
    let limits = settings?.limits ?? ServerLimits()
    let tls = try ServerCertificate(
      certificate: tlsCert ?? settings?.certificate, key: tlsKey ?? settings?.key)
    var options = options
    let end = EarlyEnd(hasMore: demo)
    defer { end.stop() }
    let demonstration = demo ? try Demonstration() : nil
    defer { demonstration?.remove() }
    if let demonstration { options.data = demonstration.folder }
    let desk = try options.open(isServing: true)
    if let demonstration {
      guard let accounts = try demonstration.fill(desk, until: { end.heard.isEnd }) else { return }
      for account in accounts {
        Terminal.print("\(account.role) \(account.name) \(account.password)")
      }
    }
    try HouseSocket.serve(desk, folder: options.data)
    let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
    if !isLoopback, tls == nil {
      Terminal.complain(
        "planlintd: warning: listening beyond loopback without TLS; put a proxy with TLS before it, or name --tls-cert and --tls-key; browsers keep nobody signed in without it"
      )
    }
    for city in settings?.issuer?.cityNames ?? [] where desk.profiles.city(city) == nil {
      let known = desk.profiles.cities.map(\.id).joined(separator: ", ")
      throw ValidationError("oidc: there is no city `\(city)`; there are \(known)")
    }
    let level = settings?.logLevel ?? .notice
    let service = Service(
      desk, limits: limits, issuer: settings?.issuer,
      log: Logger(label: "planlintd") { _ in
        JSONLogHandler(level, moment: Clock.now, write: Terminal.complain)
      }
    ) {
      Double(DispatchTime.now().uptimeNanoseconds) / 1_000_000_000
    }
    try await service.prepare()
    let (isDemo, heard) = (demo, end.heard)
    try await Server(service, host: host, port: port, limits: limits, tls: tls).run { port in
      if isDemo {
        let shown = host.contains(":") ? "[\(host)]" : host
        Terminal.print(
          "planlintd: sign in at \(tls == nil ? "http" : "https")://\(shown):\(port)/login")
      }
      Terminal.print("planlintd: serving \(host):\(port)")
      heard.serve()
    }
    unlink(HouseSocket.path(options.data))
  }

  private static func address(_ text: String) throws -> (host: String, port: Int) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port), colon > text.startIndex
    else { throw ValidationError("--listen: expected HOST:PORT, found `\(text)`") }
    return (text[..<colon].filter { $0 != "[" && $0 != "]" }, port)
  }
}
