package import Diagnostics
import Expression
import Reading
import Spatial

extension Particulars {
  /// What an application gives, field by field; what it does not give, or what its absence would mean as well, is left out, and so
  /// is what only the office has a use for.
  package init(of application: Application, _ registry: Registry, _ catalogue: Catalogue) {
    let leaving = application.replaces.map { id in
      let left = registry.row(of: id).map { registry.institutions[$0] }
      return Replaced(name: left?.name, isTerminated: left?.status == .terminated)
    }
    var entries: [Entry] = []
    for entry in catalogue.applicationEntries where entry.role != .id && entry.role != .name {
      if entry.isOfOffice { continue }
      let value: Bilingual
      if entry.role == .location {
        guard let site = application.site else { continue }
        value = Self.place(site)
      } else if entry.role == .replaces {
        guard let leaving else { continue }
        let name = leaving.name ?? "（由受理单位对照名册核实）"
        value = Bilingual(zh: name, en: name)
      } else {
        guard let given = application.value(of: entry, catalogue), !entry.field.isAbsence(given)
        else { continue }
        value = Self.shown(given, entry.field)
      }
      entries.append(Entry(label: entry.field.label, value: value))
    }
    let words = catalogue.words
    self.init(
      kind: words.kind[application.kind].label,
      categories: application.requests.words.map { words.category[$0].label },
      district: application.district, submitted: application.submitted.description,
      entries: entries)
    claims = catalogue.claims(of: application)
    replaced = leaving
  }

  private static func place(_ site: Site) -> Bilingual {
    let (longitude, latitude) = (site.longitudeText, site.latitudeText)
    let datum = site.datum.map { "\($0)".uppercased() }
    return Bilingual(
      zh: "东经 \(longitude)，北纬 \(latitude)" + (datum.map { "（\($0)）" } ?? "（坐标系未注明）"),
      en: "\(longitude) E, \(latitude) N" + (datum.map { " (\($0))" } ?? " (no datum)"))
  }

  private static func shown(_ value: Value, _ field: RecordShape.Field) -> Bilingual {
    if case .decimal(let number) = value {
      return Bilingual(zh: number.description, en: number.description)
    }
    return Bilingual(
      zh: Words.show(value, field.shape.type, .zh), en: Words.show(value, field.shape.type, .en))
  }
}
