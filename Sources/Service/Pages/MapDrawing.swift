import Diagnostics
import Glibc

/// The map itself, to scale and north up, as SVG; of very many places the registry's are painted on a canvas by the page's script.
struct MapDrawing {
  /// More points than this are painted, not drawn.
  static let most = 2_000

  enum Kind: Equatable {
    case site
    case gone
    /// With its verdict, where there is one.
    case applicant(String?)
  }

  struct Point {
    /// In WGS-84 degrees.
    var longitude: Double
    var latitude: Double
    var name: String
    /// The page of an applicant's case.
    var link: String?
    var kind: Kind
  }

  var points: [Point] = []
  var circles: [Circle] = []
  /// Areas in which a newcomer would be free, each of rings: the outer one first.
  var areas: [[[(longitude: Double, latitude: Double)]]] = []

  private static let width = 960.0
  private static let margin = 28.0
  private static let mostHeight = 700.0
  private static let leastHeight = 240.0
  private static let metresPerDegree = 111_320.0

  /// How degrees become pixels.
  struct Fit {
    let height: Double
    /// Pixels a metre.
    let scale: Double
    private let west: Double
    private let north: Double
    private let cosine: Double
    private let places: [(Double, Double)]

    init(
      height: Double, scale: Double, west: Double, north: Double, cosine: Double, points: [Point]
    ) {
      self.height = height
      self.scale = scale
      self.west = west
      self.north = north
      self.cosine = cosine
      places = points.map {
        (
          ($0.longitude - west) * cosine * metresPerDegree * scale,
          (north - $0.latitude) * metresPerDegree * scale
        )
      }
    }

    /// Pixels from the upper left corner.
    func place(_ index: Int) -> (Double, Double) {
      places.indices.contains(index) ? places[index] : (0, 0)
    }

    func place(longitude: Double, latitude: Double) -> (Double, Double) {
      (
        (longitude - west) * cosine * metresPerDegree * scale,
        (north - latitude) * metresPerDegree * scale
      )
    }
  }

  /// Nil where there is nothing to draw.
  func fit() -> Fit? {
    guard let first = points.first else { return nil }
    var (west, east) = (first.longitude, first.longitude)
    var (south, north) = (first.latitude, first.latitude)
    for point in points {
      (west, east) = (min(west, point.longitude), max(east, point.longitude))
      (south, north) = (min(south, point.latitude), max(north, point.latitude))
    }
    let cosine = max(0.01, cos((south + north) / 2 * .pi / 180))
    let across = max(400, (east - west) * cosine * Self.metresPerDegree)
    let down = max(400, (north - south) * Self.metresPerDegree)
    let scale = min(
      (Self.width - 2 * Self.margin) / across, (Self.mostHeight - 2 * Self.margin) / down)
    let height = max(Self.leastHeight, down * scale + 2 * Self.margin)
    let (middle, centre) = ((west + east) / 2, (south + north) / 2)
    return Fit(
      height: height, scale: scale,
      west: middle - Self.width / 2 / scale / cosine / Self.metresPerDegree,
      north: centre + height / 2 / scale / Self.metresPerDegree, cosine: cosine, points: points)
  }

  // MARK: - Drawing

  func figure(_ call: PageCall, _ fit: Fit, usesCanvas: Bool) -> Markup {
    var shapes = Markup()
    for area in areas {
      shapes += "<path class=\"free\" fill-rule=\"evenodd\" d=\"\(outline(area, fit))\"/>\n"
    }
    for circle in circles where circle.radiusMetres.isFinite {
      let (x, y) = fit.place(longitude: circle.longitude, latitude: circle.latitude)
      shapes +=
        "<circle class=\"circle\" cx=\"\(Self.pixels(x))\" cy=\"\(Self.pixels(y))\" r=\"\(Self.pixels(circle.radiusMetres * fit.scale))\"/>\n"
    }
    for (index, point) in points.enumerated() {
      let (x, y) = fit.place(index)
      switch point.kind {
      case .site, .gone:
        if usesCanvas { continue }
        let (kind, radius) = point.kind == .site ? ("site", "3.5") : ("gone", "3")
        shapes +=
          "<circle class=\"\(kind)\" cx=\"\(Self.pixels(x))\" cy=\"\(Self.pixels(y))\" r=\"\(radius)\"><title>\(point.name)</title></circle>\n"
      case .applicant(let verdict):
        let word = verdict.map { call.t(PageWords.verdict($0)) }
        let title = point.name + (word.map { call.t("：", ": ") + $0 } ?? "")
        shapes += """
          <a href="\(point.link ?? "")" tabindex="-1"><path class="applicant \(verdict ?? "none")" d="\(Self.shape(verdict, x, y))"><title>\(title)</title></path></a>

          """
      }
    }
    let caption = self.caption(call)
    let canvas: Markup =
      usesCanvas
      ? "<canvas data-points=\"registry-table\" data-width=\"\(Int(Self.width))\" data-height=\"\(Int(fit.height))\" aria-hidden=\"true\"></canvas><noscript><p>\(call.t("名册中的机构较多，须启用脚本才能标出；下表列有全部机构。", "of so many institutions the marks need a script; the table below has them all."))</p></noscript>"
      : ""
    return """
      <figure class="chart"><div class="plot">
      <svg class="atlas" viewBox="0 0 \(Self.pixels(Self.width)) \(Self.pixels(fit.height))" role="group" aria-labelledby="map-title map-desc"><title id="map-title">\(call.t("名册机构与申请机构位置图", "map of the registry and the applicants"))</title><desc id="map-desc">\(caption)</desc>
      \(shapes)\(frame(fit))</svg>\(canvas)</div>
      <figcaption>\(caption)</figcaption>
      \(keys(call))</figure>

      """
  }

  private func caption(_ call: PageCall) -> String {
    let applicants = points.count { if case .applicant = $0.kind { true } else { false } }
    return call.t(
      "标出名册机构 \(points.count - applicants) 家、申请机构 \(applicants) 家、间距圈 \(circles.count) 个；按比例绘制，上北下南，坐标系 WGS-84（GCJ-02、BD-09 已换算）。下表为准。",
      "\(points.count - applicants) of the registry, \(applicants) applicants and \(circles.count) circles; to scale, north up, in WGS-84 (GCJ-02 and BD-09 converted). The tables below say the same."
    )
  }

  private func outline(
    _ rings: [[(longitude: Double, latitude: Double)]], _ fit: Fit
  ) -> String {
    var path = ""
    for ring in rings {
      for (index, corner) in ring.enumerated() {
        let (x, y) = fit.place(longitude: corner.longitude, latitude: corner.latitude)
        path += "\(index == 0 ? "M" : "L")\(Self.pixels(x)) \(Self.pixels(y))"
      }
      path += "Z"
    }
    return path
  }

  /// A disc, a triangle on its tip, a diamond or a square, by the verdict, so that colour is not all that tells them apart.
  private static func shape(_ verdict: String?, _ x: Double, _ y: Double) -> String {
    func at(_ dx: Double, _ dy: Double) -> String { "\(pixels(x + dx)) \(pixels(y + dy))" }
    switch verdict {
    case "refused": return "M\(at(-7, -5.5))L\(at(7, -5.5))L\(at(0, 7))Z"
    case "review": return "M\(at(0, -7))L\(at(7, 0))L\(at(0, 7))L\(at(-7, 0))Z"
    case "incomplete":
      return "M\(at(-5.5, -5.5))L\(at(5.5, -5.5))L\(at(5.5, 5.5))L\(at(-5.5, 5.5))Z"
    default: return "M\(at(-6, 0))a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z"
    }
  }

  /// The scale bar and the arrow to the north.
  private func frame(_ fit: Fit) -> Markup {
    var length = 1.0
    let room = Self.width * 0.25 / fit.scale
    while length * 10 <= room { length *= 10 }
    if let factor = [5.0, 2.0].first(where: { length * $0 <= room }) { length *= factor }
    let (start, end, y) = (8.0, 8 + length * fit.scale, fit.height - 8)
    let label = length >= 1_000 ? "\(Int(length / 1_000)) km" : "\(Int(length)) m"
    let x = Self.width - 16
    return """
      <path class="scale" d="M\(Self.pixels(start)) \(Self.pixels(y - 5))V\(Self.pixels(y))H\(Self.pixels(end))V\(Self.pixels(y - 5))"/><text x="\(Self.pixels(start + 5))" y="\(Self.pixels(y - 6))">\(label)</text><path class="north" d="M\(Self.pixels(x)) 6L\(Self.pixels(x + 7)) 26L\(Self.pixels(x)) 21L\(Self.pixels(x - 7)) 26Z"/><text class="middle" x="\(Self.pixels(x))" y="40">N</text>
      """
  }

  private func keys(_ call: PageCall) -> Markup {
    func key(_ shape: Markup, _ text: String) -> Markup {
      "<li><svg class=\"atlas\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">\(shape)</svg> \(text)</li>\n"
    }
    var items: [Markup] = [
      key("<circle class=\"site\" r=\"4\"/>", call.t("在册机构", "in the registry"))
    ]
    if points.contains(where: { $0.kind == .gone }) {
      items.append(key("<circle class=\"gone\" r=\"4\"/>", call.t("已解除协议", "terminated")))
    }
    for verdict in ["admissible", "refused", "review", "incomplete"]
    where points.contains(where: { $0.kind == .applicant(verdict) }) {
      items.append(
        key(
          "<path class=\"applicant \(verdict)\" d=\"\(Self.shape(verdict, 0, 0))\"/>",
          call.t("申请：", "applicant: ") + call.t(PageWords.verdict(verdict))))
    }
    if !circles.isEmpty {
      items.append(key("<circle class=\"circle\" r=\"6\"/>", call.t("间距圈", "circle")))
    }
    if !areas.isEmpty {
      items.append(
        key(
          "<rect class=\"free\" x=\"-6\" y=\"-6\" width=\"12\" height=\"12\"/>",
          call.t("服务空白", "gap of service")))
    }
    return "<ul class=\"keys\">\n\(items)</ul>\n"
  }

  /// With one digit after the point.
  static func pixels(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e6 else { return "0" }
    let scaled = Int((value * 10).rounded())
    return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 10).\(abs(scaled) % 10)"
  }
}
