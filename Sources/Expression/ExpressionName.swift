package import Diagnostics

/// A name, word or function that stands in an expression, with its place: for editors.
package struct ExpressionName: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// A variable, or a field of what comes before it: the whole way (`application`, `kind`), of which the range holds the last part
    /// alone. `[]` in it stands for an element of a list or an entry of a table.
    case path([String])
    /// A text that is compared with what a way leads to (`application.kind == 'clinic'`); the range is that of the text without
    /// its quotes.
    case word(String, of: [String])
    case function(String)
  }

  package let kind: Kind
  package let range: ByteRange

  package init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
  }

  /// The names of an expression in the order of its text, as the parser finds them; those of an expression that cannot be parsed as
  /// far as its words can be told apart.
  package static func all(in source: String, _ environment: Environment) -> [ExpressionName] {
    var parser: Parser
    do throws(ExpressionError) {
      parser = try Parser(source, environment)
      var walk = Walk(Array(source.utf8))
      walk.visit(try parser.parse(), [:])
      return walk.names.sorted { $0.range.start < $1.range.start }
    } catch {
      return tokens(of: source)
    }
  }

  /// The ways of names that stand side by side with points between them.
  private static func tokens(of source: String) -> [ExpressionName] {
    var lexer = Lexer(source)
    var names: [ExpressionName] = []
    var path: [String] = []
    var isAfterPoint = false
    while let token = try? lexer.next(), token.kind != .end {
      switch token.kind {
      case .identifier(let name):
        path = isAfterPoint ? path + [name] : [name]
        if !["true", "false", "null", "in"].contains(name) {
          names.append(ExpressionName(.path(path), token.range))
        }
        isAfterPoint = false
      case .symbol("."): isAfterPoint = !path.isEmpty
      default:
        path = []
        isAfterPoint = false
      }
    }
    return names
  }

  private struct Walk {
    var names: [ExpressionName] = []
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Parameter bound: the variables of macros, each with the way to what it stands for.
    mutating func visit(_ syntax: Syntax, _ bound: [String: [String]]) {
      switch syntax.kind {
      case .identifier(let name, _):
        if bound[name] == nil { names.append(ExpressionName(.path([name]), syntax.range)) }
      case .select(let operand, let field), .presence(let operand, let field):
        visit(operand, bound)
        if let path = path(of: operand, bound), let range = fieldRange(syntax, field) {
          names.append(ExpressionName(.path(path + [field]), range))
        }
      case .call(let target, let name, let arguments):
        if let target { visit(target, bound) }
        if let range = callRange(syntax, target, name) {
          names.append(ExpressionName(.function(name), range))
        }
        for argument in arguments { visit(argument, bound) }
      case .binary(let op, let left, let right):
        if [.equal, .notEqual, .isIn].contains(op) {
          if let path = path(of: right, bound) {
            words(left, of: op == .isIn ? path + ["[]"] : path)
          } else if let path = path(of: left, bound) {
            words(right, of: path)
          }
          if op != .isIn, let path = path(of: left, bound) { words(right, of: path) }
        }
        visit(left, bound)
        visit(right, bound)
      case .index(let table, let key):
        if let path = path(of: table, bound) { words(key, of: path + ["{}"]) }
        visit(table, bound)
        visit(key, bound)
      case .comprehension(let comprehension):
        visit(comprehension.range, bound)
        var inner = bound
        let element = path(of: comprehension.range, bound).map { $0 + ["[]"] } ?? []
        for variable in comprehension.variables { inner[variable] = [] }
        if let last = comprehension.variables.last { inner[last] = element }
        if let filter = comprehension.filter { visit(filter, inner) }
        visit(comprehension.body, inner)
      default:
        for child in syntax.children { visit(child, bound) }
      }
    }

    private func path(of syntax: Syntax, _ bound: [String: [String]]) -> [String]? {
      switch syntax.kind {
      case .identifier(let name, _):
        if let path = bound[name] { return path.isEmpty ? nil : path }
        return [name]
      case .select(let operand, let field): return path(of: operand, bound).map { $0 + [field] }
      case .index(let table, _): return path(of: table, bound).map { $0 + ["[]"] }
      default: return nil
      }
    }

    /// The texts among what is compared, alone or in a list.
    private mutating func words(_ syntax: Syntax, of path: [String]) {
      switch syntax.kind {
      case .constant(.string(let text)):
        let inner = ByteRange(start: syntax.range.start + 1, end: syntax.range.end - 1)
        // Without escapes and signs before the quote.
        guard inner.count == text.utf8.count, inner.start >= 0, inner.end <= bytes.count,
          bytes[inner.start..<inner.end].elementsEqual(text.utf8)
        else { return }
        names.append(ExpressionName(.word(text, of: path), inner))
      case .list(let items): for item in items { words(item, of: path) }
      default: return
      }
    }

    /// The field's name is the last that stands in its node, before a bracket where `has(…)` has one.
    private func fieldRange(_ syntax: Syntax, _ field: String) -> ByteRange? {
      var end = min(syntax.range.end, bytes.count)
      if case .presence = syntax.kind {
        while end > syntax.range.start,
          bytes[end - 1] == UInt8(ascii: ")") || bytes[end - 1] == 0x20
        {
          end -= 1
        }
      }
      return named(field, endingAt: end)
    }

    private func callRange(_ syntax: Syntax, _ target: Syntax?, _ name: String) -> ByteRange? {
      var start = target?.range.end ?? syntax.range.start
      let end = min(syntax.range.end, bytes.count)
      while start < end, !isLetter(bytes[start]) { start += 1 }
      return named(name, endingAt: start + name.utf8.count)
    }

    private func named(_ name: String, endingAt end: Int) -> ByteRange? {
      let start = end - name.utf8.count
      guard start >= 0, end <= bytes.count, bytes[start..<end].elementsEqual(name.utf8) else {
        return nil
      }
      return ByteRange(start: start, end: end)
    }

    private func isLetter(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
  }
}
