import Cases
import Diagnostics
package import Expression
package import Spatial

/// Circles as numbers that conditions can use, certain or with bounds.
extension Decider {
  /// More institutions than any circle can hold.
  static let mostInCircle = 1_000_000

  /// The count of a circle under what is assumed at present.
  ///
  /// Two leaves make it open: how many are inside of those for which data are missing, and how many of those within the
  /// accuracy of coordinates or not decided yet. Both can be tried at once.
  func circleCount(_ index: Int) throws(EvaluationError) -> Value {
    let evidence: CircleEvidence
    switch try settledEvidence(index) {
    case .known(let found): evidence = found
    case .unknown(let leaves): return .unknown(leaves)
    }
    var count = Exact.count(evidence.sure.count)
    var unknowns: UnknownSet?
    var open = 0
    func add(_ origin: Unknown.Origin, _ most: Int) throws(EvaluationError) {
      guard let assumed = context.overrides[origin]?.exact else {
        let leaf = UnknownSet(Unknown(origin, domain: .integers(low: 0, high: most)))
        unknowns = unknowns?.union(leaf) ?? leaf
        open += most
        return
      }
      count = try sum(count, 0, assumed)
    }
    if evidence.open > 0 {
      try add(
        .missingInCircle(index),
        evidence.isOpenEnded ? Self.mostInCircle : evidence.open)
    }
    if tellsAccuracyApart {
      let within = evidence.withinAccuracy.count
      if within > 0 { try add(.withinAccuracy(index), within) }
      if evidence.openCount > within {
        try add(.undecidedInCircle(index), evidence.openCount - within)
      }
    } else if evidence.openCount > 0 {
      try add(.undecidedInCircle(index), evidence.openCount)
    }
    guard let unknowns else { return .decimal(count) }
    return .unknown(unknowns.bounded(by: NumberBounds(count, try sum(count, open, .zero))))
  }

  /// What a circle holds, as far as can be told without assuming anything.
  package func evidence(_ index: Int) throws(EvaluationError) -> CircleEvidence {
    if let found = circleCache[index] { return found }
    let evidence = try countCircle(index, assuming: [:])
    circleCache[index] = evidence
    return evidence
  }

  /// What a circle holds with whatever its condition hangs on taken as it is assumed at present.
  private func settledEvidence(_ index: Int) throws(EvaluationError) -> Known<CircleEvidence> {
    var evidence = try evidence(index)
    var assumed: Assumptions = [:]
    while let leaves = evidence.leaves {
      var missing: UnknownSet?
      let before = assumed.count
      for leaf in leaves.elements {
        if let value = context.overrides[leaf.origin] {
          assumed[leaf.origin] = value
        } else {
          missing = missing?.union(UnknownSet(leaf)) ?? UnknownSet(leaf)
        }
      }
      if let missing { return .unknown(missing) }
      // What is assumed and still counts as missing would be asked for without end.
      if assumed.count == before { break }
      evidence = try countCircle(index, assuming: assumed)
    }
    return .known(evidence)
  }

  /// What may come to lie in a circle if its centre is moved so far, as far as can be told without assuming anything.
  func surroundings(
    _ index: Int, within metres: Double, naming limit: Int
  ) throws(EvaluationError) -> CircleEvidence {
    try countCircle(index, assuming: [:], beyond: metres, naming: limit)
  }

  private func countCircle(
    _ index: Int, assuming assumed: Assumptions, beyond metres: Double = 0,
    naming limit: Int = CircleEvidence.namedLimit
  ) throws(EvaluationError) -> CircleEvidence {
    var counter = CircleCounter(
      radiusMetres: circleMetres[index].radius + metres,
      accuracyMetres: circleMetres[index].accuracy,
      records: records, applicant: applicant, member: members[current], openRank: openRank,
      recognizesReplacements: recognizesReplacements, naming: limit)
    // Of what is assumed elsewhere only that has a say which the circle's condition asks for.
    let outer = context.overrides
    if !outer.isEmpty { context.overrides = assumed }
    defer { if !outer.isEmpty { context.overrides = outer } }
    let classes = records.classes[index]
    let term = terms.circles[index].term
    // What the condition said of a class is kept: for every applicant of a class, else for this one. Comparisons that are
    // traced have to be made anew.
    var answers: [Bool?] = []
    var first = 0
    var isShared = false
    if context.comparisons == nil, assumed.isEmpty {
      if let start = classes.answers(of: applicant) {
        swap(&answers, &circleAnswers[index])
        (first, isShared) = (start, true)
      } else {
        answers = [Bool?](repeating: nil, count: classes.count)
      }
    }
    defer { if isShared { swap(&answers, &circleAnswers[index]) } }
    var leaves: UnknownSet?
    try counter.count(
      isCounted: { who throws(EvaluationError) in
        func decide(_ neighbour: DataRecord) throws(EvaluationError) -> Ternary {
          context.neighbour = .record(neighbour)
          defer { context.neighbour = .null }
          let answer = try context.decide(term)
          if case .unknown(let set) = answer {
            for leaf in set.elements where leaf.isTriable && !neighbour.holds(leaf) {
              leaves = leaves?.union(UnknownSet(leaf)) ?? UnknownSet(leaf)
            }
          }
          return answer
        }
        let number = answers.isEmpty ? -1 : classes.number(of: who)
        // What counts for what it is already is no new neighbour, whatever more it asks for.
        if let held = records.held(who) {
          let key = HeldClass(
            applicant: isShared ? first : -1 - applicant, number: number, held: held)
          if number >= 0, let answer = heldAnswers[index][key] { return answer ? .yes : .no }
          guard let standing = records.standing(who) else { return .no }
          let answer = try decide(records.neighbour(who)).and(decide(standing).negated)
          if number >= 0 {
            switch answer {
            case .yes: heldAnswers[index][key] = true
            case .no: heldAnswers[index][key] = false
            case .unknown: break
            }
          }
          return answer
        }
        if number >= 0, let answer = answers[first + number] { return answer ? .yes : .no }
        let answer = try decide(records.neighbour(who))
        if number >= 0 {
          switch answer {
          case .yes: answers[first + number] = true
          case .no: answers[first + number] = false
          case .unknown: break
          }
        }
        return answer
      },
      search: { [self] in rows(within: $0, of: $1) },
      log, before: turn, pairs: metres == 0)
    var evidence = counter.evidence
    evidence.leaves = leaves
    return evidence
  }
}

extension Decider {
  /// What a circle's condition rests on of a neighbour that is designated already: of which class it and the applicant are, and what it
  /// holds. With answers kept by it, 240 such applications for one leaving institution at one point take 1.4 s of processor time in a debug build,
  /// and 21.7 without.
  struct HeldClass: Hashable {
    /// The class of the applicant, or one that it has alone.
    var applicant: Int
    var number: Int
    var held: WordSet<Category>
  }

  /// The last search of the registry, which the next often repeats: those of one building come one after the other.
  package struct Search {
    package var metres: Double
    package var center: Coordinate
    package var found: [PointIndex.Neighbour]
  }

  /// The rows of the registry at most so many metres away, nearest first.
  private func rows(within metres: Double, of center: Coordinate) -> [PointIndex.Neighbour] {
    if let lastSearch, lastSearch.metres == metres, lastSearch.center == center {
      return lastSearch.found
    }
    let found = batch.registry.index.within(metres, of: center)
    lastSearch = Search(metres: metres, center: center, found: found)
    return found
  }
}

extension DataRecord {
  /// Whether one of its own fields is what is missing.
  fileprivate func holds(_ leaf: Unknown) -> Bool {
    values.contains { value in
      if case .unknown(let set) = value { set.elements.contains(leaf) } else { false }
    }
  }
}
