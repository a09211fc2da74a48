import Expression

/// A number, or what it hangs on.
enum Measured {
  case known(Exact)
  case unknown(UnknownSet)

  var exact: Exact? {
    if case .known(let value) = self { value } else { nil }
  }

  var value: Value {
    switch self {
    case .known(let value): .decimal(value)
    case .unknown(let set): .unknown(set)
    }
  }

  /// Between what it lies.
  var bounds: NumberBounds? { value.bounds }
}
