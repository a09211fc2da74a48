import Diagnostics
import Reporting

/// Goes through the tags of a template: every name is held against what may stand there, every section is closed.
///
/// swift-mustache leaves out what it does not know, partials and other tags that letters have no use for are not offered, and
/// a place in the template is worth more than the library's word for it: all that is found here, before it is asked.
struct TemplateNames {
  private static let feed = UInt8(ascii: "\n")

  private let bytes: [UInt8]
  private let path: String
  /// Where the tag at hand begins.
  private var offset = 0
  /// The open sections, outermost first; the first is the template itself.
  private var open: [OpenSection]

  private struct OpenSection {
    var name: String
    /// Where its tag begins.
    var offset: Int
    /// The names that it adds.
    var names: [String: NoticeSchema]
  }

  init(_ text: String, _ schema: [String: NoticeSchema], path: String) {
    bytes = Array(text.utf8)
    self.path = path
    open = [OpenSection(name: "", offset: 0, names: schema)]
  }

  mutating func check() throws(NoticeTemplate.Problem) {
    while offset + 1 < bytes.count {
      guard bytes[offset] == UInt8(ascii: "{"), bytes[offset + 1] == UInt8(ascii: "{") else {
        offset += 1
        continue
      }
      let tag = try tag()
      try take(tag)
      offset += tag.utf8.count + 4
    }
    if let section = open.last, open.count > 1 {
      throw problem(
        "小节 `\(section.name)` 没有结束标记 `{{/\(section.name)}}`",
        "section `\(section.name)` is not closed; expected `{{/\(section.name)}}`",
        at: section.offset)
    }
  }

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
      open.append(OpenSection(name: name, offset: offset, names: names))
    case "/":
      guard open.count > 1, let section = open.last, section.name == name else {
        let expected = open.count > 1 ? open.last?.name : nil
        throw problem(
          "`{{/\(VisibleText.of(name))}}` 没有对应的小节" + (expected.map { "；应为 `{{/\($0)}}`" } ?? ""),
          "`{{/\(VisibleText.of(name))}}` closes no open section"
            + (expected.map { "; expected `{{/\($0)}}`" } ?? ""))
      }
      open.removeLast()
    case "{", "&", ">", "<", "$", "=", "%":
      throw problem(
        "不支持标记 `{{\(sign)`；可用：`{{名称}}`、`{{#名称}}`、`{{^名称}}`、`{{/名称}}`、`{{! 说明}}`",
        "`{{\(sign)` is not supported; expected `{{name}}`, `{{#name}}`, `{{^name}}`, `{{/name}}` or `{{! comment}}`"
      )
    default:
      let name = Self.trimmed(tag[...])
      if name.isEmpty { throw problem("`{{}}` 中缺少名称", "expected a name in `{{}}`") }
      switch try known(name) {
      case .text, .markup: break
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
