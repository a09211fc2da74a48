import Diagnostics

/// Turns text into syntax, by recursive descent, and expands macros as it goes.
///
/// `&&` and `||` become one node for a whole chain. The first error ends the parse. No node is deeper than
/// ``Limits/depth``, so that whatever walks the syntax afterwards can recurse.
struct Parser {
  private var lexer: Lexer
  private var token: Token
  private var previousEnd = 0
  private var nesting = 0
  private(set) var nodeCount = 0
  let environment: Environment

  init(_ source: String, _ environment: Environment) throws(ExpressionError) {
    self.environment = environment
    let count = source.utf8.count
    if count > environment.limits.sourceBytes {
      throw ExpressionError(
        ByteRange(start: 0, end: 0),
        zh: "表达式长 \(count) 字节，超过 \(environment.limits.sourceBytes) 字节的上限",
        en: "the expression has \(count) bytes, more than the \(environment.limits.sourceBytes) "
          + "allowed")
    }
    lexer = Lexer(source)
    token = try lexer.next()
  }

  mutating func parse() throws(ExpressionError) -> Syntax {
    let result = try expression()
    if token.kind != .end { throw unexpected(zh: "运算符或结尾", en: "an operator or the end") }
    return result
  }

  // MARK: Making nodes

  mutating func make(_ kind: Syntax.Kind, _ range: ByteRange) throws(ExpressionError) -> Syntax {
    let draft = Syntax(id: nodeCount, range: range, kind: kind, depth: 1)
    let depth = 1 + (draft.children.lazy.map(\.depth).max() ?? 0)
    if depth > environment.limits.depth { throw tooDeep(range) }
    nodeCount += 1
    return Syntax(id: draft.id, range: range, kind: kind, depth: depth)
  }

  private mutating func make(_ kind: Syntax.Kind, from start: Int) throws(ExpressionError) -> Syntax
  {
    try make(kind, ByteRange(start: start, end: previousEnd))
  }

  private func tooDeep(_ range: ByteRange) -> ExpressionError {
    ExpressionError(
      range, zh: "表达式嵌套超过 \(environment.limits.depth) 层的上限",
      en: "the expression nests deeper than the \(environment.limits.depth) levels allowed")
  }

  // MARK: Tokens

  private mutating func advance() throws(ExpressionError) {
    previousEnd = token.range.end
    token = try lexer.next()
  }

  private func isAt(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

  private mutating func take(_ symbol: String) throws(ExpressionError) -> Bool {
    guard isAt(symbol) else { return false }
    try advance()
    return true
  }

  private mutating func expect(_ symbol: String) throws(ExpressionError) {
    if try !take(symbol) { throw unexpected(zh: "`\(symbol)`", en: "`\(symbol)`") }
  }

  private func unexpected(zh: String, en: String) -> ExpressionError {
    let found: (zh: String, en: String) =
      switch token.kind {
      case .identifier(let name), .quotedIdentifier(let name): ("`\(name)`", "`\(name)`")
      case .int(let text), .uint(let text), .decimal(let text): ("`\(text)`", "`\(text)`")
      case .string, .bytes: ("字符串", "a string")
      case .symbol(let text): ("`\(text)`", "`\(text)`")
      case .end: ("结尾", "the end")
      }
    var hint: Bilingual?
    if case .identifier(let name) = token.kind { hint = SlipHint.of(word: name) }
    return ExpressionError(
      token.range, zh: "应为\(zh)，却是\(found.zh)" + (hint?.zh ?? ""),
      en: "expected \(en), found \(found.en)" + (hint?.en ?? ""))
  }

  // MARK: Grammar

  private mutating func expression() throws(ExpressionError) -> Syntax {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > environment.limits.depth { throw tooDeep(token.range) }
    let start = token.range.start
    let condition = try chain("||")
    guard try take("?") else { return condition }
    let yes = try chain("||")
    try expect(":")
    let no = try expression()
    return try make(.conditional(condition, yes, no), from: start)
  }

  /// A chain of `||`, whose operands are chains of `&&`, whose operands are relations.
  private mutating func chain(_ symbol: String) throws(ExpressionError) -> Syntax {
    let start = token.range.start
    var operands: [Syntax] = []
    repeat {
      operands.append(symbol == "||" ? try chain("&&") : try binary(level: 0))
    } while try take(symbol)
    if operands.count == 1 { return operands[0] }
    return try make(symbol == "||" ? .or(operands) : .and(operands), from: start)
  }

  private static let levels: [Set<String>] = [
    ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"],
  ]

  /// Operators of one level, from the left.
  private mutating func binary(level: Int) throws(ExpressionError) -> Syntax {
    if level == Self.levels.count { return try unary() }
    let start = token.range.start
    var left = try binary(level: level + 1)
    while true {
      let word: String
      switch token.kind {
      case .symbol(let symbol): word = symbol
      case .identifier("in"): word = "in"
      default: return left
      }
      guard Self.levels[level].contains(word), let op = Syntax.BinaryOperator(rawValue: word)
      else { return left }
      try advance()
      left = try make(.binary(op, left, try binary(level: level + 1)), from: start)
    }
  }

  private mutating func unary() throws(ExpressionError) -> Syntax {
    var operators: [(op: Syntax.UnaryOperator, start: Int)] = []
    while case .symbol(let symbol) = token.kind, let op = Syntax.UnaryOperator(rawValue: symbol) {
      let start = token.range.start
      try advance()
      // A minus right before a number belongs to it, so that the least integer can be written.
      if op == .negate, isAtNumber {
        var result = try member(primary: try number(minusAt: start))
        for item in operators.reversed() {
          result = try make(.unary(item.op, result), from: item.start)
        }
        return result
      }
      operators.append((op, start))
      if operators.count > environment.limits.depth { throw tooDeep(token.range) }
    }
    var result = try member(primary: try primary())
    for item in operators.reversed() {
      result = try make(.unary(item.op, result), from: item.start)
    }
    return result
  }

  private mutating func member(primary: Syntax) throws(ExpressionError) -> Syntax {
    var result = primary
    let start = primary.range.start
    while true {
      if try take(".") {
        let name = try fieldName()
        if case .symbol("(") = token.kind, !name.isQuoted {
          let arguments = try arguments()
          result = try call(target: result, name: name.text, arguments, from: start)
        } else {
          result = try make(.select(result, field: name.text), from: start)
        }
      } else if try take("[") {
        let index = try expression()
        try expect("]")
        result = try make(.index(result, index), from: start)
      } else if isAt("{"), let name = qualifiedName(result) {
        result = try message(name, from: start)
      } else {
        return result
      }
    }
  }

  private static let keywords: Set<String> = ["true", "false", "null", "in"]
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  private mutating func fieldName() throws(ExpressionError) -> (text: String, isQuoted: Bool) {
    switch token.kind {
    case .identifier(let name) where !Self.keywords.contains(name):
      try advance()
      return (name, false)
    case .quotedIdentifier(let name):
      try advance()
      return (name, true)
    default: throw unexpected(zh: "字段名", en: "the name of a field")
    }
  }

  /// Arguments in brackets.
  private mutating func arguments() throws(ExpressionError) -> [Syntax] {
    try expect("(")
    var result: [Syntax] = []
    if try take(")") { return result }
    repeat { result.append(try expression()) } while try take(",")
    try expect(")")
    return result
  }

  private mutating func call(
    target: Syntax?, name: String, _ arguments: [Syntax], from start: Int
  ) throws(ExpressionError) -> Syntax {
    let range = ByteRange(start: start, end: previousEnd)
    if environment.expandsMacros,
      let macro = try expandMacro(target: target, name: name, arguments, range)
    {
      return macro
    }
    return try make(.call(target: target, name: name, arguments: arguments), range)
  }

  private mutating func primary() throws(ExpressionError) -> Syntax {
    let start = token.range.start
    switch token.kind {
    case .int, .uint, .decimal: return try number(minusAt: nil)
    case .string(let text):
      try advance()
      return try make(.constant(.string(text)), from: start)
    case .bytes(let bytes):
      try advance()
      return try make(.constant(.bytes(bytes)), from: start)
    case .identifier(let name): return try identifier(name, isRooted: false, from: start)
    case .symbol("."):
      try advance()
      guard case .identifier(let name) = token.kind, !Self.keywords.contains(name) else {
        throw unexpected(zh: "名称", en: "a name")
      }
      return try identifier(name, isRooted: true, from: start)
    case .symbol("("):
      try advance()
      let result = try expression()
      try expect(")")
      return result
    case .symbol("["):
      try advance()
      var elements: [Syntax] = []
      while !isAt("]") {
        elements.append(try expression())
        if try !take(",") { break }
      }
      try expect("]")
      return try make(.list(elements), from: start)
    case .symbol("{"):
      try advance()
      var entries: [(key: Syntax, value: Syntax)] = []
      while !isAt("}") {
        let key = try expression()
        try expect(":")
        entries.append((key, try expression()))
        if try !take(",") { break }
      }
      try expect("}")
      return try make(.map(entries), from: start)
    case .quotedIdentifier, .symbol, .end:
      throw unexpected(zh: "一个值", en: "a value")
    }
  }

  private mutating func identifier(_ name: String, isRooted: Bool, from start: Int)
    throws(ExpressionError) -> Syntax
  {
    let constants: [String: Value] = ["true": .yes, "false": .no, "null": .null]
    if let constant = constants[name] {
      try advance()
      return try make(.constant(constant), from: start)
    }
    if name == "in" { throw unexpected(zh: "一个值", en: "a value") }
    if Self.reserved.contains(name) {
      throw ExpressionError(
        token.range, zh: "`\(name)` 是保留字", en: "`\(name)` is a reserved word")
    }
    let place = token.range
    try advance()
    // `not district.chronic_hub`: two names side by side are no expression.
    if case .identifier(let next) = token.kind, next != "in", let hint = SlipHint.of(word: name),
      SlipHint.of(word: next) == nil
    {
      throw ExpressionError(
        place, zh: "应为一个值，却是 `\(name)`\(hint.zh)", en: "expected a value, found `\(name)`\(hint.en)"
      )
    }
    if isAt("(") {
      return try call(
        target: nil, name: isRooted ? "." + name : name, try arguments(), from: start)
    }
    return try make(.identifier(name, isRooted: isRooted), from: start)
  }

  private func qualifiedName(_ syntax: Syntax) -> String? {
    switch syntax.kind {
    case .identifier(let name, _): name
    case .select(let operand, let field): qualifiedName(operand).map { $0 + "." + field }
    default: nil
    }
  }

  private mutating func message(_ name: String, from start: Int) throws(ExpressionError) -> Syntax {
    try expect("{")
    while !isAt("}") {
      _ = try fieldName()
      try expect(":")
      _ = try expression()
      if try !take(",") { break }
    }
    try expect("}")
    return try make(.message(name), from: start)
  }

  // MARK: Numbers

  private var isAtNumber: Bool {
    switch token.kind {
    case .int, .uint, .decimal: true
    default: false
    }
  }

  private mutating func number(minusAt minus: Int?) throws(ExpressionError) -> Syntax {
    let kind = token.kind
    let range = ByteRange(start: minus ?? token.range.start, end: token.range.end)
    try advance()
    let sign = minus == nil ? "" : "-"
    func integer<Number: FixedWidthInteger>(_ text: String, as: Number.Type) -> Number? {
      text.dropFirst().first == "x" || text.dropFirst().first == "X"
        ? Number(sign + text.dropFirst(2), radix: 16) : Number(sign + text)
    }
    let isQuantity = environment.numbers == .quantities
    let value: Value?
    let text: String
    switch kind {
    case .int(let digits):
      text = digits
      value =
        isQuantity
        ? integer(digits, as: Int128.self).map { .decimal(Exact($0)) }
        : integer(digits, as: Int64.self).map { .int($0) }
    case .uint(let digits):
      text = digits + "u"
      value =
        isQuantity
        ? integer(digits, as: Int128.self).map { .decimal(Exact($0)) }
        : integer(digits, as: UInt64.self).map { .uint($0) }
    case .decimal(let digits):
      text = digits
      value = Exact(scientific: sign + digits).map { .decimal($0) }
      // CEL accepts any exponent; here the number fails when it is used.
      if value == nil, !isQuantity { return try make(.failing(.overflow, .decimal), range) }
    default: throw unexpected(zh: "数字", en: "a number")
    }
    guard let value else {
      throw ExpressionError(
        range, zh: "数值 `\(sign)\(text)` 超出可表示的范围",
        en: "the number `\(sign)\(text)` does not fit")
    }
    return try make(.constant(value), range)
  }
}
