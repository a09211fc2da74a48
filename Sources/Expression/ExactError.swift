/// What ends exact arithmetic.
package enum ExactError: Error, Sendable, Hashable {
  /// The result needs more than 128 bits in its numerator or denominator.
  case overflow
  case divisionByZero
}
