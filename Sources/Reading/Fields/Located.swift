package import Diagnostics

/// A value as a schema understood it, with the bytes it was read from.
package struct Located<Value> {
  package var value: Value
  package var range: ByteRange

  package init(_ value: Value, _ range: ByteRange) {
    self.value = value
    self.range = range
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

/// One field of a mapping whose keys are data (`{2025: …, 2026: …}`).
package struct KeyedValue<Key, Value> {
  package var key: Located<Key>
  package var value: Located<Value>

  package init(key: Located<Key>, value: Located<Value>) {
    self.key = key
    self.value = value
  }
}

extension KeyedValue: Sendable where Key: Sendable, Value: Sendable {}
extension KeyedValue: Equatable where Key: Equatable, Value: Equatable {}
