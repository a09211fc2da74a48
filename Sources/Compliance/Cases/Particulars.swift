import Diagnostics
import Expression
import Reading
import Spatial

extension Particulars {
  /// What an application gives, field by field; what it does not give is left out, and so is what only the office has a use for
  /// (its score, its number in the registry, its group).
  init(of application: Application, _ registry: Registry) {
    var entries: [Entry] = []
    func add(_ field: ApplicationField, _ value: Bilingual) {
      let meaning = Application.shape.fields.first { $0.name == field.name }?.meaning
      entries.append(
        Entry(label: meaning ?? Bilingual(zh: field.name, en: field.name), value: value))
    }
    func add(_ field: ApplicationField, text: String?) {
      if let text, !text.isEmpty { add(field, Bilingual(zh: text, en: text)) }
    }
    func add<Word: Vocabulary>(_ field: ApplicationField, _ words: WordSet<Word>) {
      if !words.isEmpty { add(field, Self.list(words)) }
    }
    add(.kind, application.kind.label)
    add(.requests, application.requests)
    add(.district, text: application.district)
    add(.street, text: application.street)
    if let site = application.site {
      let longitude = Self.degrees(site.longitude, site.longitudeDecimals)
      let latitude = Self.degrees(site.latitude, site.latitudeDecimals)
      let datum = site.datum.map { "\($0)".uppercased() }
      let place = Bilingual(
        zh: "东经 \(longitude)，北纬 \(latitude)" + (datum.map { "（\($0)）" } ?? "（坐标系未注明）"),
        en: "\(longitude) E, \(latitude) N" + (datum.map { " (\($0))" } ?? " (no datum)"))
      entries.append(Entry(label: Self.locationLabel, value: place))
    }
    if let area = application.area { add(.area, area.label) }
    if let setting = application.setting { add(.setting, setting.label) }
    if let grade = application.grade { add(.grade, grade.label) }
    add(.specialty, application.specialty)
    if let ownership = application.ownership { add(.ownership, ownership.label) }
    add(.beds, text: application.beds.map(String.init))
    if application.existingBeds > 0 { add(.existingBeds, text: String(application.existingBeds)) }
    add(.occupancy, text: application.occupancy?.description)
    add(.submitted, text: application.submitted.description)
    add(.designatedFor, application.designatedFor)
    let leaving = application.replaces.map { registry.row(of: $0) }
    let left = (leaving ?? nil).map { registry.institutions[$0] }
    if leaving != nil { add(.replaces, text: left?.name ?? "（由受理单位对照名册核实）") }
    add(.circumstances, application.circumstances)
    self.init(
      kind: application.kind.label, categories: application.requests.words.map(\.label),
      district: application.district, submitted: application.submitted.description,
      entries: entries)
    claims = application.circumstances.words.map(\.label)
    if leaving != nil {
      replaced = Replaced(name: left?.name, isTerminated: left?.status == .terminated)
    }
  }

  /// Degrees with the decimals that were written.
  private static func degrees(_ degrees: Double, _ decimals: Int) -> String {
    let text = String(degrees)
    let written = text.split(separator: ".").last?.utf8.count ?? 0
    return decimals > written ? text + String(repeating: "0", count: decimals - written) : text
  }

  static var locationLabel: Bilingual { Bilingual(zh: "机构位置", en: "location") }

  private static func list<Word: Vocabulary>(_ words: WordSet<Word>) -> Bilingual {
    Bilingual(
      zh: words.words.map(\.label.zh).joined(separator: "、"),
      en: words.words.map(\.label.en).joined(separator: ", "))
  }
}
