import Foundation
import TestSupport
import Testing

@Suite("The policy author's guide does what it says")
struct GuideTests {
  private static let path = "/Sources/PlanlintKit/PlanlintKit.docc/PolicyAuthorsGuide.md"

  /// A fenced block of the guide, with the name of its file where the line before it is one.
  private struct Block {
    var language: String
    var file: String?
    var text: String
  }

  private func guide() throws -> String {
    try String(contentsOf: URL(filePath: Golden.root + Self.path), encoding: .utf8)
  }

  /// The lines from a chapter's heading to the next chapter's.
  private func chapter(_ title: String) throws -> String {
    let chapters = try guide().components(separatedBy: "\n## ")
    return try #require(chapters.first { $0.hasPrefix(title) })
  }

  private func blocks(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    var lines: [Substring] = []
    var before: Substring = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if var block = open {
        if line == "```" {
          block.text = lines.joined(separator: "\n") + "\n"
          blocks.append(block)
          open = nil
        } else {
          lines.append(line)
        }
      } else if line.hasPrefix("```") {
        let name = before.wholeMatch(of: #/`([^`]+)`:/#).map { String($0.1) }
        open = Block(language: String(line.dropFirst(3)), file: name, text: "")
        lines = []
        before = ""
      } else if !line.isEmpty {
        before = line
      }
    }
    return blocks
  }

  /// The files that blocks make: pieces of one file follow one another.
  private func files(_ blocks: [Block]) -> [String: String] {
    var files: [String: [String]] = [:]
    for block in blocks {
      if let file = block.file { files[file, default: []].append(block.text) }
    }
    return files.mapValues { $0.joined(separator: "\n") }
  }

  private func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    return folder
  }

  @Test("every example names the file that it belongs to")
  func namedBlocks() throws {
    for block in blocks(try guide()) where ["yaml", "csv"].contains(block.language) {
      #expect(block.file != nil, "\(block.text)")
    }
  }

  @Test("who follows the chapter on a sixth city gets that city and the report shown")
  func sixthCity() throws {
    let blocks = blocks(try chapter("Adding a sixth city"))
    let files = files(blocks)
    #expect(files.count == 5)
    let folder = try folder(files)
    defer { folder.remove() }
    let tests = try Program.run(["policy", "test", "--policies", "policies"], in: folder.path)
    #expect(tests.code == 0, "\(tests.output)\(tests.errors)")
    // Two of its applications are refused, as the chapter says.
    let check = try Program.run(["--policies", "policies", "applications.yaml"], in: folder.path)
    #expect(check.code == 1, "\(check.errors)")
    // The chapter gives no facts and no scores, which is said and nothing else.
    #expect(check.errors.contains("no facts given"), "\(check.errors)")
    #expect(check.errors.contains("no application has an evaluation score"), "\(check.errors)")
    #expect(check.errors.split(separator: "\n").count == 2)
    let shown = blocks.filter { $0.language == "text" }
    #expect(!shown.isEmpty)
    for block in shown {
      #expect((tests.output + check.output).contains(block.text), "\(block.text)")
    }
  }

  @Test("the chapter on a sixth city quotes the fixture whole")
  func fixture() throws {
    for (name, text) in files(blocks(try chapter("Adding a sixth city"))) {
      let fixture = String(decoding: try #require(Golden.bytes("newcity/" + name)), as: UTF8.self)
      #expect(text.split(separator: "\n") == fixture.split(separator: "\n"), "\(name)")
    }
  }

  @Test("the tests of every profile in the guide pass")
  func allProfiles() throws {
    let folder = try folder(files(blocks(try guide())))
    defer { folder.remove() }
    let result = try Program.run(["policy", "test", "--policies", "policies"], in: folder.path)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("licheng/2026-2028"))
  }

  @Test(
    "every key that the reader of a kind of file asks for is explained",
    arguments: [
      "Policy/PolicyReader", "Policy/ProvisionReaders", "Policy/DefinitionReaders",
      "Policy/RuleReaders", "Policy/Tenant", "PolicyDesk/PolicyTests",
    ])
  func keys(_ reader: String) throws {
    let guide = try guide()
    let source = try String(
      contentsOf: URL(filePath: Golden.root + "/Sources/\(reader).swift"),
      encoding: .utf8)
    let keys = source.matches(of: #/(?:required|optional|named)\(\s*"([^"]+)"/#).map { $0.1 }
    #expect(!keys.isEmpty)
    for key in Set(keys).sorted() {
      #expect(guide.contains("`\(key)`"), "\(key)")
    }
  }
}
