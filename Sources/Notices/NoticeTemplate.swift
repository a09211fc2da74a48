package import Diagnostics
import Reporting

/// A template of one document, in Mustache: ``TemplateReader`` has held every name against ``NoticeSchema`` before it is filled.
///
/// `{{name}}` is a value, `{{#name}}…{{/name}}` a section shown or repeated, `{{^name}}…{{/name}}` its contrary, `{{! … }}` a
/// comment; a section's tag or a comment alone on its line takes the line with it. There is no tag that leaves a value
/// unescaped, and a name that is not known is an error with its place. A name is looked for in the sections around it, from the
/// inmost on.
package struct NoticeTemplate: Sendable {
  /// A fault of a template, for people.
  package struct Problem: Error, Sendable {
    package var path: String
    /// From 1; nil where it is about the file as a whole.
    package var place: Place?
    package var message: Bilingual

    package init(path: String, place: Place? = nil, message: Bilingual) {
      self.path = path
      self.place = place
      self.message = message
    }
  }

  /// A line and a column in code points, both from 1.
  package struct Place: Sendable, Hashable {
    package var line: Int
    package var column: Int

    init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    /// Where the next byte stands after these bytes of UTF-8.
    package init(after bytes: some Sequence<UInt8>) {
      self.init(line: 1, column: 1)
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          self = Place(line: line + 1, column: 1)
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
    }
  }

  /// More than this is no letter.
  package static let byteLimit = 1 << 20
  /// Sections in sections.
  static let depthLimit = 16
  private let bytes: [UInt8]
  private let pieces: [TemplatePiece]
  private let form: NoticeForm

  /// - Parameters:
  ///   - name: `notice` or `public-list`.
  ///   - path: where it was read, for messages.
  package init(
    _ text: String, name: String, form: NoticeForm, path: String
  ) throws(Problem) {
    bytes = Array(text.utf8)
    if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      throw Problem(
        path: path,
        message: Bilingual(
          zh: "模板没有内容；内置模板可用 `--write-templates` 写出，据以修改",
          en:
            "expected the text of a letter, found nothing; `--write-templates` writes the built-in templates to begin from"
        ))
    }
    if let zero = bytes.firstIndex(of: 0) {
      throw Problem(
        path: path, place: Place(after: bytes[..<zero]),
        message: Bilingual(
          zh: "模板中有 U+0000，不是文本", en: "expected text, found the character U+0000"))
    }
    var reader = TemplateReader(bytes, NoticeSchema.of(name), path: path)
    pieces = try reader.read()
    self.form = form
  }

  package func render(_ fields: NoticeFields) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(2 * bytes.count)
    write(pieces.indices, in: [fields], to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Writes some pieces; `scopes` are the names that are known there, the outermost first.
  private func write(_ range: Range<Int>, in scopes: [NoticeFields], to output: inout [UInt8]) {
    var index = range.lowerBound
    while index < range.upperBound {
      let piece = pieces[index]
      index += 1
      switch piece {
      case .text(let text): output += bytes[text]
      case .value(let name):
        if let value = value(name, scopes) { output += shown(value).utf8 }
      case .section(let name, let isInverted, let end):
        section(value(name, scopes), isInverted, index..<end, in: scopes, to: &output)
        index = end
      }
    }
  }

  private func section(
    _ value: NoticeValue?, _ isInverted: Bool, _ inside: Range<Int>, in scopes: [NoticeFields],
    to output: inout [UInt8]
  ) {
    switch value {
    case .list(let items) where !isInverted:
      for item in items { write(inside, in: scopes + [item], to: &output) }
    case .list(let items):
      if items.isEmpty { write(inside, in: scopes, to: &output) }
    case .flag(let holds):
      if holds != isInverted { write(inside, in: scopes, to: &output) }
    case .text, .markup, nil:
      if isInverted { write(inside, in: scopes, to: &output) }
    }
  }

  private func value(_ name: String, _ scopes: [NoticeFields]) -> NoticeValue? {
    for scope in scopes.reversed() {
      if let value = scope[name] { return value }
    }
    return nil
  }

  /// A value as it may stand in the document: none can act on it.
  private func shown(_ value: NoticeValue) -> String {
    switch value {
    case .text(let text): form.safe(text)
    case .markup(let markup): form == .html ? markup : ""
    case .flag, .list: ""
    }
  }
}

/// A stretch of a template.
enum TemplatePiece: Sendable {
  /// Bytes that stand in the document as they do in the template.
  case text(Range<Int>)
  case value(String)
  /// What stands in a section goes on to the piece before `end`.
  case section(String, isInverted: Bool, end: Int)
}
