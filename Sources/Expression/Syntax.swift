import Diagnostics

/// A parsed expression with macros expanded; `id` numbers the nodes of one expression.
struct Syntax: Sendable {
  let id: Int
  let range: ByteRange
  let kind: Kind
  /// The length of the longest way down, 1 for a leaf.
  let depth: Int

  indirect enum Kind: Sendable {
    case constant(Value)
    /// A literal that only evaluation can refuse.
    case failing(EvaluationError, Type)
    case identifier(String, isRooted: Bool)
    case select(Syntax, field: String)
    /// `has(operand.field)`.
    case presence(Syntax, field: String)
    case index(Syntax, Syntax)
    case call(target: Syntax?, name: String, arguments: [Syntax])
    case unary(UnaryOperator, Syntax)
    case binary(BinaryOperator, Syntax, Syntax)
    case and([Syntax])
    case or([Syntax])
    case conditional(Syntax, Syntax, Syntax)
    case list([Syntax])
    case map([(key: Syntax, value: Syntax)])
    /// `Name{…}`, which no environment offers.
    case message(String)
    case comprehension(Comprehension)
  }

  enum UnaryOperator: String, Sendable {
    case not = "!"
    case negate = "-"
  }

  enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"

    var relation: Relation? { Relation(rawValue: rawValue) }
  }

  /// A macro over the elements of a list or the keys of a map; with two variables, over index and element or key and value.
  struct Comprehension: Sendable {
    let kind: Kind
    let range: Syntax
    let variables: [String]
    let filter: Syntax?
    let body: Syntax

    enum Kind: String, Sendable {
      case all, exists, existsOne, filter, map, transformList, transformMap
    }
  }

  var children: [Syntax] {
    switch kind {
    case .constant, .failing, .identifier, .message: []
    case .select(let operand, _), .presence(let operand, _), .unary(_, let operand): [operand]
    case .index(let left, let right), .binary(_, let left, let right): [left, right]
    case .call(let target, _, let arguments): (target.map { [$0] } ?? []) + arguments
    case .and(let operands), .or(let operands), .list(let operands): operands
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let comprehension):
      [comprehension.range, comprehension.body] + (comprehension.filter.map { [$0] } ?? [])
    }
  }
}
