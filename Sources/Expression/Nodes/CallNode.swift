/// A call of a function. Errors of arguments win over missing items, as for every strict operator.
final class CallNode: Node {
  let function: Function
  let arguments: [any Node]
  let numbers: Environment.Numbers

  init(_ function: Function, _ arguments: [any Node], _ numbers: Environment.Numbers) {
    self.function = function
    self.arguments = arguments
    self.numbers = numbers
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    var values: [Value] = []
    switch (function.implementation, arguments.count) {
    case (.unary(let body), 1):
      let value = try arguments[0].evaluate(&frame)
      if case .unknown(let set) = value { return open(set, [value], frame) }
      if let result = try body(value) { return normalized(result) }
      values = [value]
    case (.binary(let body), 2):
      let left = try arguments[0].evaluate(&frame)
      let right = try arguments[1].evaluate(&frame)
      if case .unknown(let set) = unknown(left, right) { return open(set, [left, right], frame) }
      if let result = try body(left, right) { return normalized(result) }
      values = [left, right]
    case (let implementation, _):
      var unknowns: UnknownSet?
      values.reserveCapacity(arguments.count)
      for argument in arguments {
        let value = try argument.evaluate(&frame)
        if case .unknown(let set) = value { unknowns = unknowns?.union(set) ?? set }
        values.append(value)
      }
      if let unknowns { return open(unknowns, values, frame) }
      if case .variadic(let body) = implementation,
        let result = try body(values, &frame.budget)
      {
        return normalized(result)
      }
    }
    throw .noSuchOverload(function: function.name, types: values.map(\.typeName))
  }

  /// What hangs on missing items, between the bounds that the arguments leave it.
  private func open(_ set: UnknownSet, _ arguments: [Value], _ frame: Frame) -> Value {
    guard frame.decidesByBounds else { return .unknown(set) }
    let bounds = arguments.compactMap(\.bounds)
    return .unknown(
      set.bounded(by: bounds.count == arguments.count ? function.bounds?(bounds) : nil))
  }

  /// Where all numbers are quantities, a count is one too.
  private func normalized(_ value: Value) -> Value {
    guard numbers == .quantities else { return value }
    switch value {
    case .int(let number): return .decimal(Exact(number))
    case .uint(let number): return .decimal(Exact(number))
    default: return value
    }
  }
}

/// `matches` with a pattern known beforehand.
final class PatternNode: Node {
  let text: any Node
  let pattern: Pattern

  init(_ text: any Node, _ pattern: Pattern) {
    self.text = text
    self.pattern = pattern
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try text.evaluate(&frame)
    switch value {
    case .string(let text): return .bool(try pattern.matches(text, &frame.budget))
    case .unknown: return value
    default: throw .noSuchOverload(function: "matches", types: [value.typeName, "string"])
    }
  }
}
