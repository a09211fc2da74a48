extension Function {
  /// `latest stated range`: for records and tables that inputs may leave incomplete.
  static let tables: [Function] = [
    // The value of the greatest year that is there.
    Function(
      "latest", [Overload([.map(.decimal, .parameter("A"))], .parameter("A"))],
      .unary { value throws(EvaluationError) in
        guard case .table(let table) = value else { return nil }
        return table.latest
      }),
    // Whether a record or table that is there has the item; unknown where it is absent itself.
    Function(
      "stated", [Overload([.dyn, .string], .bool)],
      .binary { value, name throws(EvaluationError) in
        guard case .string(let field) = name else { return nil }
        switch value {
        case .record(let record):
          guard let index = record.recordType.index(of: field) else { throw .noSuchField(field) }
          return record.statement(of: index)
        case .table(let table): return table.statement(forKey: name)
        default: return nil
        }
      }),
    // The whole numbers from the first to the second.
    Function(
      "range", [Overload([.decimal, .decimal], .list(.decimal))],
      .variadic { arguments, budget throws(EvaluationError) in
        let bounds = arguments.compactMap { $0.exact?.asInt }
        guard bounds.count == 2 else { throw .notAnInteger }
        if bounds[0] > bounds[1] { return .list([]) }
        let (length, overflow) = bounds[1].subtractingReportingOverflow(bounds[0])
        guard !overflow, length < 10_000 else {
          throw .invalidArgument(function: "range", value: "\(bounds[0]), \(bounds[1])")
        }
        try budget.charge(length + 1)
        return .list((bounds[0]...bounds[1]).map { .decimal(Exact($0)) })
      }),
  ]
}
