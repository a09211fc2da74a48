package import Diagnostics
import Glibc

/// A circle, the applicant in its middle and the neighbours around it, to scale and north up, as SVG.
///
/// Each neighbour lies in its direction at the distance that was measured, so that the drawing says what the finding says.
/// Kinds differ by shape as well as by colour. Its text is numbers and the letter N alone, so that one drawing serves both
/// languages; the numbers are those of the list beside it.
package struct CircleDrawing {
  /// The neighbours that are drawn, nearest first; more than that is a blot.
  static let neighbourLimit = 60
  /// In radii: what lies farther away would make the circle a dot. The nearest is drawn wherever it lies.
  private static let reach = 1.5
  /// The neighbours that have their distance beside them where there is room; the others have their number alone.
  static let labelLimit = 12
  /// Half the side of the drawing, in pixels.
  private static let half = 160.0
  private static let margin = 22.0
  private static let markRadius = 4.0
  private static let letterWidth = 5.8
  private static let lineHeight = 11.0

  private let circle: Circle
  /// Those that are drawn; the drawing has their numbers, from 1.
  let neighbours: [Neighbour]
  private let pixelsPerMetre: Double
  /// Of all neighbours, drawn or not.
  private let insideCount: Int
  private let outsideCount: Int
  /// Whether nobody knows what is designated in it already.
  private let lacksRegistry: Bool
  /// Where marks and labels stand already.
  private var taken: [Box] = []

  /// A rectangle around the centre of the drawing, in pixels, y to the south.
  private struct Box {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    var isInside: Bool { left >= -half && right <= half && top >= -half && bottom <= half }
  }

  /// Nil where there is nothing that can be drawn.
  package init?(_ finding: Finding) {
    guard let circle = finding.circle, circle.radiusMetres.isFinite, circle.radiusMetres > 0,
      circle.longitude.isFinite, circle.latitude.isFinite
    else { return nil }
    self.circle = circle
    let placed = finding.neighbours.filter {
      $0.distanceMetres.isFinite && $0.distanceMetres >= 0 && $0.longitude.isFinite
        && $0.latitude.isFinite
    }
    lacksRegistry = finding.lacksRegistry
    let inside = placed.count { $0.distanceMetres <= circle.radiusMetres }
    outsideCount = placed.count - inside
    // Those that are not named are farther than the named ones and counted all the same.
    insideCount = inside + finding.moreNeighbours
    let near = placed.prefix { $0.distanceMetres <= circle.radiusMetres * Self.reach }
    neighbours = Array((near.isEmpty ? placed.prefix(1) : near).prefix(Self.neighbourLimit))
    let farthest = neighbours.map(\.distanceMetres).max() ?? 0
    pixelsPerMetre = (Self.half - Self.margin) / max(circle.radiusMetres, farthest)
  }

  /// What it shows, for the caption and for those who cannot see it.
  var caption: Bilingual {
    let radius = FixedDecimal.metres(circle.radiusMetres)
    if lacksRegistry {
      return Bilingual(
        zh: "未提供名册，已定点机构未标出；半径 \(radius) 米内本批申请 \(insideCount) 家"
          + (outsideCount > 0 ? "，圆外 \(outsideCount) 家" : "") + "；按比例绘制，上北下南",
        en: "no registry was given, so what is designated is not drawn; "
          + "of this batch \(insideCount) within \(radius) m"
          + (outsideCount > 0 ? ", \(outsideCount) outside" : "")
          + "; to scale, north up")
    }
    return Bilingual(
      zh: "半径 \(radius) 米内 \(insideCount) 家" + (outsideCount > 0 ? "，圆外 \(outsideCount) 家" : "")
        + "；按比例绘制，上北下南",
      en: "\(insideCount) within \(radius) m"
        + (outsideCount > 0 ? ", \(outsideCount) outside" : "")
        + "; to scale, north up")
  }

  package func svg(_ language: Language) -> String {
    var drawing = self
    return drawing.draw(language)
  }

  private mutating func draw(_ language: Language) -> String {
    let side = DrawingScale.pixels(2 * Self.half)
    let title = Bilingual(zh: "申请机构及周边机构位置示意图", en: "map of the applicant and its neighbours")
    let radius = circle.radiusMetres * pixelsPerMetre
    var svg = "<svg class=\"map\" viewBox=\"0 0 \(side) \(side)\" role=\"img\">"
    svg += HTMLText.swapped("title", title, language)
    svg += HTMLText.swapped("desc", caption, language)
    svg += disc("radius", 0, 0, radius)
    svg += "<path class=\"spoke\" d=\"M\(Self.at(0)) \(Self.at(0))V\(Self.at(radius))\"/>"
    taken.append(Box(left: -9, top: -9, right: 9, bottom: 9))
    // The scale bar and the arrow keep their corners.
    taken.append(
      Box(left: -Self.half, top: Self.half - 22, right: -Self.half / 4, bottom: Self.half))
    taken.append(
      Box(left: Self.half - 22, top: -Self.half, right: Self.half, bottom: 34 - Self.half))
    let places = neighbours.map(place(of:))
    for (x, y) in places {
      let r = Self.markRadius + 0.5
      taken.append(Box(left: x - r, top: y - r, right: x + r, bottom: y + r))
    }
    for (number, neighbour) in neighbours.enumerated() {
      let (x, y) = places[number]
      let doubt = neighbour.uncertaintyMetres * pixelsPerMetre
      if doubt.isFinite, doubt >= 1 { svg += disc("doubt", x, y, doubt) }
      svg += mark(neighbour, x, y)
    }
    let label = FixedDecimal.metres(circle.radiusMetres) + " m"
    let width = Double(label.unicodeScalars.count) * Self.letterWidth
    taken.append(
      Box(left: -width / 2, top: radius + 2, right: width / 2, bottom: radius + 2 + Self.lineHeight)
    )
    svg += Self.text(-width / 2, radius + Self.lineHeight, label)
    for (number, neighbour) in neighbours.enumerated() {
      let short = String(number + 1)
      let long = short + "\u{A0}· " + FixedDecimal.metres(neighbour.distanceMetres) + " m"
      let texts = number < Self.labelLimit ? [long, short] : [short]
      svg += self.label(texts, besides: places[number], gap: Self.markRadius + 1) ?? ""
    }
    svg += "<path class=\"self\" d=\"\(Self.polygon(0, 0, [(0, -7), (6.5, 5), (-6.5, 5)]))\"/>"
    return svg + scaleBar + northArrow + "</svg>"
  }

  /// Pixels from the centre: x to the east, y to the south.
  private func place(of neighbour: Neighbour) -> (Double, Double) {
    let east =
      (neighbour.longitude - circle.longitude) * DrawingScale.metresPerDegree
      * cos(circle.latitude * .pi / 180)
    let north = (neighbour.latitude - circle.latitude) * DrawingScale.metresPerDegree
    let length = (east * east + north * north).squareRoot()
    guard length > 0 else { return (0, -neighbour.distanceMetres * pixelsPerMetre) }
    let scale = neighbour.distanceMetres * pixelsPerMetre / length
    return (east * scale, -north * scale)
  }

  /// A diamond for an application of the batch, a disc for a designated institution, a ring for one outside.
  private func mark(_ neighbour: Neighbour, _ x: Double, _ y: Double) -> String {
    if neighbour.distanceMetres > circle.radiusMetres {
      return disc("outside", x, y, Self.markRadius - 0.5)
    }
    if neighbour.isApplicant {
      return
        "<path class=\"rival\" d=\"\(Self.polygon(x, y, [(0, -5), (5, 0), (0, 5), (-5, 0)]))\"/>"
    }
    return disc("inside", x, y, Self.markRadius)
  }

  /// The first of the texts that finds room right, left, above or below of a place; nil where none does.
  private mutating func label(
    _ texts: [String], besides place: (x: Double, y: Double), gap: Double
  ) -> String? {
    for text in texts {
      let width = Double(text.unicodeScalars.count) * Self.letterWidth
      let corners = [
        (place.x + gap, place.y - Self.lineHeight / 2),
        (place.x - gap - width, place.y - Self.lineHeight / 2),
        (place.x - width / 2, place.y - gap - Self.lineHeight),
        (place.x - width / 2, place.y + gap),
      ]
      for (left, top) in corners {
        let box = Box(left: left, top: top, right: left + width, bottom: top + Self.lineHeight)
        if !box.isInside || taken.contains(where: box.overlaps) { continue }
        taken.append(box)
        return Self.text(left, top + Self.lineHeight - 2, text)
      }
    }
    return nil
  }

  private var scaleBar: String {
    let length = DrawingScale.length(within: Self.half * 0.6 / pixelsPerMetre)
    let (start, end) = (6.0, 6 + length * pixelsPerMetre)
    let y = 2 * Self.half - 6
    let ticks =
      "M\(DrawingScale.pixels(start)) \(DrawingScale.pixels(y - 4))V\(DrawingScale.pixels(y))H\(DrawingScale.pixels(end))V\(DrawingScale.pixels(y - 4))"
    let label = (FixedDecimal.text(length, places: 0) ?? "?") + " m"
    return "<path class=\"scale\" d=\"\(ticks)\"/>"
      + Self.text(start + 4 - Self.half, Self.half - 9, label)
  }

  private var northArrow: String {
    let (x, y) = (Self.half - 11, 20 - Self.half)
    let arrow = Self.polygon(x, y, [(0, -8), (4.5, 6), (0, 3), (-4.5, 6)])
    return "<path class=\"north\" d=\"\(arrow)\"/>" + Self.text(x - 3.5, y + 16, "N")
  }

  private func disc(_ kind: String, _ x: Double, _ y: Double, _ radius: Double) -> String {
    "<circle class=\"\(kind)\" cx=\"\(Self.at(x))\" cy=\"\(Self.at(y))\""
      + " r=\"\(DrawingScale.pixels(radius))\"/>"
  }

  private static func polygon(_ x: Double, _ y: Double, _ corners: [(Double, Double)]) -> String {
    var path = "M"
    for (dx, dy) in corners { path += " \(at(x + dx)) \(at(y + dy))" }
    return path + "Z"
  }

  private static func text(_ x: Double, _ y: Double, _ text: String) -> String {
    "<text x=\"\(at(x))\" y=\"\(at(y))\">\(MarkupText.escaped(text))</text>"
  }

  /// From the centre to the drawing's own corner.
  private static func at(_ value: Double) -> String { DrawingScale.pixels(half + value) }
}
