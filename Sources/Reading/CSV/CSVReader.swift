package import Diagnostics

/// Splits CSV (RFC 4180) into rows, and text of the same form with another separator.
///
/// Lines end with LF or CR LF; a byte order mark is passed over; quoted fields hold separators, line breaks and doubled quotes.
/// Blank lines are passed over. Broken quotes end the reading. A quoted field means the same as an unquoted one. What the rows
/// mean, the header among them, is for ``TableReader`` to say.
package struct CSVReader {
  private let file: SourceFile
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private let separator: UInt8
  /// The separator in every byte.
  private let separators: UInt64
  private var position: Int
  /// Up to here the bytes are known to be UTF-8 without control characters.
  private var checkedEnd: Int

  /// How many bytes are checked at a time.
  private static let checkedBlock = 1 << 15

  /// Gives each row to `row`, the header included, until it returns false.
  ///
  /// Rows before a fault come before it is thrown.
  package static func read(
    _ file: SourceFile, separator: UInt8 = UInt8(ascii: ","), limits: ReadingLimits = .standard,
    row body: (borrowing CSVRow) throws(Faults) -> Bool
  ) throws(Faults) {
    try file.withBytes { (bytes) throws(Faults) in
      if let fault = Encoding.wideEncodingFault(file, bytes) { throw Faults(fault) }
      var reader = CSVReader(file, bytes, separator, limits)
      var row = CSVRow(bytes)
      while try reader.nextRow(&row) {
        if !(try body(row)) { return }
      }
    }
  }

  private init(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ separator: UInt8,
    _ limits: ReadingLimits
  ) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
    self.separator = separator
    separators = UInt64(separator) &* 0x0101_0101_0101_0101
    position = Encoding.markLength(bytes)
    checkedEnd = position
  }

  // MARK: Rows

  /// Splits the next row that is not blank; false at the end of the file.
  private mutating func nextRow(_ row: inout CSVRow) throws(Faults) -> Bool {
    while position < bytes.count {
      if bytes[position] == 0x0A
        || bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
      {
        position += 1
        continue
      }
      row.fields.removeAll(keepingCapacity: true)
      try split(&row.fields)
      if row.isBlank, row.fields.count == 1 { continue }
      row.number += 1
      if position > checkedEnd { try check() }
      return true
    }
    return false
  }

  /// Splits one row and moves past its line end.
  private mutating func split(_ fields: inout [CSVRow.Field]) throws(Faults) {
    let end = bytes.count
    var position = position
    defer { self.position = position }
    while true {
      let start = position
      var field = CSVRow.Field(start: start, end: start, isQuoted: false, hasDoubledQuotes: false)
      if position < end, bytes[position] == UInt8(ascii: "\"") {
        field.isQuoted = true
        position += 1
        while true {
          position = nextQuote(from: position)
          guard position < end else { throw failed(unterminated(start)) }
          position += 1
          guard position < end, bytes[position] == UInt8(ascii: "\"") else { break }
          field.hasDoubledQuotes = true
          position += 1
        }
      } else {
        position = nextSpecial(from: position)
        if position < end, bytes[position] == UInt8(ascii: "\"") {
          throw failed(quoteInside(position))
        }
      }
      field.end = position
      let isLast = position >= end || bytes[position] != separator
      if isLast, position < end {
        if field.isQuoted {
          if bytes[position] == 0x0D, position + 1 < end, bytes[position + 1] == 0x0A {
            position += 1
          }
          guard bytes[position] == 0x0A else { throw failed(textAfterQuote(position)) }
        } else if position > start, bytes[position - 1] == 0x0D {
          field.end = position - 1
        }
      }
      if field.end - field.start > limits.scalarBytes {
        throw failed(
          Structure.tooLongScalar(ByteRange(start: field.start, end: field.end), limits, file))
      }
      if fields.count == limits.columns {
        throw failed(tooManyColumns(ByteRange(start: field.start, end: field.end)))
      }
      fields.append(field)
      position = min(position + 1, end)
      if isLast { return }
      if position == end {
        // A separator is the last byte: an empty field follows it.
        fields.append(
          CSVRow.Field(start: end, end: end, isQuoted: false, hasDoubledQuotes: false))
        return
      }
    }
  }

  /// The next separator, quote or line feed, eight bytes at a time.
  private func nextSpecial(from start: Int) -> Int {
    var position = start
    let end = bytes.count
    while position + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let hits =
        Self.equal(word, separators) | Self.equal(word, 0x2222_2222_2222_2222)
        | Self.equal(word, 0x0A0A_0A0A_0A0A_0A0A)
      if hits != 0 { return position + hits.littleEndian.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end {
      switch bytes[position] {
      case separator, UInt8(ascii: "\""), 0x0A: return position
      default: position += 1
      }
    }
    return end
  }

  private func nextQuote(from start: Int) -> Int {
    var position = start
    let end = bytes.count
    while position + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let hits = Self.equal(word, 0x2222_2222_2222_2222)
      if hits != 0 { return position + hits.littleEndian.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end, bytes[position] != UInt8(ascii: "\"") { position += 1 }
    return position
  }

  /// The high bit of each byte of `word` that equals the byte that `pattern` repeats.
  @inline(__always)
  private static func equal(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let difference = word ^ pattern
    return ~(((difference & low) &+ low) | difference | low)
  }

  // MARK: Encoding

  /// Checks the bytes up to the place of reading and a block beyond.
  private mutating func check() throws(Faults) {
    let end = min(bytes.count, position + Self.checkedBlock)
    var place = checkedEnd
    while place < end {
      if place + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let high: UInt64 = 0x8080_8080_8080_8080
        // A byte is below 0x20 where its top three bits are clear.
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let top = word & 0x6060_6060_6060_6060
        let isControl = ~((top &+ low) | word | low)
        if (word | isControl) & high == 0 {
          place += 8
          continue
        }
      }
      let byte = bytes[place]
      if byte < 0x80 {
        if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 { break }
        place += 1
      } else {
        guard let length = Encoding.sequenceLength(bytes, at: place) else { break }
        place += length
      }
    }
    checkedEnd = place
    if place < end, place < position {
      throw failed(Encoding.fault(file, bytes, at: place))
    }
  }

  private func failed(_ fault: Fault) -> Faults { Faults(fault) }
}

extension CSVReader {
  private func tooManyColumns(_ range: ByteRange) -> Fault {
    Fault(
      file, range, zh: "列数超过 \(limits.columns) 的上限",
      en: "a row has more than the limit of \(limits.columns) fields")
  }

  private func unterminated(_ start: Int) -> Fault {
    Fault(
      file, ByteRange(start: start, end: start + 1), zh: "从此处开始的双引号没有结束",
      en: "the quoted value that begins here has no closing quote")
  }

  private func quoteInside(_ offset: Int) -> Fault {
    Fault(
      file, ByteRange(start: offset, end: offset + 1),
      zh: "没有加引号的值中不能有双引号；请把整个值加双引号，其中的双引号写两次",
      en: "a value without quotes cannot hold `\"`; put it in quotes and double those inside")
  }

  private func textAfterQuote(_ offset: Int) -> Fault {
    let length = Encoding.sequenceLength(bytes, at: offset) ?? 1
    let range = ByteRange(start: offset, end: offset + length)
    let found = Quoting.code(file.text(range))
    let mark =
      switch separator {
      case UInt8(ascii: "\t"): Bilingual(zh: "制表符", en: "a tab")
      case UInt8(ascii: ";"): Bilingual(zh: "分号", en: "a semicolon")
      default: Bilingual(zh: "逗号", en: "a comma")
      }
    return Fault(
      file, range, zh: "结束的双引号之后应为\(mark.zh)或行尾，实际为 \(found)；值中的双引号请写两次",
      en:
        "expected \(mark.en) or the line's end after the closing quote, found \(found); double quotes inside"
    )
  }
}
