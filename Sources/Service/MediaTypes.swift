import Desk
import PlanlintKit

/// What inputs and reports are called in `Content-Type`, `Accept` and `?format=`.
enum MediaTypes {
  static let json = "application/json"
  static let mergePatch = "application/merge-patch+json"
  static let csv = "text/csv"
  static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// What a batch, facts or a registry may be written in.
  static let inputs: [(type: String, format: Input.Format, ending: String)] = [
    ("application/yaml", .yaml, "yaml"), ("application/json", .json, "json"),
    ("application/x-ndjson", .jsonLines, "jsonl"), ("text/csv", .csv, "csv"),
    (xlsx, .xlsx, "xlsx"),
    ("application/geo+json", .geoJSON, "geojson"),
  ]

  static let inputTypes = inputs.map(\.type)

  /// The types of reports, those asked for most first.
  private static let reports: [(type: String, format: String)] = [
    ("application/json", "json"), ("application/x-ndjson", "jsonl"), ("text/csv", "csv"),
    ("text/html", "html"), ("text/markdown", "markdown"), ("text/plain", "text"),
    ("application/sarif+json", "sarif"), ("application/xml", "junit"),
  ]

  static let reportTypes = Array(
    Set(Format.all.map { String(type(ofReport: $0.name).prefix { $0 != ";" }) })
  ).sorted()

  static func type(ofReport format: String) -> String {
    if let known = reports.first(where: { $0.format == format }) {
      return known.type + (known.type.hasPrefix("text/") ? "; charset=utf-8" : "")
    }
    switch format {
    case "sarif-github": return "application/sarif+json"
    case "gitlab": return "application/json"
    case "xlsx": return xlsx
    default: return "text/plain; charset=utf-8"
    }
  }
}

extension Call {
  /// What was uploaded; its name is that of a file of its format.
  func upload(_ name: String) throws -> Desk.Upload {
    guard let known = MediaTypes.inputs.first(where: { $0.type == request.mediaType }) else {
      throw Problem(415, "media-type", zh: "不支持该内容类型", en: "unsupported media type")
    }
    if request.body.isEmpty {
      throw Problem(422, "invalid", zh: "没有内容", en: "expected a body")
    }
    return Desk.Upload(
      name: "\(name).\(known.ending)", bytes: request.body, format: known.format)
  }

  /// The format of a report that `?format=` names, else `Accept`.
  func format() throws -> Format {
    if let name = request.value("format") {
      guard let format = Format(name: name) else {
        let names = Format.all.map(\.name).joined(separator: ", ")
        throw Problem(
          406, "not-acceptable", zh: "没有格式 `\(name)`，有：\(names)",
          en: "there is no format `\(name)`; there are \(names)")
      }
      return format
    }
    let accepted = (request.headers["accept"] ?? "*/*").split(separator: ",").map {
      String($0.prefix { $0 != ";" }).filter { $0 != " " }.lowercased()
    }
    for type in accepted {
      if type == "*/*" || type == "application/*" { return Format(name: "json") ?? .text }
      if type == "text/*" { return .text }
      for format in Format.all
      where MediaTypes.type(ofReport: format.name).prefix(while: { $0 != ";" }) == type {
        return MediaTypes.preferred(type) ?? format
      }
    }
    throw Problem(
      406, "not-acceptable", zh: "没有所要的格式", en: "expected Accept to name a format of reports")
  }

  /// How a report is shown: in Chinese, unless `?lang=` says otherwise.
  func presentation() throws -> Presentation {
    var presentation = Presentation()
    switch request.value("lang") {
    case nil, "zh"?: break
    case "en"?: presentation.language = .en
    case let other?:
      throw Problem(
        422, "invalid", zh: "`lang` 应为 zh 或 en，实际为 `\(other)`",
        en: "expected `lang` zh or en, found `\(other)`")
    }
    return presentation
  }
}

extension MediaTypes {
  /// The format that a type stands for first.
  static func preferred(_ type: String) -> Format? {
    reports.first { $0.type == type }.flatMap { Format(name: $0.format) }
  }
}

extension RunResult {
  /// The report in a format.
  func bytes(_ format: Format, _ presentation: Presentation) -> [UInt8] {
    var bytes: [UInt8] = []
    write(format, presentation) {
      bytes += $0
      return true
    }
    return bytes
  }
}
