/// What a reader understood in one way among several, or passed over; it changes no verdict, and every report carries it.
public struct Note: Sendable {
  /// The path of the file, or the name of an input in memory.
  public package(set) var path: String
  /// The file and the bytes it speaks of; nil where it speaks of the whole file.
  public package(set) var location: Location?
  /// How it was understood, or what was passed over.
  public package(set) var message: Bilingual
  /// The single values that it is about, where those whose rows they stand in should be told.
  package var values: [NotedValue] = []

  /// A note about a place in a file.
  package init(_ file: SourceFile, _ range: ByteRange, zh: String, en: String) {
    self.path = file.path
    self.location = Location(file: file, range: range)
    self.message = Bilingual(zh: zh, en: en)
  }

  /// A note about a whole file.
  package init(path: String, zh: String, en: String) {
    self.path = path
    self.location = nil
    self.message = Bilingual(zh: zh, en: en)
  }

  /// The same note with what the people are told whose values it is about.
  package func about(_ values: [NotedValue]) -> Note {
    var note = self
    note.values = values
    return note
  }

  /// `path:line: note: message`.
  public func rendered(_ language: Language) -> String {
    var prefix = path
    if let location {
      prefix += ":\(LineIndex(location.file).position(of: location.range.start).line)"
    }
    return VisibleText.of(prefix) + ": note: " + VisibleText.line(message[language])
  }
}
