import Cases
package import Diagnostics
import Expression
import Policy
import PolicyDesk
import Reading

extension Workspace {
  /// What is meant by what stands at a byte, in Markdown, with its place; nil where there is nothing to say.
  package mutating func hover(_ path: String, at offset: Int) -> (text: String, range: ByteRange)? {
    guard let analysis = analysis(path), let index = index(path) else { return nil }
    if let occurrence = index.occurrence(at: offset),
      let text = text(of: occurrence, analysis, path)
    {
      return (text, occurrence.range)
    }
    if let known = index.known(at: offset), let text = text(ofKnown: known.name) {
      return (text, known.range)
    }
    guard let node = analysis.node else { return nil }
    return key(at: offset, node, schema(analysis.kind, analysis.catalogue))
  }

  private mutating func text(
    of occurrence: Occurrence, _ analysis: Analysis, _ path: String
  ) -> String? {
    let language = settings.language
    let symbol = occurrence.symbol
    switch symbol.kind {
    case .field:
      let root = symbol.owner == "institution" ? "neighbour" : symbol.owner
      guard let field = ExpressionType.field([root, symbol.name], analysis.catalogue) else {
        return nil
      }
      return FieldText.of(field, language)
    case .word: return word(symbol, analysis.catalogue)
    default: break
    }
    for profile in profiles(for: symbol, path) {
      guard let node = self.analysis(profile)?.node else { continue }
      var parts: [String] = []
      if let item = ProfileItem(symbol, of: node) { parts.append(item.markdown(language)) }
      if symbol.kind == .law,
        parts.isEmpty || occurrence.role == .rule || occurrence.section == "expect"
      {
        parts += rule(symbol.name, node)
      }
      if symbol.kind == .law, analysis.kind == .policyTests,
        let values = values(for: occurrence, analysis, profile)
      {
        parts.append(values)
      }
      if symbol.kind == .name, let value = value(of: symbol.name, profile) { parts.append(value) }
      if !parts.isEmpty { return parts.joined(separator: "\n\n") }
    }
    return nil
  }

  private mutating func profiles(for symbol: Symbol, _ path: String) -> [String] {
    scope(of: symbol, in: path).filter { kind(of: $0) == .policy }
  }

  /// The name of a rule, and its provisions where its id is none of one.
  private func rule(_ id: String, _ profile: Node) -> [String] {
    guard let rule = profile["rules"]?.items?.first(where: { $0["id"]?.scalar?.text == id }) else {
      return []
    }
    let isChinese = settings.language == .zh
    var parts = [
      (isChinese ? "规则 `" : "rule `") + (rule["name"]?.scalar?.text ?? id) + "`"
    ]
    let basis =
      rule["basis"]?.items?.compactMap(\.scalar?.text)
      ?? [rule["basis"]?.scalar?.text].compactMap(\.self)
    for provision in basis where provision != id {
      if let item = ProfileItem(provision, in: ["provisions"], of: profile) {
        parts.append(item.markdown(settings.language))
      }
    }
    return parts
  }

  private func word(_ symbol: Symbol, _ catalogue: Catalogue) -> String? {
    for path in [[symbol.owner], symbol.owner.split(separator: ".").map(String.init)] {
      if let table = catalogue.words.table(named: path[0]), path.count == 1,
        let entry = table.entries.first(where: { $0.word == symbol.name })
      {
        return
          "**\(symbol.name)** · \(entry.label[settings.language]) (\(table.label[settings.language]))"
      }
      if path.count > 1, case .symbol(let type)? = ExpressionType.of(path, catalogue) {
        return "**\(symbol.name)** · \(type.label(of: symbol.name)[settings.language])"
      }
    }
    return nil
  }

  private func text(ofKnown name: String) -> String? {
    if let function = FunctionLibrary.policy[name] {
      return "```\n" + function.signatures.joined(separator: "\n") + "\n```"
    }
    return RootText.of(name).map { "**\(name)** · \($0[settings.language])" }
  }

  /// What the field is whose key stands at a byte.
  private func key(
    at offset: Int, _ node: Node, _ schema: FieldSchema?
  ) -> (text: String, range: ByteRange)? {
    guard let schema, node.range.start <= offset, offset <= node.range.end else { return nil }
    for entry in node.entries ?? [] {
      if entry.keyRange.start <= offset, offset <= entry.keyRange.end {
        guard let field = schema.field(entry.key) else { return nil }
        var text = "**\(entry.key)**"
        if let meaning = field.meaning { text += " · \(meaning[settings.language])" }
        if let accepts = SchemaText.of(field.schema) { text += "\n\n\(accepts[settings.language])" }
        return (text, entry.keyRange)
      }
      if let found = key(at: offset, entry.value, schema.step(key: entry.key)) { return found }
    }
    for item in node.items ?? [] {
      if let found = key(at: offset, item, schema.item) { return found }
    }
    return nil
  }
}

/// What is said of a field of an input.
enum FieldText {
  static func of(_ field: RecordShape.Field, _ language: Language) -> String {
    let isChinese = language == .zh
    var lines = ["**\(field.name)** · \(field.label[language])"]
    if let accepts = SchemaText.of(field.shape.reader("").schema) {
      lines.append(accepts[language])
    }
    switch field.absence {
    case .required: lines.append(isChinese ? "必填" : "has to be there")
    case .unknown: lines.append(isChinese ? "未填写视为不掌握" : "absent: not known")
    case .means, .meansNone: lines.append(isChinese ? "未填写视为没有" : "absent: none")
    case .meansZero: lines.append(isChinese ? "未填写视为 0" : "absent: zero")
    }
    if let source = field.source { lines.append((isChinese ? "来源：" : "from: ") + source[language]) }
    if field.isOwn { lines.append(isChinese ? "本统筹地区的自有字段" : "a field of the tenant's own") }
    return lines.joined(separator: "\n\n")
  }
}

extension Vocabularies {
  /// The table of a field (`kind`).
  func table(named name: String) -> VocabularyTable? {
    [
      category, kind, area, setting, grade, specialty, ownership, circumstance, document, panel,
      indicator, group, direction, purchasesUnit,
    ].first { $0.field == name } ?? Vocabularies.closed.first { $0.field == name }
  }
}
