package import Cases
package import Diagnostics
import Policy
import Reading

/// The city that a file names, as far as a glance shows it, before the file is read: its fields and words are those of that city.
///
/// A glance may be wrong about a file that is written in an unusual way. Who reads the file compares what it says with what the
/// glance showed, and reads it once more where they differ.
package enum CityAhead {
  /// The text after `city:` at the beginning of a line, or of the key `city` in an object of JSON; nil where none is seen.
  package static func city(of file: SourceFile) -> String? {
    switch DocumentFormat(of: file) {
    case .yaml: file.withBytes { ofYAML($0) ?? ofJSON($0) }
    case .json: file.withBytes(ofJSON)
    case .jsonLines, .csv, .xlsx, .geoJSON: nil
    }
  }

  private static func ofYAML(_ bytes: UnsafeRawBufferPointer) -> String? {
    let key = Array("city:".utf8)
    var start = Encoding.markLength(bytes)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[start..<end].starts(with: key) {
        var text = String(decoding: bytes[(start + key.count)..<end], as: UTF8.self)
        if let comment = text.firstRange(of: " #") { text = String(text[..<comment.lowerBound]) }
        text = CellText.trimmed(text)
        for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) {
          text = String(text.dropFirst().dropLast())
        }
        return text.isEmpty ? nil : text
      }
      start = end + 1
    }
    return nil
  }

  /// Passes over the values of the outermost object, texts being the only things that may hold its signs.
  private static func ofJSON(_ bytes: UnsafeRawBufferPointer) -> String? {
    let key = Array("\"city\"".utf8)
    var depth = 0
    var place = Encoding.markLength(bytes)
    var isAtKey = false
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 0, bytes[place] != UInt8(ascii: "{") { return nil }
        depth += 1
        isAtKey = depth == 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): isAtKey = depth == 1
      case UInt8(ascii: ":"): isAtKey = false
      case UInt8(ascii: "\""):
        let end = textEnd(bytes, from: place)
        if isAtKey, bytes[place..<end].elementsEqual(key) { return value(bytes, after: end) }
        place = end - 1
      default:
        // Anything but white space before the object: it is no JSON.
        if depth == 0, bytes[place] > 0x20 { return nil }
      }
      place += 1
    }
    return nil
  }

  /// The place after the text that begins at a quote.
  private static func textEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var place = start + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place + 1, bytes.count)
  }

  private static func value(_ bytes: UnsafeRawBufferPointer, after end: Int) -> String? {
    var place = end
    while place < bytes.count, bytes[place] <= 0x20 || bytes[place] == UInt8(ascii: ":") {
      place += 1
    }
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    let last = textEnd(bytes, from: place)
    guard last - place > 2 else { return nil }
    return String(decoding: bytes[(place + 1)..<(last - 1)], as: UTF8.self)
  }
}

extension PolicyLibrary {
  /// The fields and words of the city that the options name, else the files; those that every tenant has where none is known yet,
  /// which is for who chooses the tenant to say.
  ///
  /// A tenant's file that is at fault is a fault here, before anything is read by it.
  package func catalogue(_ options: CheckOptions, cities: [String?]) throws(Faults) -> Catalogue {
    for name in [options.namedCity?.name] + cities {
      guard let name else { continue }
      do {
        return try tenant(meaning: name).catalogue
      } catch {
        if error.faults.contains(where: { !$0.path.isEmpty }) { throw error }
      }
    }
    return .builtIn
  }
}
