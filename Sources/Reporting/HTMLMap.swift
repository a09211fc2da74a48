import Diagnostics
import Glibc

/// A map of all applicants that have a place, to scale and north up, as SVG: verdicts differ by shape as well as by colour.
///
/// Up to a limit each mark is a link to its application; of more there is one path a verdict, so that ten thousand are drawn as
/// fast. How many have no place is said.
struct HTMLMap {
  /// The marks that are links.
  static let linkLimit = 500
  private static let width = 720.0
  private static let margin = 26.0
  private static let mostHeight = 520.0
  private static let leastHeight = 180.0
  /// A map of one place, or of places side by side, shows so many metres.
  private static let leastExtent = 400.0

  private struct Point {
    var longitude: Double
    var latitude: Double
    var verdict: Verdict
  }

  private struct Label {
    var anchor: String
    var id: String
    var name: String
    var word: Bilingual
  }

  private var points: [Point] = []
  /// Of the points, as long as they are few enough to be links.
  private var labels: [Label] = []
  private var notGiven = 0
  private var withoutDatum = 0
  /// The datums other than WGS-84 that places were given in, in the order of their first.
  private var datums: [(name: String, count: Int)] = []

  var isEmpty: Bool { points.isEmpty }

  mutating func add(_ result: SubjectResult, _ place: CaseRow.Place, _ anchor: String) {
    switch place {
    case .notGiven: notGiven += 1
    case .withoutDatum: withoutDatum += 1
    case .at(let longitude, let latitude, let datum):
      guard longitude.isFinite, latitude.isFinite else {
        notGiven += 1
        return
      }
      points.append(Point(longitude: longitude, latitude: latitude, verdict: result.verdict))
      if points.count <= Self.linkLimit {
        labels.append(
          Label(anchor: anchor, id: result.id, name: result.name, word: result.verdictWord))
      } else {
        labels = []
      }
      if datum == "WGS84" { return }
      if let known = datums.firstIndex(where: { $0.name == datum }) {
        datums[known].count += 1
      } else {
        datums.append((datum, 1))
      }
    }
  }

  // MARK: - Drawing

  func write(_ verdicts: [Verdict], _ language: Language, to sink: inout ByteSink) {
    guard let first = points.first else { return }
    var (west, east) = (first.longitude, first.longitude)
    var (south, north) = (first.latitude, first.latitude)
    for point in points {
      (west, east) = (min(west, point.longitude), max(east, point.longitude))
      (south, north) = (min(south, point.latitude), max(north, point.latitude))
    }
    let cosine = max(0.01, cos((south + north) / 2 * .pi / 180))
    let across = (east - west) * cosine * DrawingScale.metresPerDegree
    let down = (north - south) * DrawingScale.metresPerDegree
    let room = Self.width - 2 * Self.margin
    let scale = min(
      room / max(across, Self.leastExtent),
      (Self.mostHeight - 2 * Self.margin) / max(down, Self.leastExtent))
    let height = max(down * scale + 2 * Self.margin, Self.leastHeight)
    let (middle, centre) = ((west + east) / 2, (south + north) / 2)
    let perDegree = DrawingScale.metresPerDegree * scale
    func place(_ point: Point) -> (Double, Double) {
      (
        Self.width / 2 + (point.longitude - middle) * cosine * perDegree,
        height / 2 - (point.latitude - centre) * perDegree
      )
    }

    sink.write("<figure class=\"applicants\">\n<svg class=\"atlas\" viewBox=\"0 0 ")
    sink.write(DrawingScale.pixels(Self.width) + " " + DrawingScale.pixels(height))
    sink.write("\" role=\"\(labels.isEmpty ? "img" : "group")\">")
    sink.write(HTMLText.swapped("title", title, language))
    sink.write(HTMLText.swapped("desc", caption, language) + "\n")
    if labels.isEmpty {
      for verdict in verdicts { crowd(verdict, place, to: &sink) }
    } else {
      for (point, label) in zip(points, labels) {
        mark(point, label, place(point), language, to: &sink)
      }
    }
    frame(scale, height, to: &sink)
    sink.write("</svg>\n<figcaption>\(HTMLText.both(caption))</figcaption>\n<ul class=\"keys\">")
    for verdict in verdicts {
      let count = points.count { $0.verdict == verdict }
      if count == 0 { continue }
      sink.write("<li><svg class=\"atlas\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">")
      sink.write("<path class=\"\(verdict.rawValue)\" d=\"\(Self.shape(verdict, 0, 0))\"/></svg> ")
      sink.write(HTMLText.both(verdict.word) + " \(count)</li>")
    }
    sink.write("</ul>\n</figure>\n")
  }

  private func mark(
    _ point: Point, _ label: Label, _ place: (x: Double, y: Double), _ language: Language,
    to sink: inout ByteSink
  ) {
    let name = label.name == label.id ? label.id : label.id + " " + label.name
    let title = Bilingual(
      zh: name + "：" + label.word.zh, en: name + ": " + label.word.en)
    sink.write("<a class=\"mark\" tabindex=\"-1\" href=\"#\(label.anchor)\">")
    sink.write(
      "<path class=\"\(point.verdict.rawValue)\" d=\"\(Self.shape(point.verdict, place.x, place.y))\">"
    )
    sink.write(HTMLText.swapped("title", title, language) + "</path></a>\n")
  }

  /// All of a verdict as one path; marks that fall on the same pixel are one.
  private func crowd(
    _ verdict: Verdict, _ place: (Point) -> (Double, Double), to sink: inout ByteSink
  ) {
    var taken: Set<Int> = []
    var isOpen = false
    for point in points where point.verdict == verdict {
      let (x, y) = place(point)
      let (column, row) = (Int(x.rounded()), Int(y.rounded()))
      if !taken.insert(row << 16 | column).inserted { continue }
      if !isOpen { sink.write("<path class=\"\(verdict.rawValue) crowd\" d=\"") }
      isOpen = true
      sink.write(Self.shape(verdict, Double(column), Double(row), size: 3))
    }
    if isOpen { sink.write("\"/>\n") }
  }

  /// A disc, a triangle on its tip, a diamond or a square.
  private static func shape(
    _ verdict: Verdict, _ x: Double, _ y: Double, size: Double = 5.5
  ) -> String {
    func at(_ dx: Double, _ dy: Double) -> String {
      DrawingScale.pixels(x + dx) + " " + DrawingScale.pixels(y + dy)
    }
    let s = DrawingScale.pixels(size)
    switch verdict {
    case .admissible, .compliant:
      let across = DrawingScale.pixels(2 * size)
      return "M\(at(-size, 0))a\(s) \(s) 0 1 0 \(across) 0a\(s) \(s) 0 1 0 -\(across) 0Z"
    case .refused, .noncompliant:
      return "M\(at(-size, -0.8 * size))L\(at(size, -0.8 * size))L\(at(0, size))Z"
    case .review:
      return "M\(at(0, -size))L\(at(size, 0))L\(at(0, size))L\(at(-size, 0))Z"
    case .incomplete:
      let side = 0.8 * size
      return "M\(at(-side, -side))L\(at(side, -side))L\(at(side, side))L\(at(-side, side))Z"
    }
  }

  /// The scale bar and the arrow to the north.
  private func frame(_ scale: Double, _ height: Double, to sink: inout ByteSink) {
    let length = DrawingScale.length(within: Self.width * 0.25 / scale)
    let (start, end, y) = (8.0, 8 + length * scale, height - 6)
    let isLong = length >= 1_000
    let label = (FixedDecimal.text(isLong ? length / 1_000 : length, places: 0) ?? "?")
    let bar = [
      "M\(DrawingScale.pixels(start)) \(DrawingScale.pixels(y - 5))V\(DrawingScale.pixels(y))",
      "H\(DrawingScale.pixels(end))V\(DrawingScale.pixels(y - 5))",
    ].joined()
    sink.write("<path class=\"scale\" d=\"\(bar)\"/>")
    sink.write("<text x=\"\(DrawingScale.pixels(start + 5))\" y=\"\(DrawingScale.pixels(y - 4))\">")
    sink.write(label + (isLong ? " km" : " m") + "</text>")
    let x = Self.width - 14
    let arrow = [
      "M\(DrawingScale.pixels(x)) 4L\(DrawingScale.pixels(x + 6)) 22",
      "L\(DrawingScale.pixels(x)) 18L\(DrawingScale.pixels(x - 6)) 22Z",
    ].joined()
    sink.write("<path class=\"north\" d=\"\(arrow)\"/>")
    sink.write("<text class=\"middle\" x=\"\(DrawingScale.pixels(x))\" y=\"36\">N</text>")
  }

  // MARK: - Words

  private var title: Bilingual {
    Bilingual(zh: "各申请机构位置与结论", en: "the applicants and their verdicts")
  }

  /// To what scale and datum it is drawn, and who is not on it.
  private var caption: Bilingual {
    var zh = "标出 \(points.count) 件；按比例绘制，上北下南，坐标系 WGS-84"
    var en = "\(points.count) drawn; to scale, north up, in WGS-84"
    if !datums.isEmpty {
      zh += "（" + datums.map { "\($0.count) 件由 \($0.name) 换算" }.joined(separator: "、") + "）"
      en += " (" + datums.map { "\($0.count) given in \($0.name)" }.joined(separator: ", ") + ")"
    }
    var absent: [Bilingual] = []
    if notGiven > 0 {
      absent.append(Bilingual(zh: "\(notGiven) 件未报坐标", en: "\(notGiven) without coordinates"))
    }
    if withoutDatum > 0 {
      absent.append(
        Bilingual(zh: "\(withoutDatum) 件未注明坐标系", en: "\(withoutDatum) without a datum"))
    }
    if !absent.isEmpty {
      zh += "；另有 " + absent.map(\.zh).joined(separator: "、") + "，未能标出"
      en += "; not drawn: " + absent.map(\.en).joined(separator: ", ")
    }
    return Bilingual(zh: zh, en: en)
  }
}
