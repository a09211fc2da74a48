final class ConstantNode: Node {
  let value: Value

  init(_ value: Value) { self.value = value }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { value }
}

final class VariableNode: Node {
  let slot: Int

  init(slot: Int) { self.slot = slot }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    frame.activation.value(slot: slot)
  }
}

/// A variable of a comprehension.
final class LocalNode: Node {
  let index: Int

  init(index: Int) { self.index = index }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { frame.locals[index] }
}

/// What fails whenever it is reached.
final class FailureNode: Node {
  let error: EvaluationError

  init(_ error: EvaluationError) { self.error = error }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { throw error }
}
