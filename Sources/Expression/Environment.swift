/// What an expression may speak of: variables, functions, the kind of its numbers, and limits.
package struct Environment: Sendable {
  /// What numbers are.
  package enum Numbers: Sendable, Hashable {
    /// As in CEL: int, uint and double apart, the last exact.
    case cel
    /// All exact quantities of one type; `/` is exact division.
    case quantities
  }

  package struct Variable: Sendable {
    package let name: String
    package let type: Type

    package init(_ name: String, _ type: Type) {
      self.name = name
      self.type = type
    }
  }

  /// The index of a variable is its slot in an ``Activation``. A name may be qualified (`facts.beds`).
  package let variables: [Variable]
  package var numbers: Numbers
  package var functions: FunctionLibrary
  /// The only bare numbers that an expression may have, by magnitude; nil allows all.
  package var forbidNumbersBut: [Exact]?
  package var limits = Limits()
  /// Whether types and names are checked before evaluation; otherwise they fail then.
  package var isChecked = true
  package var expandsMacros = true
  let slots: [String: Int]

  package init(
    variables: [Variable] = [], numbers: Numbers = .quantities,
    functions: FunctionLibrary = .policy, forbidNumbersBut: [Exact]? = nil
  ) {
    self.variables = variables
    self.numbers = numbers
    self.functions = functions
    self.forbidNumbersBut = forbidNumbersBut
    slots = Dictionary(
      variables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
