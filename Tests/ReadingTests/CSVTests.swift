import Diagnostics
import Testing

@testable import Reading

@Suite struct CSVTests {
  private func rows(
    _ file: SourceFile, limits: ReadingLimits = .standard
  ) throws(Faults) -> [[String]] {
    var all: [[String]] = []
    try CSVReader.read(file, limits: limits) { (row: borrowing CSVRow) throws(Faults) in
      var fields: [String] = []
      for column in 0..<row.count { fields.append(row.text(column)) }
      all.append(fields)
      return true
    }
    return all
  }

  @Test(
    "a file splits into rows and fields",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
      ("\u{FEFF}名称, b \n淮北😀,\n", [["名称", " b "], ["淮北😀", ""]]),
      ("a,b\n\"x,y\",\"p\nq\"\n", [["a", "b"], ["x,y", "p\nq"]]),
      ("a,b\n\"say \"\"hi\"\"\",\"\"\r\n", [["a", "b"], ["say \"hi\"", ""]]),
      ("a\n\n1\n\r\n\n2\n", [["a"], ["1"], ["2"]]),
      ("a,b\n,,\n1,2\n,\n", [["a", "b"], ["", "", ""], ["1", "2"], ["", ""]]),
      ("a,b\n1,", [["a", "b"], ["1", ""]]),
      ("\"a\",b\n\"1\",\"2\"", [["a", "b"], ["1", "2"]]),
      ("a,b\n 1 ,\t2\n", [["a", "b"], [" 1 ", "\t2"]]),
      ("abcdefghij,k\nabcdefgh,ijklmnop\n", [["abcdefghij", "k"], ["abcdefgh", "ijklmnop"]]),
    ])
  func table(text: String, expected: [[String]]) throws {
    #expect(try rows(SourceFile(path: "a.csv", text: text)) == expected)
  }

  @Test("every field keeps its bytes, its quotes included")
  func places() throws {
    let file = SourceFile(path: "a.csv", text: "\u{FEFF}名称,b\r\n\"淮,😀\",二\r\n三,\"\"\"\"\r\n")
    var pieces: [String] = []
    var raw: [String] = []
    try CSVReader.read(file) { (row: borrowing CSVRow) throws(Faults) in
      pieces.append("\(row.number)")
      for column in 0..<row.count {
        pieces.append(file.text(row.range(column)))
        row.withBytes(column) { raw.append(String(decoding: $0, as: UTF8.self)) }
      }
      #expect(row.text(7).isEmpty)
      #expect(row.range(7).count == 0)
      return true
    }
    #expect(pieces == ["1", "名称", "b", "2", "\"淮,😀\"", "二", "3", "三", "\"\"\"\""])
    #expect(raw == ["名称", "b", "淮,😀", "二", "三", "\"\""])
  }

  @Test(
    "what is wrong is reported where it stands",
    arguments: [
      ("a,b\n淮,▶\"2\n3,4\n", "the quoted value that begins here has no closing quote"),
      (
        "a,b\n淮▶\"x\",2\n",
        "a value without quotes cannot hold `\"`; put it in quotes and double those inside"
      ),
      (
        "a,b\n\"淮\"▶x,2\n",
        "expected a comma or the line's end after the closing quote, found `x`; double quotes inside"
      ),
      (
        "a,b\n\"淮\"▶😀,2\n",
        "expected a comma or the line's end after the closing quote, found `😀`; double quotes inside"
      ),
      ("a,b\n淮▶\u{0},2\n", "the control character U+0000 is not allowed; remove it"),
    ])
  func faultPlaces(marked: String, message: String) {
    let input = MarkedInput(marked)
    let found = faults { () throws(Faults) in _ = try rows(input.file) }
    #expect(found.places == input.places)
    #expect(found.english.first == message)
  }

  @Test("bytes that are not UTF-8 are reported where they stand")
  func encoding() {
    let long = String(repeating: "相山区,惠民大药房\n", count: 5000)
    let file = SourceFile(
      path: "a", bytes: Array(("a,b\n" + long + "淮").utf8) + [0xBB, 0xB4] + Array(",2\n".utf8))
    var count = 0
    let found = faults { () throws(Faults) in
      try CSVReader.read(file) { (_: borrowing CSVRow) throws(Faults) in
        count += 1
        return true
      }
    }
    #expect(found.places == ["5002:2"])
    #expect(count == 5001)
    #expect(found.english.first?.hasPrefix("expected UTF-8") == true)
  }
}
