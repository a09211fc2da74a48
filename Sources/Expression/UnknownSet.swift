/// The missing items that a value hangs on, each once, in the order in which they were met.
package struct UnknownSet: Sendable, Hashable {
  package private(set) var elements: [Unknown]

  package init(_ element: Unknown) { elements = [element] }

  /// Both sets, the first one's items before the second's.
  package func union(_ other: UnknownSet) -> UnknownSet {
    var result = self
    for element in other.elements where !result.elements.contains(element) {
      result.elements.append(element)
    }
    return result
  }
}
