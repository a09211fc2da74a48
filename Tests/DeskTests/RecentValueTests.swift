import Desk
import Testing

struct RecentValueTests {
  @Test func `what was worked out lately is not worked out again, and the oldest goes first`() {
    let recent = RecentValues<Int, String>(most: 2)
    var made: [Int] = []
    func value(_ key: Int) -> String? {
      recent.value(key) {
        made.append(key)
        return "\(key)"
      }
    }
    #expect([1, 2, 1, 2].map(value) == ["1", "2", "1", "2"])
    #expect(made == [1, 2])
    // The third takes the place of the first, which is worked out again in the place of the second.
    #expect([3, 2, 1, 3, 2].map(value) == ["3", "2", "1", "3", "2"])
    #expect(made == [1, 2, 3, 1, 2])
  }

  @Test func `where nothing comes out nothing is remembered`() {
    let recent = RecentValues<Int, String>(most: 2)
    #expect(recent.value(1) { nil } == nil)
    #expect(recent.value(1) { "one" } == "one")
    #expect(recent.value(1) { nil } == "one")
  }

  @Test func `one that cannot be worked out is tried again`() throws {
    struct Failure: Error {}
    let recent = RecentValues<Int, String>(most: 2)
    #expect(throws: Failure.self) { try recent.value(1) { throw Failure() } }
    #expect(recent.value(1) { "one" } == "one")
  }
}
