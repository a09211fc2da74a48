import Foundation
import TestSupport
import Testing

@Suite("The example of the library")
struct LibraryExampleTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: Golden.root + "/" + path, encoding: .utf8)
  }

  /// The first block of a language in the article.
  private static func block(_ language: String) throws -> String {
    let article = try text("Sources/PlanlintKit/PlanlintKit.docc/UsePlanlintFromSwift.md")
    let parts = article.split(separator: "```\(language)\n", maxSplits: 1)
    return String(try #require(parts.last?.split(separator: "```").first))
  }

  @Test("is the code that the documentation shows, and imports nothing but PlanlintKit")
  func code() throws {
    let code = try Self.text("Tests/LibraryExample/main.swift")
    #expect(try Self.block("swift") == code)
    #expect(code.split(separator: "\n").filter { $0.contains("import ") } == ["import PlanlintKit"])
  }

  @Test("prints what the documentation says")
  func output() throws {
    let process = Process()
    process.executableURL = URL(filePath: Program.path).deletingLastPathComponent()
      .appending(path: "library-example")
    process.currentDirectoryURL = URL(filePath: Golden.root)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(try String(decoding: output, as: UTF8.self) == Self.block("text"))
  }
}
