import Diagnostics

/// Turns checked syntax into nodes and works out beforehand what hangs on no variable.
struct Planner {
  let checker: Checker
  let environment: Environment
  private(set) var comparisons: [Program.Comparison] = []
  private(set) var errors: [ExpressionError] = []
  /// The nodes of the part planned last, for the cost of an element.
  private var planned = 0

  init(_ checker: Checker) {
    self.checker = checker
    environment = checker.environment
  }

  mutating func plan(_ syntax: Syntax) -> any Node {
    planned += 1
    return folded(node(for: syntax))
  }

  private mutating func node(for syntax: Syntax) -> any Node {
    switch checker.resolutions[syntax.id] {
    case .variable(let slot): return VariableNode(slot: slot)
    case .local(let index): return LocalNode(index: index)
    case .typeName(let name): return ConstantNode(.type(name))
    case .missing(let error): return FailureNode(error)
    case .field(let record, let index):
      if case .presence(let operand, let name) = syntax.kind {
        return PresenceNode(plan(operand), name: name, field: index)
      }
      if case .select(let operand, _) = syntax.kind {
        let base = plan(operand)
        if let variable = base as? VariableNode {
          return VariableFieldNode(slot: variable.slot, field: index)
        }
        return FieldNode(base, record, field: index)
      }
    case .function(let function, let isMethod):
      if case .call(let target, _, let arguments) = syntax.kind {
        let all = (isMethod ? target.map { [$0] } ?? [] : []) + arguments
        let hasForm = function.overloads.contains {
          $0.isMethod == isMethod && $0.parameters.count == all.count
        }
        return hasForm ? call(function, all) : FailureNode(.unboundFunction(function.name))
      }
    case nil: break
    }
    switch syntax.kind {
    case .constant(let value): return ConstantNode(value)
    case .failing(let error, _): return FailureNode(error)
    case .identifier(let name, _): return FailureNode(.unboundVariable(name))
    case .call(_, let name, _): return FailureNode(.unboundFunction(name))
    case .message(let name): return FailureNode(.unboundFunction(name))
    case .select(let operand, let field): return SelectNode(plan(operand), name: field)
    case .presence(let operand, let field):
      return PresenceNode(plan(operand), name: field, field: nil)
    case .index(let base, let index): return IndexNode(plan(base), plan(index))
    case .unary(.not, let operand): return NotNode(plan(operand))
    case .unary(.negate, let operand): return NegationNode(plan(operand))
    case .binary(let op, let left, let right): return binary(op, left, right, syntax)
    case .and(let operands): return junction(operands, deciding: false)
    case .or(let operands): return junction(operands, deciding: true)
    case .conditional(let condition, let yes, let no):
      let condition = plan(condition)
      if case .bool(let value)? = constant(condition) { return plan(value ? yes : no) }
      return ConditionalNode(condition, plan(yes), plan(no))
    case .list(let elements): return ListNode(elements.map { plan($0) })
    case .map(let entries):
      return MapNode(entries.map { (plan($0.key), plan($0.value)) }, environment.numbers)
    case .comprehension(let comprehension): return node(for: comprehension)
    }
  }

  private func constant(_ node: any Node) -> Value? { (node as? ConstantNode)?.value }

  /// A chain without the operands that are known not to decide; one that is known to decide is the result.
  private mutating func junction(_ operands: [Syntax], deciding: Bool) -> any Node {
    let nodes = operands.map { plan($0) }
    if nodes.contains(where: { if case .bool(deciding)? = constant($0) { true } else { false } }) {
      return ConstantNode(.bool(deciding))
    }
    let open = nodes.filter { if case .bool? = constant($0) { false } else { true } }
    if open.isEmpty { return ConstantNode(.bool(!deciding)) }
    // A single operand may still turn out to be no bool, which a junction says.
    return open.count == 1
      ? JunctionNode(open[0], ConstantNode(.bool(!deciding)), deciding: deciding)
      : tree(open[...], deciding: deciding)
  }

  /// Halves of halves, so that a long chain nests little; in what order pairs combine makes no difference.
  private func tree(_ nodes: ArraySlice<any Node>, deciding: Bool) -> any Node {
    if nodes.count == 1 { return nodes[nodes.startIndex] }
    let middle = (nodes.startIndex + nodes.endIndex) / 2
    return JunctionNode(
      tree(nodes[..<middle], deciding: deciding), tree(nodes[middle...], deciding: deciding),
      deciding: deciding)
  }

  private mutating func binary(
    _ op: Syntax.BinaryOperator, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) -> any Node {
    let left = plan(left)
    let right = plan(right)
    if let relation = op.relation {
      let number = comparisons.count
      comparisons.append(.init(node: number, relation: relation, range: syntax.range))
      if let first = left as? QuantityNode, let second = right as? QuantityNode,
        first.op == .divide, second.op == .divide
      {
        return QuotientComparisonNode(relation, first, second, number: number)
      }
      return ComparisonNode(relation, left, right, number: number)
    }
    if op == .isIn {
      if case .list(let values)? = constant(right) {
        let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        if texts.count == values.count, constant(left) == nil {
          return TextMembershipNode(left, texts)
        }
      }
      return MembershipNode(left, right)
    }
    return environment.numbers == .quantities
      ? QuantityNode(op, left, right) : OperatorNode(op, left, right)
  }

  private mutating func call(_ function: Function, _ arguments: [Syntax]) -> any Node {
    let nodes = arguments.map { plan($0) }
    if function.name == "matches", nodes.count == 2,
      case .string(let source)? = constant(nodes[1])
    {
      do {
        return PatternNode(
          nodes[0], try Pattern(source, maximumStates: environment.limits.patternStates))
      } catch {
        // CEL leaves this to evaluation; a policy should not be loaded with it.
        if environment.numbers == .quantities {
          errors.append(
            ExpressionError(
              arguments[1].range, zh: "正则表达式有误：\(error.reason.zh)",
              en: "the pattern is not valid: \(error.reason.en)"))
        }
        return FailureNode(.invalidPattern(error.reason))
      }
    }
    return CallNode(function, nodes, environment.numbers)
  }

  private mutating func node(for comprehension: Syntax.Comprehension) -> any Node {
    let range = plan(comprehension.range)
    let before = planned
    planned = 0
    let filter = comprehension.filter.map { plan($0) }
    let body = plan(comprehension.body)
    let cost = planned + 1
    planned += before
    let locals = checker.localIndices[comprehension.body.id] ?? 0
    let isPair = comprehension.variables.count == 2
    return ComprehensionNode(
      comprehension.kind, over: range, first: locals, second: isPair ? locals + 1 : nil,
      filter: filter, body: body, cost: cost, environment.numbers)
  }

  /// The constant that a node comes to, where all that it hangs on is constant and it does not fail.
  private func folded(_ node: any Node) -> any Node {
    let isClosed =
      switch node {
      case let node as QuantityNode: areConstant([node.left, node.right])
      case let node as OperatorNode: areConstant([node.left, node.right])
      case let node as ComparisonNode: areConstant([node.left, node.right])
      case let node as MembershipNode: areConstant([node.element, node.collection])
      case let node as NotNode: areConstant([node.operand])
      case let node as NegationNode: areConstant([node.operand])
      case let node as CallNode: areConstant(node.arguments)
      case let node as ListNode: areConstant(node.elements)
      case let node as MapNode: areConstant(node.entries.flatMap { [$0.key, $0.value] })
      case let node as IndexNode: areConstant([node.base, node.index])
      case let node as SelectNode: areConstant([node.base])
      case let node as PresenceNode: areConstant([node.base])
      case let node as PatternNode: areConstant([node.text])
      default: false
      }
    guard isClosed else { return node }
    var frame = Frame(ListActivation([]), environment.limits, locals: 0)
    guard let value = try? node.evaluate(&frame) else { return node }
    return ConstantNode(value)
  }

  private func areConstant(_ nodes: [any Node]) -> Bool {
    nodes.allSatisfy { $0 is ConstantNode }
  }
}
