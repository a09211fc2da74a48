import Foundation
import TestSupport
import Testing

@Suite("A new city is added by writing YAML alone")
struct NewCityTests {
  private var folder: String { Golden.path("newcity") }

  @Test("its rules of all three kinds decide")
  func decides() throws {
    let result = try Program.run(
      ["--policies", "policies", "--format", "json", "applications.yaml"], in: folder)
    #expect(result.code == 1)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(report["tenant"] as? String == "xincheng")
    let results = try #require(report["results"] as? [[String: Any]])
    #expect(
      results.map { $0["verdict"] as? String } == [
        "admissible", "refused", "refused", "admissible",
      ])
  }

  @Test(
    "it is found by the names, codes and places that its file gives",
    arguments: ["xincheng", "新城市", "9901", "古城县"])
  func names(_ name: String) throws {
    let result = try Program.run(
      ["--policies", "policies", "--city", name, "applications.yaml"], in: folder)
    #expect(result.code == 1)
  }

  @Test("its tests pass")
  func tests() throws {
    let result = try Program.run(["policy", "test", "--policies", "policies"], in: folder)
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.contains("8 cases, 0 failed"))
  }

  @Test("an error in its profile is named with its place, and the profile is not used at all")
  func brokenProfile() throws {
    let copy = try TemporaryFolder()
    for name in ["tenant.yaml", "2026-2030.tests.yaml"] {
      let text = String(
        decoding: try #require(Golden.bytes("newcity/policies/xincheng/\(name)")), as: UTF8.self)
      try copy.write(text, to: "policies/xincheng/\(name)")
    }
    let profile = String(
      decoding: try #require(Golden.bytes("newcity/policies/xincheng/2026-2030.yaml")),
      as: UTF8.self)
    for (text, broken, expected) in [
      (
        "application.kind == 'hospital'", "application.kind == 'hopital'", "did you mean `hospital`"
      ),
      ("application.kind == 'hospital'", "application.knd == 'hospital'", "did you mean `kind`"),
      ("at_least: fewest_beds", "at_least: '20'", "20"),
      ("at_least: fewest_beds", "at_least: fewest_bed", "did you mean `fewest_beds`"),
      ("basis: XC-CIRCLE}", "basis: XC-CIRCEL}", "did you mean `XC-CIRCLE`"),
      ("circle: pharmacies_nearby", "circle: pharmacies_near", "did you mean `pharmacies_nearby`"),
      ("{measured} beds", "{measure} beds", "did you mean `measured`"),
      ("subject: application", "subject: aplication", "did you mean `application`"),
    ] {
      #expect(profile.contains(text))
      try copy.write(profile.replacing(text, with: broken), to: "policies/xincheng/2026-2030.yaml")
      let result = try Program.run(
        ["--policies", "policies", "--city", "xincheng", folder + "/applications.yaml"],
        in: copy.path)
      #expect(result.code == 2, "\(broken)")
      #expect(result.output.isEmpty)
      #expect(result.errors.contains(expected), "\(result.errors)")
      #expect(result.errors.contains(#/2026-2030\.yaml:\d+:\d+: error: /#))
    }
  }
}
