import Desk
import Diagnostics
import FoundationEssentials
import PlanlintKit
import Store
import TestSupport
import Testing

@Suite("Inputs taken apart and written again")
struct RecordTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: Golden.root + "/fixtures/" + path)))
  }

  private func outcomes(_ result: RunResult) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for subject in result.subjects {
      found[subject.id] =
        [subject.verdict.rawValue]
        + subject.findings.map { "\($0.rule) \($0.category ?? "") \($0.outcome.rawValue)" }
    }
    return found
  }

  @Test(
    "facts, registry and applications decide as they did before they were kept",
    arguments: ["huaibei", "liaoning", "wuhan", "xian"])
  func same(_ tenant: String) throws {
    let folder = try TemporaryFolder(named: "records")
    defer { folder.remove() }
    let path = Golden.root + "/fixtures/\(tenant)/"
    var request = Request()
    request.policies = Golden.root + "/policies"
    request.city = tenant == "liaoning" ? "shenyang" : tenant
    request.facts = .file(path + "facts.yaml")
    request.registry = .file(path + "registry.csv")
    let original = try Planlint.check([.file(path + "applications.yaml")], request)
    let city = request.city ?? tenant
    let desk = Desk(
      store: try SQLiteStore(folder: folder.path), profiles: TestDesk.profiles, heads: nil,
      clock: TestDesk.clock())
    let policy = Caller(account: "policy", city: city, roles: [.policy])
    let facts = try bytes(tenant + "/facts.yaml")
    let year = try Planlint.factsRecord(
      .memory(name: "facts.yaml", bytes: facts), request
    ).records.first?["year"]?.integer
    _ = try desk.putFacts(
      Asked(.putFacts, by: policy, city: city), year: try #require(year),
      Desk.Upload(name: "facts.yaml", bytes: facts, format: .yaml))
    _ = try desk.putRegistry(
      Asked(.putRegistry, by: policy, city: city),
      Desk.Upload(
        name: "registry.csv", bytes: try bytes(tenant + "/registry.csv"), format: .csv))
    let kept = try desk.effective(policy, city, year: year)
    let records = try Planlint.applicationRecords([.file(path + "applications.yaml")], request)
    request.facts = .memory(name: "facts.yaml", text: kept.facts)
    request.registry = .memory(name: "registry.csv", text: kept.registry)
    request.asOf = original.asOf
    let again = try Planlint.check(
      [.memory(name: "applications.json", text: PlainValue.list(records.records).json)], request)
    #expect(outcomes(again) == outcomes(original))
  }
}
