import Desk
import Diagnostics
import Foundation
import Glibc
import PlanlintKit
import Store

/// A desk to look at: Huaibei's example in a temporary folder, an account of each role, and one open round with its cases.
///
/// The example is the one of fixtures/huaibei, which is built into the program, so that an installed one has it too.
struct Demonstration {
  static let city = "huaibei"
  private static let year = 2026

  let folder: String

  /// Makes the folder.
  init() throws {
    let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(base)/planlintd-demo.XXXXXX".utf8CString)
    guard let path = mkdtemp(&template) else {
      throw StoreError.failed("\(base): \(String(cString: strerror(errno)))")
    }
    folder = String(cString: path)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Puts the example in and opens a round.
  ///
  /// - Parameter isEnded: whether the program was told to end meanwhile; asked before each step.
  /// - Returns: an account of each role with its password; nil where it was told to end.
  func fill(
    _ desk: Desk, until isEnded: () -> Bool
  ) throws -> [(role: String, name: String, password: String)]? {
    var accounts: [(role: String, name: String, password: String)] = []
    for role in Role.allCases {
      if isEnded() { return nil }
      let password = Self.password()
      try desk.addAccount(
        role.rawValue, city: Self.city, roles: [role], district: nil, password: password)
      accounts.append((role.rawValue, role.rawValue, password))
    }
    func asked(_ act: Act, _ role: Role, _ target: String, round: String? = nil) -> Asked {
      let caller = Caller(
        account: role.rawValue, city: Self.city, roles: [role], address: "127.0.0.1")
      return Asked(act, by: caller, city: Self.city, round: round, target: target)
    }
    if isEnded() { return nil }
    _ = try desk.putFacts(
      asked(.putFacts, .policy, "facts/\(Self.year)"), year: Self.year,
      Desk.Upload(name: "facts.yaml", bytes: PackageResources.facts_yaml, format: .yaml))
    _ = try desk.putRegistry(
      asked(.putRegistry, .policy, "registry"),
      Desk.Upload(name: "registry.csv", bytes: PackageResources.registry_csv, format: .csv))
    if isEnded() { return nil }
    let opened = try desk.openRound(
      asked(.openRound, .clerk, ""), year: Self.year, title: "2026 年第一批（示例）")
    let round = opened.body["id"]?.string ?? ""
    // One of the example's applications is of another year, which a round does not take.
    let records = try Planlint.applicationRecords(
      [.memory(name: "applications.yaml", bytes: PackageResources.applications_yaml)],
      desk.profiles.request(Self.city)
    ).records.filter { $0["submitted"]?.string?.hasPrefix("\(Self.year)-") == true }
    _ = try desk.receive(
      asked(.receive, .clerk, round, round: round), round,
      .memory(name: "applications.json", text: PlainValue.list(records).json, format: .json))
    return isEnded() ? nil : accounts
  }

  /// Sixteen signs that are not taken for one another.
  private static func password() -> String {
    let signs = Array("abcdefghjkmnpqrstuvwxyz23456789")
    return String((0..<16).map { _ in signs.randomElement() ?? "x" })
  }
}
