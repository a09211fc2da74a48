import Cases
import PolicyDesk
public import Diagnostics
import Reporting

/// Where a newcomer of a kind would pass, by every circle that the profile has, ready to be written.
public struct GapMap: Sendable {
  package let report: GapReport

  package init(_ report: GapReport) { self.report = report }

  /// A form that it can take.
  public enum Format: String, Sendable, CaseIterable {
    /// The largest gaps, for a terminal.
    case text
    /// Every gap as a polygon (RFC 7946).
    case geoJSON = "geojson"
    /// A page with a map.
    case html
  }

  /// A connected area in which the circles come to one outcome.
  public struct Gap: Sendable {
    /// Unlike that of any other (`G1`).
    public let id: String
    /// `pass`: free; `review`: within the accuracy of coordinates, or left to a person; `unknown`: data are missing.
    public let outcome: Outcome
    /// On the ellipsoid.
    public let areaSquareMetres: Double
    /// The outer ring first, anticlockwise, holes clockwise: longitude and latitude in WGS-84, no first point repeated.
    public let rings: [[(longitude: Double, latitude: Double)]]
    /// A point in it, about as far from all edges as one can be.
    public let point: (longitude: Double, latitude: Double)
    /// How far that point is from the nearest edge.
    public let clearanceMetres: Double
  }

  /// One map: there are several where something that is not given of the newcomer makes a difference.
  public struct Map: Sendable {
    /// What was assumed, field and value, in each combination that gives this map.
    public let assuming: [[(field: String, value: String)]]
    /// The largest first.
    public let gaps: [Gap]
  }

  /// The maps.
  public var maps: [Map] {
    report.scenarios.map { scenario in
      Map(
        assuming: scenario.combinations.map { $0.map { ($0.field, $0.value) } },
        gaps: scenario.gaps.map { gap in
          Gap(
            id: gap.id, outcome: gap.outcome, areaSquareMetres: gap.areaSquareMetres,
            rings: gap.rings.map { $0.map { ($0.longitude, $0.latitude) } },
            point: (gap.pole.longitude, gap.pole.latitude), clearanceMetres: gap.clearanceMetres)
        })
    }
  }

  /// The quota table for the newcomer, nobody else applying.
  public var places: [PlaceRow] { report.places }
  /// Everything that was read, with its digest.
  public var inputs: [InputDigest] { report.inputs }

  /// Writes it; `destination` takes a block at a time and returns false where it wants no more.
  ///
  /// - Returns: false where the destination wanted no more before the end.
  @discardableResult
  public func write(
    _ format: Format, in language: Language, isColored: Bool = false,
    to destination: @escaping (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var sink = ByteSink(destination: destination)
    switch format {
    case .text: sink.write(GapTextReporter.text(report, language, isColored: isColored))
    case .geoJSON: GapGeoJSON.write(report, to: &sink)
    case .html: GapPage.write(report, language, to: &sink)
    }
    sink.flush()
    return !sink.isClosed
  }
}

/// What a map of gaps is asked for.
public struct GapQuestion: Sendable {
  /// A kind of institution; nil takes retail pharmacies.
  public var kind: String?
  /// The categories that it asks for; none takes the ordinary one of its kind.
  public var categories: [String] = []
  /// Fields of the newcomer, as an applications file has them (`area`, `built_up`).
  public var settings: [(field: String, value: String)] = []
  /// Where to look, as GeoJSON; nil takes the hull of the registry's places.
  public var within: Input?

  /// A question about retail pharmacies.
  public init() {}

  /// The kinds that every city has; its `tenant.yaml` may add others.
  public static let kinds = Catalogue.builtIn.words.kind.entries.map(\.word)
  /// The categories that every city has.
  public static let categoryWords = Catalogue.builtIn.words.category.entries.map(\.word)
}

extension Planlint {
  /// Where a newcomer of a kind would pass today, by every circle that the profile has.
  ///
  /// - Throws: ``InputErrors`` where an input cannot be read, and where there is no registry.
  public static func gaps(
    _ question: GapQuestion, _ request: Request
  ) throws(InputErrors) -> GapMap {
    do {
      var ask = GapsRun.Ask()
      ask.kind = question.kind
      ask.categories = question.categories
      ask.settings = question.settings
      ask.within = question.within?.name
      let inputs = [question.within].compactMap(\.self)
      return GapMap(try GapsRun(try request.library(), try request.options(inputs)).run(ask))
    } catch {
      throw InputErrors(error)
    }
  }
}
