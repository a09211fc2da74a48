package import Diagnostics
import Glibc
import Policy
import Reading

/// The text of a plan document without its white space, each byte with its place in the file.
///
/// Page and line breaks cut sentences in the sources, so that quotes are compared without any white space (U+3000 too).
package struct SourceText: Sendable {
  package let file: SourceFile
  package let bytes: [UInt8]
  /// By byte: its offset in the file.
  private let offsets: [Int]

  /// Loads the text of a tenant's document, `<directory>/<tenant>.txt`.
  package init(of selected: SelectedPolicy, in directory: String) throws(Faults) {
    let path = "\(directory)/\(selected.tenant.id).txt"
    guard access(path, F_OK) == 0 else {
      let title = selected.policy.document.title
      throw Faults(
        Fault(
          path: path, zh: "没有原文文件：此处应为《\(title)》的文本",
          en: "there is no source text; expected the text of `\(title)` here"))
    }
    self.init(try InputFile.load(path: path))
  }

  package init(_ file: SourceFile) {
    self.file = file
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    var offset = 0
    let text = file.withBytes { String(decoding: $0, as: UTF8.self) }
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      if !scalar.properties.isWhitespace, scalar != "\u{FEFF}" {
        for (index, byte) in String(scalar).utf8.enumerated() {
          bytes.append(byte)
          offsets.append(offset + index)
        }
      }
      offset += width
    }
    self.bytes = bytes
    self.offsets = offsets
  }

  package static func withoutWhiteSpace(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Where a text without white space first stands, as an index of ``bytes``.
  package func index(of text: String, from start: Int = 0) -> Int? {
    let needle = Array(text.utf8)
    guard !needle.isEmpty, start + needle.count <= bytes.count else { return nil }
    return bytes.withUnsafeBytes { hay -> Int? in
      needle.withUnsafeBytes { needle -> Int? in
        guard let base = hay.baseAddress, let wanted = needle.baseAddress else { return nil }
        var at = start
        // Found by the first byte, compared as a whole.
        while at + needle.count <= hay.count,
          let found = memchr(base + at, Int32(needle[0]), hay.count - needle.count - at + 1)
        {
          if memcmp(found, wanted, needle.count) == 0 { return UnsafeRawPointer(found) - base }
          at = UnsafeRawPointer(found) - base + 1
        }
        return nil
      }
    }
  }

  /// The longest beginning of a text that stands in the document, and how the document goes on after it.
  package func longestPrefix(of text: String) -> (prefix: String, next: String) {
    let scalars = Array(text.unicodeScalars)
    func prefix(_ count: Int) -> String {
      var result = ""
      result.unicodeScalars.append(contentsOf: scalars[..<count])
      return result
    }
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high + 1) / 2
      if index(of: prefix(middle)) == nil { high = middle - 1 } else { low = middle }
    }
    let found = prefix(low)
    guard let start = index(of: found) else { return ("", "") }
    let rest = bytes[(start + found.utf8.count)...].prefix(64)
    return (found, SourceText.beginning(of: String(decoding: rest, as: UTF8.self), scalars: 12))
  }

  /// The place in the file of a range of ``bytes``.
  package func location(_ range: Range<Int>) -> Location {
    let start = offsets.indices.contains(range.lowerBound) ? offsets[range.lowerBound] : file.count
    let last = range.upperBound - 1
    let end = offsets.indices.contains(last) ? offsets[last] + 1 : start
    return Location(file: file, range: ByteRange(start: start, end: end))
  }

  /// The sentences, as ranges of ``bytes``: what ends at 。, ； or a line's end.
  package var sentences: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    func end(at index: Int) {
      if index > start { ranges.append(start..<index) }
      start = index
    }
    let stops = [Array("。".utf8), Array("；".utf8)]
    file.withBytes { source in
      for index in bytes.indices {
        if index > 0, offsets[index] > offsets[index - 1] + 1,
          source[(offsets[index - 1] + 1)..<offsets[index]].contains(UInt8(ascii: "\n"))
        {
          end(at: index)
        }
        if stops.contains(where: { bytes[...index].suffix($0.count).elementsEqual($0) }) {
          end(at: index + 1)
        }
      }
    }
    end(at: bytes.count)
    return ranges
  }

  /// The beginning of a text, marked where it is cut.
  package static func beginning(of text: String, scalars limit: Int) -> String {
    if text.unicodeScalars.count <= limit { return text }
    var result = ""
    result.unicodeScalars.append(contentsOf: text.unicodeScalars.prefix(limit))
    return result + "…"
  }
}
