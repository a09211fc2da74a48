import Diagnostics
import Foundation
import Testing

@testable import Reading

@Suite struct InputFileTests {
  private func temporary() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "reading-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test(
    "files of any size are loaded as they are",
    arguments: [0, 1, 65_536, 65_537, 1 << 20, 3_000_001])
  func loads(size: Int) throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let url = folder.appending(path: "a.yaml")
    try Data(bytes).write(to: url)
    let file = try InputFile.load(path: url.path)
    #expect(file.path == url.path)
    #expect(file.withBytes { $0.elementsEqual(bytes) })
  }

  @Test("what cannot be loaded is a fault that says what to do")
  func faultsOfLoading() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let missing = folder.appending(path: "none.yaml").path
    #expect(
      faults { () throws(Faults) in _ = try InputFile.load(path: missing) }.english == [
        "there is no such file; check the path, or give `-` to read standard input"
      ])
    #expect(
      faults { () throws(Faults) in _ = try InputFile.load(path: folder.path) }.english == [
        "is a directory; expected a file, so name one in it"
      ])
    let url = folder.appending(path: "large")
    try Data(count: 2 << 20).write(to: url)
    var limits = ReadingLimits()
    limits.fileBytes = 1 << 20
    #expect(
      faults { () throws(Faults) in _ = try InputFile.load(path: url.path, limits: limits) }.english
        == ["is larger than the limit of 1 MiB; split it into several files"])
    try Data(count: 1000).write(to: url)
    limits.fileBytes = 999
    #expect(
      faults { () throws(Faults) in _ = try InputFile.load(path: url.path, limits: limits) }.english
        == ["is larger than the limit of 999 bytes; split it into several files"])
    #expect(
      faults { () throws(Faults) in _ = try InputFile.load(path: "/dev/zero") }.english == [
        "is a pipe or a device; expected a file, or `-` for standard input"
      ])
  }

  @Test(
    "the extension names the format, else the content does",
    arguments: [
      ("a.yaml", "", DocumentFormat.yaml), ("a.YML", "", .yaml), ("x/a.json", "", .json),
      ("a.jsonl", "", .jsonLines),
      ("a.ndjson", "", .jsonLines), ("a.csv", "", .csv), ("<stdin>", "", .yaml),
      ("<stdin>", "a: b", .yaml),
      ("<stdin>", "- a, b", .yaml), ("<stdin>", "\u{FEFF} {\"a\": 1}", .json),
      ("<stdin>", "{a: 1}", .yaml),
      ("<stdin>", "{\"a\": 1}\n{\"a\": 2}", .jsonLines),
      ("<stdin>", "{\"a\": 1,\n\"b\": {}\n}", .json), ("<stdin>", "[1]", .json),
      ("<stdin>", "id,名称\n1,2", .csv), ("<stdin>", "# a, b\nc: d", .yaml),
    ])
  func formats(path: String, text: String, format: DocumentFormat) {
    #expect(DocumentFormat(of: SourceFile(path: path, text: text)) == format)
  }
}
