import Diagnostics

/// The pieces of a line of GitHub's workflow log, escaped as it reads them.
enum WorkflowCommand {
  /// Where an annotation stands; an end column only counts on the line that it begins on.
  static func place(_ path: String, _ region: Region) -> String {
    let file = "file=\(property(path)),line=\(region.startLine),"
    return region.endLine == region.startLine
      ? file + "col=\(region.startColumn),endColumn=\(region.endColumn)"
      : file + "endLine=\(region.endLine),col=\(region.startColumn)"
  }

  /// What is said.
  static func data(_ text: String) -> String { escaped(text, isProperty: false) }

  /// The value of a property (`title=`).
  static func property(_ text: String) -> String {
    escaped(VisibleText.of(text), isProperty: true)
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
