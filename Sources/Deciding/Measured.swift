package import Expression

/// A number, or what it hangs on.
package enum Measured {
  case known(Exact)
  case unknown(UnknownSet)

  package var exact: Exact? {
    if case .known(let value) = self { value } else { nil }
  }

  package var value: Value {
    switch self {
    case .known(let value): .decimal(value)
    case .unknown(let set): .unknown(set)
    }
  }

  /// Between what it lies.
  package var bounds: NumberBounds? { value.bounds }
}
