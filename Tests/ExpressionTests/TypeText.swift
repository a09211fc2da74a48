import Foundation

@testable import Expression

/// Reads the names of types as the cases write them: `map(string, list(int))`.
enum TypeText {
  static func parse(_ text: String) throws -> Type {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
      let simple: [String: Type] = [
        "bool": .bool, "int": .int, "uint": .uint, "double": .decimal, "string": .string,
        "bytes": .bytes, "null_type": .null, "null": .null, "dyn": .dyn, "type": .type,
        "timestamp": .timestamp, "duration": .duration, "list": .list(.dyn),
        "map": .map(.dyn, .dyn),
      ]
      if let type = simple[text] { return type }
      return text.count == 1 ? .parameter(text) : .abstract(text, [])
    }
    let name = String(text[..<open])
    var parts: [String] = [""]
    var depth = 0
    for letter in text[text.index(after: open)...].dropLast() {
      if letter == ",", depth == 0 {
        parts.append("")
      } else {
        depth += letter == "(" ? 1 : letter == ")" ? -1 : 0
        parts[parts.count - 1].append(letter)
      }
    }
    let types = try parts.map { try parse($0) }
    return switch (name, types.count) {
    case ("list", 1): .list(types[0])
    case ("map", 2): .map(types[0], types[1])
    case ("type", _): .type
    default: .abstract(name, types)
    }
  }
}
