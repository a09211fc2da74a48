import Diagnostics
import TestSupport
import Testing

@Suite("Lines and columns")
struct LineIndexTests {
  @Test("columns count code points, also after Chinese and emoji")
  func columns() {
    let text = MarkedText("id: 1\n名称: 相山«惠民»🏥«大药房»\r\n  «x»: y")
    let file = SourceFile(path: "a.yaml", text: text.text)
    let index = LineIndex(file)
    let places = text.ranges.map { index.position(of: $0.start) }
    #expect(
      places == [.init(line: 2, column: 7), .init(line: 2, column: 10), .init(line: 3, column: 3)])
    #expect(file.text(index.lineRange(containing: text.ranges[1].start)) == "名称: 相山惠民🏥大药房")
  }

  @Test("a byte order mark takes no column")
  func byteOrderMark() {
    let file = SourceFile(path: "a.yaml", text: "\u{FEFF}id: 1")
    #expect(LineIndex(file).position(of: 3) == .init(line: 1, column: 1))
  }

  @Test("places far into a large file are right")
  func largeFile() {
    let line = "相山区,1\n"
    let count = 10_000
    let file = SourceFile(path: "a.csv", text: String(repeating: line, count: count))
    let index = LineIndex(file)
    for number in [1, 1_639, 1_640, 5_000, count] {
      let offset = (number - 1) * line.utf8.count + "相山区".utf8.count
      #expect(index.position(of: offset) == .init(line: number, column: 4))
    }
    #expect(index.position(of: file.count).line == count + 1)
  }

  @Test("offsets outside the file are clamped", arguments: [-5, 100])
  func clamped(_ offset: Int) {
    let file = SourceFile(path: "a", text: "ab")
    let position = LineIndex(file).position(of: offset)
    #expect(position == .init(line: 1, column: offset < 0 ? 1 : 3))
    #expect(LineIndex(SourceFile(path: "a", text: "")).position(of: offset).line == 1)
  }
}

@Suite("Nearest names")
struct NearestNameTests {
  @Test(
    "a misspelt name finds what it was meant to be",
    arguments: [
      ("huaibe", "huaibei"), ("hospitla", "hospital"), ("淮南市", "淮北市"), ("submited", "submitted"),
    ])
  func found(_ name: String, _ meant: String) {
    let known = ["xian", "huaibei", "hospital", "clinic", "淮北市", "submitted"]
    #expect(NearestName.of(name, among: known) == meant)
  }

  @Test("a name far from all finds none", arguments: ["", "zzzz", "完全不同的名字"])
  func none(_ name: String) {
    #expect(NearestName.of(name, among: ["huaibei", "hospital"]) == nil)
  }
}
