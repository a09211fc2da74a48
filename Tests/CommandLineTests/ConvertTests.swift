import Foundation
import TestSupport
import Testing

@Suite("convert writes inputs as planlint writes them, and nothing is lost")
struct ConvertTests {
  private static let cities = ["huaibei", "wuhan", "xian", "liaoning", "tianmen"]

  /// A folder with the fixture of a city, converted.
  private func converted(
    _ city: String, to form: String, _ folder: TemporaryFolder, policies: String? = nil
  ) throws {
    let source = Golden.path(city)
    for name in try FileManager.default.contentsOfDirectory(atPath: source) {
      guard let dot = name.lastIndex(of: "."), !name.hasPrefix("policies") else { continue }
      let stem = String(name[..<dot])
      let isWhole =
        stem.contains("plan") || stem == "waivers" || stem.contains("facts") && form == "jsonl"
      let target = isWhole ? "yaml" : form
      let result = try Program.run(
        [
          "convert", "\(source)/\(name)", "--to", target, "--rows-only", "--city", city, "--out",
          "\(folder.path)/\(stem).\(target)",
        ], in: folder.path, environment: policies.map { ["PLANLINT_POLICIES": $0] } ?? [:])
      #expect(result.code == 0 && result.output.isEmpty, "\(name): \(result.errors)")
    }
  }

  private func verdicts(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.contains("\"subject\"") }.map(String.init)
  }

  @Test(
    "the fixtures of all cities come to the same verdicts and outcomes in every form",
    arguments: cities,
    ["yaml", "json", "jsonl", "csv"])
  func sameVerdicts(city: String, form: String) throws {
    let folder = try TemporaryFolder()
    try converted(city, to: form, folder)
    let facts = form == "jsonl" ? "facts.yaml" : "facts.\(form)"
    func run(_ folder: String, _ ends: (String, String, String)) throws -> Program.Result {
      var arguments = [
        "--city", city, "--facts", "facts\(ends.1)", "--registry", "registry\(ends.2)",
        "applications\(ends.0)", "--format", "jsonl", "--detail", "verdict", "--as-of",
        city == "huaibei" ? "2026-04-01" : "2026-12-31",
      ]
      if city == "huaibei" { arguments += ["--waivers", "waivers.yaml"] }
      return try Program.run(arguments, in: folder)
    }
    let before = try run(Golden.path(city), (".yaml", ".yaml", ".csv"))
    let after = try run(
      folder.path, (".\(form)", String(facts.dropFirst(5)), ".\(form)"))
    #expect(before.code != 2, "\(before.errors)")
    #expect(after.code == before.code, "\(after.errors)")
    #expect(verdicts(before.output).count > 1)
    #expect(verdicts(after.output) == verdicts(before.output))
    if form == "json" {
      let plans = ["plan.yaml"].filter {
        FileManager.default.fileExists(atPath: "\(Golden.path(city))/\($0)")
      }
      for plan in plans {
        let ends = [
          "plan", "--city", city, plan, "--format", "jsonl", "--detail", "verdict", "--registry",
        ]
        let before = try Program.run(
          ends + ["registry.csv", "--facts", "facts.yaml"], in: Golden.path(city))
        let after = try Program.run(
          ends + ["registry.json", "--facts", "facts.json"], in: folder.path)
        #expect(before.code == after.code && verdicts(before.output) == verdicts(after.output))
      }
    }
  }

  @Test(
    "a city's own fields and words come through every form",
    arguments: ["yaml", "json", "jsonl", "csv"])
  func ownFields(form: String) throws {
    let folder = try TemporaryFolder()
    let policies = Golden.path("owncity/policies")
    let city = try #require(
      try FileManager.default.contentsOfDirectory(atPath: policies).first { !$0.contains(".") })
    var texts: [String] = []
    for name in ["applications.csv", "applications.json", "applications.yaml"] {
      let result = try Program.run(
        ["convert", Golden.path("owncity/\(name)"), "--to", form, "--rows-only", "--city", city],
        in: folder.path, environment: ["PLANLINT_POLICIES": policies])
      #expect(result.code == 0, "\(name): \(result.errors)")
      texts.append(result.output)
    }
    #expect(!texts[0].isEmpty)
    // All three say the same things.
    if form == "jsonl" { #expect(Set(texts).count == 1, "\(texts)") }
  }

  @Test("what is converted once more is the same, byte for byte", arguments: ["yaml", "json"])
  func stable(form: String) throws {
    let folder = try TemporaryFolder()
    let first = try Program.run(
      ["convert", Golden.path("huaibei/applications.yaml"), "--to", form, "--out", "a.\(form)"],
      in: folder.path)
    #expect(first.code == 0, "\(first.errors)")
    let second = try Program.run(["convert", "a.\(form)", "--to", form], in: folder.path)
    #expect(try folder.read("a.\(form)") == second.output)
  }

  @Test(
    "words, days and columns of people's tables are written planlint's way, and nothing is dropped")
  func table() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "编号,机构名称,机构类别,申请类别,区县,经度,纬度,坐标系,受理日期,床位使用率,备注,x-mine\n"
        + "007,\"甲,乙药店\",药店,零售药店、门诊统筹,相山区,116.79430,33.95820,高德,2026.3.2,0.5%,加急,1\n", to: "a.csv")
    let result = try Program.run(
      ["convert", "a.csv", "--to", "yaml", "--city", "huaibei"], in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.output == """
        planlint: applications/1
        city: huaibei
        applications:
          - id: "007"
            name: "甲,乙药店"
            kind: retail_pharmacy
            requests: [retail_pharmacy, pooled_pharmacy]
            district: 相山区
            location: {lon: 116.79430, lat: 33.95820, datum: gcj02}
            occupancy: 0.5%
            submitted: 2026-03-02
            x-备注: 加急
            x-mine: "1"

        """)
    #expect(result.errors.contains("a column that nothing reads: `备注`"))
  }

  @Test("what a form cannot hold is an error that names it")
  func cannot() throws {
    let folder = try TemporaryFolder()
    let text = """
      planlint: applications/1
      city: huaibei
      applications:
        - {id: A, name: 示例药店, kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02, designated_for: [], x-note: "=1+1"}

      """
    try folder.write(text, to: "a.yaml")
    func run(_ more: String...) throws -> Program.Result {
      try Program.run(["convert", "a.yaml"] + more, in: folder.path)
    }
    let head = try run("--to", "csv")
    #expect(head.code == 2 && head.errors.contains("cannot hold `city`; with `--rows-only`"))
    let rows = try run("--to", "csv", "--rows-only")
    #expect(rows.code == 2 && rows.output.isEmpty)
    #expect(
      rows.errors.contains("csv cannot hold `applications[A].designated_for` as it is"),
      "\(rows.errors)")
    #expect(try run("--to", "jsonl", "--rows-only").code == 0)
    try folder.write("planlint: facts/1\nyear: 2026\nplanned: {}\n", to: "facts.yaml")
    let facts = try Program.run(["convert", "facts.yaml", "--to", "csv"], in: folder.path)
    #expect(facts.code == 2 && facts.errors.contains("`planned`"), "\(facts.errors)")
    let lines = try Program.run(["convert", "facts.yaml", "--to", "jsonl"], in: folder.path)
    #expect(
      lines.code == 2 && lines.errors.contains("facts cannot be written as jsonl: use yaml or json")
    )
  }

  @Test("an input that is at fault, and a file that says nothing of what it is, end with 2")
  func faults() throws {
    let folder = try TemporaryFolder()
    try folder.write("applications:\n  - {id: A, nam: x}\n", to: "a.yaml")
    let broken = try Program.run(["convert", "a.yaml", "--to", "json"], in: folder.path)
    #expect(broken.code == 2 && broken.errors.contains("did you mean `name`"))
    try folder.write("x: 1\n", to: "b.yaml")
    let unclear = try Program.run(["convert", "b.yaml", "--to", "json"], in: folder.path)
    #expect(unclear.code == 2 && unclear.errors.contains("name it with `--as`"))
    let over = try Program.run(
      ["convert", "a.yaml", "--to", "yaml", "--out", "a.yaml"], in: folder.path)
    #expect(over.code == 2 && over.errors.contains("expected a file that the run does not read"))
  }
}
