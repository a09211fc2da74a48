import Cases
package import Diagnostics
import Expression
import Policy
import Spatial

/// The nearest place where the circles pass.
extension Trials {
  /// Nobody is sent farther than this.
  static let searchMetres = 5_000.0
  /// So many neighbours are looked at, the nearest first: nothing is said of what lies beyond them.
  private static let neighbourLimit = 400
  /// So many places are tried.
  private static let tryLimit = 200
  /// What is written of a place: a tenth of a metre.
  private static let decimals = 6

  /// For each of some rules that demand something of circles, the nearest place where all of them would pass, else where it would.
  package func places(_ targets: [WhatIf.Target]) -> [WhatIf.Target: Cure] {
    let demanding = targets.filter { !circles(of: $0).isEmpty }
    guard !demanding.isEmpty, let site = application.site, let datum = site.datum,
      let origin = site.coordinate
    else { return [:] }
    var found: [WhatIf.Target: Cure] = [:]
    if let cure = place(demanding, origin, datum) {
      for target in demanding { found[target] = cure }
    } else if demanding.count > 1 {
      for target in demanding { found[target] = place([target], origin, datum) }
    }
    return found
  }

  /// The circles that a rule demands something of, exemptions and exceptions aside.
  private func circles(of target: WhatIf.Target) -> [Int] {
    policy.demandReach(policy.rules[target.rule]).circles
  }

  private func place(
    _ targets: [WhatIf.Target], _ origin: Coordinate, _ datum: Datum
  ) -> Cure? {
    guard let (search, reach) = search(targets, origin) else { return nil }
    let start = Site(origin, in: datum, 0, 0)
    // Where it passes as it stands, its coordinates need to be written with more digits, and nobody has to move.
    if pass(targets, at: start) { return nil }
    var failed: [[Int]] = []
    var tries = 0
    var best: (site: Site, metres: Double, trial: Trial)?
    var within = 150.0
    while best == nil, tries < Self.tryLimit {
      within = min(within * 2, reach)
      for candidate in search.candidates(within: within) {
        if let best, candidate.metres > best.metres + NearestOutside.slackMetres(at: best.metres) {
          break
        }
        func hasFailed(_ depths: [Int]) -> Bool {
          failed.contains { zip($0, depths).allSatisfy { $0 <= $1 } }
        }
        let cover = search.cover(candidate)
        guard tries < Self.tryLimit, !hasFailed(cover.depths), let point = search.exact(candidate)
        else { continue }
        let depths = search.depths(of: candidate, at: point, cover)
        guard !hasFailed(depths),
          let site = written(point, origin, datum, { search.depths(at: $0, cover) }, depths),
          let coordinate = site.coordinate
        else { continue }
        let metres = Geodesic.distanceMetres(origin, coordinate)
        if let best, metres >= best.metres { continue }
        tries += 1
        guard pass(targets, at: site) else {
          failed.append(depths)
          continue
        }
        guard let trial = trial({ $0.site = site }), targets.allSatisfy(trial.passes) else {
          continue
        }
        best = (site, metres, trial)
      }
      if within >= reach { break }
    }
    return best.flatMap { cure($0.site, $0.trial, origin, datum) }
  }

  private func pass(_ targets: [WhatIf.Target], at site: Site) -> Bool {
    look { $0.site = site }
    return targets.allSatisfy { outcome(of: $0).map { !$0.isOpenToCure } ?? false }
  }

  /// What has to be kept away from, and how far away all of it is known.
  private func search(
    _ targets: [WhatIf.Target], _ origin: Coordinate
  ) -> (NearestOutside, reach: Double)? {
    var obstacles: [NearestOutside.Obstacle] = []
    var reach = Self.searchMetres
    var count = 0
    var numbers: [String: Int] = [:]
    lookAtItself()
    for target in targets {
      decider.choose(target.category)
      for circle in circles(of: target) {
        let (radius, accuracy) = decider.circleMetres[circle]
        guard
          let around = try? decider.surroundings(
            circle, within: Self.searchMetres, naming: Self.neighbourLimit)
        else { return nil }
        let own = Accuracy.metres(
          longitudeDecimals: Self.decimals, latitudeDecimals: Self.decimals,
          parameterMetres: accuracy)
        for counted in around.named {
          guard let centre = decider.place(of: counted.who) else { continue }
          let decimals = decider.records.decimals(of: counted.who)
          let band =
            own
            + Accuracy.metres(
              longitudeDecimals: decimals, latitudeDecimals: decimals, parameterMetres: accuracy)
          obstacles.append(
            NearestOutside.Obstacle(
              circle: GeodesicCircle(centre: centre, radiusMetres: radius + band), count: count,
              neighbour: number(of: counted.who, &numbers)))
        }
        for group in [around.sure, around.withinAccuracy, around.undecided]
        where group.unnamed > 0 {
          let last = group.named.last?.distanceMetres ?? 0
          reach = min(reach, last - radius - own - decider.batch.worstAccuracyMetres)
        }
        count += 1
      }
    }
    guard reach > 0, !obstacles.isEmpty else { return nil }
    return (NearestOutside(origin, obstacles, countCount: count), reach)
  }

  /// Numbers neighbours so that an institution and an application of it have one number.
  private func number(
    of who: CircleEvidence.Counted.Who, _ numbers: inout [String: Int]
  ) -> Int {
    let batch = decider.batch
    let name: String
    switch who {
    case .institution(let row): name = "registry/\(batch.registry.institutions[row].id)"
    case .application(let index):
      let application = batch.applications[index]
      name = application.institution.map { "registry/\($0)" } ?? "applications/\(application.id)"
    }
    let number = numbers[name] ?? numbers.count
    numbers[name] = number
    return number
  }

  /// A point as it would be written: the nearest to the origin of those around that lie under no more circles than it does.
  private func written(
    _ point: Coordinate, _ origin: Coordinate, _ datum: Datum,
    _ depthsAt: (Coordinate) -> [Int], _ depths: [Int]
  ) -> Site? {
    var found: (site: Site, metres: Double)?
    for east in -4...4 {
      for north in -4...4 {
        let site = Site(point, in: datum, east, north)
        guard let coordinate = site.coordinate else { continue }
        let metres = Geodesic.distanceMetres(origin, coordinate)
        if let found, found.metres <= metres { continue }
        if zip(depthsAt(coordinate), depths).allSatisfy({ $0 <= $1 }) {
          found = (site, metres)
        }
      }
    }
    return found?.site
  }

  private func cure(_ site: Site, _ trial: Trial, _ origin: Coordinate, _ datum: Datum) -> Cure? {
    guard let coordinate = site.coordinate else { return nil }
    let place = Cure.Place(
      longitude: site.longitude.written(Self.decimals),
      latitude: site.latitude.written(Self.decimals), datum: datum.rawValue,
      metres: Geodesic.distanceMetres(origin, coordinate),
      bearingDegrees: Geodesic.bearingDegrees(from: origin, to: coordinate))
    let whole = Self.whole(trial.verdict)
    let metres = place.metres.written(1)
    let direction = Self.direction(place.bearingDegrees)
    let name = datum.title
    var cure = Cure(
      .place, path: "applications[\(application.id)].location", verdict: trial.verdict,
      holder: .applicant,
      message: Bilingual(
        zh:
          "最近的可行位置在\(direction.zh)方向 \(metres) 米（方位角 \(place.bearingDegrees.written(0))°）处：东经 \(place.longitude)°、北纬 \(place.latitude)°（\(name)）；区县、街道和区域类别按所填不变；\(whole.zh)",
        en:
          "the nearest place that passes is \(metres) m to the \(direction.en) (bearing \(place.bearingDegrees.written(0))°), at \(place.longitude), \(place.latitude) (\(name)), district, street and area being as claimed; \(whole.en)"
      ))
    cure.place = place
    cure.letter = Bilingual(
      zh:
        "如改在现址向\(direction.zh)约 \(place.metres.written(0)) 米处（东经 \(place.longitude)°、北纬 \(place.latitude)°，\(name)）选址，且所在区县、街道和区域类别不变，按现有资料试算可符合该项要求",
      en:
        "at a place some \(place.metres.written(0)) m to the \(direction.en) (\(place.longitude), \(place.latitude), \(name)) in the same district, street and area this would hold by the data at hand"
    )
    return cure
  }

  private static func direction(_ bearing: Double) -> Bilingual {
    let names = [
      ("北", "north"), ("东北", "north-east"), ("东", "east"), ("东南", "south-east"),
      ("南", "south"), ("西南", "south-west"), ("西", "west"), ("西北", "north-west"),
    ]
    let (zh, en) = names[Int((bearing / 45).rounded()) & 7]
    return Bilingual(zh: zh, en: en)
  }
}

extension Datum {
  /// As people write it.
  var title: String {
    switch self {
    case .wgs84: "WGS84"
    case .cgcs2000: "CGCS2000"
    case .gcj02: "GCJ02"
    case .bd09: "BD09"
    }
  }
}

extension Site {
  /// A place in WGS-84 as it is written in a datum, so many millionths of a degree aside.
  fileprivate init(_ coordinate: Coordinate, in datum: Datum, _ east: Int, _ north: Int) {
    func millionths(_ degrees: Double, _ aside: Int) -> Double {
      let scaled: Double = (degrees * 1_000_000).rounded()
      return (scaled + Double(aside)) / 1_000_000
    }
    let place = datum.fromWGS84(coordinate)
    self.init(
      longitude: millionths(place.longitude, east), latitude: millionths(place.latitude, north),
      longitudeDecimals: 6, latitudeDecimals: 6, datum: datum)
  }
}

extension Double {
  /// With so many digits after the point, rounded.
  fileprivate func written(_ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let units = (magnitude * scale).rounded()
    let digits = String(Int64(units))
    let sign = self < 0 && units > 0 ? "-" : ""
    if places == 0 { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}
