import Diagnostics
import Expression
import Reading
import TestSupport
import Testing

@testable import Cases

@Suite("A share says whether it is of a hundred or of one")
struct ShareTests {
  private func faults(_ body: () throws(Faults) -> Void) -> [Fault] {
    do {
      try body()
      return []
    } catch {
      return error.faults
    }
  }

  @Test(
    "a bare occupancy of at most 1 is an error with both ways to write it, in every format",
    arguments: BatchForm.allCases, ["0.78", "1", "0.005"])
  func occupancyOfAtMostOne(_ form: BatchForm, _ written: String) {
    let file = form.file([BatchForm.application([("occupancy", written)])])
    let found = faults { () throws(Faults) in _ = try ApplicationFile.read(file, index: 0) }
    #expect(found.count == 1)
    let hundredfold = ["0.78": "78", "1": "100", "0.005": "0.5"][written] ?? ""
    #expect(
      found.first?.message.en.hasSuffix(
        "`\(written)` without a per cent sign may mean \(hundredfold) % or \(written) %: write `\(hundredfold)` or `\(hundredfold)%` for the one, `\(written)%` for the other"
      ) == true, "\(found.map(\.message.en))")
    #expect(found.first?.message.zh.contains("`\(written)%`") == true)
    #expect(found.first?.location.map { $0.file.text($0.range) } == written)
  }

  @Test(
    "with its sign, or above 1, an occupancy means one thing, in every format",
    arguments: BatchForm.allCases,
    [
      ("78", "78"), ("78%", "78"), ("0.78%", "0.78"), ("0", "0"), ("1.5", "1.5"),
      ("104.5%", "104.5"),
    ])
  func clearOccupancy(_ form: BatchForm, _ values: (written: String, expected: String)) throws {
    let file = form.file([BatchForm.application([("occupancy", values.written)])])
    let read = try ApplicationFile.read(file, index: 0)
    #expect(read.applications.first?.occupancy == Exact(decimal: values.expected))
    #expect(read.notes.isEmpty)
  }

  @Test("a cell that a workbook shows as per cent is read as it is shown")
  func percentCell() throws {
    let header = ["编号", "名称", "机构类别", "申请类别", "申请床位", "受理日期", "床位使用率"]
    func read(_ cell: TestWorkbook.Cell) throws(Faults) -> ApplicationFile {
      let row: [TestWorkbook.Cell] = ["A", "甲医院", "医院", "住院", .number("20"), "2026-03-02", cell]
      let book = TestWorkbook([.init("S", [header.map(TestWorkbook.Cell.text), row])])
      return try ApplicationFile.read(SourceFile(path: "a.xlsx", bytes: book.bytes), index: 0)
    }
    #expect(
      try read(.number("0.78", format: "0%")).applications.first?.occupancy == Exact(78))
    #expect(
      try read(.number("0.785", format: "0.0%")).applications.first?.occupancy
        == Exact(decimal: "78.5"))
    #expect(throws: Faults.self) { try read(.number("0.78")) }
  }

  private func facts(_ text: String) throws(Faults) -> Facts {
    try Facts(reading: SourceFile(path: "facts.yaml", text: text))
  }

  @Test(
    "shares in the facts are held to the same",
    arguments: [
      ("occupancy: 0.78", "`occupancy`: `0.78` without a per cent sign may mean 78 % or 0.78 %"),
      ("districts: [{name: 甲区, occupancy: 1}]", "`occupancy`: `1` without a per cent sign"),
      (
        "pooled: {drug_share: 35}",
        "`drug_share`: expected a part of 1, found `35`; write `35%` where 35 % are meant"
      ),
      ("fund: {surplus_rate: 10}", "`surplus_rate`: expected a part of 1, found `10`"),
      (
        "cost_growth: 6.1\ndistricts: [{name: 甲区, cost_growth: 0.074}]",
        "`cost_growth`: `0.074` without a per cent sign may mean 7.4 % or 0.074 %, and the district is above the city in one of them alone"
      ),
      (
        "cost_growth: 0.061\ndistricts: [{name: 甲区, cost_growth: 5}]",
        "`cost_growth`: `0.061` without a per cent sign"
      ),
    ])
  func unclearFacts(text: String, message: String) {
    let found = faults { () throws(Faults) in _ = try facts(text) }
    #expect(found.count == 1)
    #expect(found.first?.message.en.hasPrefix(message) == true, "\(found.map(\.message.en))")
  }

  @Test("what the facts say with a sign, or can mean in one way alone, is read")
  func clearFacts() throws {
    let read = try facts(
      "year: 2026\noccupancy: 78%\ncost_growth: 0.5%\nfund: {surplus_rate: 10%, reimbursement_level: 0.75}\ndistricts: [{name: 甲区, cost_growth: 0.2%}]"
    )
    guard case .record(let record as DataRecord) = read.value,
      case .record(let fund as DataRecord) = record["fund"]
    else {
      Issue.record("expected a record")
      return
    }
    #expect(record["occupancy"].exact == Exact(78))
    #expect(record["cost_growth"].exact == Exact(decimal: "0.5"))
    #expect(fund["surplus_rate"].exact == Exact(decimal: "0.1"))
    #expect(fund["reimbursement_level"].exact == Exact(decimal: "0.75"))
    #expect(read.notes.isEmpty)
  }

  @Test(
    "a growth that is really small is per cent, with a note",
    arguments: [
      "cost_growth: 6.1\ndistricts: [{name: 甲区, cost_growth: 0.8}]",
      "cost_growth: 6.1\ndistricts: [{name: 甲区, cost_growth: -0.05}]",
      "cost_growth: 0.061\ndistricts: [{name: 甲区, cost_growth: 0.074}]",
    ])
  func smallGrowth(text: String) throws {
    let notes = try facts("year: 2026\n" + text).notes.map { $0.rendered(.en) }
    #expect(notes.count == 1)
    #expect(notes.first?.contains("growth of costs below 1 without a per cent sign") == true)
  }
}
