import Desk
import Diagnostics
import Foundation
import Store
import TestSupport
import Testing

/// `ENTRIES` in PLANLINT_DEEP_LEDGER.
private let entries =
  ProcessInfo.processInfo.environment["PLANLINT_DEEP_LEDGER"].flatMap(Int.init) ?? 0

/// How long confirming takes with a short ledger and with a long one.
@Suite(
  "A ledger that grows",
  .enabled(if: entries > 0, "PLANLINT_DEEP_LEDGER names no number of entries"),
  .serialized)
struct LedgerGrowthTests {
  /// Rounds of so many cases fill it.
  private static let batch = 500

  @Test("is confirmed into as before", arguments: StoreKind.here)
  func growth(_ kind: StoreKind) throws {
    let test = try TestDesk(kind)
    defer { test.remove() }
    var seq = try fill(test, after: try #require(test.ledger().last?["seq"]?.integer), upTo: 100)
    let short = try seconds(test)
    seq = try fill(test, after: seq + Self.measured, upTo: entries)
    let long = try seconds(test)
    print(
      "\(kind.rawValue): confirming takes \(Self.milliseconds(short)) ms at 100 entries, \(Self.milliseconds(long)) ms at \(seq), \(Double(Int(long / short * 100)) / 100) times as long"
    )
    #expect(seq >= entries)
  }

  private static func milliseconds(_ seconds: Double) -> Double {
    Double(Int(seconds * 100_000)) / 100
  }

  /// A village clinic that takes no place.
  private static func clinic(_ id: String) -> PlainValue {
    var clinic = TestDesk.pharmacy(id)
    clinic["kind"] = "village_clinic"
    clinic["requests"] = ["outpatient"]
    clinic["circumstances"] = ["integrated_village_clinic"]
    return clinic
  }

  /// Admits clinics and takes them back until the ledger has so many entries; gives the last.
  private func fill(_ test: TestDesk, after last: Int, upTo most: Int) throws -> Int {
    var seq = last
    while seq < most {
      let count = min(Self.batch, (most - seq + 1) / 2)
      let round = try test.open()
      try test.receive(round, (0..<count).map { Self.clinic("C\($0)") })
      try test.close(round)
      try test.publish(round)
      try test.confirm(round)
      for grant in seq + 1...seq + count { try test.void(grant) }
      seq += 2 * count
    }
    return seq
  }

  /// So many rounds of one case are confirmed, of which the one in the middle counts.
  private static let measured = 9

  private func seconds(_ test: TestDesk) throws -> Double {
    var all: [Double] = []
    for _ in 0..<Self.measured {
      let round = try test.open()
      try test.receive(round, [Self.clinic("M")])
      try test.close(round)
      try test.publish(round)
      let start = ContinuousClock.now
      try test.confirm(round)
      let duration = (ContinuousClock.now - start).components
      all.append(Double(duration.seconds) + Double(duration.attoseconds) / 1e18)
    }
    return all.sorted()[all.count / 2]
  }
}
