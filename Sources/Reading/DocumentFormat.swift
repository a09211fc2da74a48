package import Diagnostics

/// How an input is written.
package enum DocumentFormat: String, Sendable, CaseIterable {
  case yaml
  case json
  case jsonLines = "jsonl"
  /// Comma-, tab- or semicolon-separated text.
  case csv
  case xlsx
  case geoJSON = "geojson"

  /// Whether it is rows under a header.
  package var isTable: Bool { self == .csv || self == .xlsx }

  /// The format that a path's extension names, in any case; nil where it names none.
  package init?(path: String) {
    if SheetPath.isWorkbook(SheetPath(path).file) {
      self = .xlsx
      return
    }
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    switch path[path.index(after: dot)...].lowercased() {
    case "yaml", "yml": self = .yaml
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonLines
    case "csv", "tsv", "tab": self = .csv
    // Old workbooks: the reader of the new ones says what to do.
    case "xls", "xlsb", "xlt", "et": self = .xlsx
    case "geojson": self = .geoJSON
    default: return nil
    }
  }

  /// The format of a file: the one that is stated, else by its extension, else by how its content begins, else YAML.
  ///
  /// Maps export GeoJSON as `.json` too: its first fields tell.
  package init(of file: SourceFile) {
    if let stated = file.statedFormat.flatMap(DocumentFormat.init(rawValue:)) {
      self = stated
      return
    }
    let named = DocumentFormat(path: file.path)
    if let named, named != .json {
      self = named
      return
    }
    self = file.withBytes { bytes in
      let format = named ?? Self.sniffed(bytes)
      return format == .json && Self.holdsFeatures(bytes) ? .geoJSON : format
    }
  }

  /// Whether a JSON object begins as GeoJSON's do: `type` is one of its kinds, or there are `features`.
  private static func holdsFeatures(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = Encoding.markLength(bytes)
    var depth = 0
    var key: [UInt8] = []
    var text: [UInt8] = []
    var isValue = false
    var place = start
    let end = min(bytes.count, start + sniffed)
    while place < end {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        text.removeAll(keepingCapacity: true)
        while place < end, bytes[place] != UInt8(ascii: "\"") {
          if bytes[place] == UInt8(ascii: "\\") { place += 1 }
          if place < end { text.append(bytes[place]) }
          place += 1
        }
        place += 1
        if depth == 1, isValue, key.elementsEqual("type".utf8) {
          return text.elementsEqual("FeatureCollection".utf8)
            || text.elementsEqual("Feature".utf8)
        }
      case UInt8(ascii: ":") where depth == 1:
        (key, isValue) = (text, true)
        if key.elementsEqual("features".utf8) { return true }
      case UInt8(ascii: ",") where depth == 1: isValue = false
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        // A list holds no fields of its own.
        if depth == 0, byte == UInt8(ascii: "[") { return false }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return false }
      default: continue
      }
    }
    return false
  }

  /// How much of a file is looked at.
  private static let sniffed = 1 << 16

  private static func sniffed(_ bytes: UnsafeRawBufferPointer) -> DocumentFormat {
    if Workbook.looksLikeOne(bytes) { return .xlsx }
    // Only tables are read in UTF-16.
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .csv }
    let head = bytes[
      Encoding.markLength(bytes)..<max(min(bytes.count, sniffed), Encoding.markLength(bytes))]
    guard let first = head.firstIndex(where: { !isSpace($0) }) else { return .yaml }
    switch head[first] {
    case UInt8(ascii: "{"):
      guard let next = head[(first + 1)...].first(where: { !isSpace($0) }) else { return .yaml }
      guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") else { return .yaml }
      return isFollowedByAnotherObject(head[first...]) ? .jsonLines : .json
    case UInt8(ascii: "["): return .json
    default:
      let end = head[first...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? head.endIndex
      let line = head[first..<end]
      let hasComma = line.contains { $0 == UInt8(ascii: ",") || $0 == 0x09 }
      let hasYAML = line.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "#") }
      return hasComma && !hasYAML && !line.starts(with: "- ".utf8) ? .csv : .yaml
    }
  }

  /// Whether the object ends on its first line and another one begins on the next.
  private static func isFollowedByAnotherObject(_ head: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard let end = head.firstIndex(of: 0x0A) else { return false }
    let last = head[..<end].last { !isSpace($0) }
    let next = head[end...].first { !isSpace($0) }
    return last == UInt8(ascii: "}") && next == UInt8(ascii: "{")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
