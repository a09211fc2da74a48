/// `== != < <= > >=`.
final class ComparisonNode: Node {
  let relation: Relation
  let left: any Node
  let right: any Node
  /// The number of the node in ``Program/comparisons``.
  let number: Int

  init(_ relation: Relation, _ left: any Node, _ right: any Node, number: Int) {
    self.relation = relation
    self.left = left
    self.right = right
    self.number = number
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let left = try left.evaluate(&frame)
    return try compare(relation, left, try right.evaluate(&frame), number, &frame)
  }
}

/// A comparison of quotients of quantities (`beds / residents > all_beds / all_residents`): integers are multiplied
/// crosswise, without reducing fractions first.
final class QuotientComparisonNode: Node {
  let relation: Relation
  let left: QuantityNode
  let right: QuantityNode
  let number: Int
  /// The parts of both quotients, held here too because the way over their nodes costs reference counts.
  private let (a, b, c, d): (any Node, any Node, any Node, any Node)

  init(_ relation: Relation, _ left: QuantityNode, _ right: QuantityNode, number: Int) {
    self.relation = relation
    self.left = left
    self.right = right
    self.number = number
    (a, b, c, d) = (left.left, left.right, right.left, right.right)
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let a = try a.evaluate(&frame)
    let b = try b.evaluate(&frame)
    let c = try c.evaluate(&frame)
    let d = try d.evaluate(&frame)
    if frame.trace == nil, let a = small(a), let b = small(b), let c = small(c), let d = small(d),
      b > 0, d > 0
    {
      let first = Int128(a) &* Int128(d)
      let second = Int128(c) &* Int128(b)
      switch relation {
      case .equal: return .bool(first == second)
      case .notEqual: return .bool(first != second)
      case .less: return .bool(first < second)
      case .lessOrEqual: return .bool(first <= second)
      case .greater: return .bool(first > second)
      case .greaterOrEqual: return .bool(first >= second)
      }
    }
    let first = try left.applied(to: a, b, &frame)
    return try compare(relation, first, try right.applied(to: c, d, &frame), number, &frame)
  }
}

/// An integer of 64 bits, from a quantity.
@inline(__always) private func small(_ value: Value) -> Int64? {
  guard case .decimal(let number) = value, number.denominator == 1 else { return nil }
  return Int64(exactly: number.numerator)
}

private func compare(
  _ relation: Relation, _ left: Value, _ right: Value, _ number: Int, _ frame: inout Frame
) throws(EvaluationError) -> Value {
  if let a = left.exact, let b = right.exact {
    if frame.trace != nil {
      frame.trace?.record(.init(node: number, relation: relation, left: a, right: b))
    }
    return .bool(relation.holds(a, b))
  }
  if let unknown = unknown(left, right) {
    if frame.decidesByBounds, let holds = relation.holds(left.bounds, right.bounds) {
      return .bool(holds)
    }
    return unknown
  }
  if frame.trace != nil, let a = left.instant, let b = right.instant {
    frame.trace?.record(.init(node: number, relation: relation, left: a, right: b))
  }
  switch relation {
  case .equal, .notEqual:
    let result = try left.isEqual(to: right, &frame.budget)
    guard case .bool(let isEqual) = result else { return result }
    return .bool(isEqual == (relation == .equal))
  case .less, .lessOrEqual, .greater, .greaterOrEqual:
    let isSwapped = relation == .greater || relation == .lessOrEqual
    guard let isBefore = isSwapped ? right.isBefore(left) : left.isBefore(right) else {
      throw .noSuchOverload(function: relation.rawValue, types: [left.typeName, right.typeName])
    }
    return .bool(isBefore == (relation == .less || relation == .greater))
  }
}

extension Value {
  /// The days of a point in time since 1970 or of a length of time; nil of anything else.
  fileprivate var instant: Exact? {
    switch self {
    case .timestamp(let time):
      try? Exact(
        numerator: Int128(time.seconds) * 1_000_000_000 + Int128(time.nanoseconds),
        denominator: Duration.nanosecondsOfDay)
    case .duration(let length): length.days
    default: nil
    }
  }
}

/// `element in collection`.
final class MembershipNode: Node {
  let element: any Node
  let collection: any Node

  init(_ element: any Node, _ collection: any Node) {
    self.element = element
    self.collection = collection
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let element = try element.evaluate(&frame)
    let collection = try collection.evaluate(&frame)
    if let unknown = unknown(element, collection) { return unknown }
    switch collection {
    case .list(let values):
      var unknowns: UnknownSet?
      try frame.budget.charge(values.count)
      for value in values {
        switch try element.isEqual(to: value, &frame.budget) {
        case .bool(true): return .yes
        case .unknown(let set): unknowns = unknowns?.union(set) ?? set
        default: break
        }
      }
      return unknowns.map { .unknown($0) } ?? .no
    case .map(let map): return .bool(map.value(at: element) != nil)
    case .table(let table): return table.presence(forKey: element)
    default:
      throw .noSuchOverload(function: "in", types: [element.typeName, collection.typeName])
    }
  }
}

/// `element in ['a', 'b']`, where all are strings and known beforehand.
final class TextMembershipNode: Node {
  let element: any Node
  let texts: [String]

  init(_ element: any Node, _ texts: [String]) {
    self.element = element
    self.texts = texts
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try element.evaluate(&frame)
    switch value {
    case .string(let text):
      for candidate in texts where sameText(candidate, text) { return .yes }
      return .no
    case .unknown: return value
    default: return .no
    }
  }
}
