import Diagnostics
import Foundation
import Reading
import Spatial
import TestSupport
import Testing

@testable import Checks
@testable import PolicyDesk

@Suite("A registry is looked through before anything is held against it")
struct RegistryCheckTests {
  private static let header = "id,name,kind,categories,district,street,lon,lat,datum,status,uscc"

  private func check(
    _ text: String, facts: String? = nil, name: String = "registry.csv"
  ) throws -> RegistryCheck.Result {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    var options = CheckOptions(version: "0", digest: { _ in "0" })
    if let facts {
      try folder.write(facts, to: "facts.yaml")
      options.facts = "\(folder.path)/facts.yaml"
    }
    return try RegistryCheck(options, nil).run(files: ["\(folder.path)/\(name)"])
  }

  /// Rows of some streets, invented but always the same for a seed; each names its datum and is written in it.
  private struct Town {
    var rows: [String] = []
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(state: seed) }

    /// - Parameter written: the datum that the numbers are in, whatever the rows say.
    mutating func street(
      _ name: String, _ count: Int, at middle: (Double, Double), says: String, written: Datum,
      district: String = "相山区", spreadMetres: Double = 150
    ) {
      for _ in 0..<count {
        let spread = spreadMetres / 111_000
        let place = Coordinate(
          longitude: middle.0 + spread * Double.random(in: -1...1, using: &random),
          latitude: middle.1 + spread * Double.random(in: -1...1, using: &random))
        let seen = written.fromWGS84(place)
        let number = rows.count + 1
        rows.append(
          "P\(number),药店\(number),药店,零售药店,\(district),\(name),\(Self.digits(seen.longitude)),\(Self.digits(seen.latitude)),\(says),在用,"
        )
      }
    }

    private static func digits(_ value: Double) -> String {
      let scaled = Int((value * 1_000_000).rounded())
      let rest = String(scaled % 1_000_000)
      return "\(scaled / 1_000_000)." + String(repeating: "0", count: 6 - rest.count) + rest
    }

    var text: String { ([RegistryCheckTests.header] + rows).joined(separator: "\n") + "\n" }
  }

  private struct SeededRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let streets = [
    ("南街", (116.80, 33.95)), ("北街", (116.81, 33.97)), ("东街", (116.84, 33.96)),
  ]

  @Test(
    "a sound registry has no findings, whatever its datums",
    arguments: 1...12 as ClosedRange<UInt64>)
  func sound(seed: UInt64) throws {
    var town = Town(seed: seed)
    for (name, middle) in Self.streets {
      town.street(name, 9, at: middle, says: "wgs84", written: .wgs84)
      town.street(name, 9, at: middle, says: "GCJ-02", written: .gcj02)
      town.street(name, 4, at: middle, says: "百度坐标", written: .bd09)
    }
    town.street(
      "", 12, at: (116.9, 33.8), says: "wgs84", written: .wgs84, district: "烈山区",
      spreadMetres: 9_000)
    let result = try check(town.text)
    #expect(result.findings.map(\.message.en) == [])
    #expect(result.institutions == 78)
  }

  @Test(
    "one row in a wrong datum is found by its street", arguments: 1...6 as ClosedRange<UInt64>,
    [("wgs84", Datum.gcj02), ("gcj02", .bd09), ("bd09", .wgs84)])
  func oneRow(seed: UInt64, datum: (says: String, written: Datum)) throws {
    var town = Town(seed: seed)
    town.street("南街", 12, at: (116.80, 33.95), says: "gcj02", written: .gcj02, spreadMetres: 60)
    town.street(
      "南街", 1, at: (116.80, 33.95), says: datum.says, written: datum.written, spreadMetres: 30)
    let findings = try check(town.text).findings
    #expect(findings.map(\.check) == [.wrongDatum])
    #expect(findings.first?.id == "P13")
    #expect(findings.first?.message.en.contains("fits `\(datum.written.rawValue)` better") == true)
  }

  @Test(
    "all rows of a district that state one datum are found where they are shifted against the others"
  )
  func group() throws {
    var town = Town(seed: 3)
    for (name, middle) in Self.streets {
      town.street(name, 20, at: middle, says: "cgcs2000", written: .wgs84, spreadMetres: 400)
      town.street(name, 8, at: middle, says: "gcj02", written: .bd09, spreadMetres: 400)
    }
    let findings = try check(town.text).findings
    #expect(findings.map(\.check) == [.wrongDatum])
    #expect(findings.first?.others.count == 23)
    #expect(
      findings.first?.message.en.contains(
        "the 24 rows of the district that say so fit `bd09` better") == true)
  }

  @Test("a missing datum is named, with what it probably is")
  func missingDatum() throws {
    var town = Town(seed: 5)
    town.street("南街", 12, at: (116.80, 33.95), says: "wgs84", written: .wgs84, spreadMetres: 60)
    town.street("南街", 1, at: (116.80, 33.95), says: "", written: .gcj02, spreadMetres: 30)
    let findings = try check(town.text).findings
    #expect(findings.map(\.check) == [.missingDatum])
    #expect(
      findings.first?.message.en.hasPrefix(
        "the place has no datum; it may be `gcj02`: read as `wgs84` it is ") == true)
  }

  @Test(
    "each thing that is wrong is found, with its place",
    arguments: [
      ("«P1»,乙,诊所,门诊,相山区,,116.79,33.95,wgs84,在用,", "duplicate_id"),
      ("P2,«甲»,诊所,门诊,相山区,,116.79,33.95,wgs84,在用,", "duplicate_name"),
      ("P2,乙,诊所,门诊,相山区,,116.79,33.95,wgs84,在用,«91350100M000100Y43»", "duplicate_uscc"),
      ("P2,乙,药店,零售药店,相山区,,«116.80,33.95»,wgs84,在用,", "duplicate_place"),
      ("P2,乙,药店,零售药店,相山区,,«116.80,33.95»,cgcs2000,在用,", "duplicate_place"),
      ("P2,乙,药店,零售药店,相山区,,116.80,33.95,gcj02,在用,", ""),
      ("P2,«甲»,诊所,门诊,340602,,116.79,33.95,wgs84,在用,", "duplicate_name"),
      ("«P1»,甲,药店,零售药店,相山区,,116.80,33.95,wgs84,在用,91350100M000100Y43", "duplicate_id"),
      ("P2,乙,诊所,门诊,相山区,,«33.95,116.79»,wgs84,在用,", "impossible_place"),
      ("P2,乙,诊所,门诊,相山区,,«0,0»,wgs84,在用,", "impossible_place"),
      ("P2,乙,诊所,门诊,相山区,,«2.35,48.85»,wgs84,在用,", "impossible_place"),
      ("«P2»,乙,诊所,门诊,相山区,,,,,在用,", "missing_place"),
      ("P2,乙,诊所,门诊,相山区,,«116.79,33.95»,,在用,", "missing_datum"),
      ("«P2»,乙,诊所,门诊,,,116.79,33.95,wgs84,在用,", "missing_district"),
      ("P2,乙,诊所,门诊,«相山»,,116.79,33.95,wgs84,在用,", "unknown_district"),
      ("P2,甲,诊所,门诊,相山区,,,,,终止,91350100M000100Y43", ""),
    ])
  func each(_ row: String, _ check: String) throws {
    let marked = MarkedText(
      "\(Self.header)\nP1,甲,药店,零售药店,相山区,,116.80,33.95,wgs84,在用,91350100M000100Y43\n\(row)\n")
    let result = try self.check(
      marked.text,
      facts:
        "planlint: facts/1\ncity: huaibei\nyear: 2026\ndistricts: [{name: 相山区, code: '340602'}]\n"
    )
    #expect(result.findings.map(\.check.rawValue) == (check.isEmpty ? [] : [check]))
    #expect(result.findings.first?.location.range == marked.ranges.first)
    #expect(result.findings.first.map { !$0.message.zh.isEmpty } ?? true)
  }

  @Test("a place far from its district is found, and whose it may be")
  func far() throws {
    var town = Town(seed: 9)
    town.street("南街", 12, at: (116.80, 33.95), says: "wgs84", written: .wgs84, spreadMetres: 900)
    town.street(
      "东街", 12, at: (117.10, 33.95), says: "wgs84", written: .wgs84, district: "杜集区",
      spreadMetres: 900)
    town.street("南街", 1, at: (117.10, 33.95), says: "wgs84", written: .wgs84)
    let findings = try check(town.text).findings
    #expect(findings.map(\.check) == [.farPlace])
    #expect(findings.first?.id == "P25")
    #expect(findings.first?.message.en.contains("among those of `杜集区`") == true)
  }

  @Test("of several districts that a far place may belong to the nearest is named")
  func nearest() throws {
    var town = Town(seed: 4)
    town.street("南街", 12, at: (116.80, 33.95), says: "wgs84", written: .wgs84, spreadMetres: 900)
    for (district, longitude) in [("杜集区", 117.12), ("烈山区", 117.101)] {
      town.street(
        "东街", 12, at: (longitude, 33.95), says: "wgs84", written: .wgs84, district: district,
        spreadMetres: 900)
    }
    town.street("南街", 1, at: (117.10, 33.95), says: "wgs84", written: .wgs84)
    let findings = try check(town.text).findings
    #expect(findings.map(\.check) == [.farPlace])
    #expect(findings.first?.message.en.contains("among those of `烈山区`") == true)
  }

  @Test(
    "where there are few rows, or all state the same datum, nothing is guessed",
    arguments: [
      // One row each in two districts, and one shifted among five: nothing to hold it against.
      [("相山区", 1, "wgs84", Datum.wgs84), ("杜集区", 1, "wgs84", .gcj02)],
      [("相山区", 4, "wgs84", .wgs84), ("相山区", 1, "wgs84", .gcj02)],
      // All in one datum, whichever they are written in.
      [("相山区", 40, "wgs84", .gcj02)], [("相山区", 40, "bd09", .wgs84)],
      // Fewer than a group, and too wide a street to tell one of them from the others.
      [("相山区", 40, "wgs84", .wgs84), ("相山区", 7, "wgs84", .gcj02)],
    ])
  func few(_ rows: [(district: String, count: Int, says: String, written: Datum)]) throws {
    for seed in 1...8 as ClosedRange<UInt64> {
      var town = Town(seed: seed)
      for row in rows {
        town.street(
          "南街", row.count, at: (116.80, 33.95), says: row.says, written: row.written,
          district: row.district, spreadMetres: 500)
      }
      #expect(try check(town.text).findings.map(\.message.en) == [])
    }
  }

  @Test("a single row has nothing that it could be held against")
  func single() throws {
    for place in ["116.80,33.95,wgs84", "73.5,39.4,gcj02"] {
      let result = try check("\(Self.header)\nP1,甲,药店,零售药店,相山区,南街,\(place),在用,\n")
      #expect(result.findings.isEmpty && result.institutions == 1)
    }
  }

  @Test("an empty registry is an error, and so is a row that cannot be understood")
  func faults() throws {
    #expect(throws: Faults.self) { try check(Self.header + "\n") }
    #expect(throws: Faults.self) { try check(Self.header + "\nP1,甲,药站,零售药店,相山区,,,,,在用,\n") }
  }

  @Test("ten thousand rows in one street take no more than seconds")
  func many() throws {
    var town = Town(seed: 2)
    town.street("南街", 10_000, at: (116.80, 33.95), says: "wgs84", written: .wgs84)
    let start = ContinuousClock.now
    #expect(try check(town.text).findings.allSatisfy { $0.check == .duplicatePlace })
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}
