import Diagnostics

/// Bars as SVG: of what is counted, and of what a limit leaves.
enum HTMLBar {
  private static let width = 240.0
  private static let height = 10.0

  /// A number as reports write it, for drawing alone: an integer, a decimal or a fraction; nil where it is none or not known.
  static func number(_ text: String?) -> Double? {
    guard let text else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    switch parts.count {
    case 1: return parts[0].flatMap { $0.isFinite ? $0 : nil }
    case 2:
      guard let above = parts[0], let below = parts[1], below != 0 else { return nil }
      return above / below
    default: return nil
    }
  }

  /// Parts side by side, to the scale of a whole.
  static func svg(_ parts: [(kind: String, size: Double)], of whole: Double) -> String {
    svg(parts, of: whole, limit: nil)
  }

  /// What was used before, what the batch takes, what it would take with all that is undecided, and the limit; nothing where one of
  /// these is not known.
  static func svg(_ row: PlaceRow) -> String {
    guard let limit = number(row.limit), let used = number(row.usedBefore),
      let taken = number(row.taken), let all = number(row.takenIfAll)
    else { return "" }
    let whole = max(limit, used + max(taken, all), 1)
    return svg(
      [("used", used), ("taken", taken), ("doubtful", max(0, all - taken))], of: whole,
      limit: limit)
  }

  private static func svg(
    _ parts: [(kind: String, size: Double)], of whole: Double, limit: Double?
  ) -> String {
    if whole <= 0 { return "" }
    let scale = (width - 2) / whole
    var svg = "<svg class=\"bar\" viewBox=\"0 0 240 10\" preserveAspectRatio=\"none\""
    svg += " aria-hidden=\"true\">"
    var x = 1.0
    for part in parts where part.size > 0 {
      let length = part.size * scale
      svg += "<rect class=\"\(part.kind)\" x=\"\(DrawingScale.pixels(x))\" y=\"1\""
      svg += " width=\"\(DrawingScale.pixels(length))\" height=\"8\"/>"
      x += length
    }
    if let limit {
      svg += "<path class=\"limit\" d=\"M\(DrawingScale.pixels(1 + limit * scale)) 0V10\"/>"
    }
    return svg + "</svg>"
  }

  /// What the parts of a limit's bar are.
  static var legend: String {
    let keys = [
      ("used", "此前已用", "used before"), ("taken", "本批已用", "taken by this batch"),
      ("doubtful", "待定的全部纳入后再用", "more, were all undecided admitted"),
    ]
    var html = "<p class=\"keys\">"
    for (kind, zh, en) in keys {
      html += "<span><svg class=\"bar\" viewBox=\"0 0 12 10\" aria-hidden=\"true\">"
      html += "<rect class=\"\(kind)\" x=\"1\" y=\"1\" width=\"10\" height=\"8\"/></svg> "
      html += HTMLText.both(zh, en) + "</span>"
    }
    html += "<span><svg class=\"bar\" viewBox=\"0 0 12 10\" aria-hidden=\"true\">"
    html += "<path class=\"limit\" d=\"M6 0V10\"/></svg> "
    return html + HTMLText.both("限额", "limit") + "</span></p>\n"
  }
}
