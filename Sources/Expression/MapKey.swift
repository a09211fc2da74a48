/// A key as lookups see it: numbers by value, whatever their type, and strings by their code points.
enum MapKey: Sendable, Hashable {
  case bool(Bool)
  case integer(Int128)
  case string(Utf8Text)

  /// nil for what can be no key.
  init?(_ value: Value) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .integer(Int128(value))
    case .uint(let value): self = .integer(Int128(value))
    case .decimal(let value):
      guard value.isInteger else { return nil }
      self = .integer(value.numerator)
    case .string(let value): self = .string(Utf8Text(value))
    default: return nil
    }
  }
}
