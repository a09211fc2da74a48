/// A table of a store, which has the same columns in every kind of database; what backups copy, in this order.
struct StoreTable: Sendable {
  var name: String
  var columns: [String]
  /// What entries that follow each other are read by; empty where the order says nothing.
  var order: [String] = []

  static let all = [
    StoreTable(name: "documents", columns: ["city", "digest", "bytes"]),
    StoreTable(name: "numbers", columns: ["city", "kind", "last"]),
    StoreTable(
      name: "records",
      columns: ["city", "kind", "id", "parent", "name", "number", "version", "body"]),
    StoreTable(
      name: "ledger",
      columns: [
        "city", "seq", "kind", "rule", "part", "scope", "take", "used", "most", "binds", "round",
        "filed", "of", "prev", "hash", "body",
      ], order: ["city", "seq"]),
    StoreTable(name: "figure_names", columns: ["city", "path"]),
    StoreTable(name: "figures", columns: ["city", "path", "seq", "total"]),
    StoreTable(
      name: "audit", columns: ["city", "seq", "prev", "hash", "body"], order: ["city", "seq"]),
    StoreTable(
      name: "answers",
      columns: [
        "city", "account", "act", "key", "request", "outcome", "body", "round", "at",
      ]),
  ]

  var selection: String {
    "SELECT \(columns.joined(separator: ", ")) FROM \(name)"
      + (order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", "))")
  }

  /// So many rows are copied at once; documents may be large.
  var rowsAtOnce: Int { name == "documents" ? 4 : 500 }

  /// What adds some rows, the values of one after those of another.
  func insertion(rows: Int = 1) -> String {
    let places = (0..<rows).map { row in
      "(" + columns.indices.map { "$\(row * columns.count + $0 + 1)" }.joined(separator: ", ") + ")"
    }
    return
      "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES \(places.joined(separator: ", "))"
  }
}
