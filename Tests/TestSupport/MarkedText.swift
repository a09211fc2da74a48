package import Diagnostics

/// Text with places marked in it: `id: «HB-1»` is the text `id: HB-1` and the range of `HB-1`.
///
/// Tests name places by marking them, so that they need no offsets or line numbers. Marks may nest and may be empty (`«»`);
/// ranges stand in the order of their opening marks.
package struct MarkedText: Sendable {
  package let text: String
  package let ranges: [ByteRange]

  package init(_ marked: String) {
    var text = ""
    var ranges: [ByteRange] = []
    var open: [Int] = []
    var offset = 0
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(ranges.count)
        ranges.append(ByteRange(start: offset, end: offset))
      case "»":
        if let range = open.popLast() { ranges[range].end = offset }
      default:
        text.unicodeScalars.append(scalar)
        offset += UTF8.width(scalar)
      }
    }
    self.text = text
    self.ranges = ranges
  }

  /// The text as a file, and the marked places in it.
  package func file(path: String) -> (file: SourceFile, locations: [Location]) {
    let file = SourceFile(path: path, text: text)
    return (file, ranges.map { Location(file: file, range: $0) })
  }
}
