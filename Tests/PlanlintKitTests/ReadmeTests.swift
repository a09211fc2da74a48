import Foundation
import PlanlintKit
import TestSupport
import Testing

@Suite("The README's example of the library")
struct ReadmeTests {
  /// What the README shows; that it compiles is half of the test.
  private func example() {
    // README
    var request = Request()
    request.city = "huaibei"
    request.policies = "policies"
    do {
      let outcome = try Planlint.check(["applications.yaml"], request)
      outcome.write(.text, Presentation()) { bytes in
        print(String(decoding: bytes, as: UTF8.self), terminator: "")
        return true
      }
    } catch {
      for line in error.lines(in: .en) { print(line) }
    }
    // README
  }

  @Test("is the code that is compiled here")
  func same() throws {
    func lines(_ text: Substring) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let compiled = try #require(
      source.split(separator: "    // README\n", omittingEmptySubsequences: false).dropFirst().first
    )
    let readme = try String(contentsOfFile: Golden.root + "/README.md", encoding: .utf8)
    let shown = try #require(readme.split(separator: "```swift\n").dropFirst().first)
    let code = try #require(shown.split(separator: "```").first)
    #expect(lines(code) == ["import PlanlintKit"] + lines(compiled))
  }
}
