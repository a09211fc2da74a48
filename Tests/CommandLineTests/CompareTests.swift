import Foundation
import TestSupport
import Testing

@Suite("One batch under several cities")
struct CompareTests {
  private func compare(
    _ arguments: [String], _ applications: String = Sample.refused
  ) throws -> Program.Result {
    let folder = try Sample.folder(applications)
    defer { folder.remove() }
    try folder.write(
      Sample.facts.replacing("city: huaibei", with: "city: xian").replacing("相山区", with: "雁塔区")
        .replacing("340602", with: "610113"), to: "xian.yaml")
    return try Program.run(["compare"] + arguments + ["applications.yaml"], in: folder.path)
  }

  private func cells(_ result: Program.Result, _ id: String) throws -> [String] {
    let line = try #require(
      result.output.split(separator: "\n").first { $0.hasPrefix(id + " ") }, "\(result.output)")
    return line.split(separator: #/ {2,}/#).map(String.init)
  }

  @Test("each application has a row, each city a column with the verdict and the rules behind it")
  func table() throws {
    let result = try compare(["--cities", "huaibei,xian"])
    #expect(result.code == 1, "\(result.errors)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.split(separator: #/ +/#) == ["id", "name", "huaibei", "xian"])
    #expect(try cells(result, "A")[2] == "admissible")
    #expect(try cells(result, "B")[2] == "refused in principle: HB-OUT-CAP")
    #expect(try cells(result, "B")[3].contains("XA-"))
    #expect(result.output.contains("huaibei (huaibei/2026-2028): 2 applications: 1 admissible, 1"))
    #expect(result.output.contains("\nxian (xian/2025-2027): 2 applications: "))
    #expect(result.output.contains("notice: huaibei/2026-2028 is made from a draft for comment"))
  }

  @Test("the file's own city is set aside, in one line on standard error")
  func ownCity() throws {
    let compared = try compare(["--cities", "huaibei,xian"])
    #expect(
      compared.errors
        == "applications.yaml: the file's own `city: huaibei` is set aside; its `facts:` and "
        + "`registry:` are used for that city alone, and the options go before them\n")
    let other = try compare(["--cities", "xian,tianmen"])
    #expect(other.code != 2, "\(other.errors)")
    #expect(other.errors.hasSuffix("its `facts:` and `registry:` are not used\n"))
    let chinese = try compare(["--cities", "huaibei,xian", "--lang", "zh"])
    #expect(chinese.errors.contains("不作数"))
    #expect(chinese.output.contains("原则上不予纳入：HB-OUT-CAP"))
  }

  @Test("facts are given for a city or for all, and a district that they do not list is unknown")
  func facts() throws {
    let one = try compare(["--cities", "huaibei,xian", "--facts", "xian=xian.yaml"])
    #expect(one.code == 1, "\(one.errors)")
    #expect(try cells(one, "B")[2] == "refused in principle: HB-OUT-CAP")
    // For all, Xi'an's facts go before those of the file.
    let all = try compare(["--cities", "huaibei,xian", "--facts", "xian.yaml"])
    #expect(all.code != 2, "\(all.errors)")
    let both = try compare([
      "--cities", "huaibei,xian", "--facts", "facts.yaml", "--facts", "西安=xian.yaml",
    ])
    #expect(both.code == 1, "\(both.errors)")
  }

  @Test("without facts figures are unknown, and an undecided batch ends with 3")
  func undecided() throws {
    let result = try compare(
      ["--cities", "huaibei,xian"],
      Sample.admissible.replacing("facts: facts.yaml\n", with: ""))
    #expect(result.code == 3, "\(result.output)")
    #expect(try cells(result, "A")[2].hasPrefix("incomplete: HB-OUT-CAP"))
  }

  @Test(
    "a wrong call ends with 2, nothing on standard output, and a hint",
    arguments: [
      (["--cities", "huaibei,xain"], "did you mean `xian`"),
      (["--cities", "huaibei"], "expected at least two cities, found 1"),
      (["--cities", "huaibei,淮北"], "`淮北` is the same city as `huaibei`"),
      (["--cities", "huaibei,xian", "--facts", "wuhan=facts.yaml"], "not one of `--cities`"),
      (["--cities", "huaibei,xian", "--facts", "xian=facts.yaml"], "the file's city `huaibei`"),
      (["--cities", "huaibei,xian", "--facts", "a.yaml", "--facts", "b.yaml"], "found two"),
      (["--cities", "huaibei,xian", "--lang", "fr"], "expected `zh` or `en`"),
      ([], "--cities"),
    ])
  func wrongCalls(_ arguments: [String], _ expected: String) throws {
    let result = try compare(arguments)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(expected), "\(result.errors)")
  }

  @Test("--cities may stand before the subcommand")
  func optionsFirst() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    let first = try Program.run(
      ["--cities", "huaibei,xian", "compare", "applications.yaml"], in: folder.path)
    #expect(first.code == 1, "\(first.errors)")
    #expect(first.output == (try compare(["--cities", "huaibei,xian"])).output)
  }

  @Test("two places of one tenant are two cities")
  func places() throws {
    let result = try compare(["--cities", "dalian,shenyang"])
    #expect(result.code != 2, "\(result.errors)")
    #expect(result.output.contains("dalian (liaoning/2026-2030): 2 applications"))
    #expect(result.output.contains("shenyang (liaoning/2026-2030): 2 applications"))
  }
}
