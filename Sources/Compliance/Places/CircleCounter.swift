import Expression
import Spatial

/// Counts what lies in one circle around one applicant, certain and uncertain apart (semantics.md 5).
struct CircleCounter {
  /// Distances are computed to a nanometre; this much is allowed for where coordinates are taken as exact.
  static let toleranceMetres = 1e-6
  /// Beyond this many open neighbours the exact number makes no difference.
  static let missingLimit = 32

  let radiusMetres: Double
  /// A point is taken to be no more accurate than this.
  let accuracyMetres: Double
  let batch: Batch
  let members: [Int]
  let applicant: Int

  init(
    radiusMetres: Double, accuracyMetres: Double, batch: Batch, members: [Int], applicant: Int
  ) {
    self.radiusMetres = radiusMetres
    self.accuracyMetres = accuracyMetres
    self.batch = batch
    self.members = members
    self.applicant = applicant
  }

  /// `isCounted` is the circle's condition; `admission` tells how far an application of the batch has come at this turn;
  /// `takers` are the members that take the place of an institution.
  mutating func count(
    isCounted: (DataRecord) -> Ternary,
    admission: (Int) -> Admission,
    takers: (Int) -> [Replacements.Taker]
  ) -> CircleEvidence {
    let application = batch.applications[applicant]
    var evidence = CircleEvidence(radiusMetres: radiusMetres)
    let leaving = batch.leaving(application)
    let own = batch.ownRow(application)

    func standing(ofInstitution row: Int) -> (counts: Bool, rival: Int?) {
      if row == leaving || row == own { return (false, nil) }
      let takers = takers(row)
      if takers.contains(where: { $0.admission == .yes }) { return (false, nil) }
      return (true, takers.first.map { members[$0.member] })
    }

    guard let site = application.site, let center = site.coordinate else {
      let path =
        "applications[\(application.id)].location" + (application.site == nil ? "" : ".datum")
      var open = 0
      for row in batch.registry.institutions.indices where open < Self.missingLimit {
        let institution = batch.registry.institutions[row]
        guard institution.status != .terminated, standing(ofInstitution: row).counts else {
          continue
        }
        if case .no = isCounted(batch.registry.neighbour(row)) { continue }
        open += 1
      }
      for other in members where open < Self.missingLimit && other != applicant {
        guard admission(other) == .yes || admission(other) == .maybe else { continue }
        if case .no = isCounted(batch.applications[other].neighbourRecord()) { continue }
        open += 1
      }
      if !batch.registry.isPresent, open < Self.missingLimit {
        evidence.missing = [String](repeating: "registry", count: Self.missingLimit)
        return evidence
      }
      evidence.missing = [String](repeating: path, count: open)
      return evidence
    }
    evidence.center = center
    let ownAccuracy = site.accuracyMetres(atLeast: accuracyMetres)
    let reach = radiusMetres + ownAccuracy + max(batch.worstAccuracyMetres, accuracyMetres)

    func place(
      _ who: CircleEvidence.Counted.Who, _ distance: Double, _ accuracy: Double, rival: Int?,
      isCertain: Bool, missing: String
    ) {
      let band = ownAccuracy + accuracy
      let counted = CircleEvidence.Counted(
        who: who, distanceMetres: distance, uncertaintyMetres: band)
      let inside: Bool?
      if band <= Self.toleranceMetres {
        inside = distance <= radiusMetres + Self.toleranceMetres
      } else if distance + band <= radiusMetres + Self.toleranceMetres {
        inside = true
      } else if distance - band > radiusMetres {
        inside = false
      } else {
        inside = nil
      }
      if inside == false { return }
      if !isCertain {
        evidence.missing.append(missing)
      } else if let rival {
        evidence.undecided.append(counted)
        if !evidence.rivals.contains(rival) { evidence.rivals.append(rival) }
      } else if inside == nil {
        evidence.withinAccuracy.append(counted)
      } else {
        evidence.sure.append(counted)
      }
    }

    if !batch.registry.isPresent {
      // Without a registry there may be any number of institutions around.
      evidence.missing = [String](repeating: "registry", count: Self.missingLimit)
    }
    var countedRows: Set<Int> = []
    for hit in batch.registry.index.within(reach, of: center) {
      let row = hit.index
      let institution = batch.registry.institutions[row]
      guard institution.status != .terminated, let otherSite = institution.site else { continue }
      let standing = standing(ofInstitution: row)
      guard standing.counts else { continue }
      let isCertain: Bool
      switch isCounted(batch.registry.neighbour(row)) {
      case .no: continue
      case .yes: isCertain = true
      case .unknown: isCertain = false
      }
      countedRows.insert(row)
      place(
        .institution(row), hit.distanceMetres, otherSite.accuracyMetres(atLeast: accuracyMetres),
        rival: standing.rival, isCertain: isCertain, missing: "registry[\(institution.id)]")
    }
    for row in batch.registry.unplaced(in: application.district)
    where evidence.missing.count < Self.missingLimit {
      guard standing(ofInstitution: row).counts else { continue }
      if case .no = isCounted(batch.registry.neighbour(row)) { continue }
      let institution = batch.registry.institutions[row]
      evidence.missing.append(
        "registry[\(institution.id)].\(institution.site == nil ? "lon" : "datum")")
    }
    for hit in batch.applicantIndex.within(reach, of: center) {
      let other = hit.index
      guard other != applicant, let otherSite = batch.applications[other].site else { continue }
      let state = admission(other)
      guard state == .yes || state == .maybe else { continue }
      if let row = batch.ownRow(batch.applications[other]), countedRows.contains(row) { continue }
      let isCertain: Bool
      switch isCounted(batch.applications[other].neighbourRecord()) {
      case .no: continue
      case .yes: isCertain = true
      case .unknown: isCertain = false
      }
      place(
        .application(other), hit.distanceMetres,
        otherSite.accuracyMetres(atLeast: accuracyMetres),
        rival: state == .maybe ? other : nil, isCertain: isCertain,
        missing: "applications[\(batch.applications[other].id)]")
    }
    for other in batch.unplacedApplicants where evidence.missing.count < Self.missingLimit {
      let rival = batch.applications[other]
      guard other != applicant, admission(other) == .yes || admission(other) == .maybe,
        rival.district == nil || application.district == nil
          || rival.district == application.district
      else { continue }
      if case .no = isCounted(rival.neighbourRecord()) { continue }
      evidence.missing.append("applications[\(rival.id)].location")
    }
    return evidence
  }
}

extension Exact {
  /// The nearest double: for metres, which are measured and not counted.
  var asDouble: Double { Double(numerator) / Double(denominator) }
}
