import FoundationEssentials

/// Holds what was made against a file in `fixtures/`, byte for byte.
///
/// A test never writes its golden: where they differ, what was made is put into a temporary folder, and the failure names the
/// command that accepts it.
package enum Golden {
  /// The root of the package.
  package static var root: String {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    return parts.joined(separator: "/")
  }

  package static func path(_ name: String) -> String { root + "/fixtures/" + name }

  package static func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: path(name)))).map { Array($0) }
  }

  /// Nil where `actual` is what `fixtures/<name>` holds; else what differs and the command that accepts it.
  package static func difference(_ actual: [UInt8], from name: String) -> String? {
    let expected = bytes(name)
    if expected == actual { return nil }
    let made = FileManager.default.temporaryDirectory.path + "/planlint-goldens/" + name
    let folder = made.prefix(upTo: made.lastIndex(of: "/") ?? made.endIndex)
    do {
      try FileManager.default.createDirectory(
        atPath: String(folder), withIntermediateDirectories: true)
      try Data(actual).write(to: URL(filePath: made))
    } catch {
      return "fixtures/\(name) differs, and \(made) cannot be written: \(error)"
    }
    let accept = "accept it with: cp \(made) \(path(name))"
    guard let expected else { return "fixtures/\(name) is missing; \(accept)" }
    let ours = actual.split(separator: 10, omittingEmptySubsequences: false)
    let theirs = expected.split(separator: 10, omittingEmptySubsequences: false)
    var line = 0
    while line < min(ours.count, theirs.count), ours[line] == theirs[line] { line += 1 }
    func shown(_ lines: [ArraySlice<UInt8>]) -> String {
      line < lines.count ? String(decoding: lines[line].prefix(400), as: UTF8.self) : "(end)"
    }
    return """
      fixtures/\(name) differs at line \(line + 1)
        expected: \(shown(theirs))
        made:     \(shown(ours))
        \(accept)
      """
  }
}
