/// Members in the order in which they were added, each once.
struct DistinctMembers: Sendable {
  private(set) var all: [Int] = []
  private var seen: Set<Int> = []

  mutating func add(_ member: Int) {
    if seen.insert(member).inserted { all.append(member) }
  }
}
