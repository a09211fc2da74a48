/// A string that is one of a closed set (`application.kind`), so that a misspelt literal beside it is an error when an
/// expression is compiled.
package final class SymbolType: Sendable, Hashable {
  package let name: String
  package let values: [String]

  package init(_ name: String, values: [String]) {
    self.name = name
    self.values = values
  }

  package static func == (left: SymbolType, right: SymbolType) -> Bool {
    left === right || (left.name == right.name && left.values == right.values)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
