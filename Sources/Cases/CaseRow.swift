package import Diagnostics
import Expression
import Reading
import Spatial

extension CaseRow {
  /// What a table shows of an application.
  package init(of application: Application, _ catalogue: Catalogue) {
    self.init(
      kind: catalogue.words.kind[application.kind].label, district: application.district,
      submitted: application.submitted.description, score: application.score?.description,
      place: Self.place(of: application.site))
  }

  private static func place(of site: Site?) -> Place {
    guard let site else { return .notGiven }
    guard let datum = site.datum, let place = site.coordinate else { return .withoutDatum }
    return .at(
      longitude: place.longitude, latitude: place.latitude, givenIn: datum.rawValue.uppercased())
  }
}
