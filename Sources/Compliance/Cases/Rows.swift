import Diagnostics
import Reading

/// Rows of a table as the records that a YAML file would have.
enum Rows {
  /// How the text of a column becomes a field.
  enum Column: Sendable {
    case single
    /// Words separated by `;`.
    case list
    /// A field of `location`.
    case location
  }

  static let applicationColumns: [(name: String, column: Column)] =
    ApplicationField.allCases.compactMap { field in
      switch field {
      case .location: nil
      case .requests, .specialty, .designatedFor, .circumstances: (field.name, .list)
      default: (field.name, .single)
      }
    } + [("lon", .location), ("lat", .location), ("datum", .location)]

  static let registryColumns: [(name: String, column: Column)] = [
    ("id", .single), ("name", .single), ("kind", .single), ("categories", .list),
    ("grade", .single), ("district", .single), ("street", .single), ("lon", .single),
    ("lat", .single), ("datum", .single), ("beds", .single), ("specialty", .list),
    ("group", .single), ("status", .single),
  ]

  /// Gives each row as a mapping to `row`, until it returns false. `quick` sees a row first, with the place of each column, and
  /// returns true where it could read it: only plain rows without any fault.
  static func read(
    _ file: SourceFile, columns known: [(name: String, column: Column)],
    quick: (borrowing CSVRow, [String: Int]) -> Bool = { _, _ in false }, row body: (Node) -> Bool
  ) throws(Faults) {
    var places: [String: Int] = [:]
    var columns: [(key: Located<String>, column: Column)?] = []
    var isStopped = false
    try CSVReader.read(
      file,
      header: { names throws(Faults) in
        var faults = FaultCollector()
        for name in names {
          if let found = known.first(where: { $0.name == name.value }) {
            places[found.name] = columns.count
            columns.append((name, found.column))
            continue
          }
          columns.append(nil)
          if name.value.hasPrefix("x-") { continue }
          let nearest = NearestName.of(name.value, among: known.map(\.name))
          faults.add(
            Fault(
              file, name.range,
              zh: "没有 `\(name.value)` 这一列" + (nearest.map { "，是否应为 `\($0)`" } ?? "，自用列请以 `x-` 开头"),
              en: "there is no column `\(name.value)`"
                + (nearest.map { "; did you mean `\($0)`" }
                  ?? "; begin a column of your own with `x-`")))
        }
        try faults.check()
      },
      row: { row throws(Faults) in
        if isStopped || quick(row, places) { return }
        var entries: [Entry] = []
        var location: [Entry] = []
        for (index, column) in columns.enumerated() {
          guard let column, !row.isEmpty(index) else { continue }
          let node = row.node(index)
          let entry = Entry(key: column.key.value, keyRange: column.key.range, value: node)
          switch column.column {
          case .single: entries.append(entry)
          case .location: location.append(entry)
          case .list:
            entries.append(
              Entry(key: entry.key, keyRange: entry.keyRange, value: split(node)))
          }
        }
        if location.contains(where: { $0.key != "datum" }) {
          entries.append(
            Entry(
              key: "location", keyRange: row.range,
              value: Node(range: row.range, content: .map(location))))
        }
        if !body(Node(range: row.range, content: .map(entries))) { isStopped = true }
      })
  }

  /// A field of words separated by `;` as a list; each word keeps its place where the field is written plainly.
  private static func split(_ node: Node) -> Node {
    guard let text = node.scalar?.text else { return node }
    let bytes = Array(text.utf8)
    let isPlain = bytes.count == node.range.count
    var items: [Node] = []
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: ";") {
      var (from, to) = (start, end)
      while from < to, bytes[from] == 0x20 { from += 1 }
      while to > from, bytes[to - 1] == 0x20 { to -= 1 }
      if to > from {
        items.append(
          Node(
            range: isPlain
              ? ByteRange(start: node.range.start + from, end: node.range.start + to) : node.range,
            content: .scalar(
              Scalar(text: String(decoding: bytes[from..<to], as: UTF8.self), kind: .plain))))
      }
      start = end + 1
    }
    return Node(range: node.range, content: .list(items))
  }
}
