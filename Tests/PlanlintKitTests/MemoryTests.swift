import Foundation
import PlanlintKit
import TestSupport
import Testing

@Suite("Inputs from memory")
struct MemoryTests {
  /// What lies in a folder of fixtures, in memory under the paths that the files have.
  private static func inputs(in folder: String) throws -> [Input] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
      let path = folder + "/" + name
      guard name.contains(".") else { return nil }
      return .memory(name: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))
    }
  }

  private static func json(_ result: RunResult) throws -> [UInt8] {
    var bytes: [UInt8] = []
    result.write(try #require(Format(name: "json")), Presentation()) { part in
      bytes += part
      return true
    }
    return bytes
  }

  @Test(
    "the same run from files and from memory gives the same bytes",
    arguments: ["huaibei", "xian", "liaoning", "wuhan", "tianmen"])
  func same(_ city: String) throws {
    let (folder, policies) = (Golden.path(city), Golden.root + "/policies")
    var request = Request()
    request.policies = policies
    let waivers = folder + "/waivers.yaml"
    let hasWaivers = FileManager.default.fileExists(atPath: waivers)
    if hasWaivers { request.waivers = .file(waivers) }
    let batch = folder + "/applications.yaml"
    let fromFiles = try Self.json(try Planlint.check([.file(batch)], request))

    let inputs = try Self.inputs(in: folder)
    request.supporting = try inputs + Self.inputs(in: "\(policies)/\(city)")
    request.waivers = inputs.first { $0.name == waivers }
    #expect(hasWaivers == (request.waivers != nil))
    let inMemory = try #require(inputs.first { $0.name == batch })
    #expect(try Self.json(try Planlint.check([inMemory], request)) == fromFiles)
  }

  private static let applications = """
    planlint: applications/1
    city: huaibei
    facts: facts.yaml
    applications:
      - {id: A, name: 甲, kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02, district: 相山区}
    """

  private static func check(_ name: String, _ supporting: [Input]) throws -> RunResult {
    var request = Request()
    request.policies = Golden.root + "/policies"
    request.supporting = supporting
    return try Planlint.check([.memory(name: name, text: applications)], request)
  }

  @Test("what an input in memory names is looked for in memory, as seen from its name")
  func named() throws {
    let facts = "planlint: facts/1\ncity: huaibei\nyear: 2026\n"
    let result = try Self.check(
      "batch/a.yaml", [.memory(name: "batch/facts.yaml", text: facts)])
    #expect(result.inputs.map(\.path) == ["batch/a.yaml", "batch/facts.yaml"])
    #expect(result.inputs.allSatisfy { $0.sha256.count == 64 })
  }

  @Test("and never in a file, though there is one")
  func neverAFile() throws {
    // The folder of this batch has a `facts.yaml`.
    let name = Golden.path("huaibei") + "/a.yaml"
    let error = #expect(throws: InputErrors.self) {
      try Self.check(name, [.memory(name: "fact.yaml", text: "")])
    }
    let fault = try #require(error?.faults.first)
    #expect(fault.location?.line == 3 && fault.location?.text == "facts.yaml")
    #expect(fault.message.en.contains("no input in memory has this name"))
  }

  @Test("unless whoever asks for the run gives that file himself")
  func givenFile() throws {
    var request = Request()
    request.policies = Golden.root + "/policies"
    request.facts = .file(Golden.path("huaibei/facts.yaml"))
    let name = Golden.path("huaibei") + "/a.yaml"
    let result = try Planlint.check([.memory(name: name, text: Self.applications)], request)
    #expect(result.inputs.map(\.role) == ["applications", "facts"])
  }

  @Test("two inputs of one name are an error")
  func twice() throws {
    let error = #expect(throws: InputErrors.self) {
      try Self.check(
        "a.yaml", [.memory(name: "f.yaml", text: "a"), .memory(name: "f.yaml", text: "b")])
    }
    #expect(error?.faults.first?.path == "f.yaml")
    #expect(error?.faults.first?.message.en.contains("expected each") == true)
  }

  @Test("a format that is stated goes before what the name says")
  func stated() throws {
    let table = "编号,名称,机构类别,申请类别,申请日期\nA,甲,零售药店,零售药店,2026-03-02\n"
    var request = Request()
    request.policies = Golden.root + "/policies"
    request.city = "huaibei"
    let result = try Planlint.check(
      [.memory(name: "upload.yaml", text: table, format: .csv)], request)
    #expect(result.subjects.map(\.id) == ["A"])
    #expect(throws: InputErrors.self) {
      try Planlint.check([.memory(name: "upload.yaml", text: table)], request)
    }
  }
}
