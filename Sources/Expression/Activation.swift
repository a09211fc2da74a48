/// The values of an environment's variables.
///
/// It is bound to classes, so that an evaluation copies no values to reach them.
package protocol Activation: AnyObject, Sendable {
  /// The value of the variable at an index of ``Environment/variables``.
  func value(slot: Int) -> Value

  /// The value of a field of a variable that is a record. What comes with the protocol goes by ``value(slot:)``; an activation
  /// that reads the record where it is saves a reference count for every field.
  func value(slot: Int, field: Int) throws(EvaluationError) -> Value

  /// Whether comparisons with missing numbers are decided where the bounds of these tell: what comes out then holds whatever they
  /// are. False where nothing is said.
  var decidesByBounds: Bool { get }
}

extension Activation {
  package var decidesByBounds: Bool { false }

  package func value(slot: Int, field: Int) throws(EvaluationError) -> Value {
    let value = value(slot: slot)
    switch value {
    case .record(let record): return record.value(at: field)
    case .unknown: return value
    default: throw .noSuchOverload(function: ".", types: [value.typeName])
    }
  }
}

/// Values in the order of ``Environment/variables``.
package final class ListActivation: Activation {
  private let values: [Value]

  package init(_ values: [Value]) { self.values = values }

  package func value(slot: Int) -> Value {
    slot < values.count ? values[slot] : .null
  }
}
