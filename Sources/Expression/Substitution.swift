/// What the checker has found out about type variables.
struct Substitution {
  private var bindings: [Type?] = []
  /// What bindings were before each change, so that an attempt can be taken back without copying them all.
  private var trail: [(index: Int, before: Type?)] = []

  struct Mark {
    fileprivate let bindings: Int
    fileprivate let trail: Int
  }

  var mark: Mark { Mark(bindings: bindings.count, trail: trail.count) }

  /// Takes back all that was found out since.
  mutating func undo(to mark: Mark) {
    while trail.count > mark.trail, let change = trail.popLast() {
      bindings[change.index] = change.before
    }
    bindings.removeSubrange(mark.bindings...)
  }

  private mutating func set(_ index: Int, _ type: Type) {
    trail.append((index, bindings[index]))
    bindings[index] = type
  }

  mutating func fresh() -> Type {
    bindings.append(nil)
    return .variable(bindings.count - 1)
  }

  /// The type with all known variables replaced, one level deep.
  func resolved(_ type: Type) -> Type {
    var type = type
    while case .variable(let index) = type, let bound = bindings[index] { type = bound }
    return type
  }

  /// The type with all variables replaced; what is still open is `dyn`.
  func settled(_ type: Type) -> Type {
    let type = resolved(type)
    return switch type {
    case .variable: .dyn
    case .list(let element): .list(settled(element))
    case .map(let key, let value): .map(settled(key), settled(value))
    case .abstract(let name, let parameters): .abstract(name, parameters.map { settled($0) })
    default: type
    }
  }

  /// Whether a value of type `type` can stand where `expected` is expected; binds variables to make it so.
  mutating func accepts(_ type: Type, as expected: Type) -> Bool {
    let original = expected
    let type = resolved(type)
    let expected = resolved(expected)
    switch (type, expected) {
    case (.variable(let a), .variable(let b)) where a == b: return true
    case (_, .variable(let index)): return bind(index, type)
    case (.variable(let index), _): return bind(index, expected)
    case (.error, _), (_, .error), (_, .dyn): return true
    case (.dyn, _):
      widen(original, to: .dyn)
      return true
    case (.list(let a), .list(let b)): return accepts(a, as: b)
    case (.map(let a, let b), .map(let c, let d)): return accepts(a, as: c) && accepts(b, as: d)
    case (.abstract(let a, let from), .abstract(let b, let to)):
      guard a == b, from.count == to.count else { return false }
      for (type, expected) in zip(from, to) where !accepts(type, as: expected) { return false }
      return true
    case (.null, _): return Self.isNullable(expected)
    case (_, .null): return Self.isNullable(type)
    case (.symbol(let a), .symbol(let b)):
      return a == b || a.values.contains(where: b.values.contains)
    case (.symbol, .string), (.string, .symbol): return true
    default: return type == expected
    }
  }

  static func isNullable(_ type: Type) -> Bool {
    switch type {
    case .null, .record, .timestamp, .duration, .abstract: true
    default: false
    }
  }

  /// A variable that was bound to something narrower takes the wider type.
  private mutating func widen(_ type: Type, to wider: Type) {
    guard case .variable(var index) = type else { return }
    while case .variable(let next)? = bindings[index] { index = next }
    set(index, wider)
  }

  private mutating func bind(_ index: Int, _ type: Type) -> Bool {
    if occurs(index, in: type) { return false }
    set(index, type)
    return true
  }

  private func occurs(_ index: Int, in type: Type) -> Bool {
    switch resolved(type) {
    case .variable(let other): index == other
    case .list(let element): occurs(index, in: element)
    case .map(let key, let value): occurs(index, in: key) || occurs(index, in: value)
    case .abstract(_, let parameters): parameters.contains { occurs(index, in: $0) }
    default: false
    }
  }

  /// The type of what may be of either type; nil where they have nothing in common.
  mutating func joined(_ a: Type, _ b: Type) -> Type? {
    let before = mark
    if accepts(b, as: a) || accepts(a, as: b) {
      if resolved(a) == .null { return b }
      if resolved(b) == .null { return a }
      return isAtLeastAsGeneral(a, b) ? a : b
    }
    undo(to: before)
    return nil
  }

  private func isAtLeastAsGeneral(_ a: Type, _ b: Type) -> Bool {
    let a = resolved(a)
    let b = resolved(b)
    switch (a, b) {
    case (.dyn, _), (.variable, _), (.error, _): return true
    case (_, .dyn), (_, .variable), (_, .error): return false
    case (.list(let a), .list(let b)): return isAtLeastAsGeneral(a, b)
    case (.map(let a, let b), .map(let c, let d)):
      return isAtLeastAsGeneral(a, c) && isAtLeastAsGeneral(b, d)
    case (.abstract(_, let a), .abstract(_, let b)):
      return zip(a, b).allSatisfy { isAtLeastAsGeneral($0, $1) }
    case (.symbol, .string): return false
    default: return true
    }
  }
}
