/// `[a, b]`; unknown where an element is.
final class ListNode: Node {
  let elements: [any Node]

  init(_ elements: [any Node]) { self.elements = elements }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    var unknowns: UnknownSet?
    for element in elements {
      let value = try element.evaluate(&frame)
      if case .unknown(let set) = value { unknowns = unknowns?.union(set) ?? set }
      values.append(value)
    }
    return unknowns.map { .unknown($0) } ?? .list(values)
  }
}

/// `{a: b}`; unknown where a key or a value is.
final class MapNode: Node {
  let entries: [(key: any Node, value: any Node)]
  let numbers: Environment.Numbers

  init(_ entries: [(key: any Node, value: any Node)], _ numbers: Environment.Numbers) {
    self.entries = entries
    self.numbers = numbers
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    var values: [(key: Value, value: Value)] = []
    values.reserveCapacity(entries.count)
    var unknowns: UnknownSet?
    for entry in entries {
      let key = try entry.key.evaluate(&frame)
      let value = try entry.value.evaluate(&frame)
      if case .unknown(let set) = key { unknowns = unknowns?.union(set) ?? set }
      if case .unknown(let set) = value { unknowns = unknowns?.union(set) ?? set }
      // CEL has no keys of type double; where all numbers are quantities, integers can be keys.
      if case .decimal = key, numbers == .cel { throw .unsupportedKey("double") }
      values.append((key, value))
    }
    if let unknowns { return .unknown(unknowns) }
    return .map(try MapValue(values))
  }
}
