/// What the checker found a name to be.
enum Resolution: Sendable {
  case variable(slot: Int)
  /// A variable of a comprehension, by its place among ``Frame/locals``.
  case local(Int)
  case typeName(String)
  case field(RecordType, Int)
  case function(Function, isMethod: Bool)
  /// A name that evaluation will fail on.
  case missing(EvaluationError)
}
