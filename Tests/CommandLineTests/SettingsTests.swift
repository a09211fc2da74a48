import Foundation
import TestSupport
import Testing

@Suite("A settings file gives what nobody wants to type")
struct SettingsTests {
  /// A batch that says nothing of itself.
  private static let bare =
    "applications:\n" + Sample.pharmacy("A", score: 90) + "\n" + Sample.pharmacy("B")

  /// A project: settings at the top, data and applications below.
  private func project(
    _ settings: String, _ applications: String = bare
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(settings, to: "planlint.yaml")
    try folder.write(Sample.facts, to: "data/facts.yaml")
    try folder.write(Sample.registry, to: "data/registry.csv")
    try folder.write(applications, to: "batches/march/applications.yaml")
    return folder
  }

  private static let whole = """
    planlint: settings/1
    city: huaibei
    facts: data/facts.yaml
    registry: data/registry.csv
    datum: wgs84
    as_of: 2026-04-01
    """

  private func run(
    _ folder: TemporaryFolder, _ arguments: [String], in place: String = "",
    input: String? = nil, environment: [String: String] = [:]
  ) throws -> Program.Result {
    try Program.run(
      arguments, in: folder.path + place, input: input, environment: environment)
  }

  @Test(
    "it is found from the input's folder upwards, wherever the program is run, and its paths are relative to it",
    arguments: [
      ("", "batches/march/applications.yaml"), ("/batches", "march/applications.yaml"),
      ("/batches/march", "applications.yaml"), ("/data", "../batches/march/applications.yaml"),
    ])
  func upwards(_ place: String, _ input: String) throws {
    let folder = try project(Self.whole)
    defer { folder.remove() }
    let result = try run(folder, [input], in: place)
    #expect(result.code == 1, "\(result.errors)")
    #expect(result.output.contains("error[HB-OUT-CAP]"))
    #expect(result.output.contains("as of: 2026-04-01"))
    let absolute = try run(folder, [folder.path + "/batches/march/applications.yaml"], in: "/data")
    #expect(absolute.code == 1, "\(absolute.errors)")
  }

  @Test("for standard input the working folder counts")
  func standardInput() throws {
    let folder = try project(Self.whole)
    defer { folder.remove() }
    #expect(try run(folder, ["-"], in: "/batches", input: Self.bare).code == 1)
  }

  @Test("the root of a git repository is the last folder that is looked at")
  func gitRoot() throws {
    let folder = try project(Self.whole)
    defer { folder.remove() }
    try folder.write("gitdir: elsewhere", to: "batches/.git")
    let result = try run(folder, ["batches/march/applications.yaml"])
    #expect(result.code == 2)
    #expect(result.errors.contains("no city is named"))
    try folder.write(Self.whole.replacing("data/", with: "../data/"), to: "batches/planlint.yaml")
    #expect(try run(folder, ["batches/march/applications.yaml", "--allow-outside"]).code == 1)
  }

  @Test("the nearest file counts alone")
  func nearest() throws {
    let folder = try project(Self.whole)
    defer { folder.remove() }
    try folder.write("city: huaibei\n", to: "batches/planlint.yaml")
    let result = try run(
      folder, ["config", "--format", "json", "batches/march/applications.yaml"])
    #expect(result.output.contains("\"file\": \"batches/planlint.yaml\""))
    #expect(!result.output.contains("facts.yaml"))
  }

  @Test("--no-config uses none, --config another one, and both at once are a usage error")
  func named() throws {
    let folder = try project(Self.whole)
    defer { folder.remove() }
    let input = "batches/march/applications.yaml"
    #expect(try run(folder, ["--no-config", input]).errors.contains("no city is named"))
    try folder.write(Self.whole.replacing("data/", with: ""), to: "data/other.yaml")
    #expect(try run(folder, ["--config", "data/other.yaml", input]).code == 1)
    let both = try run(folder, ["--no-config", "--config", "data/other.yaml", input])
    #expect(both.code == 2 && both.errors.contains("--no-config"))
    #expect(
      try run(folder, ["--config", "none.yaml", input]).errors.contains(
        "none.yaml: error: there is no such"))
  }

  @Test(
    "the command line goes before the file's own word, which may not differ from the settings file")
  func precedence() throws {
    let own = "as_of: 2026-04-02\nfacts: own.yaml\n" + Self.bare
    let folder = try project(Self.whole, own)
    defer { folder.remove() }
    let input = "batches/march/applications.yaml"
    try folder.write(
      Sample.facts.replacing("{retail_pharmacy: 1,", with: "{retail_pharmacy: 9,"),
      to: "batches/march/own.yaml")
    let differing = try run(folder, [input])
    #expect(differing.code == 2 && differing.errors.contains("settle it with `--facts`"))
    // The file's own facts have more places.
    let second = try run(
      folder, ["--no-config", "--city", "huaibei", "--datum", "wgs84", input])
    #expect(second.code == 0, "\(second.output)\(second.errors)")
    #expect(second.output.contains("as of: 2026-04-02"))
    let first = try run(folder, ["--as-of", "2026-04-03", "--facts", "data/facts.yaml", input])
    #expect(first.code == 1)
    #expect(first.output.contains("as of: 2026-04-03"))
  }

  @Test(
    "a settings file and an applications file that mean two cities are an error, unless the command line settles it"
  )
  func cities() throws {
    let folder = try project(
      Self.whole.replacing("huaibei", with: "xian"), "city: huaibei\n" + Self.bare)
    defer { folder.remove() }
    let input = "batches/march/applications.yaml"
    let result = try run(folder, [input])
    #expect(result.code == 2)
    #expect(
      result.errors
        == "batches/march/applications.yaml:1:7: error: the file's city `huaibei` is not `xian`, which planlint.yaml:2 names\n"
    )
    #expect(try run(folder, ["--city", "huaibei", input]).code == 1)
    let other = try run(folder, ["--city", "wuhan", input])
    #expect(other.errors.contains("is not `wuhan`, which the command line names"))
    try folder.write("city: huaibie\n", to: "planlint.yaml")
    #expect(
      try run(folder, ["data/../batches/march/applications.yaml"]).errors.contains(
        "planlint.yaml:1:7: error: there is no city `huaibie`; did you mean `huaibei`"))
  }

  @Test("two places of one tenant are two cities that disagree")
  func places() throws {
    let folder = try project("city: dalian\n", "city: shenyang\n" + Self.bare)
    defer { folder.remove() }
    let result = try run(folder, ["batches/march/applications.yaml"])
    #expect(result.code == 2)
    #expect(result.errors.contains("`shenyang` is not `dalian`, which planlint.yaml:1 names"))
  }

  @Test(
    "formats with files are written beside the settings file, and --format goes before them all")
  func formats() throws {
    let folder = try project(
      Self.whole + "\nformats: [concise, json=out.json]\nlang: zh\nfail_on: fail\nshow: all\n")
    defer { folder.remove() }
    let result = try run(folder, ["march/applications.yaml"], in: "/batches")
    #expect(result.code == 1, "\(result.errors)")
    #expect(result.output.contains("march/applications.yaml:3:10: error[HB-OUT-CAP] 原则上不符合"))
    #expect(result.output.contains("pass[HB-OUT-CAP]"))
    #expect(try folder.read("out.json").contains("\"path\": \"../data/facts.yaml\""))
    try folder.write("", to: "out.json")
    let other = try run(
      folder, ["--format", "text", "--lang", "en", "--show", "usual", "march/applications.yaml"],
      in: "/batches")
    #expect(other.output.contains("does not hold in principle"))
    #expect(!other.output.contains("pass["))
    #expect(try folder.read("out.json").isEmpty)
  }

  @Test("the settings file goes before the environment")
  func environment() throws {
    let folder = try project(Self.whole + "\nlang: zh\npolicies: nowhere\n")
    defer { folder.remove() }
    let result = try run(folder, ["batches/march/applications.yaml"])
    #expect(result.code == 2)
    #expect(result.errors.contains("planlint.yaml:8:11: error: nowhere：政策档案目录无法读取"))
    #expect(result.output.isEmpty)
    let other = try run(
      folder, ["--policies", "elsewhere", "batches/march/applications.yaml", "--lang", "en"])
    #expect(other.code == 2)
    #expect(
      other.errors.hasPrefix("elsewhere: error: the folder of policy profiles cannot be read"))
  }

  @Test("a baseline and waivers may stand in it")
  func baseline() throws {
    let folder = try project(Self.whole + "\nbaseline: {check: known.json}\n")
    defer { folder.remove() }
    let input = "batches/march/applications.yaml"
    #expect(try run(folder, [input]).errors.contains("known.json: there is no such file"))
    #expect(try run(folder, ["--write-baseline", "known.json", input]).code == 1)
    #expect(try run(folder, [input]).code == 0)
    try folder.write(Self.whole + "\nwaivers: waivers.yaml\n", to: "planlint.yaml")
    try folder.write(
      """
      waivers:
        - {application: B, rule: HB-OUT-CAP, authority: 淮北市医疗保障局, document: 〔2026〕3号, reason: 示例, expires: 2026-12-31}
      """, to: "waivers.yaml")
    #expect(try run(folder, [input]).code == 0)
  }

  @Test("rules take the city for a default, and tests of profiles do not")
  func policyTools() throws {
    let folder = try project("city: huaibei\n")
    defer { folder.remove() }
    let rules = try run(folder, ["rules"])
    #expect(rules.output.contains("HB-OUT-CAP") && !rules.output.contains("XA-"))
    #expect(try run(folder, ["rules", "--city", "xian"]).output.contains("XA-"))
    #expect(try run(folder, ["policy", "check"]).output.contains("xian/"))
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: String
    var testDescription: String { text }
  }

  @Test(
    "what is wrong in it is said with its place",
    arguments: [
      Wrong(
        text: "citty: huaibei",
        expected: ":1:1: error: there is no field `citty`; did you mean `city`"),
      Wrong(
        text: "lang: fr", expected: ":1:7: error: `lang`: expected one of `zh`, `en`, found `fr`"),
      Wrong(text: "fail_on: fial", expected: "did you mean `fail`"),
      Wrong(text: "show: everything", expected: "`show`: expected one of"),
      Wrong(text: "datum: wgs48", expected: "did you mean `wgs84`"),
      Wrong(text: "as_of: 2026-2-3", expected: "expected a day written like"),
      Wrong(text: "formats: json", expected: "expected a list"),
      Wrong(text: "formats: [jsn]", expected: ":1:11: error: `formats`: expected one of"),
      Wrong(text: "formats: [json=]", expected: "expected a file after `json=`"),
      Wrong(text: "formats: [json, text]", expected: "at most one format for standard output"),
      Wrong(text: "formats: [json=a, csv=a]", expected: "`a` twice"),
      Wrong(text: "baseline: {chek: a}", expected: "did you mean `check`"),
      Wrong(text: "planlint: settings/2", expected: "expected `settings/1`, found `settings/2`"),
      Wrong(text: "- city", expected: "expected a mapping"),
      Wrong(text: "city: [", expected: "planlint.yaml:"),
    ])
  func wrong(_ wrong: Wrong) throws {
    let folder = try project(wrong.text)
    defer { folder.remove() }
    for arguments in [
      ["batches/march/applications.yaml"], ["config"], ["plan", "batches/march/applications.yaml"],
      ["rules"],
    ] {
      let result = try run(folder, arguments)
      #expect(result.code == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains(wrong.expected), "\(result.errors)")
    }
  }

  @Test("an empty file settles nothing, and fields of one's own are free")
  func empty() throws {
    let folder = try project("# nothing yet\n", "city: huaibei\n" + Self.bare)
    defer { folder.remove() }
    #expect(try run(folder, ["batches/march/applications.yaml"]).code != 2)
    try folder.write("x-owner: 基金科\n", to: "planlint.yaml")
    #expect(try run(folder, ["batches/march/applications.yaml"]).code != 2)
  }

  @Test("config shows each setting with where it comes from")
  func config() throws {
    let folder = try project(
      Self.whole + "\nbaseline: known.json\n", "as_of: 2026-04-02\n" + Self.bare)
    defer { folder.remove() }
    let result = try run(
      folder, ["config", "--city", "淮北", "batches/march/applications.yaml"],
      environment: ["NO_COLOR": "1"])
    #expect(result.code == 0, "\(result.errors)")
    let rows = result.output.split(separator: "\n").map {
      $0.split(separator: "  ").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.map(
        String.init)
    }
    func row(_ name: String) -> [String]? { rows.first { $0.first == name } }
    #expect(rows.first == ["settings file: planlint.yaml"])
    #expect(row("city") == ["city", "淮北", "command line"])
    #expect(row("facts") == ["facts", "data/facts.yaml", "planlint.yaml:3"])
    #expect(row("as_of") == ["as_of", "2026-04-02", "batches/march/applications.yaml:1"])
    #expect(row("baseline.check") == ["baseline.check", "known.json", "planlint.yaml:7"])
    #expect(row("baseline.plan") == ["baseline.plan", "known.json", "planlint.yaml:7"])
    #expect(row("lang") == ["lang", "en", "environment LANG"])
    #expect(row("color") == ["color", "never", "environment NO_COLOR"])
    #expect(row("waivers") == ["waivers", "-", "default"])
    #expect(row("policies")?.last == "environment PLANLINT_POLICIES")
  }

  @Test("config as JSON has the same, key by key")
  func configJSON() throws {
    let folder = try project(Self.whole + "\nformats: [text, sarif=a.sarif]\n")
    defer { folder.remove() }
    let result = try run(folder, ["config", "--format", "json"])
    let tree = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(tree["file"] as? String == "planlint.yaml")
    let settings = try #require(tree["settings"] as? [[String: Any]])
    let city = try #require(settings.first { $0["name"] as? String == "city" })
    #expect(city["value"] as? String == "huaibei")
    #expect(city["origin"] as? String == "settings")
    #expect(city["line"] as? Int == 2)
    let formats = try #require(settings.first { $0["name"] as? String == "formats" })
    #expect(formats["value"] as? [String] == ["text", "sarif=a.sarif"])
    let show = try #require(settings.first { $0["name"] as? String == "show" })
    #expect(show["origin"] as? String == "default")
    #expect(show["path"] is NSNull)
  }
}
