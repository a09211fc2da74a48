import Diagnostics
import Reporting

/// Reads the tags of a template: every name is held against what may stand there, every section is closed.
///
/// What letters have no use for (partials, other delimiters, unescaped values) is not offered, and a name that is not known is an
/// error with its place, not an empty text. A template is read once from the front, so that the time grows with its length alone.
struct TemplateReader {
  private static let feed = UInt8(ascii: "\n")

  private let bytes: [UInt8]
  private let path: String
  private var pieces: [TemplatePiece] = []
  /// Where the tag at hand begins.
  private var offset = 0
  /// Where the text after the last tag begins.
  private var textStart = 0
  /// The open sections, outermost first; the first is the template itself.
  private var open: [OpenSection]

  private struct OpenSection {
    var name: String
    /// Where its tag begins.
    var offset: Int
    /// The names that it adds.
    var names: [String: NoticeSchema]
    /// Its piece; nil for the template itself.
    var piece: Int?
  }

  init(_ bytes: [UInt8], _ schema: [String: NoticeSchema], path: String) {
    self.bytes = bytes
    self.path = path
    open = [OpenSection(name: "", offset: 0, names: schema)]
  }

  /// What the template consists of, in its order.
  mutating func read() throws(NoticeTemplate.Problem) -> [TemplatePiece] {
    while offset + 1 < bytes.count {
      guard bytes[offset] == UInt8(ascii: "{"), bytes[offset + 1] == UInt8(ascii: "{") else {
        offset += 1
        continue
      }
      let tag = try tag()
      let end = offset + tag.utf8.count + 4
      let space = takesWhiteSpace(tag) ? line(around: offset..<end) ?? offset..<end : offset..<end
      addText(before: space.lowerBound)
      try take(tag)
      textStart = space.upperBound
      offset = space.upperBound
    }
    addText(before: bytes.count)
    if let section = open.last, open.count > 1 {
      throw problem(
        "小节 `\(section.name)` 没有结束标记 `{{/\(section.name)}}`",
        "section `\(section.name)` is not closed; expected `{{/\(section.name)}}`",
        at: section.offset)
    }
    return pieces
  }

  private mutating func addText(before end: Int) {
    if end > textStart { pieces.append(.text(textStart..<end)) }
  }

  /// Whether a tag that stands alone on its line takes the line with it: one that writes nothing does.
  private func takesWhiteSpace(_ tag: String) -> Bool {
    tag.utf8.first.map { "#^/!".utf8.contains($0) } ?? false
  }

  /// The line around a tag, with its end, where nothing but spaces and tabs stand beside the tag.
  private func line(around tag: Range<Int>) -> Range<Int>? {
    var start = tag.lowerBound
    while start > textStart, Self.isBlank(bytes[start - 1]) { start -= 1 }
    guard start == 0 || bytes[start - 1] == Self.feed else { return nil }
    var end = tag.upperBound
    while end < bytes.count, Self.isBlank(bytes[end]) { end += 1 }
    if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == Self.feed {
      return start..<(end + 2)
    }
    if end == bytes.count { return start..<end }
    return bytes[end] == Self.feed ? start..<(end + 1) : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// What stands in `{{ … }}` at the offset.
  private func tag() throws(NoticeTemplate.Problem) -> String {
    let close = UInt8(ascii: "}")
    let start = offset + 2
    var end = start
    while end + 1 < bytes.count, bytes[end] != Self.feed {
      if bytes[end] == close, bytes[end + 1] == close {
        return String(decoding: bytes[start..<end], as: UTF8.self)
      }
      end += 1
    }
    throw problem("标记 `{{` 没有以 `}}` 结束", "expected `}}` after `{{` on the same line")
  }

  private mutating func take(_ tag: String) throws(NoticeTemplate.Problem) {
    let sign: Character = tag.first ?? " "
    let name = Self.trimmed(tag.dropFirst())
    switch sign {
    case "!": return
    case "#", "^":
      let schema = try known(name)
      if open.count > NoticeTemplate.depthLimit {
        throw problem(
          "小节嵌套超过 \(NoticeTemplate.depthLimit) 层",
          "sections nest deeper than \(NoticeTemplate.depthLimit)")
      }
      var names: [String: NoticeSchema] = [:]
      switch schema {
      case .flag: break
      case .list(let inner): if sign == "#" { names = inner }
      case .text, .markup:
        throw problem(
          "`\(name)` 是文字，不能作为小节；应写作 `{{\(name)}}`",
          "`\(name)` is text and opens no section; write `{{\(name)}}`")
      }
      open.append(OpenSection(name: name, offset: offset, names: names, piece: pieces.count))
      pieces.append(.section(name, isInverted: sign == "^", end: 0))
    case "/":
      guard open.count > 1, let section = open.last, section.name == name else {
        let expected = open.count > 1 ? open.last?.name : nil
        throw problem(
          "`{{/\(VisibleText.of(name))}}` 没有对应的小节" + (expected.map { "；应为 `{{/\($0)}}`" } ?? ""),
          "`{{/\(VisibleText.of(name))}}` closes no open section"
            + (expected.map { "; expected `{{/\($0)}}`" } ?? ""))
      }
      open.removeLast()
      if let piece = section.piece, case .section(let name, let isInverted, _) = pieces[piece] {
        pieces[piece] = .section(name, isInverted: isInverted, end: pieces.count)
      }
    case "{", "&", ">", "<", "$", "=", "%":
      throw problem(
        "不支持标记 `{{\(sign)`；可用：`{{名称}}`、`{{#名称}}`、`{{^名称}}`、`{{/名称}}`、`{{! 说明}}`",
        "`{{\(sign)` is not supported; expected `{{name}}`, `{{#name}}`, `{{^name}}`, `{{/name}}` or `{{! comment}}`"
      )
    default:
      let name = Self.trimmed(tag[...])
      if name.isEmpty { throw problem("`{{}}` 中缺少名称", "expected a name in `{{}}`") }
      switch try known(name) {
      case .text, .markup: pieces.append(.value(name))
      case .flag, .list:
        throw problem(
          "`\(name)` 是小节，应写作 `{{#\(name)}}…{{/\(name)}}`",
          "`\(name)` is a section; write `{{#\(name)}}…{{/\(name)}}`")
      }
    }
  }

  private func known(_ name: String) throws(NoticeTemplate.Problem) -> NoticeSchema {
    for section in open.reversed() {
      if let schema = section.names[name] { return schema }
    }
    let names = open.flatMap { $0.names.keys }.sorted()
    let nearest = NearestName.of(name, among: names)
    let shown = VisibleText.of(name)
    throw problem(
      "未知的占位符 `\(shown)`" + (nearest.map { "；是否为 `\($0)`？" } ?? ""),
      "unknown placeholder `\(shown)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""))
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private func problem(
    _ zh: String, _ en: String, at offset: Int? = nil
  ) -> NoticeTemplate.Problem {
    NoticeTemplate.Problem(
      path: path, place: NoticeTemplate.Place(after: bytes.prefix(offset ?? self.offset)),
      message: Bilingual(zh: zh, en: en))
  }
}
