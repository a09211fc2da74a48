/// `+ - * / %` of exact quantities; anything else that the operators take goes the general way.
final class QuantityNode: Node {
  let op: Syntax.BinaryOperator
  let left: any Node
  let right: any Node

  init(_ op: Syntax.BinaryOperator, _ left: any Node, _ right: any Node) {
    self.op = op
    self.left = left
    self.right = right
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let left = try left.evaluate(&frame)
    return try applied(to: left, try right.evaluate(&frame), &frame)
  }

  func applied(to left: Value, _ right: Value, _ frame: inout Frame) throws(EvaluationError)
    -> Value
  {
    guard let a = left.exact, let b = right.exact else {
      return try apply(op, left, right, &frame)
    }
    do {
      switch op {
      case .add: return .decimal(try a.adding(b))
      case .subtract: return .decimal(try a.subtracting(b))
      case .multiply: return .decimal(try a.multiplied(by: b))
      case .divide: return .decimal(try a.divided(by: b))
      default: break
      }
    } catch { throw EvaluationError(error) }
    guard a.isInteger, b.isInteger else { throw .notAnInteger }
    if b.numerator == 0 { throw .divisionByZero }
    // The least number by -1 would not fit; its remainder is 0.
    return .decimal(b.numerator == -1 ? .zero : Exact(a.numerator % b.numerator))
  }
}

/// `+ - * / %` with CEL's own number types, and on texts, lists and times.
final class OperatorNode: Node {
  let op: Syntax.BinaryOperator
  let left: any Node
  let right: any Node

  init(_ op: Syntax.BinaryOperator, _ left: any Node, _ right: any Node) {
    self.op = op
    self.left = left
    self.right = right
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let left = try left.evaluate(&frame)
    let right = try right.evaluate(&frame)
    return try apply(op, left, right, &frame)
  }
}

private func apply(
  _ op: Syntax.BinaryOperator, _ left: Value, _ right: Value, _ frame: inout Frame
) throws(EvaluationError) -> Value {
  if let unknown = unknown(left, right) {
    guard frame.decidesByBounds, case .unknown(let set) = unknown else { return unknown }
    let other = right.bounds
    return .unknown(
      set.bounded(by: left.bounds.flatMap { left in other.flatMap { left.applying(op, $0) } }))
  }
  switch (left, right) {
  case (.int(let a), .int(let b)): return .int(try integer(op, a, b))
  case (.uint(let a), .uint(let b)): return .uint(try integer(op, a, b))
  case (.decimal(let a), .decimal(let b)):
    do {
      switch op {
      case .add: return .decimal(try a.adding(b))
      case .subtract: return .decimal(try a.subtracting(b))
      case .multiply: return .decimal(try a.multiplied(by: b))
      case .divide: return .decimal(try a.divided(by: b))
      default: break
      }
    } catch { throw EvaluationError(error) }
  case (.string(let a), .string(let b)) where op == .add:
    try frame.budget.charge(bytes: a.utf8.count + b.utf8.count)
    return .string(a + b)
  case (.bytes(let a), .bytes(let b)) where op == .add:
    try frame.budget.charge(bytes: a.count + b.count)
    return .bytes(a + b)
  case (.list(let a), .list(let b)) where op == .add:
    try frame.budget.charge(a.count + b.count)
    return .list(a + b)
  case (.timestamp(let a), .duration(let b)) where op == .add:
    return try checked(a.adding(b)) { .timestamp($0) }
  case (.duration(let a), .timestamp(let b)) where op == .add:
    return try checked(b.adding(a)) { .timestamp($0) }
  case (.timestamp(let a), .duration(let b)) where op == .subtract:
    return try checked(Duration(nanoseconds: -b.totalNanoseconds).flatMap { a.adding($0) }) {
      .timestamp($0)
    }
  case (.timestamp(let a), .timestamp(let b)) where op == .subtract:
    // As in CEL, the nanoseconds between two instants have to fit 64 bits: about 292 years.
    let total = a.totalNanoseconds - b.totalNanoseconds
    return try checked(Int64(exactly: total).flatMap { Duration(nanoseconds: Int128($0)) }) {
      .duration($0)
    }
  case (.duration(let a), .duration(let b)) where op == .add:
    return try checked(Duration(nanoseconds: a.totalNanoseconds + b.totalNanoseconds)) {
      .duration($0)
    }
  case (.duration(let a), .duration(let b)) where op == .subtract:
    return try checked(Duration(nanoseconds: a.totalNanoseconds - b.totalNanoseconds)) {
      .duration($0)
    }
  default: break
  }
  throw .noSuchOverload(function: op.rawValue, types: [left.typeName, right.typeName])
}

private func checked<Result>(_ result: Result?, _ wrap: (Result) -> Value)
  throws(EvaluationError) -> Value
{
  guard let result else { throw .overflow }
  return wrap(result)
}

private func integer<Number: FixedWidthInteger>(
  _ op: Syntax.BinaryOperator, _ a: Number, _ b: Number
) throws(EvaluationError) -> Number {
  let (result, overflow) =
    switch op {
    case .add: a.addingReportingOverflow(b)
    case .subtract: a.subtractingReportingOverflow(b)
    case .multiply: a.multipliedReportingOverflow(by: b)
    case .divide: a.dividedReportingOverflow(by: b)
    default: a.remainderReportingOverflow(dividingBy: b)
    }
  if overflow { throw b == 0 && (op == .divide || op == .modulo) ? .divisionByZero : .overflow }
  return result
}

/// `-operand`.
final class NegationNode: Node {
  let operand: any Node

  init(_ operand: any Node) { self.operand = operand }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try operand.evaluate(&frame)
    switch value {
    case .int(let number):
      let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
      if overflow { throw .overflow }
      return .int(result)
    case .decimal(let number):
      do { return .decimal(try number.negated()) } catch { throw EvaluationError(error) }
    case .unknown(let set):
      return frame.decidesByBounds ? .unknown(set.bounded(by: set.bounds?.negated)) : value
    default: throw .noSuchOverload(function: "-", types: [value.typeName])
    }
  }
}
