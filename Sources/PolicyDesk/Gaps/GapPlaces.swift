import Cases
package import Deciding
package import Diagnostics
import Expression
import Policy
import Reading
package import Spatial

/// The places left for a newcomer, and what the rules come to that no circle decides: what a check gives of it in each district and
/// on each street, nobody else applying.
///
/// It is asked as if it stood where an institution stands already: an exception that holds in gaps alone is then told from the
/// places themselves.
package struct GapPlaces {
  package private(set) var rows: [PlaceRow] = []
  package private(set) var outcomes: [GapReport.DistrictOutcome] = []

  package init(
    _ inputs: GapInputs, _ terms: PolicyTerms, at: Coordinate,
    circleRules: [GapReport.CircleRule]
  ) throws(Faults) {
    let registry = inputs.registry.callingDistricts(by: inputs.facts.canonicalDistrict)
    var districts = inputs.facts.districts
    if districts.isEmpty {
      for district in registry.institutions.compactMap(\.district)
      where !districts.contains(district) {
        districts.append(district)
      }
    }
    var places: [(district: String?, street: String?)] = districts.map { ($0, nil) }
    if let own = inputs.newcomer.application.district {
      places = [(inputs.facts.canonicalDistrict(own) ?? own, nil)]
    }
    if places.isEmpty { places = [(nil, nil)] }
    if let street = inputs.newcomer.application.street {
      places = places.map { ($0.district, street) }
    } else if Self.looksAtStreets(inputs.newcomer, terms) {
      places += places.flatMap { place in
        Self.streets(of: place.district, registry).map { (place.district, $0) }
      }
    }
    let applications = places.enumerated().map { number, place in
      var application = inputs.newcomer.application
      application.district = place.district
      application.street = place.street
      application.source.file = number
      application.site = Site(
        longitude: at.longitude, latitude: at.latitude, longitudeDecimals: 9, latitudeDecimals: 9,
        datum: .wgs84)
      return application
    }
    let batch = try Batch(
      applications: applications,
      files: [SourceFile](repeating: inputs.newcomer.file, count: applications.count),
      facts: inputs.facts, registry: registry, waivers: nil, isSeparate: true,
      catalogue: inputs.catalogue)
    let screening = try Screening(
      inputs.policy, profile: 0, batch: batch, members: Array(applications.indices),
      outsideSpan: [], keepNotApplicable: false, isSeparate: true)
    var seen: Set<String> = []
    for var row in screening.places where seen.insert("\(row.rule)\u{1F}\(row.scope)").inserted {
      row.order = []
      (row.taken, row.takenIfAll) = ("0", "0")
      row.left = Self.left(row)
      rows.append(row)
    }
    let ofCircles = Set(circleRules.map(\.rule))
    for (index, place) in places.enumerated() {
      let findings = (screening.result(of: index)?.findings ?? []).filter { finding in
        !ofCircles.contains(finding.rule)
          && [.fail, .review, .unknown].contains(finding.outcome)
      }
      outcomes.append(
        GapReport.DistrictOutcome(
          district: place.district, street: place.street, findings: findings))
    }
  }

  /// What is left for anybody: the newcomer that was asked about takes nothing.
  private static func left(_ row: PlaceRow) -> String? {
    guard let limit = row.limit.flatMap({ Exact(written: $0) }),
      let used = row.usedBefore.flatMap({ Exact(written: $0) }),
      let left = try? limit.subtracting(used)
    else { return nil }
    return max(left, Exact.zero).description
  }

  /// Whether a limit that may speak of the newcomer is one of streets.
  private static func looksAtStreets(_ newcomer: Newcomer, _ terms: PolicyTerms) -> Bool {
    terms.rules.contains { rule in
      guard case .limit(let parts) = rule.demand,
        rule.categories.map({ wanted in
          newcomer.application.requests.words.contains(where: wanted.contains)
        }) ?? true
      else { return false }
      return parts.contains { $0.over.contains(.street) }
    }
  }

  private static func streets(of district: String?, _ registry: Registry) -> [String] {
    var seen: Set<String> = []
    var streets: [String] = []
    for institution in registry.institutions
    where district == nil || institution.district == district {
      if let street = institution.street, seen.insert(street).inserted { streets.append(street) }
    }
    return streets
  }
}
