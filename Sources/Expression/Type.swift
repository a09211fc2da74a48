/// A type as the checker sees it.
package indirect enum Type: Sendable, Hashable {
  case bool
  case int
  case uint
  /// CEL's `double`; with ``Environment/Numbers/quantities`` every number.
  case decimal
  case string
  case bytes
  case null
  case timestamp
  case duration
  /// Anything: checked when it is evaluated.
  case dyn
  /// The type of types.
  case type
  case list(Type)
  case map(Type, Type)
  case record(RecordType)
  case symbol(SymbolType)
  /// A named type with parameters that the checker knows and nothing evaluates (`optional_type(int)`).
  case abstract(String, [Type])
  /// A type parameter in the signature of a function.
  case parameter(String)
  /// A type that the checker has yet to find out.
  case variable(Int)
  /// The type of what was reported already.
  case error

  /// The name in CEL's words, as `list(double)`.
  package var description: String { name(.cel) }

  /// The name in the words of an environment: every number is a `number` where there are quantities only.
  package func name(_ numbers: Environment.Numbers) -> String {
    switch self {
    case .bool: "bool"
    case .int, .uint, .decimal:
      numbers == .quantities
        ? "number" : self == .int ? "int" : self == .uint ? "uint" : "double"
    case .string: "string"
    case .bytes: "bytes"
    case .null: "null_type"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .dyn, .variable: "dyn"
    case .type: "type"
    case .list(let element): "list(\(element.name(numbers)))"
    case .map(let key, let value): "map(\(key.name(numbers)), \(value.name(numbers)))"
    case .record(let record): record.name
    case .symbol(let symbol): symbol.name
    case .abstract(let name, let parameters):
      parameters.isEmpty
        ? name : name + "(" + parameters.map { $0.name(numbers) }.joined(separator: ", ") + ")"
    case .parameter(let name): name
    case .error: "error"
    }
  }

  var isNumber: Bool {
    switch self {
    case .int, .uint, .decimal: true
    default: false
    }
  }
}
