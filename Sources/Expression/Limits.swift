/// How much one expression may ask for.
package struct Limits: Sendable, Hashable {
  /// The greatest size of an expression, in bytes.
  package var sourceBytes = 100_000
  /// How deeply an expression may nest.
  package var depth = 250
  /// The greatest number of errors reported at once.
  package var errors = 20
  /// The greatest number of steps of one evaluation: an element visited, 16 bytes of text or one state of a pattern on one
  /// character is about a step.
  package var steps = 1_000_000
  /// The greatest number of states of a regular expression.
  package var patternStates = 10_000

  package init() {}
}
