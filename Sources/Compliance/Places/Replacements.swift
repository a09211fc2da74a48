/// Who takes the place of which leaving institution, in the order of their turns (semantics.md 4.5).
struct Replacements {
  struct Taker {
    var member: Int
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

  /// Those that took the place of an institution before a turn, surely or maybe.
  func before(_ turn: Int, of id: String, _ batch: Batch) -> ArraySlice<Taker> {
    guard let key = number(id, batch), let all = takers[key] else { return [] }
    return all.prefix { $0.turn < turn }
  }

  /// Those that have taken the place of an institution of the registry so far.
  func takers(ofRow row: Int) -> [Taker] { takers.isEmpty ? [] : takers[row] ?? [] }
}
