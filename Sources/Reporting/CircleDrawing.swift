import Diagnostics
import Glibc

/// A circle, the applicant in its middle and the neighbours around it, to scale, as SVG.
///
/// Each neighbour lies in its direction at the distance that was measured, so that the drawing says what the finding says.
struct CircleDrawing {
  /// The neighbours that are drawn, nearest first; more than that is a blot.
  static let neighbourLimit = 100
  /// The neighbours that have their distance beside them; the others have their number in the list.
  static let labelLimit = 12
  /// Half the side of the drawing, in pixels.
  private static let half = 150.0
  private static let margin = 14.0
  private static let metresPerDegree = 111_320.0

  private let circle: Circle
  private let neighbours: [Neighbour]
  private let pixelsPerMetre: Double

  /// Nil where there is nothing that can be drawn.
  init?(_ finding: Finding) {
    guard let circle = finding.circle, circle.radiusMetres.isFinite, circle.radiusMetres > 0,
      circle.longitude.isFinite, circle.latitude.isFinite
    else { return nil }
    self.circle = circle
    neighbours = finding.neighbours.prefix(Self.neighbourLimit).filter {
      $0.distanceMetres.isFinite && $0.distanceMetres >= 0 && $0.longitude.isFinite
        && $0.latitude.isFinite
    }
    let farthest = neighbours.map(\.distanceMetres).max() ?? 0
    pixelsPerMetre = (Self.half - Self.margin) / max(circle.radiusMetres, farthest)
  }

  func svg(_ language: Language) -> String {
    let metres = language == .zh ? " 米" : " m"
    let radius = FixedDecimal.metres(circle.radiusMetres) + metres
    let title = language == .zh ? "以申请机构为圆心、半径 \(radius)的范围" : "the circle of \(radius)"
    let side = Self.pixels(2 * Self.half)
    var svg =
      "<svg class=\"map\" viewBox=\"0 0 \(side) \(side)\" width=\"\(side)\" height=\"\(side)\""
    svg += " role=\"img\"><title>\(MarkupText.escaped(title))</title>"
    svg += disc("radius", 0, 0, circle.radiusMetres * pixelsPerMetre, title: radius)
    for (number, neighbour) in neighbours.enumerated() {
      let (x, y) = place(of: neighbour)
      let name = FindingFact.neighbour(neighbour, language)
      if neighbour.uncertaintyMetres.isFinite, neighbour.uncertaintyMetres * pixelsPerMetre >= 1 {
        svg += disc("doubt", x, y, neighbour.uncertaintyMetres * pixelsPerMetre, title: name)
      }
      let kind =
        neighbour.distanceMetres > circle.radiusMetres
        ? "outside" : neighbour.isApplicant ? "rival" : "inside"
      svg += disc(kind, x, y, 4, title: name)
      let distance = FixedDecimal.metres(neighbour.distanceMetres) + metres
      svg += text(
        x + 6, y + 4, number < Self.labelLimit ? distance : String(number + 1))
    }
    svg += disc("self", 0, 0, 5, title: language == .zh ? "申请机构" : "the applicant")
    return svg + scaleBar(metres) + "</svg>"
  }

  /// Pixels from the centre: x to the east, y to the south.
  private func place(of neighbour: Neighbour) -> (Double, Double) {
    let east =
      (neighbour.longitude - circle.longitude) * Self.metresPerDegree
      * cos(circle.latitude * .pi / 180)
    let north = (neighbour.latitude - circle.latitude) * Self.metresPerDegree
    let length = (east * east + north * north).squareRoot()
    guard length > 0 else { return (0, -neighbour.distanceMetres * pixelsPerMetre) }
    let scale = neighbour.distanceMetres * pixelsPerMetre / length
    return (east * scale, -north * scale)
  }

  private func scaleBar(_ metres: String) -> String {
    let room = Self.half / pixelsPerMetre
    var length = 1.0
    while length * 10 <= room { length *= 10 }
    for factor in [5.0, 2.0] where length * factor <= room {
      length *= factor
      break
    }
    let start = Self.pixels(6)
    let end = Self.pixels(6 + length * pixelsPerMetre)
    let y = Self.pixels(2 * Self.half - 6)
    let label = (FixedDecimal.text(length, places: 0) ?? "?") + metres
    return "<path class=\"scale\" d=\"M\(start) \(y)H\(end)\"/>"
      + text(6 - Self.half, Self.half - 10, label)
  }

  private func disc(_ kind: String, _ x: Double, _ y: Double, _ radius: Double, title: String)
    -> String
  {
    "<circle class=\"\(kind)\" cx=\"\(Self.pixels(Self.half + x))\""
      + " cy=\"\(Self.pixels(Self.half + y))\" r=\"\(Self.pixels(radius))\">"
      + "<title>\(MarkupText.escaped(title))</title></circle>"
  }

  private func text(_ x: Double, _ y: Double, _ text: String) -> String {
    "<text x=\"\(Self.pixels(Self.half + x))\" y=\"\(Self.pixels(Self.half + y))\">"
      + MarkupText.escaped(text) + "</text>"
  }

  private static func pixels(_ value: Double) -> String {
    FixedDecimal.text(value, places: 1) ?? "0"
  }
}
