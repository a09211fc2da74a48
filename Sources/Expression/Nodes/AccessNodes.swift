/// A field of a record whose type is known.
final class FieldNode: Node {
  let base: any Node
  let type: RecordType
  let field: Int

  init(_ base: any Node, _ type: RecordType, field: Int) {
    self.base = base
    self.type = type
    self.field = field
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try base.evaluate(&frame)
    if case .record(let record) = value { return record.value(at: field) }
    return try select(type.fields[field].name, of: value)
  }
}

/// A field of a variable that is a record.
final class VariableFieldNode: Node {
  let slot: Int
  let field: Int

  init(slot: Int, field: Int) {
    self.slot = slot
    self.field = field
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    try frame.activation.value(slot: slot, field: field)
  }
}

/// A field of a map, or of a value whose type is not known beforehand.
final class SelectNode: Node {
  let base: any Node
  let name: String

  init(_ base: any Node, name: String) {
    self.base = base
    self.name = name
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    try select(name, of: try base.evaluate(&frame))
  }
}

private func select(_ name: String, of value: Value) throws(EvaluationError) -> Value {
  switch value {
  case .unknown: return value
  case .map(let map):
    guard let result = map.value(at: .string(name)) else { throw .noSuchKey(name) }
    return result
  case .table(let table): return table.value(forKey: .string(name))
  case .record(let record):
    guard let index = record.recordType.index(of: name) else { throw .noSuchField(name) }
    return record.value(at: index)
  default: throw .noSuchOverload(function: "." + name, types: [value.typeName])
  }
}

/// `has(base.name)`; the index of the field is known where the type of the record is.
final class PresenceNode: Node {
  let base: any Node
  let name: String
  let field: Int?

  init(_ base: any Node, name: String, field: Int?) {
    self.base = base
    self.name = name
    self.field = field
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let value = try base.evaluate(&frame)
    switch value {
    case .unknown: return value
    case .map(let map): return .bool(map.value(at: .string(name)) != nil)
    case .table(let table): return table.presence(forKey: .string(name))
    case .record(let record):
      guard let index = field ?? record.recordType.index(of: name) else {
        throw .noSuchField(name)
      }
      return record.presence(of: index)
    default: throw .noSuchOverload(function: "has", types: [value.typeName])
    }
  }
}

/// `base[index]`.
final class IndexNode: Node {
  let base: any Node
  let index: any Node

  init(_ base: any Node, _ index: any Node) {
    self.base = base
    self.index = index
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
    let base = try base.evaluate(&frame)
    let index = try index.evaluate(&frame)
    if let unknown = unknown(base, index) { return unknown.unbounded }
    switch base {
    case .list(let values):
      guard let number = index.exact else { break }
      guard let place = number.asInt, values.indices.contains(place) else {
        throw .indexOutOfRange(index.text)
      }
      return values[place]
    case .map(let map):
      guard MapKey(index) != nil || index.exact != nil else {
        throw .unsupportedKey(index.typeName)
      }
      guard let value = map.value(at: index) else { throw .noSuchKey(index.text) }
      return value
    case .table(let table): return table.value(forKey: index)
    default: break
    }
    throw .noSuchOverload(function: "[]", types: [base.typeName, index.typeName])
  }
}

/// What two operands hang on, where one is unknown.
@inline(__always) func unknown(_ left: Value, _ right: Value) -> Value? {
  switch (left, right) {
  case (.unknown(let a), .unknown(let b)): .unknown(a.union(b))
  case (.unknown, _): left
  case (_, .unknown): right
  default: nil
  }
}
