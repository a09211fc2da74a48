/// What `&&`, `||` and the macros that combine with them remember of operands that did not decide.
///
/// An operand that decides wins over missing items, these over errors (as the truth table of cel-go and the comment on
/// unknowns in cel-spec's eval.proto have it for logical operators).
struct Undecided {
  private var unknowns: UnknownSet?
  private var error: EvaluationError?

  /// Takes one operand in; true where it is the deciding value.
  mutating func takes(_ node: any Node, deciding: Bool, _ function: String, _ frame: inout Frame)
    throws(EvaluationError) -> Bool
  {
    do {
      let value = try node.evaluate(&frame)
      if case .bool(let value) = value { return value == deciding }
      take(value, function)
    } catch { try take(error) }
    return false
  }

  /// Takes in an operand that is no `bool`.
  mutating func take(_ value: Value, _ function: String) {
    if case .unknown(let set) = value {
      unknowns = unknowns?.union(set) ?? set
    } else {
      error = error ?? .noSuchOverload(function: function, types: [value.typeName])
    }
  }

  mutating func take(_ error: EvaluationError) throws(EvaluationError) {
    if error.isCostExceeded { throw error }
    self.error = self.error ?? error
  }

  /// What it comes to when nothing decided.
  func result(otherwise value: Bool) throws(EvaluationError) -> Value {
    if let unknowns { return .unknown(unknowns) }
    if let error { throw error }
    return .bool(value)
  }
}

/// `left && right` (`deciding` false) or `left || right` (`deciding` true); a chain of one stands on the left with a
/// right side that does not decide.
final class JunctionNode: Node {
  let left: any Node
  let right: any Node
  let deciding: Bool

  init(_ left: any Node, _ right: any Node, deciding: Bool) {
    self.left = left
    self.right = right
    self.deciding = deciding
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    var undecided = Undecided()
    var rightDecides = false
    do {
      let value = try left.evaluate(&frame)
      if case .bool(let value) = value {
        if value == deciding { return .bool(deciding) }
        rightDecides = true
      } else {
        undecided.take(value, name)
      }
    } catch { try undecided.take(error) }
    if rightDecides {
      let value = try right.evaluate(&frame)
      switch value {
      case .bool, .unknown: return value
      default: throw .noSuchOverload(function: name, types: [value.typeName])
      }
    }
    if try undecided.takes(right, deciding: deciding, name, &frame) { return .bool(deciding) }
    return try undecided.result(otherwise: !deciding)
  }

  private var name: String { deciding ? "||" : "&&" }
}

final class NotNode: Node {
  let operand: any Node

  init(_ operand: any Node) { self.operand = operand }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try operand.evaluate(&frame)
    switch value {
    case .bool(let value): return .bool(!value)
    case .unknown: return value
    default: throw .noSuchOverload(function: "!", types: [value.typeName])
    }
  }
}

/// `condition ? yes : no`.
final class ConditionalNode: Node {
  let condition: any Node
  let yes: any Node
  let no: any Node

  init(_ condition: any Node, _ yes: any Node, _ no: any Node) {
    self.condition = condition
    self.yes = yes
    self.no = no
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try condition.evaluate(&frame)
    switch value {
    case .bool(let value): return try value ? yes.evaluate(&frame) : no.evaluate(&frame)
    case .unknown(let set):
      guard frame.decidesByBounds else { return value }
      let (yes, no) = (try yes.evaluate(&frame), try no.evaluate(&frame))
      if case (.bool(let first), .bool(let second)) = (yes, no), first == second { return yes }
      let other = no.bounds
      return .unknown(set.bounded(by: yes.bounds.flatMap { yes in other.map(yes.union) }))
    default: throw .noSuchOverload(function: "?:", types: [value.typeName])
    }
  }
}
