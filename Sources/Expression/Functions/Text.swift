extension Function {
  /// `size contains startsWith endsWith matches`.
  static let text: [Function] = [
    Function(
      "size",
      ([.string, .bytes, .list(.parameter("A")), .map(.parameter("A"), .parameter("B"))] as [Type])
        .flatMap { [Overload([$0], .int), Overload([$0], .int, isMethod: true)] },
      .unary { value throws(EvaluationError) in
        switch value {
        case .string(let text): .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): .int(Int64(bytes.count))
        case .list(let values): .int(Int64(values.count))
        case .map(let map): .int(Int64(map.count))
        default: nil
        }
      }),
    textTest("contains") { isText($1, in: $0) },
    textTest("startsWith") { $0.utf8.starts(with: $1.utf8) },
    textTest("endsWith") { $0.utf8.reversed().starts(with: $1.utf8.reversed()) },
    Function(
      "matches",
      [
        Overload([.string, .string], .bool), Overload([.string, .string], .bool, isMethod: true),
      ],
      .variadic { arguments, budget throws(EvaluationError) in
        guard arguments.count == 2, case .string(let text) = arguments[0],
          case .string(let source) = arguments[1]
        else { return nil }
        // Parsing and building cost what the pattern is long.
        try budget.charge(source.utf8.count)
        let pattern: Pattern
        do throws(PatternError) {
          pattern = try Pattern(source, maximumStates: Limits().patternStates)
        } catch {
          throw .invalidPattern(error.reason)
        }
        return .bool(try pattern.matches(text, &budget))
      }),
  ]

  private static func textTest(_ name: String, _ test: @escaping @Sendable (String, String) -> Bool)
    -> Function
  {
    Function(
      name, [Overload([.string, .string], .bool, isMethod: true)],
      .variadic { arguments, budget throws(EvaluationError) in
        guard arguments.count == 2, case .string(let text) = arguments[0],
          case .string(let part) = arguments[1]
        else { return nil }
        try budget.charge(bytes: text.utf8.count)
        return .bool(test(text, part))
      })
  }
}

private func isText(_ part: String, in text: String) -> Bool {
  firstIndex(of: Array(part.utf8), in: Array(text.utf8), from: 0) != nil
}

/// Where `part` first occurs at or after `start`, by the method of Knuth, Morris and Pratt: in time linear in both.
func firstIndex<Element: Equatable>(of part: [Element], in whole: [Element], from start: Int)
  -> Int?
{
  if part.isEmpty { return start <= whole.count ? start : nil }
  var failure = [Int](repeating: 0, count: part.count)
  var length = 0
  for index in part.indices.dropFirst() {
    while length > 0, part[index] != part[length] { length = failure[length - 1] }
    if part[index] == part[length] { length += 1 }
    failure[index] = length
  }
  length = 0
  for index in whole.indices.dropFirst(start) {
    while length > 0, whole[index] != part[length] { length = failure[length - 1] }
    if whole[index] == part[length] { length += 1 }
    if length == part.count { return index - length + 1 }
  }
  return nil
}
