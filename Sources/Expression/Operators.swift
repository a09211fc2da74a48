/// The signatures of the operators.
extension Syntax.BinaryOperator {
  /// The forms that an operator has; equality is checked apart.
  var overloads: [Function.Overload] {
    func same(_ types: [Type], _ result: Type? = nil) -> [Function.Overload] {
      types.map { Function.Overload([$0, $0], result ?? $0) }
    }
    let list = Type.list(.parameter("A"))
    switch self {
    case .add:
      return same([.int, .uint, .decimal, .string, .bytes, list, .duration]) + [
        Function.Overload([.timestamp, .duration], .timestamp),
        Function.Overload([.duration, .timestamp], .timestamp),
      ]
    case .subtract:
      return same([.int, .uint, .decimal, .duration]) + [
        Function.Overload([.timestamp, .timestamp], .duration),
        Function.Overload([.timestamp, .duration], .timestamp),
      ]
    case .multiply, .divide: return same([.int, .uint, .decimal])
    case .modulo: return same([.int, .uint])
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let numbers: [Type] = [.int, .uint, .decimal]
      return same([.bool, .string, .bytes, .timestamp, .duration], .bool)
        + numbers.flatMap { left in numbers.map { Function.Overload([left, $0], .bool) } }
    case .isIn:
      return [
        Function.Overload([.parameter("A"), list], .bool),
        Function.Overload([.parameter("A"), .map(.parameter("A"), .parameter("B"))], .bool),
      ]
    case .equal, .notEqual:
      return [Function.Overload([.parameter("A"), .parameter("A")], .bool)]
    }
  }
}

extension Syntax.UnaryOperator {
  var overloads: [Function.Overload] {
    switch self {
    case .not: [Function.Overload([.bool], .bool)]
    case .negate: [Function.Overload([.int], .int), Function.Overload([.decimal], .decimal)]
    }
  }
}
