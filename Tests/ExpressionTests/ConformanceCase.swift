import Diagnostics
import Foundation

@testable import Expression

/// One line of a file of conformance cases.
struct ConformanceCase {
  let id: String
  private let fields: [String: Any]

  struct Outcome {
    let id: String
    /// What came out instead of what was expected; nil where they agree.
    let difference: String?
    var agrees: Bool { difference == nil }
  }

  struct Malformed: Error {
    let what: String
  }

  init(line: Data) throws {
    guard let fields = try JSONSerialization.jsonObject(with: line) as? [String: Any],
      let id = fields["id"] as? String
    else { throw Malformed(what: "no object with an id") }
    self.fields = fields
    self.id = id
  }

  func run() throws -> Outcome {
    let expression = fields["expr"] as? String ?? ""
    let expect = fields["expect"] as? [String: Any] ?? [:]
    let typeNames = fields["type_env"] as? [String: String] ?? [:]
    let bindings = fields["bindings"] as? [String: Any] ?? [:]
    let missing = fields["unknown_vars"] as? [String] ?? []
    let isChecked = !(fields["disable_check"] as? Bool ?? false)
    let names = Set(typeNames.keys).union(isChecked ? [] : Array(bindings.keys)).sorted()
    let variables = try names.map {
      Environment.Variable($0, try typeNames[$0].map { try TypeText.parse($0) } ?? .dyn)
    }
    let extensions = id.hasPrefix("string_ext/") ? Function.textEditing : []
    var environment = Environment(
      variables: variables, numbers: .cel,
      functions: .cel.adding(extensions + (try declaredFunctions())))
    environment.isChecked = isChecked
    environment.expandsMacros = !(fields["disable_macros"] as? Bool ?? false)

    let program: Program
    do {
      program = try compile(expression, as: nil, in: environment)
    } catch {
      let messages = error.errors.map(\.message.en).joined(separator: "; ")
      let isExpected = !isChecked && expect["error"] != nil
      return Outcome(id: id, difference: isExpected ? nil : "does not compile: \(messages)")
    }
    if let type = expect["type"] as? String, program.type.description != type {
      return Outcome(id: id, difference: "type \(program.type.description), expected \(type)")
    }
    if fields["check_only"] as? Bool ?? false { return Outcome(id: id, difference: nil) }

    let values = try names.map { name -> Value in
      if missing.contains(name) {
        return .unknown(UnknownSet(Unknown(path: name, domain: .opaque)))
      }
      return try bindings[name].map { try value($0) } ?? .null
    }
    let result = Result<Value, EvaluationError> { () throws(EvaluationError) in
      try program.evaluate(ListActivation(values))
    }
    return Outcome(id: id, difference: try difference(result, expect))
  }

  private func difference(_ result: Result<Value, EvaluationError>, _ expect: [String: Any]) throws
    -> String?
  {
    let found: String
    switch result {
    case .failure(let error):
      if expect["error"] != nil { return nil }
      found = "error: \(error.message.en)"
    case .success(.unknown(let set)):
      let paths = set.elements.flatMap(\.paths).sorted()
      let allowed =
        expect["any_unknown"] as? [[String]] ?? (expect["unknown"] as? [String]).map { [$0] } ?? []
      if allowed.contains(where: { $0.sorted() == paths }) { return nil }
      found = "unknown \(paths)"
    case .success(let value):
      if let expected = expect["value"], try isSame(value, self.value(expected)) { return nil }
      found = "\(value.typeName) \(value.text)"
    }
    return "\(found), expected \(expect)"
  }

  /// Equal and of the same type, elements included.
  private func isSame(_ left: Value, _ right: Value) throws -> Bool {
    var budget = Budget(Limits())
    guard left.typeName == right.typeName,
      case .bool(true) = try left.isEqual(to: right, &budget)
    else { return false }
    switch (left, right) {
    case (.list(let a), .list(let b)): return try zip(a, b).allSatisfy { try isSame($0, $1) }
    case (.map(let a), .map(let b)):
      return try a.keys.indices.allSatisfy { index in
        try b.value(at: a.keys[index]).map { try isSame(a.values[index], $0) } ?? false
      }
    default: return true
    }
  }

  private func declaredFunctions() throws -> [Function] {
    try (fields["functions"] as? [[String: Any]] ?? []).map { entry in
      guard let name = entry["name"] as? String, let parameters = entry["params"] as? [String],
        let result = entry["result"] as? String
      else { throw Malformed(what: "a function") }
      let overload = Function.Overload(
        try parameters.map { try TypeText.parse($0) }, try TypeText.parse(result),
        isMethod: entry["member"] as? Bool ?? false)
      return Function(declared: name, [overload])
    }
  }

  private func value(_ tagged: Any) throws -> Value {
    guard let object = tagged as? [String: Any], let (tag, content) = object.first else {
      throw Malformed(what: "a value without a tag")
    }
    switch (tag, content) {
    case ("null", _): return .null
    case ("bool", let content as Bool): return .bool(content)
    case ("int", let content as String):
      if let number = Int64(content) { return .int(number) }
    case ("uint", let content as String):
      if let number = UInt64(content) { return .uint(number) }
    case ("double", let content as String):
      // NaN and the infinities are equal to nothing here.
      return Exact(scientific: content).map { .decimal($0) } ?? .type("no such number")
    case ("string", let content as String): return .string(content)
    case ("type", let content as String): return .type(content)
    case ("bytes", let content as [UInt8]): return .bytes(content)
    case ("timestamp", let content as [String]):
      if let time = Timestamp(
        seconds: Int64(content[0]) ?? 0, nanoseconds: Int64(content[1]) ?? 0)
      {
        return .timestamp(time)
      }
    case ("duration", let content as [String]):
      if let time = Duration(seconds: Int64(content[0]) ?? 0, nanoseconds: Int64(content[1]) ?? 0) {
        return .duration(time)
      }
    case ("list", let content as [Any]): return .list(try content.map { try value($0) })
    case ("map", let content as [[Any]]):
      return .map(try MapValue(content.map { (key: try value($0[0]), value: try value($0[1])) }))
    default: break
    }
    throw Malformed(what: "a value tagged \(tag)")
  }
}
