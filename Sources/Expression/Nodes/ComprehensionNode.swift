/// A macro over the elements of a list or the keys of a map.
final class ComprehensionNode: Node {
  let kind: Syntax.Comprehension.Kind
  let range: any Node
  /// The places of the variables among ``Frame/locals``.
  let first: Int
  let second: Int?
  let filter: (any Node)?
  let body: any Node
  /// The steps that one element costs.
  let cost: Int
  let numbers: Environment.Numbers

  init(
    _ kind: Syntax.Comprehension.Kind, over range: any Node, first: Int, second: Int?,
    filter: (any Node)?, body: any Node, cost: Int, _ numbers: Environment.Numbers
  ) {
    self.kind = kind
    self.range = range
    self.first = first
    self.second = second
    self.filter = filter
    self.body = body
    self.cost = cost
    self.numbers = numbers
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let collection = try range.evaluate(&frame)
    let elements: [Value]
    var values: [Value]?
    switch collection {
    case .unknown: return collection
    case .list(let list): elements = list
    case .map(let map):
      elements = map.keys
      values = map.values
    default: throw .noSuchOverload(function: kind.rawValue, types: [collection.typeName])
    }
    switch kind {
    case .all, .exists:
      var undecided = Undecided()
      let deciding = kind == .exists
      for index in elements.indices {
        try bind(elements, values, index, &frame)
        if try undecided.takes(body, deciding: deciding, kind.rawValue, &frame) {
          return .bool(deciding)
        }
      }
      return try undecided.result(otherwise: !deciding)
    case .existsOne: return try existsOne(elements, values, &frame)
    case .filter, .map, .transformList, .transformMap:
      return try transform(elements, values, &frame)
    }
  }

  @inline(__always)
  private func bind(
    _ elements: [Value], _ values: [Value]?, _ index: Int, _ frame: inout Frame
  ) throws(EvaluationError) {
    try frame.budget.charge(cost)
    guard let second else {
      frame.locals[first] = elements[index]
      return
    }
    frame.locals[first] = values == nil ? .number(index, numbers) : elements[index]
    frame.locals[second] = values.map { $0[index] } ?? elements[index]
  }

  private func existsOne(_ elements: [Value], _ values: [Value]?, _ frame: inout Frame)
    throws(EvaluationError) -> Value
  {
    var count = 0
    var unknowns: UnknownSet?
    for index in elements.indices {
      try bind(elements, values, index, &frame)
      switch try body.evaluate(&frame) {
      case .bool(let holds): count += holds ? 1 : 0
      case .unknown(let set): unknowns = unknowns?.union(set) ?? set
      case let other: throw .noSuchOverload(function: kind.rawValue, types: [other.typeName])
      }
    }
    // Two that hold settle it, whatever the unknown ones are.
    if let unknowns, count < 2 { return .unknown(unknowns) }
    return .bool(count == 1)
  }

  private func transform(_ elements: [Value], _ values: [Value]?, _ frame: inout Frame)
    throws(EvaluationError) -> Value
  {
    var results: [Value] = []
    var keys: [Value] = []
    var unknowns: UnknownSet?
    let predicate = kind == .filter ? body : filter
    for index in elements.indices {
      try bind(elements, values, index, &frame)
      if let predicate {
        switch try predicate.evaluate(&frame) {
        case .bool(true): break
        case .bool(false): continue
        case .unknown(let set):
          unknowns = unknowns?.union(set) ?? set
          continue
        case let other: throw .noSuchOverload(function: kind.rawValue, types: [other.typeName])
        }
      }
      let result = kind == .filter ? elements[index] : try body.evaluate(&frame)
      if case .unknown(let set) = result, kind != .filter {
        unknowns = unknowns?.union(set) ?? set
      }
      results.append(result)
      if kind == .transformMap { keys.append(frame.locals[first]) }
    }
    if let unknowns { return .unknown(unknowns) }
    guard kind == .transformMap else { return .list(results) }
    return .map(try MapValue(Array(zip(keys, results).map { (key: $0, value: $1) })))
  }
}
