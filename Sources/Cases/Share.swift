package import Expression
package import Reading

extension FieldReader where Value == Exact {
  /// A share in the unit of its field: a number, or one with its sign. What could mean two things is a fault that shows both.
  package static func share(_ form: ShareForm) -> FieldReader<Exact> {
    FieldReader { node, context in
      if context.describes(.share(form)) { return nil }
      guard let percent = signed(node) else {
        guard let number = FieldReader.exact(form.least).read(node, &context) else { return nil }
        return form.isClear(number, at: node, &context) ? number : nil
      }
      let bare = Node(range: node.range, content: .scalar(Scalar(text: percent, kind: .plain)))
      let most = form.mostPercent.map { Exact($0) }
      guard let number = FieldReader.exact(form.least, most).read(bare, &context) else {
        return nil
      }
      guard form == .fraction else { return number }
      return try? number.divided(by: Exact(100))
    }
  }

  /// What stands before the sign; nil where there is none.
  private static func signed(_ node: Node) -> String? {
    guard let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .quoted else {
      return nil
    }
    let text = CellText.trimmed(scalar.text)
    guard text.last == "%" || text.last == "％" else { return nil }
    return CellText.trimmed(String(text.dropLast()))
  }
}

extension ShareForm {
  /// Whether a number without a sign means one thing alone and lies within the bounds.
  package func isPlain(_ number: Exact) -> Bool {
    switch self {
    case .growth: number >= Self.leastGrowth && number <= Self.mostGrowth
    case .percent: number > Exact(1) && (mostPercent.map { number <= Exact($0) } ?? true)
    case .fraction: number >= Exact(0) && number <= Exact(1)
    }
  }

  /// Nothing shrinks by more than all of it, and no cost becomes eleven times as much in a year.
  private static let leastGrowth = Exact(-100)
  private static let mostGrowth = Exact(1_000)
  /// Extra beds are occupied too, but not three times as many as there are.
  private static let mostOccupied = 300

  fileprivate var least: Exact? { self == .growth ? Self.leastGrowth : Exact(0) }

  fileprivate var mostPercent: Int? {
    switch self {
    case .percent(let maximum): maximum ?? Self.mostOccupied
    case .growth: 1_000
    case .fraction: nil
    }
  }

  /// Whether a number without a sign can mean one thing alone, and is none too large; a fault where not.
  fileprivate func isClear(_ number: Exact, at node: Node, _ context: inout FieldContext) -> Bool {
    let one = Exact(1)
    switch self {
    case .growth:
      if number <= Self.mostGrowth { return true }
      context.fault(
        node.range, zh: "应不大于 \(Self.mostGrowth)，实际为 \(number)",
        en: "expected at most \(Self.mostGrowth), found \(number)")
      return false
    case .percent:
      if number > Exact(0), number <= one {
        let (bare, hundredfold) = ("\(number)", Self.timesHundred(number))
        context.fault(
          node.range,
          zh:
            "不带百分号的 `\(bare)` 可能指 \(hundredfold)%，也可能指 \(bare)%：前者请写作 `\(hundredfold)` 或 `\(hundredfold)%`，后者请写作 `\(bare)%`",
          en:
            "`\(bare)` without a per cent sign may mean \(hundredfold) % or \(bare) %: write `\(hundredfold)` or `\(hundredfold)%` for the one, `\(bare)%` for the other"
        )
        return false
      }
      guard let maximum = mostPercent, number > Exact(maximum) else { return true }
      context.fault(
        node.range, zh: "应不大于 \(maximum)，实际为 \(number)",
        en: "expected at most \(maximum), found \(number)")
      return false
    case .fraction:
      if number <= one { return true }
      context.fault(
        node.range,
        zh: "应为不大于 1 的小数，实际为 `\(number)`；如指 \(number)% 请写作 `\(number)%`",
        en:
          "expected a part of 1, found `\(number)`; write `\(number)%` where \(number) % are meant")
      return false
    }
  }

  private static func timesHundred(_ number: Exact) -> String {
    (try? number.multiplied(by: Exact(100)))?.description ?? "\(number)"
  }
}
