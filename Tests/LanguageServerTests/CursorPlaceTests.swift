import Diagnostics
import LanguageServer
import TestSupport
import Testing

@Suite("Where a cursor stands in YAML")
struct CursorPlaceTests {
  private func place(_ marked: String) throws -> CursorPlace {
    let text = MarkedText(marked)
    let offset = try #require(text.ranges.first).start
    return CursorPlace(DocumentText(text.text), at: offset)
  }

  @Test("at the margin, below keys and in items")
  func blocks() throws {
    let margin = try place("a: 1\nb«»\nc: 2\n")
    #expect(margin.steps == [])
    #expect(margin.stand == .open)
    #expect(margin.before == "b")
    #expect(margin.siblings == ["a", "c"])
    let deep = try place("rules:\n  - id: X\n    na«»\n    for: y\n  - id: Z\n    other: 1\n")
    #expect(deep.steps == [.key("rules"), .item])
    #expect(deep.siblings == ["id", "for"])
    #expect(deep.before == "na")
    let dash = try place("rules:\n  - «»\n")
    #expect(dash.steps == [.key("rules"), .item])
    #expect(dash.isAfterDash)
    let margined = try place("rules:\n- id: a\n  x: «»")
    #expect(margined.steps == [.key("rules"), .item, .key("x")])
    #expect(margined.stand == .value)
    let value = try place("provisions:\n  A:\n    modality: in«»\n")
    #expect(value.steps == [.key("provisions"), .key("A"), .key("modality")])
    #expect(value.before == "in")
    let blank = try place("provisions:\n  A:\n    at: x\n    «»\n  B:\n    at: y\n")
    #expect(blank.steps == [.key("provisions"), .key("A")])
    #expect(blank.siblings == ["at"])
    let outer = try place("provisions:\n  A:\n    at: x\n  «»\n")
    #expect(outer.steps == [.key("provisions")])
    let list = try place("exempt:\n  - a\n  - b«»\n")
    #expect(list.steps == [.key("exempt"), .item])
    #expect(list.before == "b")
  }

  @Test("in braces and brackets, over lines too")
  func flows() throws {
    let key = try place("p:\n  a: {value: 1, un«»}\n")
    #expect(key.steps == [.key("p"), .key("a")])
    #expect(key.stand == .key)
    #expect(key.siblings == ["value"])
    #expect(key.before == "un")
    let value = try place("p:\n  a: {value: 1, basis: HB-«»}\n")
    #expect(value.steps == [.key("p"), .key("a"), .key("basis")])
    #expect(value.stand == .value)
    #expect(value.before == "HB-")
    let list = try place("r:\n  - basis: [A, «»]\n")
    #expect(list.steps == [.key("r"), .item, .key("basis"), .item])
    let lines = try place("r:\n  - limit: {take: place,\n            over: [city, «»]}\n")
    #expect(lines.steps == [.key("r"), .item, .key("limit"), .key("over"), .item])
    let item = try place("r:\n  - {id: 1, kind: «»}\n")
    #expect(item.steps == [.key("r"), .item, .key("kind")])
    let closed = try place("r:\n  - {id: 1}\n  - «»\n")
    #expect(closed.steps == [.key("r"), .item])
  }

  @Test("in quotes, in blocks of text and in texts over lines")
  func texts() throws {
    let quoted = try place("c:\n  a: \"application.ki«»\"\n")
    #expect(quoted.before == "application.ki")
    #expect(quoted.isQuoted)
    #expect(quoted.steps == [.key("c"), .key("a")])
    let block = try place("c:\n  a: >-\n    x: 1 &&\n    application.«»\n  b: y\n")
    #expect(block.steps == [.key("c"), .key("a")])
    #expect(block.stand == .value)
    #expect(block.before.hasSuffix("application."))
    let folded = try place("c:\n  a: x ==\n    y.«»\n")
    #expect(folded.steps == [.key("c"), .key("a")])
    #expect(folded.before.hasSuffix("y."))
    let plain = try place("c:\n  a: x && y.z«»\n")
    #expect(plain.before == "x && y.z")
    #expect(plain.word.count == 1)
  }
}
