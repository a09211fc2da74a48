/// The comparisons of numbers that an evaluation made, in its order; used to find where an outcome changes.
package struct ComparisonTrace: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// The node of the expression, as ``Program/comparisons`` lists it.
    package let node: Int
    package let relation: Relation
    package let left: Exact
    package let right: Exact
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  mutating func record(_ entry: Entry) { entries.append(entry) }
}
