extension Function {
  /// `floor ceil round abs min max sum date`: exact, and rounding only where it is asked for by name.
  static let quantities: [Function] = [
    rounding("floor") { $0.floor },
    rounding("ceil") { $0.ceiling },
    // Halves go away from zero.
    rounding("round") { $0.rounded(.halfUp) },
    Function(
      "abs", ([.decimal, .int, .uint] as [Type]).map { Overload([$0], $0) },
      .unary { value throws(EvaluationError) in
        try value.exact.map { number throws(EvaluationError) in
          like(value, try arithmetic { () throws(ExactError) in try number.magnitude() })
        }
      },
      bounds: { arguments in
        arguments.first.flatMap { number in
          number.least.map { $0 >= .zero } ?? false ? number : NumberBounds(.zero, nil)
        }
      }),
    choice("min", { $0 < $1 }) { numbers in
      let most = numbers.compactMap(\.most)
      let least = numbers.compactMap(\.least)
      return NumberBounds(least.count == numbers.count ? least.min() : nil, most.min())
    },
    choice("max", { $1 < $0 }) { numbers in
      let most = numbers.compactMap(\.most)
      let least = numbers.compactMap(\.least)
      return NumberBounds(least.max(), most.count == numbers.count ? most.max() : nil)
    },
    Function(
      "sum", ([.decimal, .int, .uint] as [Type]).map { Overload([.list($0)], $0) },
      .variadic { arguments, budget throws(EvaluationError) in
        guard case .list(let values)? = arguments.first else { return nil }
        try budget.charge(values.count)
        if let unknown = unknown(among: values) { return unknown }
        var total = Exact.zero
        for value in values {
          guard let number = value.exact else { return nil }
          let before = total
          total = try arithmetic { () throws(ExactError) in try before.adding(number) }
        }
        return values.first.map { like($0, total) } ?? .decimal(total)
      }),
    Function(
      "date",
      [Overload([.string], .timestamp), Overload([.decimal, .decimal, .decimal], .timestamp)],
      .variadic { arguments, _ throws(EvaluationError) in
        if arguments.count == 3 {
          let numbers = arguments.compactMap { $0.exact?.asInt }
          guard numbers.count == 3,
            let day = Timestamp(year: numbers[0], month: numbers[1], day: numbers[2])
          else {
            throw .invalidArgument(
              function: "date", value: arguments.map(\.text).joined(separator: ", "))
          }
          return .timestamp(day)
        }
        guard case .string(let text)? = arguments.first else { return nil }
        guard let result = Timestamp(date: text) else {
          throw .invalidArgument(function: "date", value: text)
        }
        return .timestamp(result)
      }),
  ]

  private static func rounding(_ name: String, _ round: @escaping @Sendable (Exact) -> Exact)
    -> Function
  {
    Function(
      name, ([.decimal, .int, .uint] as [Type]).map { Overload([$0], $0) },
      .unary { value throws(EvaluationError) in value.exact.map { like(value, round($0)) } },
      bounds: { $0.first?.mapped(round) })
  }

  /// The first of two or more numbers, or of a list of them, that comes before all others.
  private static func choice(
    _ name: String, _ isBefore: @escaping @Sendable (Exact, Exact) -> Bool,
    bounds: @escaping @Sendable ([NumberBounds]) -> NumberBounds?
  ) -> Function {
    var overloads: [Overload] = []
    for type in [.decimal, .int, .uint] as [Type] {
      overloads.append(Overload([.list(type)], type))
      for count in 2...5 { overloads.append(Overload(Array(repeating: type, count: count), type)) }
    }
    return Function(
      name, overloads,
      .variadic { arguments, budget throws(EvaluationError) in
        var values = arguments
        if arguments.count == 1, case .list(let list) = arguments[0] { values = list }
        try budget.charge(values.count)
        if let unknown = unknown(among: values) { return unknown }
        guard var best = values.first else {
          throw .invalidArgument(function: name, value: "[]")
        }
        for value in values {
          guard let number = value.exact, let current = best.exact else { return nil }
          if isBefore(number, current) { best = value }
        }
        return best
      },
      bounds: bounds)
  }
}

/// Runs exact arithmetic, its errors being those of the evaluation.
func arithmetic<Result>(_ body: () throws(ExactError) -> Result) throws(EvaluationError) -> Result {
  do { return try body() } catch { throw EvaluationError(error) }
}

/// A number in the type of another, where it fits.
private func like(_ value: Value, _ number: Exact) -> Value {
  switch value {
  case .int: number.asInt.map { .int(Int64($0)) } ?? .decimal(number)
  case .uint: UInt64(exactly: number.numerator).map { .uint($0) } ?? .decimal(number)
  default: .decimal(number)
  }
}

/// The missing items among the elements of a list, together.
private func unknown(among values: [Value]) -> Value? {
  var result: UnknownSet?
  for case .unknown(let set) in values { result = result?.union(set) ?? set }
  return result.map { .unknown($0) }
}
