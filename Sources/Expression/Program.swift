package import Diagnostics

/// A compiled expression.
package final class Program: Sendable {
  /// The text that it was compiled from.
  package let source: String
  package let type: Type
  package let references: References
  /// The comparisons that are made at evaluation, in the order of planning.
  package let comparisons: [Comparison]
  private let root: any Node
  private let localCount: Int
  private let limits: Limits

  package struct Comparison: Sendable, Hashable {
    /// As ``ComparisonTrace/Entry/node`` names it.
    package let node: Int
    package let relation: Relation
    package let range: ByteRange
  }

  init(
    source: String, type: Type, references: References, comparisons: [Comparison],
    root: any Node, localCount: Int, limits: Limits
  ) {
    self.source = source
    self.type = type
    self.references = references
    self.comparisons = comparisons
    self.root = root
    self.localCount = localCount
    self.limits = limits
  }

  /// The value that it always has, where no variable matters.
  package var constantValue: Value? { (root as? ConstantNode)?.value }

  package var isConstant: Bool { constantValue != nil }

  /// The value under an activation; `.unknown` where it hangs on missing data.
  package func evaluate(_ activation: any Activation) throws(EvaluationError) -> Value {
    var frame = Frame(activation, limits, locals: localCount)
    return try root.evaluate(&frame)
  }

  /// The same, adding the comparisons of numbers that were made to `trace`, also where evaluation fails.
  package func evaluate(_ activation: any Activation, tracing trace: inout ComparisonTrace)
    throws(EvaluationError) -> Value
  {
    var frame = Frame(activation, limits, locals: localCount)
    frame.trace = trace
    defer { trace = frame.trace ?? trace }
    return try root.evaluate(&frame)
  }
}
