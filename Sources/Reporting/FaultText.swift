package import Diagnostics

/// A fault as a person reads it: its line, then the line of the file with carets under the place.
package enum FaultText {
  /// One line in the form that editors follow, and three that show the place, where there is a text to show it in.
  package static func lines(_ fault: Fault, in language: Language, width: Int = 120) -> [String] {
    var lines = [fault.rendered(language)]
    guard let location = fault.location, location.file.sheet == nil else { return lines }
    let number = String(LineIndex(location.file).position(of: location.range.start).line)
    let pad = String(repeating: " ", count: number.utf8.count)
    let snippet = Snippet(location, width: width - pad.utf8.count - 3)
    if snippet.line.isEmpty { return lines }
    lines.append(pad + " |")
    lines.append(number + " | " + snippet.line)
    lines.append(
      pad + " |" + String(repeating: " ", count: snippet.indent + 1)
        + String(repeating: "^", count: snippet.carets))
    return lines
  }
}
