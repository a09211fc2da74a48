/// The values of an environment's variables.
package protocol Activation: Sendable {
  /// The value of the variable at an index of ``Environment/variables``.
  func value(slot: Int) -> Value
}

/// Values in the order of ``Environment/variables``.
package struct ListActivation: Activation {
  private let values: [Value]

  package init(_ values: [Value]) { self.values = values }

  package func value(slot: Int) -> Value {
    slot < values.count ? values[slot] : .null
  }
}
