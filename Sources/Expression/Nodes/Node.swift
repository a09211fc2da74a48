/// One step of a planned expression. Nodes are immutable objects, reached without copying or boxing.
protocol Node: AnyObject, Sendable {
  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value
}
