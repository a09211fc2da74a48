import Diagnostics

/// What all formats ask of the bytes: UTF-8, with or without a byte order mark.
package enum Encoding {
  /// The length of a UTF-8 byte order mark at the beginning, 3 or 0.
  package static func markLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// A fault where the first bytes are those of UTF-16 or UTF-32.
  static func wideEncodingFault(_ file: SourceFile, _ bytes: UnsafeRawBufferPointer) -> Fault? {
    guard bytes.count >= 2 else { return nil }
    let (first, second) = (bytes[0], bytes[1])
    let isMarked = (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)
    let isWide = (first == 0) != (second == 0)
    guard isMarked || isWide else { return nil }
    return Fault(
      file, ByteRange(start: 0, end: 2), zh: "文件应为 UTF-8 编码，实际似为 UTF-16，请另存为 UTF-8",
      en: "expected UTF-8, found what looks like UTF-16; save the file as UTF-8")
  }

  /// The length of the UTF-8 sequence at `offset`, or nil where there is none.
  @inline(__always)
  static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 { return 1 }
    // Most of Chinese: three bytes with no special bounds.
    if first >= 0xE1, first <= 0xEC, offset + 2 < bytes.count {
      return (bytes[offset + 1] & 0xC0 == 0x80) && (bytes[offset + 2] & 0xC0 == 0x80) ? 3 : nil
    }
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return nil
    }
    guard offset + length <= bytes.count, bytes[offset + 1] >= lowest, bytes[offset + 1] <= highest
    else { return nil }
    for i in 2..<max(length, 2) where bytes[offset + i] & 0xC0 != 0x80 { return nil }
    return length
  }

  /// The first byte in `range` that is not valid UTF-8.
  static func firstInvalid(_ bytes: UnsafeRawBufferPointer, in range: ByteRange) -> Int? {
    var position = range.start
    let end = min(range.end, bytes.count)
    while position < end {
      if position + 8 <= end,
        bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        position += 8
        continue
      }
      guard let length = sequenceLength(bytes, at: position) else { return position }
      position += length
    }
    return position > end ? end : nil
  }

  /// What is wrong with the bytes at `offset`: not UTF-8, or a character that text does not hold.
  static func fault(_ file: SourceFile, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Fault {
    let offset = min(max(offset, 0), bytes.count)
    guard let length = sequenceLength(bytes, at: offset) else {
      let end = min(offset + 1, bytes.count)
      return Fault(
        file, ByteRange(start: offset, end: end),
        zh: "文件应为 UTF-8 编码，此处的字节无效（可能是 GBK 编码，仅 CSV 可用 GB18030），请另存为 UTF-8",
        en:
          "expected UTF-8, found bytes that are not (perhaps GBK); save the file as UTF-8 (only CSV may be GB18030)"
      )
    }
    let range = ByteRange(start: offset, end: offset + length)
    let name = file.text(range).unicodeScalars.first.map { Quoting.codePoint($0) } ?? "U+0000"
    return Fault(
      file, range, zh: "文本中不能有控制字符 \(name)，请删去",
      en: "the control character \(name) is not allowed; remove it")
  }
}
