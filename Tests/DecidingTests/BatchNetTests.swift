import Diagnostics
import Dispatch
import Reporting
import Synchronization
import TestSupport
import Testing
@testable import Cases
@testable import Deciding

@Suite("The net: no random batch comes out otherwise unnoticed")
struct BatchNetTests {
  static let batches = 2_000
  /// Batches that one thread decides before it takes others.
  static let part = 100

  @Test("the reports of 2,000 random batches are what they were")
  func batches() throws {
    let items = Mutex([Net.Item?](repeating: nil, count: Self.batches))
    let failures = Mutex([String]())
    let policies = try RandomPolicies()
    DispatchQueue.concurrentPerform(iterations: Self.batches / Self.part) { part in
      var policies = policies
      for number in part * Self.part..<(part + 1) * Self.part {
        do {
          let item = try Self.item(number, &policies)
          items.withLock { $0[number] = item }
        } catch {
          failures.withLock { $0.append("seed \(number): \(error)") }
        }
      }
    }
    try #require(failures.withLock { $0 } == [])
    let difference = Net.difference(
      items.withLock { $0.compactMap(\.self) }, from: "batches.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }

  private static func item(_ seed: Int, _ policies: inout RandomPolicies) throws -> Net.Item {
    var random = SeededNumbers(seed: UInt64(seed))
    let batch = RandomBatch(&random, missing: seed % 3 != 0)
    // Every fourth by a profile whose readings have alternatives, since each of these is a run of its own.
    let other = seed % 4 == 3 ? batch.limits.next : batch.limits
    let city = try policies.decide(batch, by: batch.limits.policy(otherwise: other))
    let results = try city.batch.applications.map { application in
      try #require(city.result(application.id))
    }
    var summary = Summary()
    for result in results { summary.count(result.verdict) }
    let report = Report(
      version: "0", tenant: "nowhere", tenantName: Bilingual(zh: "无有市", en: "nowhere"),
      profiles: [
        ProfileIdentity(
          id: "nowhere/2026", sha256: "", status: .draft, from: "2026-01-01", to: "2027-12-31",
          document: "无有市规划")
      ], inputs: [], asOf: "2027-12-31", subjectType: .application, summary: summary, rules: [],
      places: city.screening.places, resultCount: results.count, result: { results[$0] })
    func bytes(_ format: ReportFormat) -> [UInt8] {
      var sink = ByteSink()
      write(report, as: format, options: ReportOptions(showAll: format == .json), to: &sink)
      return sink.bytes
    }
    return Net.Item(
      "seed \(seed)",
      verdicts: results.map { result in
        Net.line(
          of: result.id, verdict: result.verdict.rawValue,
          outcomes: result.findings.map { ($0.rule, $0.category, $0.outcome.rawValue) })
      }.joined(), json: bytes(.json), text: bytes(.text))
  }
}
