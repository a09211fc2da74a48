import Diagnostics

/// Something to read: a file, or bytes in memory under a name.
///
/// A text stands for the path of a file: `request.facts = "facts.yaml"`. What an input in memory names (`facts: facts.yaml`) is
/// looked for among the other inputs in memory, as seen from its own name, and never in a file; ``Request/supporting`` takes
/// those that are named so. Reports show the name where they would show the path, and digests are those of the bytes, so that a
/// run from memory and one from files of the same names give the same report.
public struct Input: Sendable, ExpressibleByStringLiteral {
  /// What bytes in memory are written in.
  public enum Format: String, Sendable, CaseIterable {
    /// YAML.
    case yaml
    /// JSON.
    case json
    /// One JSON object a line.
    case jsonLines = "jsonl"
    /// Comma-, tab- or semicolon-separated text.
    case csv
    /// A workbook.
    case xlsx
    /// A map.
    case geoJSON = "geojson"
  }

  /// The path of the file, or the name of the bytes.
  public let name: String
  /// The bytes; nil for a file.
  let source: SourceFile?

  /// What is in memory, as text; nil for a file.
  package var text: String? { source.map { $0.text(ByteRange(start: 0, end: $0.count)) } }

  /// A file; `-` is standard input, and a path may name a sheet of a workbook (`a.xlsx#2026`).
  public static func file(_ path: String) -> Input { Input(name: path, source: nil) }

  /// Bytes in memory.
  ///
  /// - Parameters:
  ///   - name: what messages and reports call them, unlike that of any other; they may look like a path (`batch/facts.yaml`).
  ///   - bytes: what would stand in a file.
  ///   - format: what they are written in; nil takes it from the name (`facts.csv`), else from the bytes.
  public static func memory(name: String, bytes: [UInt8], format: Format? = nil) -> Input {
    Input(
      name: name, source: SourceFile(path: name, bytes: bytes, statedFormat: format?.rawValue))
  }

  /// Text in memory.
  public static func memory(name: String, text: String, format: Format? = nil) -> Input {
    memory(name: name, bytes: Array(text.utf8), format: format)
  }

  /// A file.
  public init(stringLiteral path: String) { self.init(name: path, source: nil) }

  private init(name: String, source: SourceFile?) {
    self.name = name
    self.source = source
  }
}
