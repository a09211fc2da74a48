/// One thing wrong with an input or a profile: where, what was found, and what was expected.
///
/// `message` is one line, lower case, without a final stop, user text in backticks; it says what was expected and, for a name,
/// the nearest known one.
public struct Fault: Error, Sendable {
  /// The path of the file, or the name of an input in memory; the option or the empty text where it is no file.
  public package(set) var path: String
  /// The file and the bytes it speaks of; nil where there is no file to point into.
  public package(set) var location: Location?
  /// What was found, and what was expected in its place.
  public package(set) var message: Bilingual
  /// The name that was probably meant in place of the one that stands at `location`; nil where none is near.
  package private(set) var suggestion: String?
  /// Whether it is a field of a form that nobody has filled in: these are all shown at once.
  public package(set) var isBlank = false
  /// The other places that it speaks of, for editors; the message is understood without them.
  package var related: [RelatedPlace] = []

  /// A fault at a place in a file; the message ends with the name that was probably meant.
  package init(
    _ file: SourceFile, _ range: ByteRange, zh: String, en: String, meant: Meant? = nil
  ) {
    self.path = file.path
    self.location = Location(file: file, range: range)
    self.message = Bilingual(zh: zh, en: en).ending(with: meant)
    self.suggestion = meant?.name
  }

  /// A fault of a whole file, or of something that is no file (then `path` may be empty).
  package init(path: String, zh: String, en: String, meant: Meant? = nil) {
    self.path = path
    self.location = nil
    self.message = Bilingual(zh: zh, en: en).ending(with: meant)
    self.suggestion = meant?.name
  }

  /// The same fault with another place of its file that it speaks of.
  package func related(to range: ByteRange, zh: String, en: String) -> Fault {
    guard let location else { return self }
    var fault = self
    fault.related.append(
      RelatedPlace(Location(file: location.file, range: range), zh: zh, en: en))
    return fault
  }

  /// The same with the name that was probably meant, which its message has already told.
  package func suggesting(_ name: String?) -> Fault {
    var fault = self
    fault.suggestion = name
    return fault
  }

  /// `path:line:column: error: message`, the form that editors and terminals can follow; of a workbook the message begins with the
  /// cell (`Sheet1!D7: `).
  public func rendered(_ language: Language) -> String {
    var prefix = path
    var cell = ""
    if let location {
      let position = LineIndex(location.file).position(of: location.range.start)
      prefix += ":\(position.line):\(position.column)"
      if let sheet = location.file.sheet { cell = position.cell(of: sheet) + ": " }
    }
    return VisibleText.of((prefix.isEmpty ? "" : prefix + ": ") + "error: " + cell)
      + VisibleText.line(message[language])
  }
}

/// The faults that ended a stage; never empty.
package struct Faults: Error, Sendable {
  package var faults: [Fault]

  package init(_ faults: [Fault]) { self.faults = faults }
  package init(_ fault: Fault) { self.faults = [fault] }
}

/// Gathers faults so that a user sees several at once, up to a limit.
package struct FaultCollector: Sendable {
  /// The number of faults that are shown at once.
  package static let limit = 20
  /// The number of fields not filled in that are shown beside them.
  package static let blankLimit = 2_000
  package private(set) var faults: [Fault] = []
  private var blanks = 0

  package init() {}

  package var isFull: Bool { faults.count - blanks >= Self.limit }
  package var isEmpty: Bool { faults.isEmpty }

  package mutating func add(_ fault: Fault) {
    if fault.isBlank {
      if blanks == Self.blankLimit { return }
      blanks += 1
    } else if isFull {
      return
    } else if fault.location == nil,
      faults.contains(where: {
        $0.location == nil && $0.path == fault.path && $0.message.en == fault.message.en
      })
    {
      // Whoever looked at the file first has told it.
      return
    }
    faults.append(fault)
  }

  package mutating func add(_ more: Faults) {
    for fault in more.faults { add(fault) }
  }

  /// Throws what was gathered, if anything was.
  package func check() throws(Faults) {
    if !faults.isEmpty { throw Faults(faults) }
  }
}
