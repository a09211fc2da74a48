package import Diagnostics

/// The unit that an expression comes to, as far as the units of the names in it tell, and where two units meet that differ.
///
/// Sums, differences, comparisons and the branches of `? :` need one unit on both sides; products and quotients have one that
/// is not worked out. A number, and a name without a unit, goes with any.
package struct UnitCheck {
  package struct Clash: Sendable, Hashable {
    package let left: String
    package let right: String
    /// In the expression's text.
    package let range: ByteRange
  }

  /// Nil where it is not told.
  package private(set) var unit: String?
  package private(set) var clashes: [Clash] = []
  private let units: [String: String]

  /// Nothing is told of a source that cannot be parsed.
  ///
  /// - Parameter units: by name of a variable.
  package init(_ source: String, in environment: Environment, units: [String: String]) {
    self.units = units
    guard var parser = try? Parser(source, environment), let syntax = try? parser.parse() else {
      return
    }
    unit = unit(of: syntax)
  }

  private mutating func unit(of syntax: Syntax) -> String? {
    switch syntax.kind {
    case .identifier(let name, _): return units[name]
    case .unary(.negate, let operand): return unit(of: operand)
    case .binary(let word, let left, let right):
      let sides = (unit(of: left), unit(of: right))
      switch word {
      case .add, .subtract, .modulo: return one(sides.0, sides.1, syntax.range)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
        _ = one(sides.0, sides.1, syntax.range)
        return nil
      case .multiply, .divide, .isIn: return nil
      }
    case .conditional(let condition, let yes, let no):
      _ = unit(of: condition)
      let branches = (unit(of: yes), unit(of: no))
      return one(branches.0, branches.1, syntax.range)
    case .call(nil, let name, let arguments) where Self.keepUnit.contains(name):
      var result: String?
      for argument in arguments {
        let next = unit(of: argument)
        result = one(result, next, syntax.range)
      }
      return result
    default:
      for child in syntax.children { _ = unit(of: child) }
      return nil
    }
  }

  /// Functions whose value has the unit of what they are given.
  private static let keepUnit: Set<String> = ["abs", "ceil", "floor", "max", "min", "round"]

  private mutating func one(_ left: String?, _ right: String?, _ range: ByteRange) -> String? {
    guard let left, let right else { return left ?? right }
    if left != right { clashes.append(Clash(left: left, right: right, range: range)) }
    return left
  }
}
