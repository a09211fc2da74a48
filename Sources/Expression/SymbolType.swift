package import Diagnostics

/// A string that is one of a closed set (`application.kind`), so that a misspelt literal beside it is an error when an
/// expression is compiled.
package final class SymbolType: Sendable, Hashable {
  package let name: String
  package let values: [String]
  /// What people call the values, where that is known; for sentences.
  package let labels: [Bilingual]

  package init(_ name: String, values: [String], labels: [Bilingual] = []) {
    self.name = name
    self.values = values
    self.labels = labels
  }

  /// What people call a value; the value itself where that is not known.
  package func label(of value: String) -> Bilingual {
    guard let index = values.firstIndex(of: value), labels.indices.contains(index) else {
      return Bilingual(zh: value, en: value)
    }
    return labels[index]
  }

  package static func == (left: SymbolType, right: SymbolType) -> Bool {
    left === right || (left.name == right.name && left.values == right.values)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
