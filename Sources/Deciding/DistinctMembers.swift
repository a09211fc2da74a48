/// Members in the order in which they were added, each once.
package struct DistinctMembers: Sendable {
  package private(set) var all: [Int] = []
  private var seen: Set<Int> = []

  package var count: Int { all.count }

  package func contains(_ member: Int) -> Bool { seen.contains(member) }

  package mutating func add(_ member: Int) {
    if seen.insert(member).inserted { all.append(member) }
  }
}
