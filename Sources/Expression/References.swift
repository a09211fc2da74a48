/// What an expression reads.
package struct References: Sendable, Hashable {
  /// The variables, each once, in the order of the text.
  package private(set) var variables: [String] = []
  /// The longest paths below variables (`facts.beds.designated`, `neighbours[].kind`), each once, in the order of the text.
  package private(set) var paths: [String] = []

  mutating func add(variable: String) {
    if !variables.contains(variable) { variables.append(variable) }
  }

  mutating func add(path: String) {
    if !paths.contains(path) { paths.append(path) }
  }
}
