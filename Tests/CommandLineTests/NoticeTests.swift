import Foundation
import TestSupport
import Testing

@Suite("notice writes a letter to each applicant and the list for publication")
struct NoticeTests {
  struct City: Sendable {
    var name: String
    var arguments: [String]
    /// A letter for each verdict.
    var ids: [String]
  }

  static let cities = [
    City(
      name: "huaibei",
      arguments: [
        "fixtures/huaibei/applications.yaml", "--waivers", "fixtures/huaibei/waivers.yaml",
      ],
      ids: [
        "HB-2026-001", "HB-2026-006", "HB-2026-016", "HB-2026-018", "HB-2026-019", "HB-2026-020",
        "HB-2026-026",
      ]),
    City(
      name: "liaoning", arguments: ["fixtures/liaoning/applications.yaml"],
      ids: ["LN-001", "LN-002", "LN-009", "LN-010"]),
  ]

  private func text(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  @Test("letters and list are what their goldens have", arguments: cities.map(\.name))
  func goldens(_ name: String) throws {
    let city = try #require(Self.cities.first { $0.name == name })
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let out = folder.path + "/out"
    let result = try Program.run(
      ["notice", "--city", name, "--out", out, "--format", "html", "--format", "text"]
        + city.arguments, in: Golden.root)
    #expect(result.code == 0, "\(result.errors)")
    let written = try FileManager.default.contentsOfDirectory(atPath: out)
    #expect(written.count(where: { $0.hasPrefix("notice-") }) == (name == "huaibei" ? 62 : 32))
    for base in city.ids.map({ "notice-" + $0 }) + ["public-list"] {
      for ending in ["html", "txt"] {
        let bytes = Array(try Data(contentsOf: URL(filePath: "\(out)/\(base).\(ending)")))
        if let difference = Golden.difference(bytes, from: "notices/\(name)/\(base).\(ending)") {
          Issue.record(Comment(rawValue: difference))
        }
      }
    }
  }

  @Test("the words are those of the verdict, the modality and the document's status")
  func words() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for city in Self.cities {
      let out = folder.path + "/" + city.name
      let result = try Program.run(
        ["notice", "--city", city.name, "--format", "text", "--out", out] + city.arguments,
        in: Golden.root)
      #expect(result.code == 0)
    }
    let refused = try text(folder.path + "/huaibei/notice-HB-2026-016.txt")
    #expect(refused.contains("审核结果：原则上不予纳入"))
    #expect(!refused.contains("必须") && !refused.contains("审核结果：不予纳入"))
    #expect(refused.contains("征求意见稿") && refused.contains("仅供模拟测算和内部审核参考"))
    #expect(refused.contains("“本规划期内原则上以上一年度解除协议的机构数量确定最高增量”（原则上）"))
    #expect(refused.contains("联系电话：＿") && refused.contains("行政复议：机关＿"))
    #expect(refused.contains("2026年4月1日") && refused.contains("SHA-256"))
    let must = try text(folder.path + "/liaoning/notice-LN-002.txt")
    #expect(!must.contains("征求意见稿"))
    let incomplete = try text(folder.path + "/huaibei/notice-HB-2026-019.txt")
    #expect(incomplete.contains("审核结果：需补正"))
    #expect(incomplete.contains("请你单位补充下列材料：\n　　机构位置的经纬度坐标及所用坐标系"))
    #expect(!incomplete.contains("applications["))
    let figures = try text(folder.path + "/huaibei/notice-HB-2026-006.txt")
    #expect(figures.contains("下列资料待受理单位核实，无需你单位提供：\n　　濉溪县床位使用率"))
    #expect(!figures.contains("facts.districts"))
    let admissible = try text(folder.path + "/huaibei/notice-HB-2026-001.txt")
    #expect(admissible.contains("审核结果：拟纳入"))
    let review = try text(folder.path + "/huaibei/notice-HB-2026-018.txt")
    #expect(review.contains("审核结果：需人工裁量"))
  }

  @Test("the list for publication has neither scores nor coordinates")
  func publicList() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    let result = try Program.run(
      ["notice", "--format", "html", "--format", "text", "--out", "out", "applications.yaml"],
      in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    for ending in ["html", "txt"] {
      // A digest may have any two digits in it.
      let list = try text(folder.path + "/out/public-list." + ending)
        .replacing(#/[0-9a-f]{12,}/#, with: "")
      #expect(list.contains("示例药店") && list.contains("相山区") && list.contains("原则上不予纳入"))
      for hidden in ["116.79", "33.95", "90", "score", "评分：", "得分"] {
        #expect(!list.contains(hidden), "\(hidden)")
      }
    }
    #expect(try text(folder.path + "/out/notice-B.html").contains("116.7943"))
  }

  @Test("all letters stand in one file to print, each on sheets of its own")
  func together() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    let result = try Program.run(
      ["notice", "--format", "html", "--format", "text", "--out", "out", "applications.yaml"],
      in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    let page = try text(folder.path + "/out/all-notices.html")
    let letters = ["A", "B"].map { "\(folder.path)/out/notice-\($0)" }
    #expect(page.ranges(of: "<div class=\"letter\">").count == letters.count)
    for once in ["<!DOCTYPE", "<head>", "<body>", "</body>", "</html>", "<title>"] {
      #expect(page.ranges(of: once).count == 1, "\(once)")
    }
    #expect(page.contains(".letter { break-after: page; }"))
    for letter in letters {
      let one = try text(letter + ".html")
      let rest = try #require(one.split(separator: "<body>").last)
      let body = try #require(rest.split(separator: "</body>").first)
      #expect(page.contains(body))
    }
    let texts = try letters.map { try text($0 + ".txt") }
    #expect(try text(folder.path + "/out/all-notices.txt") == texts.joined(separator: "\u{0C}"))
  }

  @Test("hostile ids and names stay in the folder and inert")
  func hostile() throws {
    let folder = try Sample.folder(
      Sample.applications(
        """
          - {id: "../../x", name: "<script>alert(1)</script>", kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02}
          - {id: "a/b", name: "\\"><img src=x>", kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02}
          - {id: "c_d", name: "{{title}}", kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02}
        """))
    defer { folder.remove() }
    let before = try FileManager.default.contentsOfDirectory(
      atPath: URL(filePath: folder.path).deletingLastPathComponent().path)
    let result = try Program.run(["notice", "--out", "out", "applications.yaml"], in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").sorted()
    #expect(names.count == 5 && names.contains("notice-c_d.html"))
    for name in names {
      let page = try text(folder.path + "/out/" + name)
      #expect(!page.contains("<script") && !page.contains("<img"))
    }
    #expect(try text(folder.path + "/out/notice-c_d.html").contains("<p>{{title}}：</p>"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["applications.yaml", "facts.yaml", "out", "registry.csv"])
    let after = try FileManager.default.contentsOfDirectory(
      atPath: URL(filePath: folder.path).deletingLastPathComponent().path)
    #expect(!after.contains("x") || before.contains("x"))
  }

  @Test("templates are written, edited and used, and a wrong one stops everything")
  func templates() throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    func run(_ arguments: [String]) throws -> Program.Result {
      try Program.run(["notice", "--lang", "en"] + arguments, in: folder.path)
    }
    #expect(try run(["--write-templates", "t"]).code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/t").sorted()
    #expect(names == ["notice.html", "notice.txt", "public-list.html", "public-list.txt"])
    #expect(try run(["--write-templates", "t"]).code == 2)
    // As they come, they change nothing.
    #expect(try run(["--template", "t", "--out", "a", "applications.yaml"]).code == 0)
    #expect(try run(["--out", "b", "applications.yaml"]).code == 0)
    #expect(try text(folder.path + "/a/notice-A.html") == text(folder.path + "/b/notice-A.html"))
    try folder.write("某某医保中心致{{name}}：{{result}}\n", to: "t/notice.txt")
    #expect(
      try run(["--template", "t", "--format", "text", "--out", "c", "applications.yaml"]).code == 0)
    #expect(try text(folder.path + "/c/notice-A.txt") == "某某医保中心致示例药店：拟纳入\n")
    try folder.write("一\n{{nmae}}\n", to: "t/notice.html")
    let wrong = try run(["--template", "t", "--out", "d", "applications.yaml"])
    #expect(wrong.code == 2 && wrong.output.isEmpty)
    #expect(
      wrong.errors
        == "t/notice.html:2:1: error: unknown placeholder `nmae`; did you mean `name`?\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/d"))
    try folder.write(Array("一\n二".utf8) + [0xFF], to: "t/notice.html")
    let bytes = try run(["--template", "t", "--out", "d", "applications.yaml"])
    #expect(
      bytes.code == 2
        && bytes.errors == "t/notice.html:2:2: error: the template is not UTF-8 text\n")
    try folder.write("x", to: "t/notcie.html")
    let misnamed = try run(["--template", "t", "--out", "d", "applications.yaml"])
    #expect(misnamed.code == 2 && misnamed.errors.contains("did you mean `notice.html`?"))
  }

  @Test("a folder keeps what is not a notice, and stays as it was where one cannot be written")
  func folder() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    let files = FileManager.default
    try files.createDirectory(
      atPath: folder.path + "/out/notice-B.html", withIntermediateDirectories: true)
    try folder.write("mine", to: "out/mine.txt")
    try folder.write("old", to: "out/notice-A.html")
    let arguments = ["notice", "--lang", "en", "--out", "out/", "applications.yaml"]
    let result = try Program.run(arguments, in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains("a folder of this name is there"))
    #expect(try text(folder.path + "/out/notice-A.html") == "old")
    #expect(
      try files.contentsOfDirectory(atPath: folder.path + "/out").sorted()
        == ["mine.txt", "notice-A.html", "notice-B.html"])
    #expect(try files.contentsOfDirectory(atPath: folder.path).count == 4)
    try files.removeItem(atPath: folder.path + "/out/notice-B.html")
    #expect(try Program.run(arguments, in: folder.path).code == 0)
    #expect(try text(folder.path + "/out/mine.txt") == "mine")
    #expect(try text(folder.path + "/out/notice-A.html") != "old")
    #expect(
      try files.contentsOfDirectory(atPath: folder.path + "/out").sorted()
        == ["all-notices.html", "mine.txt", "notice-A.html", "notice-B.html", "public-list.html"])
  }

  @Test(
    "a wrong call says what was expected and writes nothing",
    arguments: [
      (["applications.yaml"], "--out"),
      (["--out", "o", "--format", "pdf", "applications.yaml"], "found `pdf`"),
      (["--out", "o"], "expected at least one file"),
      (["--out", "facts.yaml", "applications.yaml"], "not a folder"),
      (
        ["--out", "o", "--template", "none", "applications.yaml"],
        "cannot be read (no such file or directory)"
      ),
      (["--out", "o", "missing.yaml"], "missing.yaml"),
    ])
  func usage(_ arguments: [String], _ message: String) throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    let result = try Program.run(["notice", "--lang", "en"] + arguments, in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/o"))
  }
}
