/// Documents in plain YAML and near it: most are nearly right, many are not.
struct RandomYAML {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  /// A document, some bytes of it changed two times in three.
  mutating func next() -> [UInt8] {
    let text = below(3) == 0 ? wild(0, 0) : tidy(0, 0)
    return below(3) == 0 ? Array(text.utf8) : changed(text)
  }

  /// A list of mappings, bare or under `list`.
  mutating func nextList() -> [UInt8] {
    let isBare = below(3) == 0
    var text = isBare ? "" : pick(["", "a: 1\n", "b:\n  c: [x]\n"]) + "list:\n"
    let column = isBare ? 0 : pick([0, 2, 2, 4])
    for _ in 0..<(1 + below(6)) {
      text += pad(column) + "- id: \(below(99))\n" + tidy(1, column + 2)
    }
    if !isBare { text += pick(["", "", "z: 1\n", "y:\n  - a: 1\n"]) }
    return below(2) == 0 ? Array(text.utf8) : changed(text)
  }

  private mutating func tidy(_ depth: Int, _ column: Int) -> String {
    var text = ""
    var used: Set<String> = []
    for _ in 0...below(4) {
      let key = pick(["name", "kind", "a", "b", "c", "x-1", "2025", "城市"])
      if !used.insert(key).inserted, below(12) > 0 { continue }
      let end = pick(["", "", " ", " # c"]) + pick(["\n", "\n", "\n\n", "\r\n", "\n# 注\n"])
      switch below(6) {
      case 0 where depth < 3:
        text += pad(column) + key + ":" + end + tidy(depth + 1, column + pick([1, 2, 2, 4]))
      case 1:
        text += pad(column) + key + ":" + end
        for _ in 0...below(2) {
          text += pad(column + 2) + "- " + pick(Self.values) + end
        }
      case 2: text += pad(column) + key + ":" + end
      default: text += pad(column) + key + ": " + pick(Self.values) + end
      }
    }
    return text
  }

  private mutating func wild(_ depth: Int, _ column: Int) -> String {
    var text = ""
    for _ in 0...below(3) {
      let begin = pick(["- ", "- ", "a: ", "b: ", "c:\n", "\"q\": ", "? ", "a b: ", "", "-", "d:"])
      let end = pick(["", "", " # c", "#c", "\t"]) + pick(["\n", "\n", "\r\n", "\n\n", " "])
      text += pad(column) + begin
      text +=
        depth < 3 && below(3) == 0 ? wild(depth + 1, column + pick([0, 1, 2, 2])) : inside(0) + end
    }
    return text
  }

  private mutating func inside(_ depth: Int) -> String {
    if depth > 2 || below(2) == 0 { return pick(Self.values + Self.oddValues) }
    var parts: [String] = []
    let isList = below(2) == 0
    for _ in 0..<below(4) {
      parts.append((isList ? "" : pick(["a: ", "b: ", "c:", "d : ", ""])) + inside(depth + 1))
    }
    let text = parts.joined(separator: pick([", ", ",", " , "]))
    return isList ? "[" + text + "]" : "{" + text + "}"
  }

  private static let values = [
    "a", "1", "-5", "2026-03-02", "零售药店", "a b", "null", "~", "\"q\"", "'it''s'", "\"a: b # c\"",
    "88.5", "10:30", "[]",
    "{}", "[a, b]", "{lon: 116.8, lat: 33}", "[a b, 'c', {x: [1]}]", "(x)", "😀", "a#b", "三堤口街道 1号",
  ]
  private static let oddValues = [
    "a: b", "- a", "-", "--", "...", "&a", "*a", "!t x", "|", ">", "%a", "?", "? a", "[", "]", "{",
    "}", "\"a\\n\"", "\"a", "'a",
    "#c", "a #c", "a:", ":a", "a\tb", "\u{85}", "\u{2028}x", "\u{FEFF}", "\u{A0}", "\u{3000}x",
    "-淮", ".5", "NULL", "\u{7F}", "\u{1}",
    "a,b", "a]b", "<<", "=", "",
  ]

  private mutating func changed(_ text: String) -> [UInt8] {
    let spice =
      Array("[]{}:,-?&*!|>'\"%@`#\n\r\t \\u0\u{85}\u{2028}淮\u{FEFF}  --: \n".utf8) + [
        0, 1, 0x7F, 0xFF, 0xC3, 0xED,
      ]
    var bytes = Array(text.utf8)
    for _ in 0..<below(3) {
      let place = below(bytes.count + 1)
      let byte = pick(spice)
      switch below(4) {
      case 0: bytes.insert(byte, at: place)
      case 1: if place < bytes.count { bytes[place] = byte }
      case 2: if place < bytes.count { bytes.remove(at: place) }
      default:
        let end = min(bytes.count, place + below(20))
        bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count + 1))
      }
    }
    return bytes
  }

  private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
  private mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
  private func pad(_ count: Int) -> String { String(repeating: " ", count: count) }
}
