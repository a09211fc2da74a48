/// Values as text.
extension Value {
  /// What `string()` gives for a value that it takes, and a readable form of any other.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .decimal(let value): value.description
    case .string(let value): value
    case .bytes(let value): String(decoding: value, as: UTF8.self)
    case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .table: "map"
    case .map(let map):
      "{" + zip(map.keys, map.values).map { $0.text + ": " + $1.text }.joined(separator: ", ")
        + "}"
    case .timestamp(let value): value.description
    case .duration(let value): value.description
    case .type(let name): name
    case .record(let record): record.recordType.name
    case .unknown(let set): set.elements.flatMap(\.paths).joined(separator: ", ")
    }
  }
}
