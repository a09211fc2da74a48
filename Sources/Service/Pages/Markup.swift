import Diagnostics

/// A piece of HTML that is safe by construction: what stands in the program's own literals is markup, whatever is put between
/// `\(` and `)` is escaped, unless it is markup itself.
///
/// The pages are written in it rather than in the templates that letters are written in (``Notices``): those can be given by a city and
/// know the names of a letter alone, while a page is the program's own and is checked when it is compiled.
struct Markup: Sendable, ExpressibleByStringInterpolation {
  private(set) var html: String

  init() { html = "" }

  init(stringLiteral value: String) { html = value }

  init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }

  /// Markup that another part of the program made and escaped.
  init(trusted html: String) { self.html = html }

  /// A text, escaped.
  init(_ text: String) { html = MarkupText.escaped(text) }

  static func += (left: inout Markup, right: Markup) { left.html += right.html }

  static func + (left: Markup, right: Markup) -> Markup {
    Markup(trusted: left.html + right.html)
  }

  var isEmpty: Bool { html.isEmpty }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { html += literal }

    mutating func appendInterpolation(_ text: String) { html += MarkupText.escaped(text) }

    mutating func appendInterpolation(_ number: Int) { html += String(number) }

    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

    mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { html += piece.html }
    }
  }
}

extension [Markup] {
  func joined(_ separator: Markup) -> Markup {
    var result = Markup()
    for (index, piece) in enumerated() {
      if index > 0 { result += separator }
      result += piece
    }
    return result
  }
}
