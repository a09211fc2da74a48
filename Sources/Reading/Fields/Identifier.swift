extension FieldReader where Value == String {
  /// A name that expressions use: lower-case letters, digits and `_`, no digit first.
  package static var identifier: FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.text(pattern: "^[a-z_][a-z0-9_]*$")) { return nil }
      guard let text = FieldReader.text.read(node, &context) else { return nil }
      let isIdentifier =
        text.utf8.allSatisfy {
          $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
        } && !(0x30...0x39).contains(text.utf8.first ?? 0x30)
      if isIdentifier { return text }
      context.fault(
        node.range, zh: "名称 `\(text)` 应由小写字母、数字和下划线组成",
        en: "expected a name of lower-case letters, digits and `_`, found `\(text)`")
      return nil
    }
  }
}
