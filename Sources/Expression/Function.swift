/// A function that expressions can call: its name, its signatures, and how it is evaluated.
package struct Function: Sendable {
  package let name: String
  package let overloads: [Overload]
  let implementation: Implementation
  /// Between what its result lies, from the bounds of its arguments; nil where nothing is known of it.
  let bounds: (@Sendable ([NumberBounds]) -> NumberBounds?)?

  /// One form of a function; for a method, the first parameter is what it is called on.
  package struct Overload: Sendable {
    package let parameters: [Type]
    package let result: Type
    package let isMethod: Bool

    package init(_ parameters: [Type], _ result: Type, isMethod: Bool = false) {
      self.parameters = parameters
      self.result = result
      self.isMethod = isMethod
    }
  }

  /// Strict: the arguments are neither errors nor unknown. What they are otherwise is checked by the function itself; nil
  /// stands for "no such overload".
  enum Implementation: Sendable {
    case unary(@Sendable (Value) throws(EvaluationError) -> Value?)
    case binary(@Sendable (Value, Value) throws(EvaluationError) -> Value?)
    case variadic(@Sendable ([Value], inout Budget) throws(EvaluationError) -> Value?)
    /// For the checker only.
    case declared
  }

  init(
    _ name: String, _ overloads: [Overload], _ implementation: Implementation,
    bounds: (@Sendable ([NumberBounds]) -> NumberBounds?)? = nil
  ) {
    self.name = name
    self.overloads = overloads
    self.implementation = implementation
    self.bounds = bounds
  }

  /// A function that can be checked but not called.
  package init(declared name: String, _ overloads: [Overload]) {
    self.init(name, overloads, .declared)
  }
}
