@testable import Expression

/// A record of values in the order of its fields; `.null` stands for none.
final class TestRecord: RecordValue {
  let recordType: RecordType
  private let values: [Value]

  init(_ type: RecordType, _ values: [Value]) {
    recordType = type
    self.values = values
  }

  func value(at field: Int) -> Value { field < values.count ? values[field] : .null }

  func presence(of field: Int) -> Value {
    switch value(at: field) {
    case .null: .no
    case .unknown(let set): .unknown(set)
    default: .yes
    }
  }
}
