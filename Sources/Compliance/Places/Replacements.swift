import Expression

/// Who takes the place of which leaving institution, in the order of their turns (semantics.md 4.5).
struct Replacements: Sendable {
  struct Taker: Sendable {
    var member: Int
    /// Its index in the batch.
    var application: Int
    /// Its place in the order of merit.
    var turn: Int
    /// `maybe` or `yes`; one that is refused takes no place.
    var admission: Admission
  }

  /// By row of the registry; an institution that no registry lists has a number of its own below zero.
  private var takers: [Int: [Taker]] = [:]
  private var unlisted: [String: Int] = [:]

  /// The number of an institution that an application replaces.
  private func number(_ id: String, _ batch: Batch) -> Int? {
    batch.registry.row(of: id) ?? unlisted[id]
  }

  mutating func add(_ taker: Taker, for id: String, _ batch: Batch) {
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
  func before(_ turn: Int, of id: String, _ batch: Batch, beside application: Int) -> [Taker] {
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
  /// The leaving institution's beds are counted off only for the one that replaces it. Where that hangs on an undecided
  /// application, `new_beds` is one of two numbers; where the leaving one's beds are missing, anything up to what is asked for.
  func record(of index: Int) -> DataRecord {
    guard let leaving = batch.applications[index].replaces else {
      return batch.applications[index].record(leavingBeds: nil, batch.catalogue)
    }
    let application = batch.applications[index]
    let standing = replaces(index, at: position(of: index).map(turn) ?? 0)
    if standing == .no { return application.record(leavingBeds: 0, batch.catalogue) }
    let leavingBeds = batch.leavingBeds(application)
    let record = application.record(leavingBeds: leavingBeds, batch.catalogue)
    let all = application.beds ?? 0
    let open: Unknown
    if leavingBeds == nil {
      guard all > 0 else { return record }
      open = Unknown(
        .leavingBeds(batch.registry.isPresent ? "registry[\(leaving)].beds" : "registry"),
        domain: .number(minimum: Exact.zero, maximum: Exact(all)))
    } else {
      let added = application.newBeds(leavingBeds: leavingBeds) ?? all
      guard standing == .maybe, added < all else { return record }
      open = Unknown(
        .addedBeds,
        domain: .number(minimum: Exact(added), maximum: Exact(all)))
    }
    var values = record.values
    if let field = record.shape.index(of: "new_beds") {
      values[field] = .unknown(UnknownSet(open))
    }
    return DataRecord(record.shape, values)
  }
}
