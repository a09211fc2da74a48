import Diagnostics
import Foundation
import Spatial
import TestSupport
import Testing

@testable import PlanlintKit

@Suite("Gaps are where a check lets a newcomer pass")
struct GapTests {
  // MARK: An invented town

  /// A row of the registry that a circle may count.
  private struct Row {
    var kind: String
    var place: Coordinate
    var decimals: Int
    var status: String
  }

  private struct Town {
    var rows: [Row] = []
    var random: SeededRandom
    static let middle = Coordinate(longitude: 114.3, latitude: 30.6)
    static let halfDegrees = 0.04

    init(_ count: Int, seed: UInt64) {
      random = SeededRandom(state: seed)
      for number in 0..<count {
        let decimals = number % 11 == 4 ? 4 : 7
        let scale = decimals == 4 ? 1e4 : 1e7
        var place = somewhere()
        if number % 9 == 5, let last = rows.last?.place { place = last }
        place = Coordinate(
          longitude: (place.longitude * scale).rounded() / scale,
          latitude: (place.latitude * scale).rounded() / scale)
        let kinds = ["retail_pharmacy", "retail_pharmacy", "clinic"]
        let statuses = ["active", "active", "suspended", "leaving", "terminated"]
        rows.append(
          Row(
            kind: kinds[number % 3], place: place, decimals: decimals, status: statuses[number % 5])
        )
      }
    }

    mutating func somewhere() -> Coordinate {
      Coordinate(
        longitude: Self.middle.longitude
          + Double.random(in: -Self.halfDegrees...Self.halfDegrees, using: &random),
        latitude: Self.middle.latitude
          + Double.random(in: -Self.halfDegrees...Self.halfDegrees, using: &random))
    }

    func registry(district: String) -> String {
      var text = "id,name,kind,categories,grade,district,street,lon,lat,datum,status\n"
      for (number, row) in rows.enumerated() {
        let category = row.kind == "clinic" ? "outpatient" : "retail_pharmacy;pooled_pharmacy"
        text +=
          "P\(number),示例\(number),\(row.kind),\(category),,\(district),,\(GapTests.text(row.place.longitude, row.decimals)),\(GapTests.text(row.place.latitude, row.decimals)),wgs84,\(row.status)\n"
      }
      return text
    }
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

  private static func text(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  private static func request(
    _ city: String, registry: String, facts: String? = nil
  ) -> Request {
    var request = Request()
    request.city = city
    request.policies = Golden.root + "/policies"
    request.registry = .memory(name: "registry.csv", text: registry)
    request.facts = facts.map { .memory(name: "facts.yaml", text: $0) }
    request.asOf = "2026-09-30"
    return request
  }

  private static func contains(_ point: Coordinate, _ rings: [[GapReport.Place]]) -> Bool {
    var isInside = false
    for ring in rings {
      var last = ring[ring.count - 1]
      for next in ring {
        if (next.latitude > point.latitude) != (last.latitude > point.latitude),
          point.longitude
            < (last.longitude - next.longitude) * (point.latitude - next.latitude)
            / (last.latitude - next.latitude) + next.longitude
        {
          isInside.toggle()
        }
        last = next
      }
    }
    return isInside
  }

  private static func square(_ half: Double, name: String = "") -> String {
    let (x, y) = (Town.middle.longitude, Town.middle.latitude)
    let corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    let ring = corners.map { "[\(text(x + $0.0, 7)), \(text(y + $0.1, 7))]" }
      .joined(separator: ", ")
    return
      "{\"type\": \"Feature\", \"properties\": {\"name\": \"\(name)\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[\(ring)]]}}"
  }

  // MARK: Point by point

  /// What a circle of 800 m comes to: how many lie inside for certain, and how many may.
  private static func counts(
    _ town: Town, _ point: Coordinate, kind: String
  ) -> (sure: Int, most: Int, isNearEdge: Bool) {
    var (sure, most, isNearEdge) = (0, 0, false)
    for row in town.rows where row.kind == kind && row.status != "terminated" {
      let metres = Geodesic.distanceMetres(point, row.place)
      let band = 5 + max(5, 111_320 * pow(10, -Double(row.decimals)))
      if metres + band <= 800 { sure += 1 }
      if metres - band <= 800 { most += 1 }
      if abs(metres - (800 - band)) < 1 || abs(metres - (800 + band)) < 1 { isNearEdge = true }
    }
    return (sure, most, isNearEdge)
  }

  /// A profile, what is asked, the kind that its circle counts, the neighbours that it allows and the rule.
  static let questions:
    [(
      city: String, district: String, kind: String, settings: [(String, String)], allowed: Int,
      rule: String
    )] = [
      ("wuhan", "江岸区", "retail_pharmacy", [("area", "built_up")], 2, "WH-PHARM-RADIUS-ZONE"),
      (
        "wuhan", "江岸区", "retail_pharmacy", [("area", "outside_built_up")], 0,
        "WH-PHARM-RADIUS-ZONE"
      ),
      ("huaibei", "相山区", "retail_pharmacy", [], 0, "HB-OUT-CAP"),
      ("huaibei", "相山区", "clinic", [], 0, "HB-OUT-CAP"),
      ("xian", "碑林区", "clinic", [], 0, "XA-OUT-FREEZE"),
      ("dalian", "中山区", "retail_pharmacy", [("area", "built_up")], 2, "LN-PHARM-800"),
      ("dalian", "中山区", "clinic", [("grade", "ungraded")], 0, "LN-MED-800"),
    ]

  @Test(
    "thousands of points are in a gap where so many stand around them, and in none where more do",
    arguments: questions.indices)
  func pointByPoint(_ number: Int) throws {
    let question = Self.questions[number]
    var town = Town(number % 2 == 0 ? 150 : 60, seed: UInt64(number + 1))
    var asked = GapQuestion()
    asked.kind = question.kind
    asked.settings = question.settings
    let registry = town.registry(district: question.district)
    let map = try Planlint.gaps(asked, Self.request(question.city, registry: registry))
    #expect(map.maps.count == 1)
    let scenario = try #require(map.report.scenarios.first)
    let boundary = map.report.boundary.areas.flatMap(\.polygons)
    let plane = ConformalPlane(around: Town.middle)
    let sides = boundary.joined().flatMap { ring in
      ring.indices.map {
        (plane.point(Self.place(ring[$0])), plane.point(Self.place(ring[($0 + 1) % ring.count])))
      }
    }
    var seen: [Outcome: Int] = [:]
    var samples: [(point: Coordinate, expected: Outcome)] = []
    for _ in 0..<4_000 {
      let point = town.somewhere()
      let at = plane.point(point)
      if sides.contains(where: { Self.distance(at, $0.0, $0.1) < 1.5 }) { continue }
      let found = scenario.gaps.filter { Self.contains(point, $0.rings) }
      guard boundary.contains(where: { Self.contains(point, $0) }) else {
        #expect(found.isEmpty)
        continue
      }
      let counts = Self.counts(town, point, kind: question.kind)
      if counts.isNearEdge { continue }
      let expected: Outcome =
        counts.most <= question.allowed ? .pass : counts.sure > question.allowed ? .fail : .review
      guard found.count == (expected == .fail ? 0 : 1), found.first?.outcome ?? .fail == expected
      else {
        Issue.record("\(point): \(found.map(\.outcome)), expected \(expected)")
        return
      }
      seen[expected, default: 0] += 1
      if samples.count(where: { $0.expected == expected }) < 12 {
        samples.append((point, expected))
      }
    }
    #expect(seen[.pass, default: 0] > 50 && seen[.fail, default: 0] > 50, "\(seen)")
    try check(samples, question, registry)
    // Every point of a gap passes, its corners included.
    let corners = scenario.gaps.filter { $0.outcome == .pass }.flatMap { $0.rings.joined() }
    for corner in corners {
      let most = Self.counts(town, Self.place(corner), kind: question.kind).most
      guard most <= question.allowed else {
        Issue.record("the corner \(corner) has \(most)")
        return
      }
    }
    try expectValid(map)
  }

  private static func place(_ place: GapReport.Place) -> Coordinate {
    Coordinate(longitude: place.longitude, latitude: place.latitude)
  }

  private static func distance(_ p: PlanePoint, _ a: PlanePoint, _ b: PlanePoint) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let along = max(0, min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)))
    return p.distance(to: PlanePoint(x: a.x + along * dx, y: a.y + along * dy))
  }

  /// The points as applications, each a batch of its own, held against the profile.
  private func check(
    _ samples: [(point: Coordinate, expected: Outcome)],
    _ question: (
      city: String, district: String, kind: String, settings: [(String, String)], allowed: Int,
      rule: String
    ), _ registry: String
  ) throws {
    // Nobody's agreement ended, so that caps on places are full and what an exception says decides.
    let facts = """
      planlint: facts/1
      city: \(question.city)
      year: 2026
      residents: 1000000
      beds: {designated: 100}
      beds_standard_per_1000: 7
      terminated: {2025: {retail_pharmacy: 0, outpatient: 0}}
      annual_plan: {retail_pharmacy: 0, outpatient: 0}
      districts: [{name: \(question.district), residents: 500000}]
      """
    let category = question.kind == "retail_pharmacy" ? "retail_pharmacy" : "outpatient"
    let files = samples.enumerated().map { number, sample in
      let settings = question.settings.map { ", \($0.0): \($0.1)" }.joined()
      return Input.memory(
        name: "\(number).yaml",
        text: """
          city: \(question.city)
          applications:
            - {id: A, name: 拟设\(number), kind: \(question.kind), requests: [\(category)], district: \(question.district),
               location: {lon: \(Self.text(sample.point.longitude, 9)), lat: \(Self.text(sample.point.latitude, 9)), datum: wgs84},
               submitted: 2026-09-30\(settings)}
          """)
    }
    var request = Self.request(question.city, registry: registry, facts: facts)
    request.isSeparate = true
    request.keepsNotApplicable = true
    let report = try Planlint.check(files, request).report
    for (number, sample) in samples.enumerated() {
      let finding = report.result(number).findings.first { $0.rule == question.rule }
      var outcome = finding?.outcome
      if ["HB-OUT-CAP", "XA-OUT-FREEZE"].contains(question.rule) {
        // In a gap the exception holds and leaves it to a person; within the accuracy it may.
        #expect(outcome == (sample.expected == .fail ? .fail : .review), "\(sample)")
        continue
      }
      if outcome == .notApplicable { outcome = .pass }
      #expect(outcome == sample.expected, "\(sample) \(String(describing: finding?.message.en))")
    }
  }

  // MARK: GeoJSON

  private func geoJSON(_ map: GapMap) throws -> [String: Any] {
    let bytes = Bytes()
    map.write(.geoJSON, in: .zh) {
      bytes.data.append(contentsOf: $0)
      return true
    }
    return try #require(try JSONSerialization.jsonObject(with: bytes.data) as? [String: Any])
  }

  private final class Bytes { var data = Data() }

  /// What RFC 7946 and the makers of maps expect: closed rings, the outer one anticlockwise, holes clockwise and inside, no side
  /// that crosses another.
  private func expectValid(_ map: GapMap) throws {
    let object = try geoJSON(map)
    #expect(object["type"] as? String == "FeatureCollection")
    let features = try #require(object["features"] as? [[String: Any]])
    var ids: Set<String> = []
    for feature in features {
      #expect(ids.insert(feature["id"] as? String ?? "").inserted)
      let geometry = try #require(feature["geometry"] as? [String: Any])
      #expect(geometry["type"] as? String == "Polygon")
      let rings = try #require(geometry["coordinates"] as? [[[Double]]])
      for (number, ring) in rings.enumerated() {
        guard ring.count >= 4, ring.first == ring.last,
          (Self.signedArea(ring) > 0) == (number == 0)
        else {
          Issue.record("ring \(number) of \(feature["id"] ?? "")")
          return
        }
        if number > 0 {
          let outer = rings[0].map { GapReport.Place(longitude: $0[0], latitude: $0[1]) }
          #expect(
            ring.contains {
              Self.contains(Coordinate(longitude: $0[0], latitude: $0[1]), [outer])
            })
        }
      }
      guard Self.crossing(rings) == nil else {
        Issue.record(
          "sides of \(feature["id"] ?? "") cross at \(String(describing: Self.crossing(rings)))")
        return
      }
    }
  }

  private static func signedArea(_ ring: [[Double]]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { sum, pair in
      let (a, b) = pair
      return sum + (a[0] - ring[0][0]) * (b[1] - ring[0][1])
        - (b[0] - ring[0][0]) * (a[1] - ring[0][1])
    }
  }

  private static func crossing(_ rings: [[[Double]]]) -> [Double]? {
    let sides = rings.flatMap { ring in zip(ring, ring.dropFirst()).map { ($0, $1) } }
      .sorted { min($0.0[0], $0.1[0]) < min($1.0[0], $1.1[0]) }
    func turn(_ a: [Double], _ b: [Double], _ c: [Double]) -> Double {
      (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    }
    for (index, (a, b)) in sides.enumerated() {
      for (c, d) in sides[(index + 1)...] {
        if min(c[0], d[0]) > max(a[0], b[0]) { break }
        if a == c || a == d || b == c || b == d { continue }
        if turn(a, b, c) * turn(a, b, d) < 0, turn(c, d, a) * turn(c, d, b) < 0 { return a }
      }
    }
    return nil
  }

  // MARK: Degenerate towns, areas, and what is not given

  @Test("with nobody around everything is free, and inside one circle nothing is")
  func nobodyAndOne() throws {
    let head = "id,name,kind,categories,district,lon,lat,datum,status\n"
    var question = GapQuestion()
    question.within = .memory(name: "area.geojson", text: Self.square(0.003))
    let settings = [("area", "outside_built_up")]
    question.settings = settings
    let empty = try Planlint.gaps(question, Self.request("wuhan", registry: head))
    let gap = try #require(empty.maps.first?.gaps.first)
    #expect(empty.maps.first?.gaps.count == 1 && gap.outcome == .pass && gap.rings.count == 1)
    let whole = empty.report.boundary.areas[0].areaSquareMetres
    #expect(abs(gap.areaSquareMetres / whole - 1) < 1e-3)
    #expect(abs(whole / (0.006 * 110_861 * 0.006 * 95_879) - 1) < 2e-3)
    let rows = (1...5).map {
      "P\($0),示例\($0),retail_pharmacy,retail_pharmacy,江岸区,114.300001,30.600001,wgs84,active\n"
    }
    let one = try Planlint.gaps(question, Self.request("wuhan", registry: head + rows[0]))
    #expect(one.maps.first?.gaps.isEmpty == true)
    // Two at one place leave room for a third in a built-up area, three do not.
    question.settings = [("area", "built_up")]
    for count in 1...5 {
      let text = head + rows.prefix(count).joined()
      let map = try Planlint.gaps(question, Self.request("wuhan", registry: text))
      #expect(map.maps.first?.gaps.isEmpty == (count > 2), "\(count)")
    }
  }

  @Test("what is not given and makes a difference gives a map each, and one where it is given")
  func scenarios() throws {
    let town = Town(20, seed: 5)
    let request = Self.request("wuhan", registry: town.registry(district: "江岸区"))
    let both = try Planlint.gaps(GapQuestion(), request)
    #expect(
      both.maps.map { $0.assuming.map { $0.map(\.value) } } == [
        [["built_up"]], [["outside_built_up"]],
      ])
    #expect(both.report.scenarios.map(\.limits) == [["3"], ["1"]])
    var question = GapQuestion()
    question.settings = [("area", "建成区")]
    let one = try Planlint.gaps(question, request)
    #expect(one.maps.count == 1 && one.maps[0].assuming.joined().isEmpty)
    #expect(one.maps[0].gaps.map(\.areaSquareMetres) == both.maps[0].gaps.map(\.areaSquareMetres))
  }

  @Test("features named for a district count as it, and one institution without a place is told")
  func districts() throws {
    let registry =
      "id,name,kind,categories,district,lon,lat,datum,status\n"
      + "P1,示例一,retail_pharmacy,retail_pharmacy,江岸区,114.300001,30.600001,wgs84,active\n"
      + "P2,示例二,retail_pharmacy,retail_pharmacy,江汉区,,,,active\n"
      + "P3,示例三,hospital,inpatient,江汉区,,,,active\n"
    let facts = """
      planlint: facts/1
      city: wuhan
      year: 2026
      districts: [{name: 江岸区, code: "420102", residents: 965260, planned: {retail_pharmacy: 7}, stock: {retail_pharmacy: 5}}]
      """
    var question = GapQuestion()
    question.settings = [("area", "built_up")]
    question.within = .memory(
      name: "area.geojson",
      text:
        "{\"type\": \"FeatureCollection\", \"features\": [\(Self.square(0.02, name: "420102")), \(Self.square(0.01, name: "东边"))]}"
    )
    let map = try Planlint.gaps(
      question, Self.request("wuhan", registry: registry, facts: facts))
    let areas = map.report.boundary.areas
    #expect(areas.map(\.district) == ["江岸区", nil] && areas.map(\.name) == ["420102", "东边"])
    #expect(map.maps[0].gaps.count == 2)
    let unplaced = map.report.unplaced
    #expect(unplaced.count == 1 && unplaced[0].district == "江汉区" && unplaced[0].count == 1)
    let row = try #require(map.places.first { $0.rule == "WH-PHARM-A" && $0.scope == "江岸区" })
    #expect(row.limit == "7" && row.usedBefore == "5" && row.left == "2" && row.order.isEmpty)
    let text = written(map)
    #expect(text.contains("江汉区 1 家") && text.contains("江岸区"))
  }

  private func written(_ map: GapMap) -> String {
    let bytes = Bytes()
    map.write(.text, in: .zh) {
      bytes.data.append(contentsOf: $0)
      return true
    }
    return String(decoding: bytes.data, as: UTF8.self)
  }

  @Test(
    "an area that cannot be meant is an error with its place",
    arguments: [
      (
        #"{"type": "Polygon", "coordinates": [[[114, 30], [115, 30], [115, 31], [114, 31]]]}"#,
        "area.geojson:1:37: error: expected a closed ring, the last point being the first"
      ),
      (
        #"{"type": "Polygon", "coordinates": [[[30, 114], [30, 115], [31, 115], [30, 114]]]}"#,
        "area.geojson:1:38: error: expected the longitude first, found what looks like the latitude"
      ),
      (
        #"{"type": "Polygon", "coordinates": [[[114, 30], [115, 31], [115, 30], [114, 31], [114, 30]]]}"#,
        "area.geojson:1:37: error: expected a ring that does not cross itself"
      ),
      (
        #"{"type": "Point", "coordinates": [114, 30]}"#,
        "area.geojson:1:10: error: expected a `Polygon` or `MultiPolygon`"
      ),
      (
        #"{"type": "Polygon", "coordinates": [[[114, "30"], [115, 30], [115, 31], [114, 30]]]}"#,
        "area.geojson:1:38: error: expected `[longitude, latitude]`"
      ),
    ])
  func faults(_ text: String, _ expected: String) throws {
    var question = GapQuestion()
    question.within = .memory(name: "area.geojson", text: text)
    let registry = Town(5, seed: 1).registry(district: "江岸区")
    do {
      _ = try Planlint.gaps(question, Self.request("wuhan", registry: registry))
      Issue.record("no error")
    } catch {
      #expect(error.lines(in: .en) == [expected])
    }
  }

  @Test("in a crowded town too no side of a polygon crosses another")
  func crowded() throws {
    let town = Town(260, seed: 11)
    var question = GapQuestion()
    question.settings = [("area", "built_up")]
    let map = try Planlint.gaps(
      question, Self.request("wuhan", registry: town.registry(district: "江岸区")))
    #expect(map.maps[0].gaps.count > 10)
    try expectValid(map)
  }

  @Test("the same town gives the same bytes")
  func sameBytes() throws {
    let registry = Town(80, seed: 3).registry(district: "江岸区")
    for format in GapMap.Format.allCases {
      let texts = try (0..<2).map { _ in
        let bytes = Bytes()
        try Planlint.gaps(GapQuestion(), Self.request("wuhan", registry: registry))
          .write(format, in: .zh) {
            bytes.data.append(contentsOf: $0)
            return true
          }
        return bytes.data
      }
      #expect(texts[0] == texts[1] && !texts[0].isEmpty)
    }
  }
}
