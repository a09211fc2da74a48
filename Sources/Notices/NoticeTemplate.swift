package import Diagnostics
import Mustache
import Reporting

/// A template of one document, in Mustache: swift-mustache reads and fills it, after ``TemplateNames`` has held every name
/// against ``NoticeSchema``.
///
/// `{{name}}` is a value, `{{#name}}…{{/name}}` a section shown or repeated, `{{^name}}…{{/name}}` its contrary, `{{! … }}` a
/// comment; a section's tag or a comment alone on its line takes the line with it. There is no tag that leaves a value
/// unescaped, and a name that is not known, which the library would leave out silently, is an error with its place. Values are
/// made safe before the library sees them, and it is told to leave them as they are: what it escapes by itself are characters
/// as a reader sees them, and a `<` with a mark on it is none of those.
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
  /// A line of its own before the template, which leaves no line behind.
  private static let asItIs = "{{% CONTENT_TYPE:TEXT}}\n"

  private let template: MustacheTemplate
  private let form: NoticeForm

  /// - Parameters:
  ///   - name: `notice` or `public-list`.
  ///   - path: where it was read, for messages.
  package init(
    _ text: String, name: String, form: NoticeForm, path: String
  ) throws(Problem) {
    var names = TemplateNames(text, NoticeSchema.of(name), path: path)
    try names.check()
    do {
      template = try MustacheTemplate(string: Self.asItIs + text)
    } catch {
      throw Self.problem(error, path)
    }
    self.form = form
  }

  package func render(_ fields: NoticeFields) -> String { template.render(safe(fields)) }

  /// The values as the library takes them, none of which can act on the document.
  private func safe(_ fields: NoticeFields) -> [String: Any] {
    fields.mapValues { value in
      switch value {
      case .text(let text): form.safe(text)
      case .markup(let markup): form == .html ? markup : ""
      case .flag(let flag): flag
      case .list(let items): items.map(safe)
      }
    }
  }

  /// What the library finds beyond names; its first line is ours.
  private static func problem(_ error: any Error, _ path: String) -> Problem {
    guard let error = error as? MustacheTemplate.ParserError else {
      return Problem(
        path: path, place: Place(line: 1, column: 1),
        message: Bilingual(zh: "模板无法解析", en: "the template cannot be read"))
    }
    return Problem(
      path: path,
      place: Place(
        line: max(1, error.context.lineNumber - 1), column: max(1, error.context.columnNumber)),
      message: Bilingual(
        zh: "此处的 Mustache 标记无法解析",
        en: "expected a tag of Mustache here, found none that can be read"))
  }
}
