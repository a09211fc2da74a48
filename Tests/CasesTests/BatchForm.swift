import Diagnostics
import TestSupport
import Testing

/// A form in which the same rows can be written.
///
/// Values are texts; where a form tells numbers from text, what looks like a number is one.
enum BatchForm: String, CaseIterable, CustomTestStringConvertible {
  /// Block YAML, which is read without libyaml.
  case yaml
  /// YAML with an anchor, which libyaml reads.
  case anchoredYAML
  case json, jsonLines, csv, tsv, xlsx, geoJSON

  var testDescription: String { rawValue }

  /// By field; `lon`, `lat` and `datum` are put where the form has them.
  typealias Row = [(field: String, value: String)]

  private var name: String {
    switch self {
    case .yaml, .anchoredYAML: "a.yaml"
    case .json: "a.json"
    case .jsonLines: "a.jsonl"
    case .csv: "a.csv"
    case .tsv: "a.tsv"
    case .xlsx: "a.xlsx"
    case .geoJSON: "a.geojson"
    }
  }

  /// A file of applications, or of institutions where `isRegistry`.
  func file(_ rows: [Row], isRegistry: Bool = false) -> SourceFile {
    let key = isRegistry ? "institutions" : "applications"
    let hasLocation = !isRegistry
    switch self {
    case .yaml, .anchoredYAML:
      var text = "\(key):\n"
      for (number, row) in rows.enumerated() {
        let anchor = self == .anchoredYAML && number == 0 ? " &first" : ""
        var start = "  -\(anchor) "
        if !anchor.isEmpty { start = "  -\(anchor)\n    " }
        for (field, value) in Self.fields(
          row, hasLocation, list: { "[\($0.joined(separator: ", "))]" })
        {
          text += "\(start)\(field): \(value)\n"
          start = "    "
        }
      }
      return SourceFile(path: name, text: text)
    case .json:
      let items = rows.map { Self.object($0, hasLocation) }
      return SourceFile(path: name, text: "{\"\(key)\": [\n\(items.joined(separator: ",\n"))\n]}\n")
    case .jsonLines:
      let lines = rows.map { Self.object($0, hasLocation) }
      return SourceFile(path: name, text: lines.joined(separator: "\n") + "\n")
    case .csv, .tsv:
      let separator = self == .csv ? "," : "\t"
      let names = Self.names(rows)
      let lines =
        [names.joined(separator: separator)]
        + rows.map { row in
          names.map { name in row.first { $0.field == name }?.value ?? "" }
            .joined(separator: separator)
        }
      return SourceFile(path: name, text: lines.joined(separator: "\n") + "\n")
    case .xlsx:
      let names = Self.names(rows)
      let cells =
        [names.map(TestWorkbook.Cell.text)]
        + rows.map { row in
          names.map { name -> TestWorkbook.Cell in
            let value = row.first { $0.field == name }?.value ?? ""
            return Self.isNumber(value) ? .number(value) : .text(value)
          }
        }
      return SourceFile(path: name, bytes: TestWorkbook([.init("S", cells)]).bytes)
    case .geoJSON:
      let features = rows.map { row -> String in
        func value(_ field: String) -> String? { row.first { $0.field == field }?.value }
        var geometry = "null"
        if let lon = value("lon"), let lat = value("lat") {
          geometry = "{\"type\": \"Point\", \"coordinates\": [\(lon), \(lat)]}"
        }
        let rest = row.filter { $0.field != "lon" && $0.field != "lat" }
        return
          "{\"type\": \"Feature\", \"geometry\": \(geometry), \"properties\": \(Self.object(rest, false))}"
      }
      return SourceFile(
        path: name,
        text:
          "{\"type\": \"FeatureCollection\", \"features\": [\n\(features.joined(separator: ",\n"))\n]}\n"
      )
    }
  }

  private static func names(_ rows: [Row]) -> [String] {
    var names: [String] = []
    for (field, _) in rows.joined() where !names.contains(field) { names.append(field) }
    return names
  }

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && Double(text) != nil && text.first != "+" && text.last != "."
      && !(text.hasPrefix("0") && text.count > 1 && !text.hasPrefix("0."))
  }

  private static let lists: Set<String> = [
    "requests", "categories", "specialty", "designated_for", "circumstances",
  ]

  /// The fields of an item, with the place as a mapping where the form has it so.
  private static func fields(
    _ row: Row, _ hasLocation: Bool, list: ([String]) -> String
  ) -> [(String, String)] {
    var fields: [(String, String)] = []
    var place: [String] = []
    for (field, value) in row {
      if hasLocation, ["lon", "lat", "datum"].contains(field) {
        place.append("\(field): \(value)")
      } else if lists.contains(field) {
        fields.append((field, list(value.split(separator: ";").map(String.init))))
      } else {
        fields.append((field, value))
      }
    }
    if !place.isEmpty { fields.append(("location", "{\(place.joined(separator: ", "))}")) }
    return fields
  }

  private static func object(_ row: Row, _ hasLocation: Bool) -> String {
    func value(_ text: String) -> String { isNumber(text) ? text : "\"\(text)\"" }
    var fields: [String] = []
    var place: [String] = []
    for (field, text) in row {
      if hasLocation, ["lon", "lat", "datum"].contains(field) {
        place.append("\"\(field)\": \(value(text))")
      } else if lists.contains(field) {
        let items = text.split(separator: ";").map { "\"\($0)\"" }
        fields.append("\"\(field)\": [\(items.joined(separator: ", "))]")
      } else {
        fields.append("\"\(field)\": \(value(text))")
      }
    }
    if !place.isEmpty { fields.append("\"location\": {\(place.joined(separator: ", "))}") }
    return "{\(fields.joined(separator: ", "))}"
  }

  /// An application that lacks nothing, with other values for some fields.
  static func application(_ changes: Row) -> Row {
    var row: Row = [
      ("id", "A-1"), ("name", "示例医院"), ("kind", "hospital"), ("requests", "inpatient"),
      ("district", "相山区"), ("beds", "20"), ("submitted", "2026-03-02"),
    ]
    for (field, value) in changes {
      if let index = row.firstIndex(where: { $0.field == field }) {
        row[index].value = value
      } else {
        row.append((field, value))
      }
    }
    return row
  }
}
