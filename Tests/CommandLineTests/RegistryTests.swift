import Foundation
import TestSupport
import Testing

@Suite("`registry check` on the command line")
struct RegistryTests {
  private static let header = "id,name,kind,categories,district,street,lon,lat,datum,status"

  private static let clean = rows(
    "P1,示例一药店,药店,零售药店,相山区,南街,116.79420,33.95810,wgs84,在用",
    "P2,示例二药店,药店,零售药店,相山区,南街,116.79430,33.95820,wgs84,在用")

  private static func rows(_ rows: String...) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }

  private func run(
    _ registry: String, _ arguments: [String] = [], name: String = "registry.csv",
    input: String? = nil
  ) throws -> Program.Result {
    let folder = try TemporaryFolder()
    try folder.write(registry, to: name)
    try folder.write(Sample.facts, to: "facts.yaml")
    return try Program.run(
      ["registry", "check", input == nil ? name : "-", "--lang", "en"] + arguments,
      in: folder.path, input: input ?? "")
  }

  @Test("a sound registry ends with 0 and a count, in every format of input")
  func clean() throws {
    let result = try run(Self.clean)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output == "2 institutions, 0 findings\n")
    #expect(try run("", input: Self.clean).output == result.output)
    let yaml =
      "- {id: P1, kind: 诊所, categories: [门诊], district: 相山区, lon: 116.79420, lat: 33.95810, datum: wgs84, status: 正常}\n"
    #expect(try run(yaml, name: "r.yaml").output == "1 institution, 0 findings\n")
    let features = """
      {"type": "FeatureCollection", "features": [{"type": "Feature",
        "geometry": {"type": "Point", "coordinates": [116.7942, 33.9581]},
        "properties": {"id": "P1", "kind": "clinic", "categories": "outpatient", "district": "相山区", "status": "active"}}]}
      """
    for name in ["r.geojson", "r.json"] {
      #expect(try run(features, name: name).output == "1 institution, 0 findings\n", "\(name)")
    }
  }

  @Test(
    "what is wrong ends with 1 and is named with its place",
    arguments: [
      (
        "P1,示例三药店,药店,零售药店,相山区,,116.80,33.96,wgs84,在用",
        "registry.csv:4:1: duplicate_id: P1: the id `P1` occurs twice; it stands at registry.csv:2 already"
      ),
      (
        "P3,示例一药店,药店,零售药店,相山区,,116.80,33.96,wgs84,在用",
        "registry.csv:4:4: duplicate_name: P3: the name `示例一药店` is that of registry.csv:2 in the same district"
      ),
      (
        "P3,示例三药店,药店,零售药店,相山区,,116.79420,33.95810,wgs84,在用",
        "registry.csv:4:23: duplicate_place: P3: the place and the kind are those of registry.csv:2"
      ),
      (
        "P3,示例三药店,药店,零售药店,相山区,,33.95810,116.79420,wgs84,在用",
        "registry.csv:4:23: impossible_place: P3: longitude and latitude seem to be swapped: expected a longitude of 73 to 136 and a latitude of 3 to 54"
      ),
      (
        "P3,示例三药店,药店,零售药店,相山,,116.80,33.96,wgs84,在用",
        "registry.csv:4:18: unknown_district: P3: the facts list no district `相山`; did you mean `相山区`"
      ),
    ])
  func findings(_ row: String, _ line: String) throws {
    let text = Self.clean + row + "\n"
    let result = try run(text, ["--facts", "facts.yaml", "--city", "huaibei"])
    #expect(result.code == 1 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output == line + "\n3 institutions, 1 finding\n")
    let json = try run(text, ["--facts", "facts.yaml", "--format", "json"])
    #expect(json.code == 1)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((report["planlint"] as? [String: String])?["format"] == "registry-check/1")
    #expect((report["summary"] as? [String: Int]) == ["institutions": 3, "findings": 1])
    let finding = try #require((report["findings"] as? [[String: Any]])?.first)
    let words = line.split(separator: ":", maxSplits: 5).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let place = try #require(finding["location"] as? [String: Any])
    #expect(place["line"] as? Int == Int(words[1]) && place["column"] as? Int == Int(words[2]))
    #expect(finding["check"] as? String == words[3] && finding["id"] as? String == words[4])
    #expect((finding["message"] as? [String: String])?["en"] == words[5])
  }

  @Test("places that fit their street when they are read as GCJ-02, and not as stated, are found")
  func wrongDatum() throws {
    // A dozen places around one point of a street, and one that is the same point in GCJ-02 without saying so.
    let around = (0..<12).map { number in
      "P\(number),药店\(number),药店,零售药店,相山区,南街,116.79\(410 + number),33.95\(810 + number),wgs84,在用"
    }
    let shifted = "P99,药店99,药店,零售药店,相山区,南街,116.79955,33.95673,wgs84,在用"
    let text = ([Self.header] + around + [shifted]).joined(separator: "\n") + "\n"
    let result = try run(text)
    #expect(result.code == 1)
    #expect(
      result.output.hasPrefix(
        "registry.csv:14:44: wrong_datum: P99: the datum is given as `wgs84`, but the place fits `gcj02` better: read as `wgs84` it is "
      ), "\(result.output)")
    #expect(result.output.hasSuffix("check it, nothing was changed\n13 institutions, 1 finding\n"))
    let chinese = try run(text, ["--lang", "zh"].map { $0 })
    #expect(chinese.output.contains("坐标系标为 `wgs84`，更像 `gcj02`"))
    #expect(try run(text.replacing("33.95673,wgs84", with: "33.95673,gcj02")).code == 0)
  }

  @Test(
    "a settings file gives the facts whose districts count, and the profiles that know their city")
  func settings() throws {
    let folder = try TemporaryFolder()
    let text = Self.clean + "P3,示例三药店,药店,零售药店,相山,,116.80,33.96,wgs84,在用\n"
    try folder.write(text, to: "registry.csv")
    try folder.write(Sample.facts, to: "data/facts.yaml")
    try folder.write("city: 淮北\nfacts: data/facts.yaml\n", to: "planlint.yaml")
    let arguments = ["registry", "check", "registry.csv", "--lang", "en"]
    let result = try Program.run(arguments, in: folder.path, input: "")
    #expect(result.code == 1 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.contains("unknown_district: P3"))
    try folder.write("city: 西安\nfacts: data/facts.yaml\n", to: "planlint.yaml")
    let other = try Program.run(arguments, in: folder.path, input: "")
    #expect(other.code == 2 && other.output.isEmpty)
    #expect(other.errors.hasPrefix("data/facts.yaml:"), "\(other.errors)")
  }

  @Test(
    "what cannot be read ends with 2, with nothing on standard output and the place of the fault",
    arguments: [
      (rows("P1,甲,药站,零售药店,相山区,,,,,在用"), "registry.csv:2:6: error: `kind`: expected one of "),
      (rows("P1,甲,药店,零售药店,相山区,,116.79,x,wgs84,在用"), "registry.csv:2:26: error: `lat`: "),
      (rows("P1,甲"), "registry.csv:2:1: error: expected 10 fields, found 2"),
      (rows(), "registry.csv: error: expected at least one institution, found none"),
      ("", "registry.csv:1:1: error: expected a first line of column names, found the file empty"),
    ])
  func badInput(_ text: String, _ message: String) throws {
    for format in ["text", "json"] {
      let result = try run(text, ["--format", format])
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }

  @Test(
    "a wrong call ends with 2 and says what was expected",
    arguments: [
      (["--format", "jsn"], "did you mean `json`"), (["--lang", "fr"], "`fr`"),
      (["--facts", "none.yaml"], "none.yaml: error: there is no such file"),
      (["--city", "huaibie"], "did you mean `huaibei`"),
      (["nothing.csv"], "`nothing.csv` is neither a subcommand nor a file"),
    ])
  func wrongCall(_ arguments: [String], _ words: String) throws {
    let result = try run(Self.clean, arguments)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("names and ids cannot act on a terminal")
  func hostileNames() throws {
    let text = Self.rows(
      "P1\u{202E},甲,药店,零售药店,相山区,,116.79,33.95,wgs84,在用",
      "P1\u{202E},乙,药店,零售药店,相山区,,116.80,33.96,wgs84,在用")
    let result = try run(text)
    #expect(result.code == 1)
    #expect(!result.output.unicodeScalars.contains("\u{202E}"))
  }
}
