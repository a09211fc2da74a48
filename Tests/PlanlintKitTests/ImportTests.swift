import Foundation
import TestSupport
import Testing

@Suite("The house")
struct ImportTests {
  /// What each target may import of the project and beside it; the compiler misses what comes in transitively.
  static let allowed: [String: Set<String>] = [
    "Diagnostics": ["Dispatch"],
    "Workbooks": ["CZlib"],
    "Reading": ["CLibYAML", "CZlib", "CExpat", "Diagnostics"],
    "Expression": ["Diagnostics"],
    "Spatial": [],
    "Cases": ["Diagnostics", "Reading", "Expression", "Spatial"],
    "Policy": ["Cases", "Diagnostics", "Reading", "Expression"],
    "Deciding": ["Policy", "Cases", "Diagnostics", "Reading", "Expression", "Spatial"],
    "Checks": [
      "Deciding", "Policy", "Cases", "Diagnostics", "Reading", "Expression", "Spatial",
    ],
    "PolicyDesk": [
      "Checks", "Deciding", "Policy", "Cases", "Diagnostics", "Reading", "Expression", "Spatial",
      "Workbooks",
    ],
    "Reporting": ["Diagnostics", "Workbooks"],
    "PlanlintKit": [
      "Checks", "PolicyDesk", "Deciding", "Policy", "Cases", "Reporting", "Notices",
      "Diagnostics", "Crypto",
    ],
    "Notices": ["Reporting", "Diagnostics"],
    "LanguageServer": [
      "PolicyDesk", "Checks", "Policy", "Cases", "Expression", "Reading", "Diagnostics",
    ],
    "Store": ["GRDB", "CPostgreSQL", "Dispatch", "FoundationEssentials"],
    "Desk": [
      "Store", "PlanlintKit", "Diagnostics", "Crypto", "_CryptoExtras", "FoundationEssentials",
    ],
    "Service": [
      "Desk", "Store", "PlanlintKit", "Diagnostics", "Hummingbird", "HummingbirdCore",
      "HummingbirdTLS", "HTTPTypes", "AsyncHTTPClient", "JWTKit",
      "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "UnixSignals", "Dispatch",
      "FoundationEssentials",
    ],
    "planlintd": [
      "Service", "Desk", "Store", "PlanlintKit", "Diagnostics", "Reading", "ArgumentParser",
      "Dispatch", "Logging",
      "Foundation", "FoundationEssentials",
    ],
    "planlint": [
      "PlanlintKit", "LanguageServer", "Diagnostics", "ArgumentParser", "Dispatch",
      "FoundationEssentials",
    ],
  ]

  @Test(
    "every target imports what its place in the house allows and nothing else",
    arguments: allowed.keys.sorted())
  func imports(_ target: String) throws {
    let system: Set<String> = ["Glibc", "Synchronization"]
    let root = URL(filePath: Golden.root).appending(path: "Sources/\(target)")
    let files = try #require(
      FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var seen = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      seen += 1
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/(?m)^(?:@\w+ )?(?:package |public |internal )?import (\w+)/#)
      {
        let name = String(match.1)
        #expect(
          system.contains(name) || Self.allowed[target]?.contains(name) == true,
          "\(file.lastPathComponent) imports \(name)")
      }
    }
    #expect(seen > 0)
  }

  /// The files of Diagnostics whose types are the values of a report, which PlanlintKit passes on.
  static let values: Set<String> = [
    "BaselineComparison", "Bilingual", "CaseFile", "Cure", "Fault", "Finding", "FindingKey",
    "KnownFinding", "Location", "Note", "Outcome", "Quantity", "Report",
  ]

  @Test("nothing is public but PlanlintKit and the values that it passes on")
  func publicSymbols() throws {
    let sources = URL(filePath: Golden.root).appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var found: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let target = file.path.dropFirst(sources.path.count + 1).split(separator: "/").first
      let text = try String(contentsOf: file, encoding: .utf8)
      guard target != "PlanlintKit", text.contains(#/(?m)^ *public /#) else { continue }
      #expect(target == "Diagnostics", "\(file.path)")
      found.insert(file.deletingPathExtension().lastPathComponent)
    }
    #expect(found == Self.values)
  }

  @Test("every folder of Sources has its place in the table")
  func targets() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Golden.root + "/Sources")
    #expect(
      Set(folders)
        == Set(Self.allowed.keys).union(["CLibYAML", "CZlib", "CExpat", "CPostgreSQL"]))
  }

  @Test("the page that follows an application through the code names files that are there")
  func pageOfTheCode() throws {
    let page = try String(
      contentsOfFile: Golden.root
        + "/Sources/PlanlintKit/PlanlintKit.docc/HowAVerdictIsReachedInCode.md", encoding: .utf8)
    let named = Set(page.matches(of: #/`([\w/]+\.swift)`/#).map { String($0.1) })
    #expect(named.count > 30)
    for path in named.sorted() {
      let folder = path.hasPrefix("Tests/") ? "" : "Sources/"
      #expect(FileManager.default.fileExists(atPath: "\(Golden.root)/\(folder)\(path)"), "\(path)")
    }
  }
}
