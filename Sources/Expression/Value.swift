/// What an expression comes to.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  /// CEL's `double`, exact here.
  case decimal(Exact)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  case table(any TableValue)
  case timestamp(Timestamp)
  case duration(Duration)
  /// The name of a type (`int`, `list`).
  case type(String)
  case record(any RecordValue)
  /// Missing data that the result hangs on.
  case unknown(UnknownSet)

  package static let yes = Value.bool(true)
  package static let no = Value.bool(false)

  /// Any number, exactly; nil for what is no number.
  package var exact: Exact? {
    switch self {
    case .int(let value): Exact(value)
    case .uint(let value): Exact(value)
    case .decimal(let value): value
    default: nil
    }
  }

  /// The name of the type at run time, as `type()` gives it.
  package var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .decimal: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map, .table: "map"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .type: "type"
    case .record(let record): record.recordType.name
    case .unknown: "unknown"
    }
  }

  /// A number in the form that the environment gives every number.
  static func number(_ value: Int, _ numbers: Environment.Numbers) -> Value {
    numbers == .quantities ? .decimal(Exact(value)) : .int(Int64(value))
  }
}
