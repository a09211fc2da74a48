package import Diagnostics
import Reporting

/// A template of one document: text with Mustache's plain tags, each held against ``NoticeSchema`` when it is read.
///
/// `{{name}}` is a value, `{{#name}}…{{/name}}` a section shown or repeated, `{{^name}}…{{/name}}` its contrary, `{{! … }}` a
/// comment; a section's tag or a comment alone on its line takes the line with it. There is no tag that leaves a value
/// unescaped, and a name that is not known is an error with its line: a general template library leaves it out silently, and
/// would bring Foundation into a program that starts without it.
package struct NoticeTemplate: Sendable {
  /// A fault of a template, for people.
  package struct Problem: Error, Sendable {
    package var path: String
    /// From 1; 0 where it is about the file as a whole.
    package var line: Int
    package var message: Bilingual

    package init(path: String, line: Int, message: Bilingual) {
      self.path = path
      self.line = line
      self.message = message
    }
  }

  /// More than this is no letter.
  package static let byteLimit = 1 << 20
  /// Sections in sections.
  static let depthLimit = 16

  /// What a template is made of.
  indirect enum Part: Sendable {
    case text(String)
    case value(String)
    case section(String, isInverted: Bool, [Part])
  }

  private let parts: [Part]
  private let form: NoticeForm

  /// - Parameters:
  ///   - name: `notice` or `public-list`.
  ///   - path: where it was read, for messages.
  package init(
    _ text: String, name: String, form: NoticeForm, path: String
  ) throws(Problem) {
    var parser = TemplateParser(text, NoticeSchema.of(name), path: path)
    parts = try parser.parse()
    self.form = form
  }

  package func render(_ fields: NoticeFields) -> String {
    var text = ""
    render(parts, [fields], to: &text)
    return text
  }

  /// `scopes`: the values that may be named, the innermost last.
  private func render(_ parts: [Part], _ scopes: [NoticeFields], to text: inout String) {
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .value(let name): text += Self.value(name, scopes).map(form.shown) ?? ""
      case .section(let name, let isInverted, let inner):
        switch Self.value(name, scopes) {
        case .flag(let flag) where flag != isInverted: render(inner, scopes, to: &text)
        case .list(let items) where isInverted:
          if items.isEmpty { render(inner, scopes, to: &text) }
        case .list(let items):
          for item in items { render(inner, scopes + [item], to: &text) }
        case nil where isInverted: render(inner, scopes, to: &text)
        case .flag, .text, .markup, nil: break
        }
      }
    }
  }

  private static func value(_ name: String, _ scopes: [NoticeFields]) -> NoticeValue? {
    for scope in scopes.reversed() {
      if let value = scope[name] { return value }
    }
    return nil
  }
}

extension NoticeForm {
  /// A value as it stands in a document of this form.
  fileprivate func shown(_ value: NoticeValue) -> String {
    switch value {
    case .text(let text): safe(text)
    case .markup(let markup): self == .html ? markup : ""
    case .flag, .list: ""
    }
  }
}
