import Diagnostics

/// The quota table: each limit and scope with what was used, taken and left, and the order of merit.
struct QuotaTable {
  /// The ids of an order that are listed for people; JSON has all.
  static let orderLimit = 12

  var header: [String]
  var rows: [[String]]

  static func title(_ language: Language) -> String {
    language == .zh ? "名额使用情况" : "places"
  }

  init(_ places: [PlaceRow], _ language: Language) {
    let isChinese = language == .zh
    header =
      isChinese
      ? ["规则", "范围", "单位", "限额", "此前已用", "本批已用", "待定全部纳入后", "剩余", "择优顺序"]
      : ["rule", "scope", "unit", "limit", "used before", "taken", "taken if all", "left", "order"]
    let absent = isChinese ? "不明" : "unknown"
    rows = places.map { row in
      [
        row.rule, row.scope, Wording.unit(row.unit, language), row.limit ?? absent,
        row.usedBefore ?? absent, row.taken, row.takenIfAll, row.left ?? absent,
        Self.order(row.order, language),
      ]
    }
  }

  private static func order(_ ids: [String], _ language: Language) -> String {
    if ids.isEmpty { return "-" }
    let listed = ids.prefix(orderLimit).joined(separator: " > ")
    if ids.count <= orderLimit { return listed }
    return listed + (language == .zh ? " > …（共 \(ids.count) 家）" : " > … (\(ids.count) in all)")
  }

  /// The lines of the table, columns aligned by display width, the last one ragged.
  func lines() -> [String] {
    let shown = ([header] + rows).map { $0.map(VisibleText.of) }
    var widths = [Int](repeating: 0, count: header.count)
    for row in shown {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], DisplayWidth.of(cell))
      }
    }
    return shown.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 {
          line += String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
        }
      }
      return line
    }
  }
}
