/// Members in the order in which they were added, each once.
struct DistinctMembers: Sendable {
  private(set) var all: [Int] = []
  private var seen: Set<Int> = []

  var count: Int { all.count }

  func contains(_ member: Int) -> Bool { seen.contains(member) }

  mutating func add(_ member: Int) {
    if seen.insert(member).inserted { all.append(member) }
  }
}
