/// Compiles an expression: parses it, checks names and types, and plans its evaluation.
///
/// `expected` is the type that it must have; nil takes any. All errors of the check come at once, those of the parser one at
/// a time.
package func compile(_ source: String, as expected: Type?, in environment: Environment)
  throws(ExpressionErrors) -> Program
{
  let syntax: Syntax
  let nodeCount: Int
  do {
    var parser = try Parser(source, environment)
    syntax = try parser.parse()
    nodeCount = parser.nodeCount
  } catch {
    throw ExpressionErrors([error])
  }
  var checker = Checker(environment, nodeCount: nodeCount)
  let type = checker.check(syntax, as: expected)
  func fail(_ errors: [ExpressionError]) throws(ExpressionErrors) {
    if errors.isEmpty { return }
    let sorted = ExpressionErrors(errors).errors
    throw ExpressionErrors(Array(sorted.prefix(environment.limits.errors)))
  }
  try fail(checker.errors)
  var planner = Planner(checker)
  let root = planner.plan(syntax)
  try fail(planner.errors)
  return Program(
    source: source, type: type, references: checker.references,
    comparisons: planner.comparisons, root: root, localCount: checker.localCount,
    limits: environment.limits)
}
