import Foundation
import TestSupport
import Testing

@Suite("The exit code says what came of the run")
struct ExitCodeTests {
  private func run(
    _ applications: String, _ arguments: [String] = []
  ) throws -> Program.Result {
    let folder = try Sample.folder(applications)
    return try Program.run(
      ["--city", "huaibei"] + arguments + ["applications.yaml"], in: folder.path)
  }

  @Test("0 where everything is admissible")
  func admissible() throws {
    let result = try run(Sample.admissible)
    #expect(result.code == 0)
    #expect(result.errors.isEmpty)
    #expect(
      result.output.contains("1 application: 1 admissible")
        || result.output.contains("admissible 1"))
  }

  @Test("1 where something is refused, in every format")
  func refused() throws {
    let folder = try Sample.folder(Sample.refused)
    for format in [
      "text", "concise", "json", "jsonl", "sarif", "sarif-github", "junit", "github", "gitlab",
      "csv", "markdown", "html", "xlsx",
    ] {
      let result = try Program.run(
        ["--city", "huaibei", "--format", format, "applications.yaml"], in: folder.path)
      #expect(result.code == 1, "\(format)")
      #expect(!result.output.isEmpty, "\(format)")
      #expect(result.errors.isEmpty, "\(format)")
    }
  }

  @Test("3 where nothing fails but data is missing, and 0 with --fail-on fail")
  func undecided() throws {
    let hospital = """
        - {id: H, name: 示例医院, kind: hospital, requests: [inpatient], beds: 10, existing_beds: 5, submitted: 2026-03-02}
      """
    let applications = Sample.applications(hospital)
    #expect(try run(applications).code == 3)
    #expect(try run(applications, ["--fail-on", "fail"]).code == 0)
    #expect(try run(Sample.refused, ["--fail-on", "fail"]).code == 1)
  }

  @Test("filters change what is shown and never the exit code")
  func filters() throws {
    let result = try run(Sample.refused, ["--outcome", "note", "--rule", "HB-AID"])
    #expect(result.code == 1)
    #expect(!result.output.contains("error[HB-OUT-CAP]"))
  }

  @Test("the same input gives the same bytes")
  func sameBytes() throws {
    for format in ["text", "json", "sarif"] {
      let first = try run(Sample.refused, ["--format", format])
      let second = try run(Sample.refused, ["--format", format])
      #expect(!first.output.isEmpty)
      #expect(first.output == second.output)
    }
  }
}
