/// The missing items that a value hangs on, each once, in the order in which they were met.
package struct UnknownSet: Sendable, Hashable {
  package private(set) var elements: [Unknown]
  /// Between what the number lies that it stands for; nil where it stands for none, or nothing is known of it. Only what one missing
  /// number is by itself has bounds of its own accord; see ``Activation/decidesByBounds``.
  package internal(set) var bounds: NumberBounds?

  package init(_ element: Unknown) {
    elements = [element]
    bounds = NumberBounds(element.domain)
  }

  /// Both sets, the first one's items before the second's, without bounds.
  package func union(_ other: UnknownSet) -> UnknownSet {
    var result = self
    result.bounds = nil
    for element in other.elements where !result.elements.contains(element) {
      result.elements.append(element)
    }
    return result
  }
}
