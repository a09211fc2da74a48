import Diagnostics

/// The registry as rounds see it: as it was uploaded, with those that confirmed rounds admitted and without those that they replaced.
struct RegistryRows {
  private(set) var rows: [PlainValue]
  private var byID: [String: Int] = [:]
  private var byCode: [String: Int] = [:]
  /// Nil where two have one name, kind and district.
  private var byName: [String: Int?] = [:]

  init(_ rows: [PlainValue]) {
    self.rows = rows
    byID.reserveCapacity(rows.count)
    for index in rows.indices { note(index) }
  }

  private mutating func note(_ index: Int) {
    let row = rows[index]
    if let id = row["id"]?.string { byID[id] = index }
    if let code = row["uscc"]?.string { byCode[code] = index }
    if let name = Self.name(row) {
      if let known = byName[name], known != index {
        byName[name] = .some(nil)
      } else {
        byName[name] = index
      }
    }
  }

  private static func name(_ row: PlainValue) -> String? {
    guard let name = row["name"]?.string, let kind = row["kind"]?.string,
      let district = row["district"]?.string
    else { return nil }
    return "\(name)\u{1F}\(kind)\u{1F}\(district)"
  }

  /// The row of an id.
  func row(_ id: String) -> PlainValue? { byID[id].map { rows[$0] } }

  /// Where an institution stands already: by its own id, its code, or its name, kind and district, as semantics.md 4.8 has it.
  func index(of row: PlainValue, institution: String?) -> Int? {
    if let index = institution.flatMap({ byID[$0] }) { return index }
    if let index = row["id"]?.string.flatMap({ byID[$0] }) { return index }
    if let code = row["uscc"]?.string { return byCode[code] }
    return Self.name(row).flatMap { byName[$0] ?? nil }
  }

  /// Whether the registry has all that a newcomer was given.
  func has(_ row: PlainValue, institution: String?) -> Bool {
    guard let index = index(of: row, institution: institution) else { return false }
    let held = Set((rows[index]["categories"]?.items ?? []).compactMap(\.string))
    let given = (row["categories"]?.items ?? []).compactMap(\.string)
    return given.allSatisfy(held.contains)
      && (row["beds"]?.integer ?? 0) <= (rows[index]["beds"]?.integer ?? 0)
  }

  /// Adds a newcomer, or to the row of one that is there what it was given.
  mutating func add(_ row: PlainValue, institution: String?) {
    guard let index = index(of: row, institution: institution) else {
      rows.append(row)
      note(rows.count - 1)
      return
    }
    var known = rows[index]
    var categories = known["categories"]?.items ?? []
    for category in row["categories"]?.items ?? [] where !categories.contains(category) {
      categories.append(category)
    }
    known["categories"] = .list(categories)
    if let beds = row["beds"]?.integer, beds > known["beds"]?.integer ?? 0 {
      known["beds"] = .number(beds)
    }
    rows[index] = known
  }

  /// A leaving institution whose place was taken counts no more and frees nothing again.
  mutating func terminate(_ id: String) {
    guard let index = byID[id] else { return }
    rows[index]["status"] = "terminated"
  }

  /// Takes a newcomer out whose case was voided, where the row is its own.
  mutating func removeOwn(_ id: String) {
    guard let index = byID[id] else { return }
    rows.remove(at: index)
    self = RegistryRows(rows)
  }

  /// As CSV with these columns.
  func csv(_ columns: [String]) -> String {
    var text = columns.joined(separator: ",") + "\n"
    for row in rows {
      for (index, column) in columns.enumerated() {
        if index > 0 { text += "," }
        guard let value = row[column] else { continue }
        text += Self.cell(value)
      }
      text += "\n"
    }
    return text
  }

  private static func cell(_ value: PlainValue) -> String {
    let text: String
    switch value {
    case .text(let value): text = value
    case .number(let digits): text = digits
    case .flag(let flag): text = flag ? "true" : "false"
    case .list(let items): text = items.map(cell).joined(separator: ";")
    case .null, .record: text = ""
    }
    let needsQuotes = text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
    return needsQuotes
      ? "\""
        + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\"" : text
  }
}
