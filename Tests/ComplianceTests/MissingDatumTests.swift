import Diagnostics
import Testing

@testable import Compliance

@Suite struct MissingDatumTests {
  /// A path of every value that a shape has room for.
  private static func paths(_ shape: RecordShape, _ path: String) -> [String] {
    shape.fields.flatMap { paths($0.shape, "\(path).\($0.name)") }
  }

  private static func paths(_ shape: Shape, _ path: String) -> [String] {
    switch shape {
    case .record(let inner): [path] + paths(inner, path)
    case .list(.record(let inner), _): [path] + paths(inner, path + "[相山区]")
    case .byCategory(let inner, let categories):
      categories.entries.flatMap { paths(inner, "\(path).\($0.word)") }
    case .byYear(let inner): paths(inner, path + "[2025]")
    default: [path]
    }
  }

  @Test(
    arguments:
      paths(Catalogue.builtIn.facts, "facts")
      + paths(Catalogue.builtIn.application, "applications[申请]"))
  func `a letter names whatever may be missing in Chinese`(path: String) {
    let name = MissingDatum(path: path, Registry(), .builtIn).name
    let letters = name.zh.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic }
    #expect(letters.isEmpty && !name.zh.isEmpty, "\(name.zh)")
    #expect(!name.en.contains("_"), "\(name.en)")
  }

  @Test(arguments: [
    ("facts.fund.surplus_rate", "全市基金测算参数当期统筹基金结余率（小数，0.1 即 10%）"),
    ("facts.districts[相山区].occupancy", "相山区床位使用率（%）"),
    ("facts.terminated[2025].retail_pharmacy", "全市各年度解除协议数 2025 年定点零售药店"),
    ("facts.districts[相山区].admitted[2026].inpatient", "相山区本年已纳入数 2026 年住院"),
  ])
  func `of the city or a district, and of the year`(path: String, name: String) {
    #expect(MissingDatum(path: path, Registry(), .builtIn).name.zh == name)
  }
}
