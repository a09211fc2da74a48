extension Function {
  /// `charAt indexOf lastIndexOf join lowerAscii upperAscii replace reverse split substring trim`; places count code points.
  static let textEditing: [Function] = [
    method("charAt", [[.string, .int]], .string) { text, arguments throws(EvaluationError) in
      let index = try place(arguments, 0, in: text, "charAt")
      return .string(index == text.count ? "" : String(String.UnicodeScalarView([text[index]])))
    },
    method("indexOf", [[.string, .string], [.string, .string, .int]], .int) {
      text, arguments throws(EvaluationError) in
      guard case .string(let part)? = arguments.first else { return nil }
      let start = arguments.count > 1 ? try place(arguments, 1, in: text, "indexOf") : 0
      let found = firstIndex(of: Array(part.unicodeScalars), in: text, from: start)
      return .int(Int64(found ?? -1))
    },
    method("lastIndexOf", [[.string, .string], [.string, .string, .int]], .int) {
      text, arguments throws(EvaluationError) in
      guard case .string(let part)? = arguments.first else { return nil }
      let last =
        arguments.count > 1 ? try place(arguments, 1, in: text, "lastIndexOf") : text.count
      let scalars = Array(part.unicodeScalars)
      let end = min(text.count, last + scalars.count)
      let found = firstIndex(
        of: scalars.reversed(), in: Array(text[..<end].reversed()), from: 0)
      return .int(Int64(found.map { end - $0 - scalars.count } ?? -1))
    },
    method("lowerAscii", [[.string]], .string) { text, _ throws(EvaluationError) in
      .string(string(text.map { ("A"..."Z").contains($0) ? shifted($0, by: 32) : $0 }))
    },
    method("upperAscii", [[.string]], .string) { text, _ throws(EvaluationError) in
      .string(string(text.map { ("a"..."z").contains($0) ? shifted($0, by: -32) : $0 }))
    },
    method("reverse", [[.string]], .string) { text, _ throws(EvaluationError) in
      .string(string(text.reversed()))
    },
    method("trim", [[.string]], .string) { text, _ throws(EvaluationError) in
      let start = text.firstIndex { !$0.properties.isWhitespace } ?? text.endIndex
      let end = text.lastIndex { !$0.properties.isWhitespace } ?? start - 1
      return .string(string(text[start..<max(start, end + 1)]))
    },
    method("substring", [[.string, .int], [.string, .int, .int]], .string) {
      text, arguments throws(EvaluationError) in
      let start = try place(arguments, 0, in: text, "substring")
      let end = arguments.count > 1 ? try place(arguments, 1, in: text, "substring") : text.count
      if start > end { throw .indexOutOfRange(String(start)) }
      return .string(string(text[start..<end]))
    },
    Function(
      "replace",
      [
        Overload([.string, .string, .string], .string, isMethod: true),
        Overload([.string, .string, .string, .int], .string, isMethod: true),
      ],
      .variadic { arguments, budget throws(EvaluationError) in
        guard arguments.count >= 3, case .string(let text) = arguments[0],
          case .string(let old) = arguments[1], case .string(let new) = arguments[2]
        else { return nil }
        let limit = try count(arguments.dropFirst(3).first)
        let parts = split(Array(text.unicodeScalars), Array(old.unicodeScalars), limit: limit)
        try budget.charge(text.utf8.count)
        try budget.charge(bytes: parts.count * new.utf8.count)
        return .string(parts.map { string($0) }.joined(separator: new))
      }),
    Function(
      "split",
      [
        Overload([.string, .string], .list(.string), isMethod: true),
        Overload([.string, .string, .int], .list(.string), isMethod: true),
      ],
      .variadic { arguments, budget throws(EvaluationError) in
        guard arguments.count >= 2, case .string(let text) = arguments[0],
          case .string(let separator) = arguments[1]
        else { return nil }
        let limit = try count(arguments.dropFirst(2).first)
        try budget.charge(text.utf8.count)
        if limit == 0 { return .list([]) }
        let parts = split(
          Array(text.unicodeScalars), Array(separator.unicodeScalars), limit: limit.map { $0 - 1 },
          keepsEdges: false)
        return .list(parts.map { .string(string($0)) })
      }),
    Function(
      "join",
      [
        Overload([.list(.string)], .string, isMethod: true),
        Overload([.list(.string), .string], .string, isMethod: true),
      ],
      .variadic { arguments, budget throws(EvaluationError) in
        guard case .list(let values)? = arguments.first else { return nil }
        var separator = ""
        if arguments.count > 1 {
          guard case .string(let text) = arguments[1] else { return nil }
          separator = text
        }
        var result = ""
        for (index, value) in values.enumerated() {
          guard case .string(let text) = value else { return nil }
          try budget.charge(1 + (text.utf8.count + separator.utf8.count) / 16)
          if index > 0 { result += separator }
          result += text
        }
        return .string(result)
      }),
  ]

  private static func method(
    _ name: String, _ parameters: [[Type]], _ result: Type,
    _ body:
      @escaping @Sendable ([Unicode.Scalar], ArraySlice<Value>) throws(EvaluationError) ->
      Value?
  ) -> Function {
    Function(
      name, parameters.map { Overload($0, result, isMethod: true) },
      .variadic { arguments, budget throws(EvaluationError) in
        guard case .string(let text)? = arguments.first else { return nil }
        try budget.charge(text.utf8.count)
        return try body(Array(text.unicodeScalars), ArraySlice(Array(arguments.dropFirst())))
      })
  }
}

private func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return String(view)
}

private func shifted(_ scalar: Unicode.Scalar, by offset: Int) -> Unicode.Scalar {
  Unicode.Scalar(UInt32(Int(scalar.value) + offset)) ?? scalar
}

/// An argument that is a place in a text, its end included.
private func place(
  _ arguments: ArraySlice<Value>, _ index: Int, in text: [Unicode.Scalar], _ function: String
) throws(EvaluationError) -> Int {
  guard let value = arguments.dropFirst(index).first?.exact else {
    throw .noSuchOverload(function: function, types: arguments.map(\.typeName))
  }
  guard let place = value.asInt, (0...text.count).contains(place) else {
    throw .indexOutOfRange(value.description)
  }
  return place
}

/// A limit on a number of parts; nil for none.
private func count(_ value: Value?) throws(EvaluationError) -> Int? {
  guard let value else { return nil }
  guard let count = value.exact?.asInt else {
    throw .invalidArgument(function: "split", value: value.text)
  }
  return count < 0 ? nil : count
}

/// The parts between at most `limit` occurrences of a separator; an empty one stands between all letters and, with
/// `keepsEdges`, at both ends.
private func split(
  _ text: [Unicode.Scalar], _ separator: [Unicode.Scalar], limit: Int?, keepsEdges: Bool = true
) -> [ArraySlice<Unicode.Scalar>] {
  var parts: [ArraySlice<Unicode.Scalar>] = []
  var start = 0
  var limit = limit ?? .max
  if separator.isEmpty {
    if keepsEdges, limit > 0 {
      parts.append(text[0..<0])
      limit -= 1
    }
    while limit > 0, start < text.count - (keepsEdges ? 0 : 1) {
      parts.append(text[start...start])
      start += 1
      limit -= 1
    }
  } else {
    while limit > 0, let found = firstIndex(of: separator, in: text, from: start) {
      parts.append(text[start..<found])
      start = found + separator.count
      limit -= 1
    }
  }
  parts.append(text[start...])
  return parts
}
