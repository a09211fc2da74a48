import Reading

/// Writes records as CSV: a column a field, lists with semicolons.
enum PlainTable {
  /// The records as rows, under the fields that at least one has, in the order given, then what is the user's own.
  static func rows(_ records: [PlainItem], fields: [String]) -> String {
    let records = records.map(flattened)
    var names = fields.filter { field in records.contains { $0[field] != nil } }
    // A header alone says that there is nobody.
    if records.isEmpty { names = fields.filter { $0 != "location" } }
    for record in records {
      guard case .map(let entries) = record else { continue }
      for entry in entries where !names.contains(entry.key) { names.append(entry.key) }
    }
    var text = line(names)
    for record in records { text += line(names.map { record[$0].map(cell) ?? "" }) }
    return text
  }

  /// Figures, a row each, of the city or of a district.
  static func figures(_ facts: PlainItem) -> String {
    var text = line(["district", "item", "value"])
    guard case .map(let entries) = facts else { return text }
    func add(_ item: PlainItem, _ path: String, _ place: String) {
      if case .map(let entries) = item, !entries.isEmpty {
        for entry in entries {
          add(entry.value, path.isEmpty ? entry.key : "\(path).\(entry.key)", place)
        }
      } else {
        text += line([place, path, cell(item)])
      }
    }
    for entry in entries where entry.key != "districts" { add(entry.value, entry.key, "city") }
    if case .list(let districts)? = facts["districts"] {
      for district in districts {
        guard case .map(let entries) = district, let name = district["name"]?.scalar else {
          continue
        }
        for entry in entries where entry.key != "name" { add(entry.value, entry.key, name) }
      }
    }
    return text
  }

  /// With longitude, latitude and datum beside the other fields.
  private static func flattened(_ record: PlainItem) -> PlainItem {
    guard case .map(let entries) = record else { return record }
    return .map(
      entries.flatMap { entry -> [PlainField] in
        guard entry.key == "location", case .map(let inner) = entry.value else { return [entry] }
        return inner
      })
  }

  private static func cell(_ item: PlainItem) -> String {
    switch item {
    case .text(let text), .bare(let text), .literal(let text): text
    case .list(let items) where items.allSatisfy(\.isScalar):
      items.compactMap(\.scalar).joined(separator: ";")
    case .list, .map: PlainWriter.flow(item, isYAML: false)
    }
  }

  private static func line(_ cells: [String]) -> String {
    cells.map { cell in
      let isQuoted =
        cell.unicodeScalars.contains { ",\"\n\r\t".unicodeScalars.contains($0) }
        || cell.first == " " || cell.last == " "
      return isQuoted
        ? "\"" + cell.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\"" : cell
    }.joined(separator: ",") + "\n"
  }
}
