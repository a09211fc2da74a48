package import Cases
import Expression
import Policy

/// Who takes the place of which leaving institution, in the order of their turns (semantics.md 4.5).
package struct Replacements: Sendable {
  package struct Taker: Sendable {
    package var member: Int
    /// Its index in the batch.
    package var application: Int
    /// Its place in the order of merit.
    package var turn: Int
    /// `maybe` or `yes`; one that is refused takes no place.
    package var admission: Admission
    /// Nobody has confirmed that the institution leaves: both may be there in the end.
    package var isDoubtful: Bool
  }

  /// By row of the registry; an institution that no registry lists has a number of its own below zero.
  private var takers: [Int: [Taker]] = [:]
  private var unlisted: [String: Int] = [:]

  /// The number of an institution that an application replaces.
  private func number(_ id: String, _ batch: Batch) -> Int? {
    batch.registry.row(of: id) ?? unlisted[id]
  }

  package mutating func add(_ taker: Taker, for id: String, _ batch: Batch) {
    let key: Int
    if let known = number(id, batch) {
      key = known
    } else {
      key = -1 - unlisted.count
      unlisted[id] = key
    }
    takers[key, default: []].append(taker)
  }

  /// Takes back what was added of a turn and of those after it.
  mutating func forget(from turn: Int) {
    takers = takers.mapValues { all in Array(all.prefix { $0.turn < turn }) }
  }

  /// Those that took the place of an institution before a turn, surely or maybe, beside an application.
  package func before(_ turn: Int, of id: String, _ batch: Batch, beside application: Int)
    -> [Taker]
  {
    number(id, batch).map { takers(ofRow: $0, before: turn, beside: application) } ?? []
  }

  /// The same of an institution of the registry.
  func takers(ofRow row: Int, before turn: Int, beside application: Int) -> [Taker] {
    guard !takers.isEmpty, let all = takers[row] else { return [] }
    return all.prefix { $0.turn < turn }.filter { $0.application != application }
  }
}

/// What an application adds at its turn.
extension Decider {
  /// The application that is looked at as conditions see it, with the beds that it adds at its turn.
  ///
  /// The leaving institution's beds are counted off only for the one that replaces it, and where they lie in the same district: what
  /// is moved from one district to another is new there. Limits count by themselves (``freedPlaceCounts(in:of:)``).
  package func record(of index: Int) -> DataRecord {
    let application = batch.applications[index]
    let record = application.record(batch.catalogue)
    guard application.replaces != nil, let field = record.shape.index(of: Application.newBedsName)
    else { return record }
    var values = record.values
    values[field] = newBeds(of: index)
    if let row = batch.freed(by: application), !batch.facts.districts.isEmpty {
      let leaving = batch.registry.institutions[row]
      if let district = application.district, let other = leaving.district {
        if district != other { return record }
      } else if let all = application.beds, let added = values[field].exact?.asInt, added < all {
        // Whether it moves beds between districts is not known.
        let path =
          application.district == nil
          ? "applications[\(application.id)].district" : "registry[\(leaving.id)].district"
        values[field] = .unknown(
          UnknownSet(Unknown(figure: Application.newBedsName, from: [path], in: added...all)))
      }
    }
    return DataRecord(record.shape, values)
  }

  /// The beds that an application adds to those of the institution that it replaces. Where that hangs on an undecided application,
  /// it is one of two numbers; where the leaving one's beds are missing, anything up to what is asked for.
  func newBeds(of index: Int) -> Value {
    let application = batch.applications[index]
    let all = application.beds ?? 0
    let standing = replaces(index, at: turn)
    guard all > 0, standing != .no else {
      return application.askedBeds.map { .decimal(Exact($0)) }
        ?? .unknown(
          UnknownSet(Unknown(path: "applications[\(application.id)].beds", domain: .opaque)))
    }
    guard let leavingBeds = batch.leavingBeds(application) else {
      let path =
        batch.registry.isPresent ? "registry[\(application.replaces ?? "")].beds" : "registry"
      return .unknown(
        UnknownSet(
          Unknown(
            .leavingBeds(path), domain: .number(minimum: Exact.zero, maximum: Exact(all)))))
    }
    let added = max(0, all - leavingBeds)
    if standing == .yes || added == all { return .decimal(Exact(added)) }
    return .unknown(
      UnknownSet(
        Unknown(.addedBeds, domain: .number(minimum: Exact(added), maximum: Exact(all)))))
  }

  /// Whether the institution that the applicant replaces is counted in a part of a limit, in the very scope of the applicant
  /// (semantics.md 4.5): it holds the category, lies in that district or street, and is of a kind that the limit counts: the rule would
  /// speak of an applicant of its kind.
  func freedPlaceCounts(
    in part: RuleTerms.Part, of rule: RuleTerms
  ) throws(EvaluationError) -> Ternary {
    let application = batch.applications[applicant]
    guard batch.registry.isPresent else {
      return .unknown(
        UnknownSet(Unknown(path: "registry", domain: .bool)))
    }
    guard let row = batch.freed(by: application) else { return .no }
    let leaving = batch.registry.institutions[row]
    if let category = context.chosen {
      guard leaving.heldCategories.contains(category) else { return .no }
    } else if !records.rules(of: applicant).asked.words.contains(
      where: leaving.heldCategories.contains)
    {
      return .no
    }
    var missing: String?
    for scope in part.over {
      switch scope {
      case .city, .year, .category: continue
      case .kind: if leaving.kind != application.kind { return .no }
      case .district, .street:
        let (field, other, name) =
          scope == .district
          ? (Self.districtField, leaving.district, "district")
          : (Self.streetField, leaving.street, "street")
        switch context.field(field) {
        case .string(let own):
          guard let other else {
            missing = missing ?? "registry[\(leaving.id)].\(name)"
            continue
          }
          if own != other { return .no }
        case .unknown(let set): missing = missing ?? set.elements.first?.paths.first
        default: continue
        }
      }
    }
    if let missing { return .unknown(UnknownSet(Unknown(path: missing, domain: .opaque))) }
    if !part.tallies.isEmpty {
      let outer = context.neighbour
      context.neighbour = .record(batch.registry.neighbour(row))
      defer { context.neighbour = outer }
      let isCounted = part.tallies.contains { tally in
        if case .bool(true) = context.nested(policy.tallies[tally].program) { true } else { false }
      }
      if !isCounted { return .no }
    }
    if leaving.kind == application.kind { return .yes }
    var supposed = application
    supposed.kind = leaving.kind
    return try context.supposing(supposed.record(batch.catalogue)) {
      () throws(EvaluationError) in
      for term in [rule.applies, part.applies].compactMap(\.self) {
        if case .no = try context.decide(term) { return .no }
      }
      return .yes
    }
  }
}
