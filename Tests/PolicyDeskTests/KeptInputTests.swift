import Cases
import Diagnostics
import Testing

@testable import Checks

@Suite("What was read before is kept")
struct KeptInputTests {
  private let times = Locked(0)

  /// What a file was read as, and how often it was read so far.
  private func read(
    _ cache: InputCache?, _ file: SourceFile, _ catalogue: Catalogue? = nil
  ) -> (text: String, times: Int) {
    let text = cache.value(of: file, catalogue) {
      times.withLock { $0 += 1 }
      return file.text(ByteRange(start: 0, end: file.count))
    }
    return (text, times.withLock { $0 })
  }

  @Test("by path, bytes, form, words and what it is read as")
  func keys() {
    let cache = InputCache()
    let file = SourceFile(path: "a", text: "甲")
    #expect(read(cache, file) == ("甲", 1))
    #expect(read(cache, SourceFile(path: "a", text: "甲")) == ("甲", 1))
    #expect(read(cache, SourceFile(path: "a", text: "乙")) == ("乙", 2))
    #expect(read(cache, SourceFile(path: "b", text: "甲")) == ("甲", 3))
    #expect(
      read(cache, SourceFile(path: "a", bytes: Array("甲".utf8), statedFormat: "csv")) == ("甲", 4))
    #expect(read(cache, file, .builtIn) == ("甲", 5))
    #expect(read(cache, file) == ("甲", 5))
    #expect(cache.value(of: file) { 7 } == 7)
    #expect(read(cache, file) == ("甲", 5))
    #expect(read(nil, file) == ("甲", 6))
  }

  @Test("no longer than there is room, by when it was last asked for")
  func room() {
    let cache = InputCache(values: 3, bytes: 10)
    let files = (0..<4).map { SourceFile(path: "\($0)", text: "\($0)") }
    for file in files.prefix(3) { _ = read(cache, file) }
    #expect(read(cache, files[0]).times == 3)
    #expect(read(cache, files[3]).times == 4)
    #expect(read(cache, files[0]).times == 4)
    #expect(read(cache, files[1]).times == 5)
    let large = SourceFile(path: "large", text: "123456789012")
    #expect(read(cache, large).times == 6)
    #expect(read(cache, large).times == 6)
    #expect(read(cache, files[0]).times == 7)
  }

  @Test("its digest too, and none of a file that was not kept")
  func digests() {
    let cache = InputCache()
    let file = SourceFile(path: "a", text: "甲")
    let made = Locked(0)
    func digest(_ file: SourceFile) -> String {
      cache.digest(of: file) { _ in
        made.withLock {
          $0 += 1
          return "\($0)"
        }
      }
    }
    #expect(digest(file) == "1")
    #expect(digest(file) == "2")
    _ = read(cache, file)
    #expect(digest(file) == "3")
    #expect(digest(SourceFile(path: "a", text: "甲")) == "3")
    #expect(digest(SourceFile(path: "a", text: "乙")) == "4")
  }

  @Test("nothing of a file with a fault")
  func faults() {
    let cache = InputCache()
    let file = SourceFile(path: "a", text: "甲")
    for _ in 0..<2 {
      #expect(throws: Faults.self) {
        _ = try cache.value(of: file) { () throws(Faults) -> Int in
          times.withLock { $0 += 1 }
          throw Faults(Fault(path: "a", zh: "错", en: "wrong"))
        }
      }
    }
    #expect(times.withLock { $0 } == 2)
  }
}
