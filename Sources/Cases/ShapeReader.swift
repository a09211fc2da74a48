package import Diagnostics
package import Expression
package import Reading

/// A value read by its shape, with the place of everything inside it.
package struct ShapedValue: Sendable {
  package var value: Value
  /// By path (`facts.districts[相山区].occupancy`), in the order of the file.
  package var places: [(path: String, range: ByteRange)]
}

extension Shape {
  /// Reads a value of this shape that stands at `path`.
  package func reader(_ path: String) -> FieldReader<ShapedValue> {
    func single<Raw>(
      _ reader: FieldReader<Raw>, _ make: @escaping @Sendable (Raw) -> Value
    ) -> FieldReader<ShapedValue> {
      reader.then { found, _ in
        ShapedValue(value: make(found.value), places: [(path, found.range)])
      }
    }
    switch self {
    case .text: return single(.text) { .string($0) }
    case .format(let name): return single(.format(name)) { .string($0) }
    case .number(let minimum, let maximum):
      return single(.exact(minimum, maximum)) { .decimal($0) }
    case .share(let form): return single(.share(form)) { .decimal($0) }
    case .count: return single(.integer(in: 0...Shape.largestCount)) { .decimal(Exact($0)) }
    case .whole(let range): return single(.integer(in: range)) { .decimal(Exact($0)) }
    case .year: return single(.year) { .decimal(Exact($0)) }
    case .flag: return single(.bool) { .bool($0) }
    case .date: return single(.day) { $0.value }
    case .word(let table):
      return single(.word(of: table)) { .string($0) }
    case .record(let shape): return shape.reader(path)
    case .list(let item, let naming):
      return FieldReader.list(
        of: FieldReader<ShapedValue> { node, context in
          if context.describes(item.reader(path).schema) { return nil }
          let name = naming.flatMap { node[$0]?.scalar?.text }
          return item.reader(name.map { "\(path)[\($0)]" } ?? path).read(node, &context)
        }
      ).then { items, _ in
        ShapedValue(
          value: .list(items.value.map(\.value.value)),
          places: [(path, items.range)] + items.value.flatMap(\.value.places))
      }
    case .byCategory(let item, let categories):
      return table(
        path, keys: .word(of: categories), item, .unknown,
        label: { word in categories.entries.first { $0.word == word }?.label }
      ) { "\(path).\($0)" }
    case .byYear(let item):
      return table(
        path, keys: FieldReader.year.then { year, _ in String(year.value) }, item, .unknown,
        label: { _ in nil }
      ) { "\(path)[\($0)]" }
    }
  }

  /// The largest count that is believed: more than there are people.
  static let largestCount = 10_000_000_000

  private func table(
    _ path: String, keys: FieldReader<String>, _ item: Shape, _ missing: Table.Missing,
    label: @escaping @Sendable (String) -> Bilingual?,
    _ itemPath: @escaping @Sendable (String) -> String
  ) -> FieldReader<ShapedValue> {
    FieldReader { node, context in
      if context.describes(.map(keys: keys.schema, of: item.reader(path).schema)) { return nil }
      guard
        let entries = FieldReader.map(keys: keys, of: FieldReader<Node>.anything).read(
          node, &context)
      else { return nil }
      var values: [String: Value] = [:]
      var places = [(path: path, range: node.range)]
      for entry in entries {
        let key = entry.key.value
        if values[key] != nil {
          let code = Quoting.code(key)
          context.fault(
            entry.key.range, zh: "\(code) 不能填写两次", en: "expected \(code) once, found it again")
          continue
        }
        if entry.value.value.isBlank {
          context.blank(key, entry.key.range, label(key), isRequired: false)
          continue
        }
        guard let read = item.reader(itemPath(key)).read(entry.value.value, &context) else {
          continue
        }
        values[key] = read.value
        places += read.places
      }
      return ShapedValue(
        value: .table(Table(path: path, shape: self, entries: values, missing: missing)),
        places: places)
    }
  }
}

extension VocabularyTable {
  /// The words with their Chinese names, as schemas define them once.
  package var schema: FieldSchema {
    .named(
      field,
      .word(
        entries.indices.map { index in
          let names = names(of: index)
          return .init(
            entries[index].word, entries[index].label, names: names,
            pattern: names.map { CellText.pattern(ofKey: CellText.key($0)) }
              .joined(separator: "|"))
        }))
  }
}

extension VocabularyTable {
  /// The entry that a node means; nil after a fault.
  package func index(in node: Node, _ context: inout FieldContext) -> Int? {
    guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
    if let index = index(meaning: text) { return index }
    context.unknownName(text, node.range, among: choices(for: text), nearest: allNames)
    return nil
  }
}

extension RecordShape {
  /// What it and its fields are called.
  package var description: RecordDescription {
    var description = self.about
    description.name = name
    description.fields = Dictionary(
      fields.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
    return description
  }

  package func reader(_ path: String) -> FieldReader<ShapedValue> {
    .record(description) { record in
      var values: [Value] = []
      var places = [(path: path, range: record.range)]
      for field in self.fields {
        let fieldPath = "\(path).\(field.name)"
        let reader = field.shape.reader(fieldPath)
        let read: Located<ShapedValue>?
        if case .required = field.absence {
          read = record.required(field.name, reader)
        } else {
          read = record.optional(field.name, reader)
        }
        var value = read?.value.value ?? field.shape.absent(fieldPath, field.absence)
        if case .table(let table as Table) = value, table.missing == .unknown {
          switch field.absence {
          case .meansNone: value = .table(table.with(.none))
          case .meansZero: value = .table(table.with(.zero))
          default: break
          }
        }
        values.append(value)
        places += read?.value.places ?? []
      }
      return ShapedValue(value: .record(DataRecord(self, values)), places: places)
    }
  }
}

extension FieldReader where Value == Exact {
  /// An exact decimal between two bounds, either of which may be open.
  package static func exact(_ minimum: Exact? = nil, _ maximum: Exact? = nil) -> FieldReader<Exact>
  {
    FieldReader { node, context in
      if context.describes(
        .number(minimum: minimum?.description, maximum: maximum?.description))
      {
        return nil
      }
      guard let text = FieldReader<String>.decimal.read(node, &context) else { return nil }
      guard let number = Exact(decimal: text) else {
        context.fault(node.range, zh: "数字 `\(text)` 过大", en: "the number `\(text)` is too large")
        return nil
      }
      if let minimum, number < minimum {
        context.fault(
          node.range, zh: "应不小于 \(minimum)，实际为 \(number)",
          en: "expected at least \(minimum), found \(number)")
        return nil
      }
      if let maximum, number > maximum {
        context.fault(
          node.range, zh: "应不大于 \(maximum)，实际为 \(number)",
          en: "expected at most \(maximum), found \(number)")
        return nil
      }
      return number
    }
  }
}

extension FieldReader where Value == String {
  /// One word of a vocabulary, as it is or by a Chinese name; the text is the word.
  package static func word(of table: VocabularyTable) -> FieldReader<String> {
    FieldReader { node, context in
      if context.describes(table.isOpen ? .text(pattern: nil) : table.schema) { return nil }
      if table.isOpen {
        guard let text = FieldReader.text.read(node, &context) else { return nil }
        return table.word(text)
      }
      return table.index(in: node, &context).map { table.entries[$0].word }
    }
  }
}

extension FieldReader where Value: Vocabulary {
  /// One word of a vocabulary, or a Chinese name of one.
  package static func word(of table: VocabularyTable) -> FieldReader<Value> {
    FieldReader { node, context in
      if context.describes(table.schema) { return nil }
      return table.index(in: node, &context).map { Value(rawValue: UInt8($0)) }
    }
  }
}

extension FieldReader {
  /// A list of words of a vocabulary; a word twice counts once.
  package static func words<Word: Vocabulary>(
    of table: VocabularyTable, atLeast least: Int = 0
  ) -> FieldReader<WordSet<Word>> where Value == WordSet<Word> {
    FieldReader<[Located<Word>]>.list(of: .word(of: table), atLeast: least).then { list, _ in
      WordSet(list.value.map(\.value))
    }
  }
}

extension CalendarDay {
  /// The day as conditions see it: its midnight in UTC.
  package var value: Value {
    Timestamp(seconds: Int64(daysSinceEpoch) * 86_400).map(Value.timestamp) ?? .null
  }
}
