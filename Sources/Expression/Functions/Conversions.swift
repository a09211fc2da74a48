extension Function {
  /// `bool int uint double string bytes type dyn`, each from what it can be made of.
  static let conversions: [Function] = [
    Function("bool", [Overload([.bool], .bool), Overload([.string], .bool)], .unary(toBool)),
    Function(
      "int",
      [.int, .uint, .decimal, .string, .timestamp, .duration].map { Overload([$0], .int) },
      .unary(toInt)),
    Function(
      "uint", [.uint, .int, .decimal, .string].map { Overload([$0], .uint) }, .unary(toUint)),
    Function(
      "double", [.decimal, .int, .uint, .string].map { Overload([$0], .decimal) },
      .unary(toDecimal)),
    Function(
      "string",
      [.string, .bool, .int, .uint, .decimal, .bytes, .timestamp, .duration]
        .map { Overload([$0], .string) },
      .unary(toText)),
    Function("bytes", [Overload([.bytes], .bytes), Overload([.string], .bytes)], .unary(toBytes)),
    Function(
      "type", [Overload([.parameter("A")], .type)],
      .unary { value throws(EvaluationError) in .type(value.typeName) }),
    Function(
      "dyn", [Overload([.parameter("A")], .dyn)],
      .unary { value throws(EvaluationError) in value }),
  ]

  /// Optional values are known to the checker only.
  static let optionals: [Function] = [
    Function(
      declared: "optional.of",
      [Overload([.parameter("A")], .abstract("optional_type", [.parameter("A")]))]),
    Function(
      declared: "optional.none", [Overload([], .abstract("optional_type", [.parameter("A")]))]),
  ]
}

@Sendable private func toBool(_ value: Value) throws(EvaluationError) -> Value? {
  switch value {
  case .bool: return value
  case .string(let text):
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": return .yes
    case "0", "f", "F", "false", "FALSE", "False": return .no
    default: throw .invalidArgument(function: "bool", value: text)
    }
  default: return nil
  }
}

@Sendable private func toInt(_ value: Value) throws(EvaluationError) -> Value? {
  switch value {
  case .int: return value
  case .uint, .decimal:
    guard let number = value.exact, let result = Int64(exactly: number.truncated.numerator) else {
      throw .overflow
    }
    return .int(result)
  case .string(let text):
    guard let result = Int64(text), text.utf8.first != UInt8(ascii: "+") else {
      throw .invalidArgument(function: "int", value: text)
    }
    return .int(result)
  case .timestamp(let timestamp): return .int(timestamp.seconds)
  case .duration(let duration): return .int(duration.seconds)
  default: return nil
  }
}

@Sendable private func toUint(_ value: Value) throws(EvaluationError) -> Value? {
  switch value {
  case .uint: return value
  case .int, .decimal:
    guard let number = value.exact, !number.isNegative,
      let result = UInt64(exactly: number.truncated.numerator)
    else { throw .overflow }
    return .uint(result)
  case .string(let text):
    guard let result = UInt64(text), text.utf8.first != UInt8(ascii: "+") else {
      throw .invalidArgument(function: "uint", value: text)
    }
    return .uint(result)
  default: return nil
  }
}

@Sendable private func toDecimal(_ value: Value) throws(EvaluationError) -> Value? {
  if case .string(let text) = value {
    guard let result = Exact(scientific: text) else {
      throw .invalidArgument(function: "double", value: text)
    }
    return .decimal(result)
  }
  return value.exact.map { .decimal($0) }
}

@Sendable private func toText(_ value: Value) throws(EvaluationError) -> Value? {
  switch value {
  case .bool, .int, .uint, .decimal, .string, .timestamp, .duration: return .string(value.text)
  case .bytes(let bytes):
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalidArgument(function: "string", value: "bytes")
    }
    return .string(text)
  default: return nil
  }
}

@Sendable private func toBytes(_ value: Value) throws(EvaluationError) -> Value? {
  switch value {
  case .bytes: value
  case .string(let text): .bytes(Array(text.utf8))
  default: nil
  }
}
