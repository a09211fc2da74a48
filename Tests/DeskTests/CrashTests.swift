import Desk
import Diagnostics
import Foundation
import PlanlintKit
import Store
import TestSupport
import Testing

@Suite("Kills")
struct CrashTests {
  /// `COUNT` in PLANLINT_DEEP_KILLS makes more of them.
  static let count =
    ProcessInfo.processInfo.environment["PLANLINT_DEEP_KILLS"].flatMap(Int.init) ?? 6

  @Test(
    "after kill -9 at any point what was acknowledged is there and nothing is there in part",
    arguments: StoreKind.here)
  func kills(_ kind: StoreKind) throws {
    let folder = try TemporaryFolder(named: "desk-crash")
    defer { folder.remove() }
    let data = try StoreLocation(kind, folder: folder.path + "/data")
    try prepare(data)
    var numbers = HistoryTests.Numbers(state: 7)
    var acknowledged: [PlainValue] = []
    var killed = 0
    for run in 1...Self.count {
      let point = StorePoint.allCases[run % StorePoint.allCases.count]
      let count = Int.random(in: 1...6, using: &numbers)
      let (output, status) = try child(
        [data.folder, Golden.root + "/policies", "\(run)", point.rawValue, "\(count)"]
          + (data.address.map { [$0] } ?? []))
      #expect(status == SIGKILL, "run \(run) ended by itself: \(status)")
      killed += 1
      acknowledged += output.split(separator: "\n").compactMap { try? JSONReader.read(String($0)) }
      let desk = try open(data)
      #expect(try desk.verify().differences == [], "after kill \(run) at \(point)")
      // The last few are enough: those before were found after earlier kills.
      for told in acknowledged.suffix(12) { try find(told, desk) }
    }
    print("\(kind.rawValue): \(killed) kills, \(acknowledged.count) acts acknowledged")
    #expect(killed == Self.count)
  }

  private func open(_ data: StoreLocation) throws -> Desk {
    try FileManager.default.createDirectory(
      atPath: data.folder, withIntermediateDirectories: true)
    return Desk(
      store: try data.open(), profiles: TestDesk.profiles,
      heads: Heads(folder: data.folder + "/heads"), clock: { "2026-04-02T00:00:00.000Z" })
  }

  private func prepare(_ data: StoreLocation) throws {
    let desk = try open(data)
    let policy = Caller(account: "policy", city: "huaibei", roles: [.policy])
    _ = try desk.putFacts(
      Asked(.putFacts, by: policy, city: "huaibei"), year: 2026,
      Desk.Upload(name: "facts.yaml", bytes: Array(HistoryTests.facts.utf8), format: .yaml))
    _ = try desk.putRegistry(
      Asked(.putRegistry, by: policy, city: "huaibei"),
      Desk.Upload(
        name: "registry.csv", bytes: Array(HistoryTests.registry.utf8), format: .csv))
  }

  /// An act that was answered has its answer kept: asked for again it is not done again.
  private func find(_ told: PlainValue, _ desk: Desk) throws {
    let account = told["account"]?.string ?? ""
    let caller = Caller(
      account: account, city: "huaibei", roles: [Role(rawValue: account) ?? .clerk])
    let act = try #require(Act(rawValue: told["act"]?.string ?? ""))
    let asked = Asked(
      act, by: caller, city: "huaibei", path: told["path"]?.string ?? "", key: told["key"]?.string,
      request: told["request"]?.string ?? "")
    let answer = try desk.publish(asked, "no such round")
    #expect(answer.isRepeated)
    #expect(answer.body.json == told["body"]?.string)
  }

  private func child(_ arguments: [String]) throws -> (output: String, status: Int32) {
    let process = Process()
    let folder = URL(filePath: Program.path).deletingLastPathComponent()
    process.executableURL = folder.appending(path: "desk-crash")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }
}
