/// The ids of subjects as the page's own: a link to an application stays when rows move.
struct HTMLAnchors {
  /// What the page has ids of its own for.
  static let reserved: Set<String> = [
    "zh", "en", "list", "summary", "tight", "places", "grounds", "missing", "map", "subjects",
    "rules", "notes", "replay", "find", "verdict", "district", "rule", "open", "close", "reset",
    "count", "paper", "making", "made", "stop", "results", "rest", "packed", "pieces", "steps",
  ]

  /// The row of each subject that the page shows, by id. Looked up, never iterated.
  private var rows: [String: Int] = [:]
  private var anchors: [String: String] = [:]
  private(set) var count = 0

  /// The id that a subject has in the page, the next that is shown: its own, or `s` and its number where that cannot be one.
  mutating func add(_ id: String, number: Int) -> String {
    defer { count += 1 }
    guard rows[id] == nil else { return "s\(number)" }
    rows[id] = count
    let anchor = Self.isUsable(id) ? id : "s\(number)"
    anchors[id] = anchor
    return anchor
  }

  /// The row and the id in the page of a subject; nil where it is not shown.
  func place(of id: String) -> (row: Int, anchor: String)? {
    guard let row = rows[id], let anchor = anchors[id] else { return nil }
    return (row, anchor)
  }

  /// Whether it can stand in an address as it is and is no id of the page's own.
  static func isUsable(_ id: String) -> Bool {
    guard !id.isEmpty, id.utf8.count <= 120, !reserved.contains(id), !isNumbered(id) else {
      return false
    }
    return id.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "0"..."9", "a"..."z", "A"..."Z", "-", "_", ".", "\u{4E00}"..."\u{9FFF}": true
      default: false
      }
    }
  }

  /// `r3`, `s3` and `p3` are the page's own.
  private static func isNumbered(_ id: String) -> Bool {
    (id.first == "r" || id.first == "s" || id.first == "p") && id.utf8.count > 1
      && id.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
}
