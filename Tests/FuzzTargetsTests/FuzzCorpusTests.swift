import Foundation
import FuzzTargets
import TestSupport
import Testing

@Suite("What a fuzzer found and what it begins with")
struct FuzzCorpusTests {
  /// The files of `fixtures/fuzz/TARGET`, and those below `fixtures` and `policies` that the target begins with.
  private static func files(of target: FuzzTarget) throws -> [String] {
    let manager = FileManager.default
    let own = Golden.path("fuzz/\(target.rawValue)")
    var files = ((try? manager.contentsOfDirectory(atPath: own)) ?? []).map { "\(own)/\($0)" }
    for folder in ["fixtures", "policies"] {
      let root = Golden.root + "/" + folder
      files += try manager.subpathsOfDirectory(atPath: root)
        .filter { name in target.seeds.contains { name.hasSuffix($0) } }.map { "\(root)/\($0)" }
    }
    return Set(files).sorted()
  }

  @Test("no file breaks what has to hold", arguments: FuzzTarget.allCases)
  func corpus(_ target: FuzzTarget) throws {
    let files = try Self.files(of: target)
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try #require(FileManager.default.contents(atPath: file))
      #expect(target.tried(with: Array(bytes)).broken == nil, "\(file)")
    }
  }

  @Test("no beginning of a file breaks what has to hold", arguments: FuzzTarget.allCases)
  func beginnings(_ target: FuzzTarget) throws {
    for file in try Self.files(of: target) {
      let bytes = Array(try #require(FileManager.default.contents(atPath: file)))
      let step = max(1, bytes.count / 12)
      for end in stride(from: 0, to: bytes.count, by: step) {
        #expect(target.tried(with: Array(bytes[..<end])).broken == nil, "\(file), \(end) bytes")
      }
    }
  }
}
