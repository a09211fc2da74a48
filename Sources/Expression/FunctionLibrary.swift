/// The functions of an environment, by name.
package struct FunctionLibrary: Sendable {
  private(set) var functions: [String: Function]

  package init(_ functions: [Function]) {
    self.functions = [:]
    for function in functions { self.functions[function.name] = function }
  }

  /// The standard functions of CEL and nothing else.
  package static let cel = FunctionLibrary(
    Function.conversions + Function.text + Function.time + Function.optionals)

  /// The standard functions and those that policies use besides.
  package static let policy = FunctionLibrary(
    Function.conversions + Function.text + Function.time + Function.textEditing
      + Function.quantities + Function.tables)

  package func adding(_ more: [Function]) -> FunctionLibrary {
    FunctionLibrary(functions.values + more)
  }

  package subscript(name: String) -> Function? { functions[name] }

  /// The names in alphabetical order, for suggestions.
  package var names: [String] { functions.keys.sorted() }
}
