import Diagnostics
import Glibc

extension SourceFile {
  /// The line of a byte, from 1; for messages that name a second place.
  func lineNumber(of offset: Int) -> Int {
    withBytes { bytes in
      var line = 1
      var position = 0
      let end = min(offset, bytes.count)
      guard let base = bytes.baseAddress else { return line }
      while position < end,
        let feed = memchr(base + position, 0x0A, end - position)
      {
        line += 1
        position = UnsafeRawPointer(feed) - base + 1
      }
      return line
    }
  }
}
