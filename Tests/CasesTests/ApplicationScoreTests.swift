import Expression
import Testing

@testable import Cases

struct ApplicationScoreTests {
  /// Short ones, ones of many digits, and none.
  private static let scores =
    ["0", "88.5", "100", "33.333333333333333333", "99.9999999999999999"].map {
      Exact(decimal: $0)
    } + [nil]

  @Test func `whatever score is set is got, and what stands beside a long one stays`() throws {
    let file = BatchForm.yaml.file([
      BatchForm.application([("institution", "P1"), ("replaces", "P2")])
    ])
    var application = try #require(try ApplicationFile.read(file, index: 0).applications.first)
    for before in Self.scores {
      for after in Self.scores {
        application.score = before
        #expect(application.score == before)
        application.score = after
        #expect(application.score == after)
        application.institution = "P3"
        #expect(application.score == after)
        #expect(application.institution == "P3")
        #expect(application.replaces == "P2")
      }
    }
  }
}
