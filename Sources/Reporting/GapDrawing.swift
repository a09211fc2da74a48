import Diagnostics
import Glibc

/// A map of gaps to scale and north up, as SVG: the area, what is free and what has to be checked, and the institutions.
///
/// Each gap is a link to its row, and has the id of its own that the row links to. Its text is numbers and the letter N alone.
struct GapDrawing {
  private static let width = 1_000.0
  private static let margin = 24.0
  private static let mostHeight = 1_400.0

  private let report: GapReport
  private let scenario: GapReport.Scenario
  private let number: Int
  private let west, north, cosine, scale: Double
  private let height: Double

  init?(_ report: GapReport, scenario number: Int) {
    self.report = report
    self.number = number
    scenario = report.scenarios[number]
    let corners = report.boundary.areas.flatMap(\.polygons).joined().joined()
    guard let west = corners.map(\.longitude).min(), let east = corners.map(\.longitude).max(),
      let south = corners.map(\.latitude).min(), let north = corners.map(\.latitude).max(),
      east > west, north > south
    else { return nil }
    let cosine = cos((south + north) / 2 * .pi / 180)
    let across = (east - west) * cosine * DrawingScale.metresPerDegree
    let down = (north - south) * DrawingScale.metresPerDegree
    scale = min((Self.width - 2 * Self.margin) / across, (Self.mostHeight - 2 * Self.margin) / down)
    (self.west, self.north, self.cosine) = (west, north, cosine)
    height = max(down * scale + 2 * Self.margin, 160)
  }

  private func at(_ place: GapReport.Place) -> String {
    let (x, y) = tenths(place)
    return DrawingScale.pixels(Double(x) / 10) + " " + DrawingScale.pixels(Double(y) / 10)
  }

  /// Where a place is on the map, in tenths of a pixel.
  private func tenths(_ place: GapReport.Place) -> (x: Int, y: Int) {
    let x = Self.margin + (place.longitude - west) * cosine * DrawingScale.metresPerDegree * scale
    let y = Self.margin + (north - place.latitude) * DrawingScale.metresPerDegree * scale
    return (Int((x * 10).rounded()), Int((y * 10).rounded()))
  }

  /// Rings as a path, each point by the way from the one before; points that fall on the same tenth of a pixel are one.
  private func path(_ rings: [[GapReport.Place]]) -> String {
    var path = ""
    for ring in rings {
      var last: (x: Int, y: Int)?
      for place in ring {
        let next = tenths(place)
        if let last {
          if next == last { continue }
          path += "l\(Self.short(next.x - last.x)) \(Self.short(next.y - last.y))"
        } else {
          path += "M\(Self.short(next.x)) \(Self.short(next.y))"
        }
        last = next
      }
      if last != nil { path += "Z" }
    }
    return path
  }

  /// Tenths as a number, as short as it can be written.
  private static func short(_ tenths: Int) -> String {
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole == 0 ? "" : "\(whole)").\(rest)"
  }

  func write(_ language: Language, to sink: inout ByteSink) {
    sink.write(
      "<svg class=\"gaps\" viewBox=\"0 0 \(DrawingScale.pixels(Self.width)) \(DrawingScale.pixels(height))\" role=\"img\">"
    )
    let title = Bilingual(
      zh: "空白分布图，按比例绘制，上北下南", en: "map of the gaps, to scale, north up")
    sink.write(HTMLText.swapped("title", title, language) + "\n")
    for area in report.boundary.areas {
      sink.write("<path class=\"area\" d=\"\(path(area.polygons.flatMap(\.self)))\"/>\n")
    }
    for gap in scenario.gaps {
      let kind = gap.outcome == .pass ? "free" : gap.outcome == .review ? "site" : "missing"
      let id = MarkupText.escaped(gap.id)
      let shape = "<path class=\"\(kind)\" id=\"m\(id)\" d=\"\(path(gap.rings))\">"
      let name =
        "<title>\(id)  \(MarkupText.escaped(GapWording.area(gap.areaSquareMetres, language)))</title></path>"
      if gap.outcome == .pass {
        sink.write("<a href=\"#\(id)\">" + shape + name + "</a>\n")
      } else {
        sink.write(shape + name + "\n")
      }
    }
    for institution in report.institutions {
      let parts = at(institution.place).split(separator: " ")
      guard parts.count == 2 else { continue }
      sink.write(
        "<circle class=\"place\" cx=\"\(parts[0])\" cy=\"\(parts[1])\" r=\"2\"><title>"
          + MarkupText.escaped(institution.id + " " + institution.name) + "</title></circle>\n")
    }
    var labelled = 0
    for gap in scenario.gaps where gap.outcome == .pass && labelled < GapTextReporter.limit {
      labelled += 1
      let parts = at(gap.pole).split(separator: " ")
      guard parts.count == 2 else { continue }
      sink.write("<text x=\"\(parts[0])\" y=\"\(parts[1])\">\(MarkupText.escaped(gap.id))</text>\n")
    }
    sink.write(scaleBar + northArrow + "</svg>\n")
  }

  private var scaleBar: String {
    let length = DrawingScale.length(within: Self.width * 0.25 / scale)
    let (start, end, y) = (Self.margin, Self.margin + length * scale, height - 6)
    let ticks =
      "M\(DrawingScale.pixels(start)) \(DrawingScale.pixels(y - 6))V\(DrawingScale.pixels(y))H\(DrawingScale.pixels(end))V\(DrawingScale.pixels(y - 6))"
    let label = (FixedDecimal.text(length, places: 0) ?? "?") + " m"
    return
      "<path class=\"scale\" d=\"\(ticks)\"/><text class=\"left\" x=\"\(DrawingScale.pixels(start + 6))\""
      + " y=\"\(DrawingScale.pixels(y - 4))\">\(label)</text>\n"
  }

  private var northArrow: String {
    let x = Self.width - Self.margin
    return
      "<path class=\"north\" d=\"M\(DrawingScale.pixels(x)) 6L\(DrawingScale.pixels(x + 7)) 28L\(DrawingScale.pixels(x)) 23L\(DrawingScale.pixels(x - 7)) 28Z\"/>"
      + "<text x=\"\(DrawingScale.pixels(x))\" y=\"44\">N</text>\n"
  }
}
