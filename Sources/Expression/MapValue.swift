/// An immutable map that keeps the order in which its entries were written.
package final class MapValue: Sendable {
  package let keys: [Value]
  package let values: [Value]
  private let indices: [MapKey: Int]

  /// Throws for a key of a wrong type and for one that occurs twice.
  package init(_ entries: [(key: Value, value: Value)]) throws(EvaluationError) {
    var indices: [MapKey: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard let key = MapKey(entry.key) else {
        throw .unsupportedKey(entry.key.typeName)
      }
      if indices.updateValue(index, forKey: key) != nil {
        throw .duplicateKey(entry.key.text)
      }
    }
    self.indices = indices
    keys = entries.map(\.key)
    values = entries.map(\.value)
  }

  package var count: Int { keys.count }

  /// The value at a key; nil where there is none, also for what can be no key.
  package func value(at key: Value) -> Value? {
    guard let key = MapKey(key), let index = indices[key] else { return nil }
    return values[index]
  }
}
