/// The state of one evaluation.
struct Frame {
  let activation: any Activation
  /// The variables of the comprehensions around a node, by nesting.
  var locals: [Value]
  var budget: Budget
  /// See ``Activation/decidesByBounds``.
  let decidesByBounds: Bool
  /// Filled where comparisons are to be traced.
  var trace: ComparisonTrace?

  init(_ activation: any Activation, _ limits: Limits, locals: Int) {
    self.activation = activation
    decidesByBounds = activation.decidesByBounds
    self.locals = locals == 0 ? [] : Array(repeating: .null, count: locals)
    budget = Budget(limits)
  }
}
