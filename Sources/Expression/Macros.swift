import Diagnostics

/// The macros: calls that are rewritten while they are parsed.
extension Parser {
  /// The expansion of a call, or nil where it is no macro.
  mutating func expandMacro(
    target: Syntax?, name: String, _ arguments: [Syntax], _ range: ByteRange
  ) throws(ExpressionError) -> Syntax? {
    guard let target else {
      guard name == "has", arguments.count == 1 else { return nil }
      guard case .select(let operand, let field) = arguments[0].kind else {
        throw ExpressionError(
          arguments[0].range, zh: "`has` 需要一个字段，如 `has(a.b)`",
          en: "expected a field in `has`, as in `has(a.b)`")
      }
      return try make(.presence(operand, field: field), range)
    }
    let count = arguments.count
    let shape: (kind: Syntax.Comprehension.Kind, variables: Int, hasFilter: Bool)? =
      switch (name, count) {
      case ("all", 2): (.all, 1, false)
      case ("all", 3): (.all, 2, false)
      case ("exists", 2): (.exists, 1, false)
      case ("exists", 3): (.exists, 2, false)
      case ("exists_one", 2), ("existsOne", 2): (.existsOne, 1, false)
      case ("exists_one", 3), ("existsOne", 3): (.existsOne, 2, false)
      case ("filter", 2): (.filter, 1, false)
      case ("map", 2): (.map, 1, false)
      case ("map", 3): (.map, 1, true)
      case ("transformList", 3): (.transformList, 2, false)
      case ("transformList", 4): (.transformList, 2, true)
      case ("transformMap", 3): (.transformMap, 2, false)
      case ("transformMap", 4): (.transformMap, 2, true)
      default: nil
      }
    guard let shape, let body = arguments.last else { return nil }
    var variables: [String] = []
    for argument in arguments.prefix(shape.variables) {
      guard case .identifier(let variable, isRooted: false) = argument.kind,
        !variables.contains(variable)
      else {
        throw ExpressionError(
          argument.range, zh: "`\(name)` 的变量应为一个简单且不重复的名称",
          en: "expected a plain name of its own as the variable of `\(name)`")
      }
      variables.append(variable)
    }
    return try make(
      .comprehension(
        Syntax.Comprehension(
          kind: shape.kind, range: target, variables: variables,
          filter: shape.hasFilter ? arguments[shape.variables] : nil, body: body)),
      range)
  }
}
