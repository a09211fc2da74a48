import Diagnostics

/// Finds the type of every node and what every name means, and reports what cannot be right.
///
/// Without ``Environment/isChecked`` it only resolves names; what is wrong then fails when it is evaluated.
struct Checker {
  let environment: Environment
  private(set) var errors: [ExpressionError] = []
  /// By the id of a node.
  private(set) var types: [Type]
  private(set) var resolutions: [Int: Resolution] = [:]
  private(set) var references = References()
  private(set) var localCount = 0
  /// The place of the first variable of a comprehension, by the id of its body.
  private(set) var localIndices: [Int: Int] = [:]
  private var substitution = Substitution()
  private var scope: [Local] = []

  private struct Local {
    let name: String
    let type: Type
    /// The path of what it ranges over.
    let path: String?
  }

  init(_ environment: Environment, nodeCount: Int) {
    self.environment = environment
    types = Array(repeating: .dyn, count: nodeCount)
  }

  /// The type of the whole, held against the one that is expected.
  mutating func check(_ syntax: Syntax, as expected: Type?) -> Type {
    let found = type(of: syntax)
    if let expected {
      if case .symbol(let symbol) = expected { checkSymbols(syntax, symbol) }
      if !substitution.accepts(found, as: normalized(expected)) {
        report(
          syntax.range, zh: "应为 `\(name(expected))`，却是 `\(name(found))`",
          en: "expected `\(name(expected))`, found `\(name(found))`")
      }
    }
    return substitution.settled(found)
  }

  // MARK: Reporting

  private mutating func report(
    _ range: ByteRange, zh: String, en: String, meant nearest: String? = nil
  ) {
    guard environment.isChecked else { return }
    errors.append(ExpressionError(range, zh: zh, en: en, meant: nearest.map { Meant($0) }))
  }

  private mutating func reportUnknown(
    _ range: ByteRange, _ name: String, among known: [String], zh: String, en: String
  ) {
    report(
      range, zh: "\(zh) `\(name)`", en: "\(en) `\(name)`",
      meant: NearestName.of(name, among: known))
  }

  /// Where none is near, all there are are named.
  private mutating func reportUnknownFunction(
    _ name: String, _ range: ByteRange, among known: [String], isMethod: Bool
  ) {
    let hint = SlipHint.of(word: name)
    let nearest = hint == nil ? NearestName.of(name, among: known) : nil
    let all = known.filter { !$0.contains(".") && $0.first?.isLetter ?? false }.sorted()
    let list = all.map { "`\($0)`" }
    report(
      range,
      zh: (isMethod ? "没有方法" : "没有函数") + " `\(name)`"
        + (hint?.zh ?? (nearest == nil ? "；可用的有 \(list.joined(separator: "、"))" : "")),
      en: (isMethod ? "there is no method" : "there is no function") + " `\(name)`"
        + (hint?.en ?? (nearest == nil ? "; there are \(list.joined(separator: ", "))" : "")),
      meant: nearest)
  }

  private func name(_ type: Type) -> String {
    substitution.settled(type).name(environment.numbers)
  }

  /// Where all numbers are quantities, their types are one.
  private func normalized(_ type: Type) -> Type {
    guard environment.numbers == .quantities else { return type }
    return switch type {
    case .int, .uint: .decimal
    case .list(let element): .list(normalized(element))
    case .map(let key, let value): .map(normalized(key), normalized(value))
    case .abstract(let name, let parameters): .abstract(name, parameters.map { normalized($0) })
    default: type
    }
  }

  // MARK: Nodes

  private mutating func type(of syntax: Syntax, isOperand: Bool = false) -> Type {
    let result = computedType(of: syntax)
    types[syntax.id] = result
    if !isOperand, let path = path(of: syntax), path.contains(where: { $0 == "." || $0 == "[" }) {
      references.add(path: path)
    }
    return result
  }

  private mutating func computedType(of syntax: Syntax) -> Type {
    switch syntax.kind {
    case .constant(let value): return type(ofConstant: value, syntax.range)
    case .failing(_, let type): return normalized(type)
    case .identifier(let name, let isRooted):
      return type(ofName: name, isRooted: isRooted, syntax) ?? unknownName(name, syntax)
    case .select(let operand, let field):
      if let (name, isRooted) = qualifiedName(syntax),
        let type = type(ofName: name, isRooted: isRooted, syntax)
      {
        return type
      }
      return type(ofField: field, of: operand, syntax)
    case .presence(let operand, let field):
      _ = type(ofField: field, of: operand, syntax)
      return .bool
    case .index(let base, let index): return type(ofIndex: index, in: base, syntax)
    case .call(let target, let name, let arguments):
      return type(ofCall: name, on: target, arguments, syntax)
    case .unary(let op, let operand):
      return result(of: op.rawValue, op.overloads, [operand], syntax)
    case .binary(let op, let left, let right): return type(ofBinary: op, left, right, syntax)
    case .and(let operands), .or(let operands):
      for operand in operands { expectBool(operand) }
      return .bool
    case .conditional(let condition, let yes, let no):
      expectBool(condition)
      return common([yes, no], zh: "两个分支", en: "the branches")
    case .list(let elements):
      if elements.isEmpty { return .list(substitution.fresh()) }
      return .list(common(elements, zh: "列表的元素", en: "the elements of the list"))
    case .map(let entries):
      if entries.isEmpty { return .map(substitution.fresh(), substitution.fresh()) }
      let key = keyType(entries.map(\.key))
      let value = common(entries.map(\.value), zh: "值", en: "the values of the map")
      return .map(key, value)
    case .message(let name):
      report(
        syntax.range, zh: "不支持构造 `\(name)`", en: "a `\(name)` cannot be built here")
      return .error
    case .comprehension(let comprehension): return type(of: comprehension)
    }
  }

  private mutating func type(ofConstant value: Value, _ range: ByteRange) -> Type {
    if let number = value.exact, let allowed = environment.forbidNumbersBut,
      !allowed.contains(where: { number == $0 || (try? number.negated()) == $0 })
    {
      report(
        range, zh: "数值 `\(number)` 没有出处，应写成有条款依据的参数",
        en: "`\(number)` is a bare number; make it a named parameter with its provision")
    }
    switch value {
    case .bool: return .bool
    case .int: return .int
    case .uint: return .uint
    case .decimal: return .decimal
    case .string: return .string
    case .bytes: return .bytes
    default: return .null
    }
  }

  private mutating func expectBool(_ syntax: Syntax) {
    let found = type(of: syntax)
    if !substitution.accepts(found, as: .bool) {
      report(
        syntax.range, zh: "应为条件（bool），却是 `\(name(found))`",
        en: "expected a condition (bool), found `\(name(found))`")
    }
  }

  /// The type that all have in common; where there is none, `dyn` in CEL and an error among quantities.
  private mutating func common(_ parts: [Syntax], zh: String, en: String) -> Type {
    var result: Type?
    for part in parts {
      let next = type(of: part)
      guard let current = result else {
        result = next
        continue
      }
      if let joined = substitution.joined(current, next) {
        result = joined
      } else if environment.numbers == .quantities {
        report(
          part.range, zh: "\(zh)类型应一致：先是 `\(name(current))`，这里是 `\(name(next))`",
          en: "expected \(en) to have one type: first `\(name(current))`, here `\(name(next))`")
      } else {
        result = .dyn
      }
    }
    return result ?? .dyn
  }

  /// The type of keys; one that can be no key is not taken any further, which also keeps types small.
  private mutating func keyType(_ keys: [Syntax]) -> Type {
    let type = common(keys, zh: "键", en: "the keys of the map")
    switch substitution.resolved(type) {
    case .list, .map, .record, .abstract, .bytes, .timestamp, .duration:
      report(
        keys.first?.range ?? ByteRange(start: 0, end: 0), zh: "`\(name(type))` 不能作键",
        en: "a `\(name(type))` can be no key")
      return .dyn
    default: return type
    }
  }

  // MARK: Names

  private static let typeNames: Set<String> = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    "google.protobuf.Timestamp", "google.protobuf.Duration", "optional_type",
  ]

  /// The whole of a chain of names, where its first one is no variable of a comprehension.
  private func qualifiedName(_ syntax: Syntax) -> (name: String, isRooted: Bool)? {
    switch syntax.kind {
    case .identifier(let name, let isRooted):
      return isRooted || !scope.contains { $0.name == name } ? (name, isRooted) : nil
    case .select(let operand, let field):
      return qualifiedName(operand).map { ($0.name + "." + field, $0.isRooted) }
    default: return nil
    }
  }

  private mutating func type(ofName name: String, isRooted: Bool, _ syntax: Syntax) -> Type? {
    if !isRooted, let index = scope.lastIndex(where: { $0.name == name }) {
      resolutions[syntax.id] = .local(index)
      return scope[index].type
    }
    if let slot = environment.slots[name] {
      resolutions[syntax.id] = .variable(slot: slot)
      references.add(variable: name)
      return normalized(environment.variables[slot].type)
    }
    if Self.typeNames.contains(name) {
      resolutions[syntax.id] = .typeName(name)
      return .type
    }
    return nil
  }

  private mutating func unknownName(_ name: String, _ syntax: Syntax) -> Type {
    resolutions[syntax.id] = .missing(.unboundVariable(name))
    reportUnknown(
      syntax.range, name,
      among: scope.map(\.name) + environment.variables.map(\.name).filter { !$0.hasPrefix("(") },
      zh: "没有名称", en: "there is no name")
    return environment.isChecked ? .error : .dyn
  }

  private mutating func type(ofField field: String, of operand: Syntax, _ syntax: Syntax) -> Type {
    // Two steps: the first learns what the second asks.
    let operandFound = type(of: operand, isOperand: true)
    let operandType = substitution.resolved(operandFound)
    switch operandType {
    case .record(let record):
      if let index = record.index(of: field) {
        resolutions[syntax.id] = .field(record, index)
        return normalized(record.fields[index].type)
      }
      reportUnknown(
        fieldRange(syntax, field), field, among: record.fields.map(\.name),
        zh: "`\(record.name)` 没有字段", en: "`\(record.name)` has no field")
    case .map(let key, let value):
      if case .symbol(let symbol) = substitution.resolved(key), !symbol.values.contains(field) {
        reportUnknown(
          fieldRange(syntax, field), field, among: symbol.values, zh: " `\(symbol.name)`",
          en: symbol.name)
      }
      if substitution.accepts(.string, as: key) { return value }
      report(
        syntax.range, zh: "键的类型是 `\(name(key))`，不能用 `.\(field)` 读取",
        en: "expected a `\(name(key))` key, found `.\(field)`")
    case .dyn, .variable: return .dyn
    case .error: return .error
    default:
      report(
        fieldRange(syntax, field), zh: "`\(name(operandType))` 没有字段，因此没有 `\(field)`",
        en: "a `\(name(operandType))` has no fields, so no `\(field)`")
    }
    return environment.isChecked ? .error : .dyn
  }

  /// The bytes of the field's name, at the end of a selection.
  private func fieldRange(_ syntax: Syntax, _ field: String) -> ByteRange {
    if case .presence = syntax.kind { return syntax.range }
    let start = max(syntax.range.start, syntax.range.end - field.utf8.count)
    return ByteRange(start: start, end: syntax.range.end)
  }

  /// `facts.beds.designated`, where it is such a chain; `[]` stands for any element.
  private func path(of syntax: Syntax) -> String? {
    switch (resolutions[syntax.id], syntax.kind) {
    case (.variable(let slot), _): return environment.variables[slot].name
    case (.local(let index), _): return index < scope.count ? scope[index].path : nil
    case (_, .select(let operand, let field)), (_, .presence(let operand, let field)):
      return path(of: operand).map { $0 + "." + field }
    case (_, .index(let base, _)): return path(of: base).map { $0 + "[]" }
    case (_, .comprehension(let comprehension)) where comprehension.kind == .filter:
      return path(of: comprehension.range)
    default: return nil
    }
  }

  // MARK: Operators and calls

  private mutating func type(ofIndex index: Syntax, in base: Syntax, _ syntax: Syntax) -> Type {
    // Two steps: the first learns what the second asks.
    let baseFound = type(of: base, isOperand: true)
    let baseType = substitution.resolved(baseFound)
    let indexType = type(of: index)
    switch baseType {
    case .list(let element):
      if substitution.accepts(indexType, as: normalized(.int)) { return element }
      report(
        index.range, zh: "列表的序号应为数字，却是 `\(name(indexType))`",
        en: "expected a number as the index of a list, found `\(name(indexType))`")
      return element
    case .map(let key, let value):
      if case .symbol(let symbol) = substitution.resolved(key) { checkSymbols(index, symbol) }
      if substitution.accepts(indexType, as: key) { return value }
      report(
        index.range, zh: "键应为 `\(name(key))`，却是 `\(name(indexType))`",
        en: "expected a `\(name(key))` key, found `\(name(indexType))`")
      return value
    case .dyn, .variable: return .dyn
    case .error: return .error
    default:
      report(
        syntax.range, zh: "`\(name(baseType))` 不能取元素",
        en: "a `\(name(baseType))` has no elements to index")
      return environment.isChecked ? .error : .dyn
    }
  }

  private mutating func type(
    ofBinary op: Syntax.BinaryOperator, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) -> Type {
    let result = result(of: op.rawValue, op.overloads, [left, right], syntax)
    if op.relation != nil || op == .isIn {
      if let symbol = symbol(types[left.id]) { checkSymbols(right, symbol) }
      if let symbol = symbol(types[right.id]) { checkSymbols(left, symbol) }
    }
    return result
  }

  /// The closed set that a value, the elements of a list or the keys of a map are from.
  private func symbol(_ type: Type) -> SymbolType? {
    switch substitution.resolved(type) {
    case .symbol(let symbol): symbol
    case .list(let element): symbol(element)
    case .map(let key, _): symbol(key)
    default: nil
    }
  }

  /// Reports literals that are not of a closed set.
  private mutating func checkSymbols(_ syntax: Syntax, _ symbol: SymbolType) {
    switch syntax.kind {
    case .constant(.string(let text)):
      if symbol.values.contains(where: { sameText($0, text) }) { return }
      let nearest = NearestName.of(text, among: symbol.values)
      let known = symbol.values.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
      let more = symbol.values.count > 8 ? ", …" : ""
      report(
        syntax.range,
        zh: "`\(text)` 不是 \(symbol.name) 的取值" + (nearest == nil ? "：应为 \(known)\(more)" : ""),
        en: "`\(text)` is no \(symbol.name)"
          + (nearest == nil ? "; expected one of \(known)\(more)" : ""), meant: nearest)
    case .list(let elements): for element in elements { checkSymbols(element, symbol) }
    case .map(let entries): for entry in entries { checkSymbols(entry.key, symbol) }
    case .conditional(_, let yes, let no):
      checkSymbols(yes, symbol)
      checkSymbols(no, symbol)
    default: break
    }
  }

  private static let conversions: Set<String> = ["int", "uint", "double"]

  private mutating func type(
    ofCall name: String, on target: Syntax?, _ arguments: [Syntax], _ syntax: Syntax
  ) -> Type {
    // `optional.of(1)`: a function with a qualified name.
    if let target, let (prefix, _) = qualifiedName(target), environment.slots[prefix] == nil,
      let function = environment.functions[prefix + "." + name]
    {
      resolutions[syntax.id] = .function(function, isMethod: false)
      return result(of: function.name, function.overloads, arguments, syntax)
    }
    let name = name.hasPrefix(".") ? String(name.dropFirst()) : name
    let all = (target.map { [$0] } ?? []) + arguments
    let overloads = environment.functions[name]?.overloads.filter {
      $0.isMethod == (target != nil)
    }
    guard let function = environment.functions[name], let overloads, !overloads.isEmpty else {
      for argument in all { _ = type(of: argument) }
      resolutions[syntax.id] = .missing(.unboundFunction(name))
      let isMethod = target != nil
      let known = environment.functions.names.filter { candidate in
        environment.functions[candidate]?.overloads.contains { $0.isMethod == isMethod } ?? false
      }
      let macros =
        isMethod && environment.expandsMacros
        ? ["all", "exists", "exists_one", "filter", "map"] : []
      reportUnknownFunction(name, syntax.range, among: known + macros, isMethod: isMethod)
      return environment.isChecked ? .error : .dyn
    }
    resolutions[syntax.id] = .function(function, isMethod: target != nil)
    if name == "stated", all.count == 2, case .constant(.string(let field)) = all[1].kind {
      // The name is checked like that of a selection.
      switch substitution.resolved(self.type(of: all[0], isOperand: true)) {
      case .record(let record) where record.index(of: field) == nil:
        reportUnknown(
          all[1].range, field, among: record.fields.map(\.name), zh: " \(record.name) 的字段",
          en: "field of `\(record.name)`")
      case .map(let key, _):
        if case .symbol(let symbol) = substitution.resolved(key) { checkSymbols(all[1], symbol) }
      default: break
      }
    }
    if environment.forbidNumbersBut != nil, Self.conversions.contains(name),
      case .constant(.string(let text))? = arguments.first?.kind
    {
      report(
        syntax.range, zh: "数值 `\(text)` 没有出处，应写成有条款依据的参数",
        en: "`\(text)` is a bare number; make it a named parameter with its provision")
    }
    return result(of: name, overloads, all, syntax)
  }

  /// The type that a call comes to; reports where no form takes the arguments.
  private mutating func result(
    of name: String, _ overloads: [Function.Overload], _ arguments: [Syntax], _ syntax: Syntax
  ) -> Type {
    let found = arguments.map { type(of: $0) }
    let candidates = overloads.filter { $0.parameters.count == found.count }
    var matches: [(overload: Function.Overload, result: Type)] = []
    for overload in candidates {
      let before = substitution.mark
      if let result = result(of: overload, found) {
        matches.append((overload, substitution.settled(result)))
      }
      substitution.undo(to: before)
    }
    if let first = matches.first {
      if matches.count == 1, let result = result(of: first.overload, found) { return result }
      return matches.allSatisfy { $0.result == first.result } ? first.result : .dyn
    }
    if found.contains(where: { substitution.resolved($0) == .error }) { return .error }
    let types = found.map { self.name($0) }.joined(separator: ", ")
    report(
      syntax.range, zh: "`\(name)` 不能用于 (\(types))", en: "`\(name)` does not take (\(types))")
    return environment.isChecked ? .error : .dyn
  }

  /// The type that one form of a function comes to; nil where it does not take the arguments.
  private mutating func result(of overload: Function.Overload, _ arguments: [Type]) -> Type? {
    var parameters: [String: Type] = [:]
    for (argument, parameter) in zip(arguments, overload.parameters) {
      let expected = instantiated(parameter, &parameters)
      if !substitution.accepts(argument, as: expected) { return nil }
    }
    return instantiated(overload.result, &parameters)
  }

  /// A signature's type with fresh variables for its parameters.
  private mutating func instantiated(_ type: Type, _ parameters: inout [String: Type]) -> Type {
    switch normalized(type) {
    case .parameter(let name):
      if let known = parameters[name] { return known }
      let fresh = substitution.fresh()
      parameters[name] = fresh
      return fresh
    case .list(let element): return .list(instantiated(element, &parameters))
    case .map(let key, let value):
      let key = instantiated(key, &parameters)
      return .map(key, instantiated(value, &parameters))
    case .abstract(let name, let types):
      return .abstract(name, types.map { instantiated($0, &parameters) })
    case let other: return other
    }
  }

  // MARK: Macros

  private mutating func type(of comprehension: Syntax.Comprehension) -> Type {
    let range = comprehension.range
    // Two steps: the first learns what the second asks.
    let rangeFound = type(of: range, isOperand: true)
    let rangeType = substitution.resolved(rangeFound)
    let element: Type
    var key = normalized(.int)
    switch rangeType {
    case .list(let type): element = type
    case .map(let keyType, let valueType):
      key = keyType
      element = comprehension.variables.count == 1 ? keyType : valueType
    case .dyn, .error, .variable:
      element = rangeType == .error ? .error : .dyn
      key = element
    default:
      report(
        range.range, zh: "`\(name(rangeType))` 不是列表或映射，不能用 `\(comprehension.kind.rawValue)`",
        en: "expected a list or a map before `\(comprehension.kind.rawValue)`, found "
          + "`\(name(rangeType))`")
      element = environment.isChecked ? .error : .dyn
      key = element
    }
    let path = path(of: range).map { $0 + "[]" }
    let depth = scope.count
    localIndices[comprehension.body.id] = depth
    if comprehension.variables.count == 2 {
      scope.append(Local(name: comprehension.variables[0], type: key, path: nil))
    }
    if let variable = comprehension.variables.last {
      scope.append(Local(name: variable, type: element, path: path))
    }
    localCount = max(localCount, scope.count)
    defer { scope.removeSubrange(depth...) }
    if let filter = comprehension.filter { expectBool(filter) }
    switch comprehension.kind {
    case .all, .exists, .existsOne:
      expectBool(comprehension.body)
      return .bool
    case .filter:
      expectBool(comprehension.body)
      return .list(element)
    case .map, .transformList: return .list(type(of: comprehension.body))
    case .transformMap: return .map(key, type(of: comprehension.body))
    }
  }
}
