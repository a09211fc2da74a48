package import Expression

/// The values of one record, in the order of its shape's fields.
package final class DataRecord: RecordValue {
  package let shape: RecordShape
  package let values: [Value]
  /// The path of a record that is not in its file; nil where it is.
  let absentPath: String?

  package init(_ shape: RecordShape, _ values: [Value], absentPath: String? = nil) {
    self.shape = shape
    self.values = values
    self.absentPath = absentPath
  }

  package var recordType: RecordType { shape.type }

  package func value(at field: Int) -> Value {
    values.indices.contains(field) ? values[field] : .null
  }

  /// Something that is there is present, a list or table that is empty by contract is not; what is missing is unknown.
  package func presence(of field: Int) -> Value {
    switch value(at: field) {
    // Whether it is there is not told by any value that it could have.
    case .unknown(let unknowns):
      .unknown(
        UnknownSet(Unknown(unknowns.elements.first?.origin ?? .data(""), domain: .opaque)))
    case .null: .bool(false)
    case .list(let items): .bool(!items.isEmpty)
    // No text that is given is empty.
    case .string(let text): .bool(!text.isEmpty)
    case .table(let table as Table): table.presence
    default: .bool(true)
    }
  }
}

extension DataRecord {
  /// What is not there is not stated, unless the whole record is absent.
  package func statement(of field: Int) -> Value {
    switch value(at: field) {
    case .unknown, .null:
      return absentPath.map {
        .unknown(UnknownSet(Unknown(path: $0, domain: .opaque)))
      } ?? .bool(false)
    case .record(let record as DataRecord): return .bool(record.absentPath == nil)
    case .table(let table as Table): return .bool(table.isStated)
    default: return .bool(true)
    }
  }
}

/// Values by category or year, with what it means that one is not there.
package struct Table: TableValue {
  package enum Missing: Sendable {
    case unknown
    case none
    case zero
  }

  /// Where it stands in its file (`facts.terminated`).
  package let path: String
  package let shape: Shape
  /// By category word or by year in digits.
  package let entries: [String: Value]
  package let missing: Missing
  package var overrides: Assumptions = [:]
  /// Whether it is in its file.
  var isStated = true
  /// The entries that were counted from a registry because the file does not give them.
  package var counted: Set<String> = []

  package init(path: String, shape: Shape, entries: [String: Value], missing: Missing) {
    self.path = path
    self.shape = shape
    self.entries = entries
    self.missing = missing
  }

  package func with(_ missing: Missing) -> Table {
    // What is inside a table whose absence means none or zero has the same meaning.
    var inner = entries
    for (key, value) in entries {
      if case .table(let table as Table) = value { inner[key] = .table(table.with(missing)) }
    }
    var table = Table(path: path, shape: shape, entries: inner, missing: missing)
    table.isStated = isStated
    table.counted = counted
    return table
  }

  package var presence: Value {
    if !entries.isEmpty { return .bool(true) }
    switch missing {
    case .unknown: return .unknown(UnknownSet(Unknown(path: path, domain: .opaque)))
    case .none, .zero: return .bool(false)
    }
  }

  package func statement(forKey key: Value) -> Value {
    if !isStated {
      return Value.unknown(UnknownSet(Unknown(path: path, domain: .opaque))).replacing(overrides)
    }
    let name = name(of: key).name
    return .bool(entries[name] != nil && !counted.contains(name))
  }

  package var latest: Value {
    let years = entries.keys.compactMap { key in Int(key).map { ($0, key) } }
    guard let last = years.max(by: { $0.0 < $1.0 }), let found = entries[last.1] else {
      return Value.unknown(UnknownSet(Unknown(path: path, domain: .opaque))).replacing(overrides)
    }
    return overrides.isEmpty ? found : found.replacing(overrides)
  }

  package func value(forKey key: Value) -> Value {
    let (name, path) = name(of: key)
    let found = entries[name] ?? absentValue(path)
    return overrides.isEmpty ? found : found.replacing(overrides)
  }

  package func presence(forKey key: Value) -> Value {
    let (name, path) = name(of: key)
    if entries[name] != nil { return .bool(true) }
    switch missing {
    case .none, .zero: return .bool(false)
    case .unknown:
      return Value.unknown(UnknownSet(Unknown(path: path, domain: .opaque))).replacing(overrides)
    }
  }

  private func name(of key: Value) -> (name: String, path: String) {
    switch key {
    case .string(let word): return (word, "\(path).\(word)")
    case .decimal(let number): return (number.description, "\(path)[\(number)]")
    default: return ("", path)
    }
  }

  private func absentValue(_ path: String) -> Value {
    let item: Shape
    switch shape {
    case .byCategory(let value, _), .byYear(let value): item = value
    default: return .null
    }
    switch (missing, item) {
    case (.unknown, _): return item.absent(path, .unknown)
    case (.zero, .byCategory), (.zero, .byYear): return item.absent(path, .meansZero)
    case (.zero, _): return .decimal(Exact(0))
    case (.none, .byCategory), (.none, .byYear): return item.absent(path, .meansNone)
    case (.none, _): return .unknown(UnknownSet(Unknown(path: path, domain: item.domain)))
    }
  }
}

extension Value {
  /// The value with the unknowns that `overrides` names replaced, all the way down; for asking "what if it were".
  package func replacing(_ overrides: Assumptions) -> Value {
    if overrides.isEmpty { return self }
    switch self {
    case .unknown(let unknowns):
      for unknown in unknowns.elements {
        if let value = overrides[unknown.origin] { return value }
      }
      return self
    case .record(let record as DataRecord):
      return .record(
        DataRecord(
          record.shape, record.values.map { $0.replacing(overrides) },
          absentPath: record.absentPath))
    case .table(var table as Table):
      if table.overrides.isEmpty {
        table.overrides = overrides
      } else {
        table.overrides.merge(overrides) { $1 }
      }
      return .table(table)
    case .list(let items):
      return .list(items.map { $0.replacing(overrides) })
    default:
      return self
    }
  }
}

extension Value {
  /// The value with what is missing at a path given, as if it stood in its file: what it is in is there as well then.
  package func giving(_ given: Value, at path: String, _ isGiven: inout Bool) -> Value {
    switch self {
    case .unknown(let unknowns):
      guard unknowns.elements.contains(where: { $0.origin == .data(path) }) else { return self }
      isGiven = true
      return given
    case .record(let record as DataRecord):
      var isInside = false
      let values = record.values.map { $0.giving(given, at: path, &isInside) }
      guard isInside else { return self }
      isGiven = true
      return .record(DataRecord(record.shape, values))
    case .table(let table as Table):
      guard let changed = table.giving(given, at: path) else { return self }
      isGiven = true
      return .table(changed)
    case .list(let items):
      return .list(items.map { $0.giving(given, at: path, &isGiven) })
    default: return self
    }
  }
}

extension Table {
  /// The table with an entry given; nil where the path leads to none that is missing.
  fileprivate func giving(_ given: Value, at whole: String) -> Table? {
    guard whole.hasPrefix(path), let mark = whole.dropFirst(path.count).first else { return nil }
    let rest = whole.dropFirst(path.count + 1)
    let key: Substring
    switch mark {
    case "[": key = rest.prefix { $0 != "]" }
    case ".": key = rest.prefix { $0 != "." && $0 != "[" }
    default: return nil
    }
    let entryPath = mark == "[" ? "\(path)[\(key)]" : "\(path).\(key)"
    var isGiven = false
    let entry = (entries[String(key)] ?? absentValue(entryPath)).giving(
      given, at: whole, &isGiven)
    guard isGiven else { return nil }
    var changed = Table(
      path: path, shape: shape, entries: entries.merging([String(key): entry]) { $1 },
      missing: missing)
    changed.overrides = overrides
    changed.counted = counted.subtracting([String(key)])
    return changed
  }
}
