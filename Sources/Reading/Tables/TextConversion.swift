package import Diagnostics
import Glibc

/// Brings the text of tables into UTF-8: spreadsheets write GB18030 (Chinese Windows) and UTF-16 (`Unicode text`).
///
/// Lines stay lines, so that places are those of the file as an editor shows it.
package enum TextConversion {
  /// Sequences of three bytes, as Chinese has in UTF-8, after which text that breaks off is damaged UTF-8 and nothing else.
  private static let convincingSequences = 8

  /// The file in UTF-8, with a note where it was not; a file that is neither is given back as it is, for its reader to say where.
  package static func utf8(
    _ file: SourceFile, limits: ReadingLimits = .standard
  ) throws(Faults) -> (file: SourceFile, notes: [Note]) {
    try file.withBytes { (bytes) throws(Faults) -> (file: SourceFile, notes: [Note]) in
      if let isBigEndian = wideMark(bytes) {
        try checkSize(file, limits)
        let text = try fromUTF16(file, bytes, isBigEndian: isBigEndian)
        return (SourceFile(path: file.path, bytes: text), [note(file, "UTF-16")])
      }
      let whole = ByteRange(start: 0, end: bytes.count)
      guard let invalid = Encoding.firstInvalid(bytes, in: whole), Encoding.markLength(bytes) == 0,
        !isConvincing(bytes, before: invalid), Encoding.wideEncodingFault(file, bytes) == nil
      else { return (file, []) }
      try checkSize(file, limits)
      guard let text = fromGB18030(bytes) else { return (file, []) }
      return (SourceFile(path: file.path, bytes: text), [note(file, "GB18030")])
    }
  }

  /// Whether a byte order mark of UTF-16 stands at the beginning, and of which.
  private static func wideMark(_ bytes: UnsafeRawBufferPointer) -> Bool? {
    if bytes.starts(with: [0xFF, 0xFE]) { return false }
    if bytes.starts(with: [0xFE, 0xFF]) { return true }
    return nil
  }

  private static func fromUTF16(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, isBigEndian: Bool
  ) throws(Faults) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var units = (1..<(bytes.count / 2)).lazy.map { index -> UInt16 in
      let unit = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
      return isBigEndian ? UInt16(bigEndian: unit) : UInt16(littleEndian: unit)
    }.makeIterator()
    var parser = Unicode.UTF16.ForwardParser()
    while true {
      switch parser.parseScalar(from: &units) {
      case .valid(let scalar):
        text.append(contentsOf: Unicode.UTF8.transcode(scalar, from: Unicode.UTF16.self) ?? .init())
      case .error: throw Faults(unpairedSurrogate(file, after: text))
      case .emptyInput:
        if bytes.count % 2 != 0 { throw Faults(oddByte(file, after: text)) }
        return text
      }
    }
  }

  /// The UTF-8 of text in GB18030, through the C library; nil where it is not in it.
  private static func fromGB18030(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let converter = iconv_open("UTF-8", "GB18030"), Int(bitPattern: converter) != -1 else {
      return nil
    }
    defer { iconv_close(converter) }
    // Two bytes become three at most, one stays one.
    var text = [UInt8](repeating: 0, count: bytes.count / 2 * 3 + 16)
    let written = text.withUnsafeMutableBytes { output -> Int? in
      var source = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
      var sourceLeft = bytes.count
      var target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
      var targetLeft = output.count
      let result = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
      return result == -1 || sourceLeft > 0 ? nil : output.count - targetLeft
    }
    guard let written else { return nil }
    text.removeLast(text.count - written)
    return text
  }

  /// Whether what stands before an invalid byte is UTF-8 for certain.
  private static func isConvincing(_ bytes: UnsafeRawBufferPointer, before end: Int) -> Bool {
    var found = 0
    var position = 0
    while position < end {
      guard let length = Encoding.sequenceLength(bytes, at: position) else { return false }
      if length >= 3 { found += 1 }
      if found >= convincingSequences { return true }
      position += length
    }
    return false
  }

  private static func checkSize(_ file: SourceFile, _ limits: ReadingLimits) throws(Faults) {
    guard file.count > limits.convertedBytes else { return }
    let size = ByteCount.words(limits.convertedBytes)
    throw Faults(
      Fault(
        path: file.path, zh: "非 UTF-8 编码的文件超过 \(size) 的上限，请另存为 UTF-8",
        en:
          "is not UTF-8 and larger than the limit of \(size) for other encodings; save it as UTF-8"
      ))
  }

  private static func note(_ file: SourceFile, _ encoding: String) -> Note {
    Note(
      file, ByteRange(start: 0, end: 0), zh: "文件不是 UTF-8，已按 \(encoding) 读取",
      en: "the file is not UTF-8 and was read as \(encoding)")
  }

  private static func unpairedSurrogate(_ file: SourceFile, after text: [UInt8]) -> Fault {
    broken(
      file, after: text, zh: "此处只有半个字符（代理项不成对）",
      en: "found half a character here (an unpaired surrogate)")
  }

  private static func oddByte(_ file: SourceFile, after text: [UInt8]) -> Fault {
    broken(
      file, after: text, zh: "末尾多出一个字节，文件不完整",
      en: "found a single byte at the end; the file is incomplete")
  }

  /// A fault where text in UTF-16 breaks off; its place is counted in what was read up to there, as an editor shows it.
  private static func broken(
    _ file: SourceFile, after text: [UInt8], zh: String, en: String
  ) -> Fault {
    let read = SourceFile(path: file.path, bytes: text)
    return Fault(
      read, ByteRange(start: text.count, end: text.count),
      zh: "按文件开头应为 UTF-16 编码，\(zh)，请另存为 UTF-8",
      en: "expected UTF-16, as the first bytes say, \(en); save the file as UTF-8")
  }
}
