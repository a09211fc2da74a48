import Diagnostics
import Foundation
import Reporting
import Testing

@testable import PlanlintKit

@Suite struct HTMLPageTests {
  @Test(arguments: [
    (HTMLPage.style, HTMLPage.styleDigest), (HTMLPage.script, HTMLPage.scriptDigest),
    (GapPage.style, GapPage.styleDigest),
  ])
  func `the page's security policy lets its own style and script act, by their digests`(
    text: String, digest: String
  ) throws {
    let hex = Array(Digest.sha256(SourceFile(path: "", text: text)))
    let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(String(hex[$0...$0 + 1]), radix: 16)
    }
    #expect(bytes.count == 32)
    #expect(Data(bytes).base64EncodedString() == digest)
  }
}
