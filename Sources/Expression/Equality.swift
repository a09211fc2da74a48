/// Equality and order of values, as CEL has them across types.
extension Value {
  /// Whether two values are equal; values of different types are not. Where that hangs on missing items inside of them, it
  /// is `.unknown`.
  func isEqual(to other: Value, _ budget: inout Budget) throws(EvaluationError) -> Value {
    var unknowns: UnknownSet?
    let result = try isEqual(to: other, &budget, &unknowns)
    if result, let unknowns { return .unknown(unknowns) }
    return .bool(result)
  }

  private func isEqual(to other: Value, _ budget: inout Budget, _ unknowns: inout UnknownSet?)
    throws(EvaluationError) -> Bool
  {
    switch (self, other) {
    case (.unknown(let set), .unknown(let otherSet)):
      let both = set.union(otherSet)
      unknowns = unknowns?.union(both) ?? both
      return true
    case (.unknown(let set), _), (_, .unknown(let set)):
      unknowns = unknowns?.union(set) ?? set
      return true
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.string(let a), .string(let b)): return sameText(a, b)
    case (.bytes(let a), .bytes(let b)): return a == b
    case (.timestamp(let a), .timestamp(let b)): return a == b
    case (.duration(let a), .duration(let b)): return a == b
    case (.type(let a), .type(let b)): return a == b
    case (.list(let a), .list(let b)):
      try budget.charge(a.count)
      if a.count != b.count { return false }
      for index in a.indices
      where try !a[index].isEqual(to: b[index], &budget, &unknowns) {
        return false
      }
      return true
    case (.map(let a), .map(let b)):
      try budget.charge(a.count)
      if a.count != b.count { return false }
      for index in a.keys.indices {
        guard let value = b.value(at: a.keys[index]),
          try a.values[index].isEqual(to: value, &budget, &unknowns)
        else { return false }
      }
      return true
    case (.record(let a), .record(let b)):
      if a === b { return true }
      if a.recordType != b.recordType { return false }
      try budget.charge(a.recordType.fields.count)
      for index in a.recordType.fields.indices
      where try !a.value(at: index).isEqual(to: b.value(at: index), &budget, &unknowns) {
        return false
      }
      return true
    default:
      guard let a = exact, let b = other.exact else { return false }
      return a == b
    }
  }

  /// Whether `self` comes before `other`; nil where their types have no order.
  func isBefore(_ other: Value) -> Bool? {
    switch (self, other) {
    case (.bool(let a), .bool(let b)): return !a && b
    case (.int(let a), .int(let b)): return a < b
    case (.string(let a), .string(let b)): return isTextBefore(a, b)
    case (.bytes(let a), .bytes(let b)): return a.lexicographicallyPrecedes(b)
    case (.timestamp(let a), .timestamp(let b)): return a < b
    case (.duration(let a), .duration(let b)): return a < b
    default:
      guard let a = exact, let b = other.exact else { return nil }
      return a < b
    }
  }
}
