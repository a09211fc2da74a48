import Cases
package import Diagnostics
import Policy
import Spatial

extension InputRecords {
  /// The fields of an application of the city's tenant as a form asks for them, in the order of files.
  package static func formFields(
    _ library: PolicyLibrary, _ options: CheckOptions
  ) throws(Faults) -> [FormField] {
    try library.catalogue(options, cities: []).applicationEntries.map { entry in
      FormField(
        name: entry.name, label: entry.field.label,
        kind: entry.role == .location
          ? .place(datums: Datum.allCases.map(\.rawValue)) : kind(entry.field.shape),
        isRequired: entry.isRequired)
    }
  }

  private static func kind(_ shape: Shape) -> FormField.Kind {
    switch shape {
    case .number, .share, .count, .whole, .year: .number
    case .date: .day
    case .flag: .flag
    case .word(let table) where !table.isOpen: .word(words(table))
    case .list(.word(let table), _) where !table.isOpen: .words(words(table))
    case .list: .texts
    case .text, .format, .word, .record, .byCategory, .byYear: .text
    }
  }

  private static func words(_ table: VocabularyTable) -> [(word: String, label: Bilingual)] {
    table.entries.map { ($0.word, $0.label) }
  }

  /// A place in WGS-84 degrees; nil where the datum is none that is known, or the numbers are no place.
  package static func wgs84(
    longitude: Double, latitude: Double, datum: String
  ) -> (longitude: Double, latitude: Double)? {
    guard let datum = Datum(rawValue: datum) else { return nil }
    let place = Coordinate(longitude: longitude, latitude: latitude)
    guard place.isOnEarth else { return nil }
    let found = datum.toWGS84(place)
    guard found.isOnEarth else { return nil }
    return (found.longitude, found.latitude)
  }
}
