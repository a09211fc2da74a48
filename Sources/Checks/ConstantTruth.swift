import Diagnostics
package import Expression
package import Policy

/// What is true or false whatever the subject: constant programs, and names of conditions that are.
package struct ConstantTruth {
  private let conditions: [String: Program]

  package init(_ policy: Policy) {
    conditions = Dictionary(
      policy.conditions.map { ($0.name, $0.program) }, uniquingKeysWith: { first, _ in first })
  }

  package func value(of program: Program) -> Bool? {
    var program = program
    // A profile with a condition that rests on itself does not load, so that this ends.
    while let named = conditions[program.source.filter { !$0.isWhitespace }] { program = named }
    if case .bool(let value)? = program.constantValue { return value }
    return nil
  }

  package func value(of require: Require) -> Bool? {
    switch require.test {
    case .condition(let program): return value(of: program)
    case .measure(let measure, let relation, let limit, let within, _):
      guard let measured = number(measure), let limit = number(limit),
        let within = within.map(number) ?? Exact.zero
      else { return nil }
      return try? relation.holds(measured, limit, within: within)
    }
  }

  private func number(_ program: Program) -> Exact? {
    switch program.constantValue {
    case .decimal(let number): number
    case .int(let number): Exact(Int(number))
    default: nil
    }
  }
}
