import ArgumentParser
import Desk
import Dispatch
import Glibc
import Service

/// `planlintd serve`: the desk over HTTP.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the desk over HTTP until SIGTERM.",
    discussion:
      "Beyond loopback put a proxy with TLS before it; what it says itself is not encrypted.")

  @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
  var listen = "127.0.0.1:8080"
  @Flag(
    help:
      "Serve a demonstration: Huaibei's example in a temporary folder that is removed at the end, with an account of each role."
  )
  var demo = false
  @OptionGroup var options: DeskOptions

  func validate() throws {
    if demo, !options.data.isEmpty {
      throw ValidationError("--demo: expected no --data; it makes a folder of its own")
    }
  }

  func run() async throws {
    guard let colon = listen.lastIndex(of: ":"),
      let port = Int(listen[listen.index(after: colon)...]),
      (0...65_535).contains(port)
    else { throw ValidationError("--listen: expected HOST:PORT, found `\(listen)`") }
    let host = listen[..<colon].filter { $0 != "[" && $0 != "]" }
    var options = options
    let demonstration = demo ? try Demonstration() : nil
    defer { demonstration?.remove() }
    if let demonstration { options.data = demonstration.folder }
    let desk = try options.open(isServing: true)
    if let demonstration {
      for account in try demonstration.fill(desk) {
        Terminal.print("\(account.role) \(account.name) \(account.password)")
      }
    }
    try HouseSocket.serve(desk, folder: options.data)
    let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
    if !isLoopback {
      Terminal.complain(
        "planlintd: warning: listening beyond loopback without TLS; put a proxy with TLS before it")
    }
    let service = Service(desk) {
      Double(DispatchTime.now().uptimeNanoseconds) / 1_000_000_000
    }
    let isDemo = demo
    try await Server(service, host: String(host), port: port).run { port in
      if isDemo {
        let shown = host.contains(":") ? "[\(host)]" : String(host)
        Terminal.print("planlintd: sign in at http://\(shown):\(port)/login")
      }
      Terminal.print("planlintd: serving \(host):\(port)")
    }
    unlink(HouseSocket.path(options.data))
  }
}
