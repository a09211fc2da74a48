import Foundation
import TestSupport
import Testing

@Suite("`gaps` on the command line")
struct GapsTests {
  private static let registry = """
    id,name,kind,categories,grade,district,street,lon,lat,datum,beds,specialty,group,status
    P1,示例一药店,retail_pharmacy,retail_pharmacy,,相山区,,116.79420,33.95810,wgs84,,,,active
    P2,示例二药店,retail_pharmacy,retail_pharmacy,,相山区,,116.83420,33.95811,wgs84,,,,active
    P3,示例三药店,retail_pharmacy,retail_pharmacy,,相山区,,116.81421,33.98812,wgs84,,,,leaving
    P4,示例四药店,retail_pharmacy,retail_pharmacy,,相山区,,,,,,,,active
    P5,示例诊所,clinic,outpatient,,相山区,,116.81422,33.96811,wgs84,,,,active
    """

  private static let area = """
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"district": "相山区"},
      "geometry": {"type": "Polygon", "coordinates": [[[116.78, 33.94], [116.86, 33.94], [116.86, 34.0], [116.78, 34.0], [116.78, 33.94]]]}}]}
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.registry, to: "registry.csv")
    try folder.write(Sample.facts, to: "facts.yaml")
    try folder.write(Self.area, to: "area.geojson")
    return folder
  }

  private func run(
    _ arguments: [String], in folder: TemporaryFolder, lang: String = "en"
  ) throws -> Program.Result {
    try Program.run(
      ["gaps", "--city", "huaibei", "--as-of", "2026-04-01", "--lang", lang] + arguments,
      in: folder.path)
  }

  private let given = ["--registry", "registry.csv", "--facts", "facts.yaml"]

  @Test(
    "the text names the area, the law, what was taken, the gaps, the places left, and ends with a count"
  )
  func text() throws {
    let folder = try folder()
    let result = try run(given, in: folder, lang: "zh")
    #expect(result.code == 0, "\(result.errors)")
    for part in [
      "未提供范围，取名册中各机构所在地的最小凸多边形", "征求意见稿，尚未正式施行", "机构类别按零售药店计",
      "名册中 1 家同类机构没有坐标，未计入：相山区 1 家", "HB-OUT-CAP new-outlet-cap: 半径 800.0 米",
      "“对参保人员步行15分钟有效活动半径范围内没有同类型医药机构的可按规定择优纳入”", "walking_radius = 800", "计入名册机构 3 家",
      "G1  ", "剩余名额（没有其他申请时）", "huaibei 2026",
    ] { #expect(result.output.contains(part), "\(part)\n\(result.output)") }
    #expect(result.output.split(separator: "\n").last?.hasPrefix("共 1 处空白，") == true)
    // The option may stand before the subcommand, and the words may be Chinese.
    let other = try Program.run(
      [
        "--city", "huaibei", "--as-of", "2026-04-01", "--kind", "零售药店", "--lang", "zh", "gaps",
      ] + given, in: folder.path)
    #expect(other.code == 0 && other.output.contains("G1  "), "\(other.errors)")
    #expect(!other.output.contains("机构类别按零售药店计"))
  }

  @Test("all forms are written in one run, the same bytes each time, and give the same gaps")
  func forms() throws {
    let folder = try folder()
    let arguments =
      given + [
        "--within", "area.geojson", "--format", "geojson=gaps.geojson", "--format",
        "html=gaps.html",
      ]
    let first = try run(arguments + ["--format", "text"], in: folder)
    #expect(first.code == 0, "\(first.errors)")
    let written = try ["gaps.geojson", "gaps.html"].map { try folder.read($0) }
    let again = try run(arguments + ["--format", "text"], in: folder)
    #expect(again.output == first.output)
    #expect(try ["gaps.geojson", "gaps.html"].map { try folder.read($0) } == written)
    #expect(first.output.contains("area: area.geojson (1 area, "))

    let map = try #require(
      try JSONSerialization.jsonObject(with: Data(written[0].utf8)) as? [String: Any])
    #expect((map["planlint"] as? [String: String])?["format"] == "gaps/1")
    #expect((map["boundary"] as? [String: Any])?["from"] as? String == "file")
    let inputs = try #require(map["inputs"] as? [[String: String]])
    #expect(inputs.map { $0["role"] } == ["facts", "registry", "area"])
    #expect(inputs.allSatisfy { $0["sha256"]?.count == 64 })
    let profile = try #require(map["profile"] as? [String: Any])
    #expect(profile["status"] as? String == "draft" && (profile["sha256"] as? String)?.count == 64)
    let features = try #require(map["features"] as? [[String: Any]])
    let properties = features.compactMap { $0["properties"] as? [String: Any] }
    #expect(properties.allSatisfy { $0["district"] as? String == "相山区" })
    let free = properties.filter { $0["class"] as? String == "free" }
    #expect(free.count == 1 && properties.count { $0["class"] as? String == "on_site" } == 3)
    #expect(first.output.split(separator: "\n").last?.hasPrefix("1 gap, ") == true)

    let page = written[1]
    for part in [
      "<!DOCTYPE html>", "Content-Security-Policy", "<svg class=\"gaps\"",
      "class=\"free\" id=\"mG1\"",
      "<tr id=\"G1\">", "href=\"#G1\"", "class=\"scale\"", "征求意见稿", "P1 示例一药店",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
  }

  @Test(
    "what cannot be meant ends with 2, says what was expected, and writes nothing",
    arguments: [
      (["--facts", "facts.yaml"], "expected `--registry`"),
      (["--kind", "pharmacie"], "retail_pharmacy"),
      (["--set", "aera=built_up"], "did you mean `area`"),
      (["--set", "area=bulit_up"], "built_up"),
      (["--set", "area"], "expected field=value"),
      (["--set", "replaces=P1"], "no field `replaces` that can be set"),
      (["--category", "pooled"], "--category"),
      (["--within", "missing.geojson"], "missing.geojson"),
      (["--within", "facts.yaml"], "facts.yaml"),
      (["--format", "geojsn"], "expected one of text, geojson, html"),
      (["--format", "geojson=registry.csv"], "the registry"),
    ])
  func faults(_ arguments: [String], _ expected: String) throws {
    let folder = try folder()
    let given = arguments.contains("--facts") ? [] : ["--registry", "registry.csv"]
    let result = try run(given + arguments, in: folder)
    #expect(result.code == 2 && result.output.isEmpty, "\(result.output)")
    #expect(result.errors.contains(expected), "\(result.errors)")
    #expect(try folder.read("registry.csv") == Self.registry)
  }
}
