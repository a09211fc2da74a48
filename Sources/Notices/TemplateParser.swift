import Diagnostics
import Reporting

/// Reads a template: every name is held against what may stand there, every section is closed.
struct TemplateParser {
  private static let feed = UInt8(ascii: "\n")

  private let bytes: [UInt8]
  private let path: String
  private var offset = 0
  /// The line, from 1, of the byte before which the feeds are counted.
  private var line = 1
  private var counted = 0
  /// The open sections, outermost first; the first is the template itself.
  private var open: [OpenSection]

  private struct OpenSection {
    var name: String
    var line: Int
    var isInverted: Bool
    /// The names that it adds.
    var names: [String: NoticeSchema]
    var parts: [NoticeTemplate.Part] = []
  }

  init(_ text: String, _ schema: [String: NoticeSchema], path: String) {
    bytes = Array(text.utf8)
    self.path = path
    open = [OpenSection(name: "", line: 0, isInverted: false, names: schema)]
  }

  mutating func parse() throws(NoticeTemplate.Problem) -> [NoticeTemplate.Part] {
    while offset < bytes.count {
      let start = offset
      while offset < bytes.count, !isTag(at: offset) { offset += 1 }
      let end = offset
      if end == bytes.count {
        add(start..<end)
        break
      }
      count(to: end)
      let tag = try tag()
      let isBlock = tag.first.map { "#^/!".contains($0) } ?? false
      // A block's tag alone on its line takes the line with it.
      if isBlock, let lineStart = blankStart(before: end, from: start), let next = blankEnd() {
        add(start..<lineStart)
        offset = next
      } else {
        add(start..<end)
      }
      try take(tag)
    }
    if let section = open.last, open.count > 1 {
      throw problem(
        "小节 `\(section.name)` 没有结束标记 `{{/\(section.name)}}`",
        "section `\(section.name)` is not closed; expected `{{/\(section.name)}}`",
        at: section.line)
    }
    return open.first?.parts ?? []
  }

  // MARK: - Bytes

  private func isTag(at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: "{")
      && bytes[index + 1] == UInt8(ascii: "{")
  }

  /// Takes `{{ … }}` at the offset and gives what stands between; the offset is then after it.
  private mutating func tag() throws(NoticeTemplate.Problem) -> String {
    let close = UInt8(ascii: "}")
    let start = offset + 2
    var end = start
    while end + 1 < bytes.count, bytes[end] != Self.feed {
      if bytes[end] == close, bytes[end + 1] == close {
        offset = end + 2
        return String(decoding: bytes[start..<end], as: UTF8.self)
      }
      end += 1
    }
    throw problem("标记 `{{` 没有以 `}}` 结束", "expected `}}` after `{{` on the same line")
  }

  private mutating func count(to end: Int) {
    for byte in bytes[counted..<end] where byte == Self.feed { line += 1 }
    counted = end
  }

  /// Where the line of a tag begins, where nothing but blanks stands before the tag; `from` is where the text before it begins.
  private func blankStart(before end: Int, from start: Int) -> Int? {
    var index = end
    while index > start, Self.isBlank(bytes[index - 1]) { index -= 1 }
    return index == 0 || bytes[index - 1] == Self.feed ? index : nil
  }

  /// Where the next line begins, where nothing but blanks stands after the tag just taken.
  private func blankEnd() -> Int? {
    var index = offset
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    if index == bytes.count { return index }
    if bytes[index] == UInt8(ascii: "\r"), index + 1 < bytes.count { index += 1 }
    return bytes[index] == Self.feed ? index + 1 : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private mutating func add(_ range: Range<Int>) {
    if range.isEmpty { return }
    add(.text(String(decoding: bytes[range], as: UTF8.self)))
  }

  private mutating func add(_ part: NoticeTemplate.Part) {
    open[open.count - 1].parts.append(part)
  }

  // MARK: - Tags

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
      open.append(OpenSection(name: name, line: line, isInverted: sign == "^", names: names))
    case "/":
      guard open.count > 1, let section = open.last, section.name == name else {
        let expected = open.count > 1 ? open.last?.name : nil
        throw problem(
          "`{{/\(VisibleText.of(name))}}` 没有对应的小节" + (expected.map { "；应为 `{{/\($0)}}`" } ?? ""),
          "`{{/\(VisibleText.of(name))}}` closes no open section"
            + (expected.map { "; expected `{{/\($0)}}`" } ?? ""))
      }
      open.removeLast()
      add(.section(name, isInverted: section.isInverted, section.parts))
    case "{", "&", ">", "<", "$", "=", "%":
      throw problem(
        "不支持标记 `{{\(sign)`；可用：`{{名称}}`、`{{#名称}}`、`{{^名称}}`、`{{/名称}}`、`{{! 说明}}`",
        "`{{\(sign)` is not supported; expected `{{name}}`, `{{#name}}`, `{{^name}}`, `{{/name}}` or `{{! comment}}`"
      )
    default:
      let name = Self.trimmed(tag[...])
      if name.isEmpty { throw problem("`{{}}` 中缺少名称", "expected a name in `{{}}`") }
      switch try known(name) {
      case .text, .markup: add(.value(name))
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

  private func problem(_ zh: String, _ en: String, at line: Int? = nil) -> NoticeTemplate.Problem {
    NoticeTemplate.Problem(
      path: path, line: line ?? self.line, message: Bilingual(zh: zh, en: en))
  }
}
