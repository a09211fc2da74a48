import Cases
package import Expression
package import Spatial

/// Counts what lies in one circle around one applicant, certain and uncertain apart (semantics.md 5).
package struct CircleCounter {
  /// Distances are computed to a nanometre; this much is allowed for where coordinates are taken as exact.
  package static let toleranceMetres = 1e-6

  package let records: BatchRecords
  package let applicant: Int
  /// The same in the input, where the applicant is one of it under a supposition.
  private let member: Int
  /// A point is taken to be no more accurate than this.
  package let accuracyMetres: Double
  package private(set) var evidence: CircleEvidence
  private let leaving: Int?
  private let own: Int?
  private var ownAccuracy = 0.0
  /// What was given at this turn or later does not count.
  private var turn = 0
  /// The first turn that the applicant may have, and what is missing to know which it has; nil where its rank is known, or this is the
  /// first. Who leaves in between may still be there when its turn comes.
  private let openRank: (first: Int, needs: [String])?
  /// By index of those counted as undecided: which of them are surely inside, but for who is admitted.
  private var surelyInside: Set<CircleEvidence.Counted.Who> = []
  /// The institutions of admitted applications that are surely inside.
  private var present: Set<String> = []
  private var knownRivals: Set<Int> = []
  private var pairs = true

  /// The rows of the registry at most so many metres away, nearest first.
  package typealias Search = (_ metres: Double, _ center: Coordinate) -> [PointIndex.Neighbour]
  package typealias Condition = (CircleEvidence.Counted.Who) throws(EvaluationError) -> Ternary

  package init(
    radiusMetres: Double, accuracyMetres: Double, records: BatchRecords, applicant: Int,
    member: Int, openRank: (first: Int, needs: [String])? = nil, recognizesReplacements: Bool,
    naming limit: Int = CircleEvidence.namedLimit
  ) {
    self.openRank = openRank
    self.accuracyMetres = accuracyMetres
    self.records = records
    self.applicant = applicant
    self.member = member
    evidence = CircleEvidence(radiusMetres: radiusMetres, naming: limit)
    leaving =
      recognizesReplacements ? records.batch.freed(by: records.batch.applications[applicant]) : nil
    own = records.batch.applications[applicant].institution.flatMap {
      records.batch.registry.row(of: $0)
    }
  }

  /// `isCounted` is the circle's condition; of the log counts what was there before a turn.
  ///
  /// - Parameter pairs: whether an application and the institution that it is of count as one, and a leaving institution and the only
  ///   one that may replace it, both being inside.
  package mutating func count(
    isCounted: Condition, search: Search, _ log: BatchLog, before turn: Int, pairs: Bool = true
  ) throws(EvaluationError) {
    self.turn = turn
    self.pairs = pairs
    // Without a registry there may be any number of institutions around.
    if !records.batch.registry.isPresent { evidence.missAll("registry") }
    let site = records.batch.applications[applicant].site
    guard let site, let center = records.places[applicant] else {
      return try countAnywhere(isCounted, log)
    }
    evidence.center = center
    ownAccuracy = site.accuracyMetres(atLeast: accuracyMetres)
    let reach =
      evidence.radiusMetres + ownAccuracy + max(records.batch.worstAccuracyMetres, accuracyMetres)
      + Self.toleranceMetres
    let countedRows = try countInstitutions(search, reach, center, isCounted, log.replacements)
    // Those that are admitted come first, so that another application of the same institution does not count again.
    try countApplications(
      log.admitted.surely(within: reach, of: center, before: turn), isSure: true, countedRows,
      isCounted)
    // Where any number may be inside, it tells nothing more how many of the undecided are.
    let limit = evidence.isOpenEnded ? CircleEvidence.namedLimit * 4 : .max
    try countApplications(
      log.admitted.maybe(within: reach, of: center, limit: limit, before: turn),
      isSure: false, countedRows, isCounted)
    try countUnplaced(isCounted, log)
    if pairs { pairReplacements(log.replacements) }
  }

  // MARK: Who may count at all

  /// Whether a row of the registry counts, and the members that may take its place: the undecided, and those that surely do and may come
  /// after the applicant.
  private func rivals(forRow row: Int, _ replacements: Replacements)
    -> [Replacements.Taker]?
  {
    if row == leaving || row == own { return nil }
    let takers = replacements.takers(ofRow: row, before: turn, beside: member)
    let first = openRank?.first ?? turn
    return takers.contains { $0.admission == .yes && $0.turn < first } ? nil : takers
  }

  /// Whether an admitted application may count: one that is not from the applicant's own institution.
  private func mayCount(_ other: Int) -> Bool {
    if other == member { return false }
    guard let institution = records.batch.applications[applicant].institution else { return true }
    return records.batch.applications[other].institution != institution
  }

  /// Whether an admitted application counts for what it newly is to its neighbours; in doubt where it counts as the application
  /// says and not as the registry has it, or the other way round: a person decides on it.
  private func counts(
    _ other: Int, _ condition: Condition
  ) throws(EvaluationError) -> (answer: Ternary, isDoubtful: Bool) {
    let answer = try condition(.application(other))
    for supposition in records.doubts.suppositions[other] ?? [] {
      switch (answer, try condition(.application(supposition.application))) {
      case (.yes, .no), (.no, .yes): return (.yes, true)
      case (.unknown, _): return (answer, false)
      case (_, let otherwise): if case .unknown = otherwise { return (otherwise, false) }
      }
    }
    return (answer, false)
  }

  // MARK: The three sources

  /// The rows that count, or may, for what they are.
  private mutating func countInstitutions(
    _ search: Search, _ reach: Double, _ center: Coordinate, _ isCounted: Condition,
    _ replacements: Replacements
  ) throws(EvaluationError) -> [Int] {
    var counted: [Int] = []
    for hit in search(reach, center) {
      let row = hit.index
      guard let takers = rivals(forRow: row, replacements) else { continue }
      var answer = try isCounted(.institution(row))
      if case .no = answer { continue }
      // A row that may leave does not stand for an application of the same institution.
      if takers.isEmpty { counted.append(row) }
      if let needs = openRank?.needs, let first = needs.first,
        takers.contains(where: { $0.admission == .yes })
      {
        answer = .unknown(
          needs.dropFirst().reduce(UnknownSet(Unknown(path: first, domain: .opaque))) {
            $0.union(UnknownSet(Unknown(path: $1, domain: .opaque)))
          })
      }
      place(
        .institution(row), hit.distanceMetres, answer, rivals: takers.map(\.application))
    }
    return counted
  }

  private mutating func countApplications(
    _ hits: [PointIndex.Neighbour], isSure: Bool, _ countedRows: [Int], _ isCounted: Condition
  ) throws(EvaluationError) {
    for hit in hits {
      let other = hit.index
      guard mayCount(other) else { continue }
      let institution = records.batch.applications[other].institution
      if let institution, pairs {
        if present.contains(institution) { continue }
        if let row = records.batch.registry.row(of: institution), countedRows.contains(row) {
          continue
        }
      }
      let (answer, isDoubtful) = try counts(other, isCounted)
      if case .no = answer { continue }
      let before = evidence.sure.count
      place(
        .application(other), hit.distanceMetres, answer,
        rivals: isSure && !isDoubtful ? [] : [other], isDoubtful: isDoubtful)
      if let institution, evidence.sure.count > before { present.insert(institution) }
    }
  }

  /// Those without a place may lie in any circle of their district.
  private mutating func countUnplaced(
    _ isCounted: Condition, _ log: BatchLog
  ) throws(EvaluationError) {
    let district = records.batch.applications[applicant].district
    for row in records.unplaced(in: district) {
      if evidence.isOpenEnded { return }
      guard rivals(forRow: row, log.replacements) != nil else { continue }
      if case .no = try isCounted(.institution(row)) { continue }
      let institution = records.batch.registry.institutions[row]
      let path = "registry[\(institution.id)]"
      evidence.miss(institution.site == nil ? ["\(path).lon", "\(path).lat"] : ["\(path).datum"])
    }
    for other in log.admitted.unplaced(before: turn) {
      if evidence.isOpenEnded { return }
      guard mayCount(other) else { continue }
      let place = records.batch.applications[other].district
      guard place == nil || district == nil || place == district else { continue }
      let (answer, isDoubtful) = try counts(other, isCounted)
      if case .no = answer { continue }
      // One that is undecided itself may be nowhere: a person decides on it, whatever its place.
      if case .yes = answer, isDoubtful || !log.admitted.isSure(other, before: turn) {
        evidence.undecidedUnplaced += 1
        if knownRivals.insert(other).inserted { evidence.rivals.append(other) }
      } else {
        evidence.miss([Self.missingLocation(of: records.batch.applications[other])])
      }
    }
  }

  /// An applicant without a place may have anything around it that counts for what it is.
  private mutating func countAnywhere(
    _ isCounted: Condition, _ log: BatchLog
  ) throws(EvaluationError) {
    let path = Self.missingLocation(of: records.batch.applications[applicant])
    if !records.batch.registry.isPresent { return evidence.missAll(path) }
    for row in records.batch.registry.institutions.indices {
      if evidence.isOpenEnded { return }
      guard records.batch.registry.institutions[row].status != .terminated,
        rivals(forRow: row, log.replacements) != nil
      else { continue }
      if case .no = try isCounted(.institution(row)) { continue }
      evidence.miss([path])
    }
    for other in log.admitted.all(before: turn) {
      if evidence.isOpenEnded { return }
      guard mayCount(other) else { continue }
      if case .no = try counts(other, isCounted).answer { continue }
      evidence.miss([path])
    }
  }

  private static func missingLocation(of application: Application) -> String {
    "applications[\(application.id)].location" + (application.site == nil ? "" : ".datum")
  }

  // MARK: Inside or not

  private mutating func place(
    _ who: CircleEvidence.Counted.Who, _ distance: Double, _ answer: Ternary, rivals: [Int],
    isDoubtful: Bool = false
  ) {
    let decimals = records.decimals(of: who)
    let band =
      ownAccuracy
      + Accuracy.metres(
        longitudeDecimals: decimals, latitudeDecimals: decimals, parameterMetres: accuracyMetres)
    let radius = evidence.radiusMetres
    let isInside: Bool?
    if band <= Self.toleranceMetres {
      isInside = distance <= radius + Self.toleranceMetres
    } else if distance + band <= radius + Self.toleranceMetres {
      isInside = true
    } else if distance - band > radius {
      isInside = false
    } else {
      isInside = nil
    }
    if isInside == false { return }
    let counted = CircleEvidence.Counted(
      who: who, distanceMetres: distance, uncertaintyMetres: band)
    if case .unknown(let set) = answer {
      evidence.miss(set.elements.flatMap(\.paths))
    } else if !rivals.isEmpty {
      evidence.undecided.add(counted)
      if evidence.undecided.unnamed > 0 { return }
      if isInside == true, !isDoubtful { surelyInside.insert(who) }
      for rival in rivals where knownRivals.insert(rival).inserted { evidence.rivals.append(rival) }
    } else if isInside == nil {
      evidence.withinAccuracy.add(counted)
    } else {
      evidence.sure.add(counted)
    }
  }

  /// Where a leaving institution and the only one that may replace it are both surely inside, exactly one of them stays; both may, where
  /// nobody has confirmed that it leaves.
  private mutating func pairReplacements(_ replacements: Replacements) {
    for counted in evidence.undecided.named {
      guard case .institution(let row) = counted.who else { continue }
      let takers = replacements.takers(ofRow: row, before: turn, beside: member)
      // One whose rank is open stands there twice.
      guard let only = takers.first, !only.isDoubtful,
        takers.allSatisfy({ $0.application == only.application })
      else { continue }
      let taker = only.application
      guard surelyInside.contains(counted.who), surelyInside.contains(.application(taker)),
        !present.contains(records.batch.registry.institutions[row].id)
      else { continue }
      evidence.undecided.remove { $0.who == counted.who || $0.who == .application(taker) }
      evidence.sure.add(counted)
      evidence.rivals.removeAll { $0 == taker }
    }
  }
}

extension Exact {
  private static let small = (0..<4_096).map { Exact($0) }

  /// A whole number; making one is slow for what is counted often.
  package static func count(_ number: Int) -> Exact {
    small.indices.contains(number) ? small[number] : Exact(number)
  }

  /// The nearest double: for metres, which are measured and not counted.
  var asDouble: Double {
    // Of what fits into a word the processor makes it at once.
    if let whole = Int(exactly: numerator), let part = Int(exactly: denominator) {
      return Double(whole) / Double(part)
    }
    return Double(numerator) / Double(denominator)
  }
}
