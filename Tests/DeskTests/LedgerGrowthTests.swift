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
    let (short, long) = (try TestDesk(kind), try TestDesk(kind))
    defer {
      short.remove()
      long.remove()
    }
    _ = try fill(short, upTo: 100)
    let count = try fill(long, upTo: entries)
    // In turn, so that whatever else the machine does falls on both.
    var seconds: [(short: Double, long: Double)] = []
    for _ in 0..<Self.measured {
      seconds.append((try confirming(in: short), try confirming(in: long)))
    }
    let (before, after) = (Self.middle(seconds.map(\.short)), Self.middle(seconds.map(\.long)))
    print(
      "\(kind.rawValue): confirming takes \(Self.milliseconds(before)) ms at 100 entries, \(Self.milliseconds(after)) ms at \(count), \(Double(Int(after / before * 100)) / 100) times as long"
    )
    #expect(count >= entries)
  }

  /// So many rounds of one case are confirmed at each desk, of which the one in the middle counts.
  private static let measured = 25

  private static func middle(_ seconds: [Double]) -> Double { seconds.sorted()[seconds.count / 2] }

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
  private func fill(_ test: TestDesk, upTo most: Int) throws -> Int {
    var seq = try #require(test.ledger().last?["seq"]?.integer)
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

  private func confirming(in test: TestDesk) throws -> Double {
    let round = try test.open()
    try test.receive(round, [Self.clinic("M")])
    try test.close(round)
    try test.publish(round)
    let start = ContinuousClock.now
    try test.confirm(round)
    let duration = (ContinuousClock.now - start).components
    return Double(duration.seconds) + Double(duration.attoseconds) / 1e18
  }
}
