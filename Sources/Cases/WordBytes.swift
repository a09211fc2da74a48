import Glibc

/// A few words, to be found by their bytes.
package struct WordBytes: Sendable {
  /// All words in a row, and where each begins and the last ends.
  private let spelling: [UInt8]
  private let bounds: [Int]

  package init(_ words: [String]) {
    var spelling: [UInt8] = []
    var bounds = [0]
    for word in words {
      spelling += word.utf8
      bounds.append(spelling.count)
    }
    self.spelling = spelling
    self.bounds = bounds
  }

  /// The place of the word that the bytes are; looked for from a place on, and then from the first.
  package func index(of bytes: UnsafeRawBufferPointer, from first: Int = 0) -> Int? {
    guard let wanted = bytes.baseAddress else { return nil }
    let count = bounds.count - 1
    return spelling.withUnsafeBytes { spelling in
      guard let words = spelling.baseAddress else { return nil }
      var place = first
      for _ in 0..<count {
        if place >= count { place = 0 }
        let start = bounds[place]
        if bounds[place + 1] - start == bytes.count, memcmp(words + start, wanted, bytes.count) == 0
        {
          return place
        }
        place += 1
      }
      return nil
    }
  }
}
