import Foundation
import TestSupport
import Testing

@Suite("Nothing is checked by less than the whole folder of profiles")
struct PolicyLoadingTests {
  private typealias Copy = PolicyToolTests.Copy

  @Test(
    "a folder beside the tenants without tenant.yaml, or with one that cannot be read, is an error")
  func tenantFolders() throws {
    let copy = try Copy()
    let files = FileManager.default
    func check(_ expected: String) throws {
      for arguments in [
        ["policy", "check"], ["policy", "test"], ["rules"], ["explain", "XC-BEDS"],
      ] {
        let result = try copy.run(arguments)
        #expect(result.code == 2 && result.output.isEmpty, "\(arguments)")
        #expect(result.errors == expected, "\(result.errors)")
      }
    }
    // Files and hidden folders are no tenants.
    try copy.folder.write("", to: "policies/README.md")
    try copy.folder.write("", to: "policies/.git/HEAD")
    #expect(try copy.run(["policy", "check"]).code == 0)
    try copy.folder.write("", to: "policies/newtown/2026.yaml")
    try check(
      "policies/newtown: error: expected `tenant.yaml` in the folder of a tenant, found none; move out what is no tenant\n"
    )
    try files.createSymbolicLink(
      atPath: copy.folder.path + "/policies/newtown/tenant.yaml", withDestinationPath: "none.yaml")
    try check(
      "policies/newtown/tenant.yaml: error: the tenant's file could not be opened, so that no line can be named: the symbolic link leads to no file\n"
    )
    try files.removeItem(atPath: copy.folder.path + "/policies/newtown")
    try files.createSymbolicLink(
      atPath: copy.folder.path + "/policies/round", withDestinationPath: "round")
    try check("policies/round: error: cannot be read (too many levels of symbolic links)\n")
  }

  @Test(
    "a symbolic link that leads out of the tenant's folder is refused, one within it is followed")
  func links() throws {
    let copy = try Copy()
    let files = FileManager.default
    let home = copy.folder.path + "/policies/xincheng/"
    let outside = try copy.folder.write("", to: "elsewhere.yaml")
    for (name, places) in [
      ("tenant.yaml", ["policies/xincheng/tenant.yaml: error: "]),
      (
        "2026-2030.yaml",
        [
          "policies/xincheng/tenant.yaml:", ": error: ", "policies/xincheng/2026-2030.yaml: ",
        ]
      ),
    ] {
      let text = try copy.folder.read("policies/xincheng/" + name)
      try copy.folder.write(text, to: "policies/xincheng/inside.yaml")
      try files.removeItem(atPath: home + name)
      try files.createSymbolicLink(atPath: home + name, withDestinationPath: "inside.yaml")
      #expect(try copy.run(["policy", "check"]).code == 0)
      try files.removeItem(atPath: home + name)
      try files.createSymbolicLink(atPath: home + name, withDestinationPath: outside)
      let result = try copy.run(["policy", "check"])
      #expect(result.code == 2 && result.output.isEmpty)
      for place in places + ["found a symbolic link to `", "/elsewhere.yaml`"] {
        #expect(result.errors.contains(place), "\(result.errors)")
      }
      try files.removeItem(atPath: home + name)
      try copy.folder.write(text, to: "policies/xincheng/" + name)
    }
    let folder = copy.folder.path + "/policies/xincheng"
    try files.moveItem(atPath: folder, toPath: copy.folder.path + "/moved")
    try files.createSymbolicLink(
      atPath: folder, withDestinationPath: copy.folder.path + "/moved")
    #expect(try copy.run(["policy", "check"]).code == 0)
  }

  @Test("a tenant's file that cannot be opened says why it names no line")
  func unopened() throws {
    let copy = try Copy()
    let path = copy.folder.path + "/policies/xincheng/tenant.yaml"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let result = try copy.run(["policy", "check"])
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.errors.hasPrefix(
        "policies/xincheng/tenant.yaml: error: the tenant's file could not be opened, so that no line can be named: "
      ), "\(result.errors)")
    // What can be opened has a line, and nothing is said of files that its fields would have explained.
    try FileManager.default.removeItem(atPath: path)
    try copy.folder.write("", to: "policies/xincheng/tenant.yaml")
    let empty = try copy.run(["policy", "check"])
    #expect(empty.errors.hasPrefix("policies/xincheng/tenant.yaml:1:1: error: "), "\(empty.errors)")
  }

  @Test("a folder of profiles that cannot be read is an error that says why")
  func folder() throws {
    let copy = try Copy()
    try copy.folder.write("", to: "file")
    for (name, reason) in [("file", "not a directory"), ("none", "no such file or directory")] {
      let result = try Program.run(["rules", "--policies", name], in: copy.folder.path)
      #expect(result.code == 2)
      #expect(
        result.errors
          == "\(name): error: the folder of policy profiles cannot be read (\(reason))\n")
    }
    let empty = try Program.run(["rules", "--policies", "sources"], in: copy.folder.path)
    #expect(empty.code == 2 && empty.errors.contains("`<tenant>/tenant.yaml`"))
  }

  @Test(
    "what a tenant says of its profiles is wrong where it says so",
    arguments: [
      (
        "file: 2026-2030.yaml", "file: ../xincheng/2026-2030.yaml", "../xincheng/2026-2030.yaml",
        "expected a file in the tenant's own folder, found `../xincheng/2026-2030.yaml`"
      ),
      (
        "file: 2026-2030.yaml", "file: /etc/passwd", "/etc/passwd",
        "expected a file in the tenant's own folder, found `/etc/passwd`"
      ),
      (
        "file: 2026-2030.yaml", "file: 2027.yaml", "2027.yaml",
        "policies/xincheng/2027.yaml: there is no such file"
      ),
      (
        "file: 2026-2030.yaml", "file: .", "., from", "policies/xincheng/.: is a directory"
      ),
      (
        "{id: xincheng/2026-2030", "{id: xincheng/2026", "{id: xincheng/2026",
        "the id or span of `xincheng/2026` differs from what `2026-2030.yaml` says"
      ),
      ("id: xincheng\n", "id: xinchen\n", "xinchen\n", "expected `id` to be the folder's name"),
      ("names: [新城, 新城市]\n", "", "planlint: tenant/1", "expected the field `names`"),
      ("names: [新城, 新城市]\n", "names:\n", "names:", "`names` (its names in Chinese"),
    ])
  func entries(_ text: String, _ other: String, _ at: String, _ expected: String) throws {
    let copy = try Copy()
    try copy.replace(text, with: other, in: "tenant.yaml")
    let place = try copy.place(
      of: String(at.split(separator: "\n").first ?? ""), in: "tenant.yaml")
    for arguments in [["policy", "check"], ["rules"]] {
      let result = try copy.run(arguments)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.errors.hasPrefix("\(place): error: "), "\(place)\n\(result.errors)")
      #expect(result.errors.contains(expected), "\(result.errors)")
    }
  }

  /// The place that the tenant of these tests covers.
  private static let covered = "{id: gucheng, names: [古城县], codes: [\"990101\"]}"

  @Test(
    "two places of one name or code are an error of the tenant",
    arguments: [
      (
        "{id: dong, names: [东城], codes: ['9902']}\n  - {id: xi, names: [东城], codes: ['9903']}",
        "{id: xi", "东城"
      ),
      ("{id: dong, names: [新城市], codes: ['9902']}", "{id: dong", "新城市"),
      ("{id: dong, names: [东城], codes: ['9901']}", "{id: dong", "9901"),
    ])
  func namesTwice(_ covers: String, _ at: String, _ name: String) throws {
    let copy = try Copy()
    try copy.replace(Self.covered, with: covers, in: "tenant.yaml")
    let result = try copy.run(["policy", "check"])
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.errors.hasPrefix("\(try copy.place(of: at, in: "tenant.yaml")): error: "),
      "\(result.errors)")
    #expect(result.errors.contains("`\(name)` stands for another already"), "\(result.errors)")
  }

  @Test(
    "a name that two tenants have means neither; that of a city goes before that of its province")
  func namesOfTwo() throws {
    let copy = try Copy()
    let tenant = try copy.folder.read("policies/xincheng/tenant.yaml")
    let profile = try copy.folder.read("policies/xincheng/2026-2030.yaml")
    func write(_ other: String, _ text: String) throws {
      try copy.folder.write(
        text.replacing("id: xincheng", with: "id: \(other)"), to: "policies/\(other)/tenant.yaml")
      try copy.folder.write(
        profile.replacing("id: xincheng/", with: "id: \(other)/"),
        to: "policies/\(other)/2026-2030.yaml")
    }
    let rules = ["rules", "--city", "新城", "--lang", "en"]
    try write("other", tenant)
    let result = try copy.run(rules)
    #expect(result.code == 2 && result.output.isEmpty)
    let place = "policies/xincheng/tenant.yaml:"
    #expect(result.errors.hasPrefix(place), "\(result.errors)")
    #expect(result.errors.contains("`新城` means the city `other` as well"), "\(result.errors)")
    // A province that covers it.
    try write(
      "other",
      tenant.replacing("names: [新城, 新城市]", with: "names: [大省]")
        .replacing("codes: [\"9901\"]", with: "codes: [\"99\"]")
        .replacing(Self.covered, with: "{id: new, names: [新城, 新城市], codes: [\"9905\"]}"))
    let covered = try copy.run(rules)
    #expect(covered.code == 0, "\(covered.errors)")
    #expect(covered.output.contains("xincheng/2026-2030"))
  }

  @Test("a profile without tests is wrong where its tenant lists it")
  func noTests() throws {
    let copy = try Copy()
    try FileManager.default.removeItem(
      atPath: copy.folder.path + "/policies/xincheng/2026-2030.tests.yaml")
    let result = try copy.run(["policy", "test"])
    let place = try copy.place(of: "{id: xincheng/", in: "tenant.yaml")
    #expect(
      result.code == 2 && result.errors.hasPrefix("\(place): error: the profile has no tests"))
  }

  @Test("a profile without any rule does not load", arguments: ["[]", "", "null", "{}"])
  func noRules(_ rules: String) throws {
    let copy = try Copy()
    let name = "2026-2030.yaml"
    let profile = try copy.folder.read("policies/xincheng/\(name)")
    let head = try #require(profile.range(of: "rules:\n"))
    try copy.folder.write(
      profile[..<head.lowerBound] + "rules: \(rules)\n", to: "policies/xincheng/\(name)")
    try copy.folder.write(
      String(
        decoding: try #require(Golden.bytes("newcity/applications.yaml")), as: UTF8.self
      ).replacing("registry: registry.csv\n", with: ""), to: "applications.yaml")
    let place = try copy.place(of: "rules:").split(separator: ":")
    for arguments in [["policy", "check"], ["rules"], ["check", "applications.yaml"]] {
      let result = try copy.run(arguments)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.errors.contains("\(place[0]):\(place[1]):"), "\(result.errors)")
      #expect(result.errors.contains("`rules`"), "\(result.errors)")
    }
  }

  @Test(
    "a profile of which no rule could refuse says so in every check, and is an error of policy check"
  )
  func refusesNothing() throws {
    let copy = try Copy()
    try copy.folder.write(
      String(
        decoding: try #require(Golden.bytes("newcity/applications.yaml")), as: UTF8.self
      ).replacing("registry: registry.csv\n", with: ""), to: "applications.yaml")
    func notes() throws -> (String, [[String: Any]]) {
      let result = try copy.run(["check", "--format", "json", "applications.yaml"])
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      return (result.errors, report["notes"] as? [[String: Any]] ?? [])
    }
    let message =
      "no rule of the profile xincheng/2026-2030 could refuse anything, so that nothing is refused"
    #expect(!(try notes().0.contains(message)))
    try copy.replace("modality: must", with: "modality: target")
    // One of them may still refuse in principle.
    #expect(!(try notes().0.contains(message)))
    #expect(!(try copy.run(["policy", "check"]).output.contains("never-refuses")))
    try copy.replace("modality: in_principle", with: "modality: may")
    let (errors, inReport) = try notes()
    let place = try copy.place(of: "- id: XC-BEDS").split(separator: ":")
    #expect(errors.contains("\(place[0]):\(place[1]): note: \(message)\n"), "\(errors)")
    #expect(inReport.contains { ($0["message"] as? [String: String])?["en"] == message })
    let column = try #require(Int(place[2])) + "- id: ".count
    let check = try copy.run(["policy", "check"])
    #expect(check.code == 1)
    #expect(
      check.output.contains(
        "\(place[0]):\(place[1]):\(column): error[never-refuses] no rule of the profile"),
      "\(check.output)")
  }
}
