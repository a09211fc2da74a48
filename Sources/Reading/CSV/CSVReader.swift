package import Diagnostics

/// Reads CSV (RFC 4180): a header line, then rows of as many fields.
///
/// Lines end with LF or CR LF; a byte order mark is passed over; quoted fields hold commas, line breaks and doubled quotes. Rows
/// without any content are passed over, as spreadsheets leave them. Rows with too few or too many fields are gathered as faults and
/// left out; broken quotes end the reading. A quoted field means the same as an unquoted one.
package struct CSVReader {
  private let file: SourceFile
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private var position: Int
  /// Up to here the bytes are known to be UTF-8 without control characters.
  private var checkedEnd: Int
  private var faults = FaultCollector()

  /// How many bytes are checked at a time.
  private static let checkedBlock = 1 << 15

  /// Gives the names of the header, without spaces around them, to `header`, then each row to `row`.
  ///
  /// Rows before a fault come before it is thrown.
  package static func read(
    _ file: SourceFile, limits: ReadingLimits = .standard,
    header: ([Located<String>]) throws(Faults) -> Void,
    row: (borrowing CSVRow) throws(Faults) -> Void
  ) throws(Faults) {
    try file.withBytes { (bytes) throws(Faults) in
      if let fault = Encoding.wideEncodingFault(file, bytes) { throw Faults(fault) }
      var reader = CSVReader(file, bytes, limits)
      try reader.run(header, row)
    }
  }

  private init(_ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
    position = Encoding.markLength(bytes)
    checkedEnd = position
  }

  private mutating func run(
    _ header: ([Located<String>]) throws(Faults) -> Void,
    _ body: (borrowing CSVRow) throws(Faults) -> Void
  ) throws(Faults) {
    var row = CSVRow(bytes)
    guard try nextRow(&row) else { throw Faults(headerMissing()) }
    let columns = row.count
    let names = headerNames(row)
    try faults.check()
    try header(names)
    while try nextRow(&row) {
      if row.count == columns {
        try body(row)
      } else {
        faults.add(ragged(row, columns))
        if faults.isFull { break }
      }
    }
    try faults.check()
  }

  private mutating func headerNames(_ row: borrowing CSVRow) -> [Located<String>] {
    var names: [Located<String>] = []
    var places: [String: ByteRange] = [:]
    for column in 0..<row.count {
      let name = Self.trimmed(row.text(column))
      let range = row.range(column)
      if name.isEmpty {
        faults.add(nameMissing(range, column))
      } else if let earlier = places[name] {
        faults.add(repeatedName(name, range, earlier: earlier))
      }
      places[name] = range
      names.append(Located(name, range))
    }
    if names.count == 1, let only = names.first, let separator = Self.otherSeparator(only.value) {
      faults.add(commasExpected(only.range, separator))
    }
    return names
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func otherSeparator(_ name: String) -> Bilingual? {
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\t": return Bilingual(zh: "制表符", en: "tabs")
      case ";", "；", "，", "|":
        let code = Quoting.code(String(scalar))
        return Bilingual(zh: code, en: code)
      default: continue
      }
    }
    return nil
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
      let isBlank = row.fields.allSatisfy { $0.start == $0.end }
      if isBlank { continue }
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
      let isLast = position >= end || bytes[position] != UInt8(ascii: ",")
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
        // A comma is the last byte: an empty field follows it.
        fields.append(
          CSVRow.Field(start: end, end: end, isQuoted: false, hasDoubledQuotes: false))
        return
      }
    }
  }

  /// The next comma, quote or line feed, eight bytes at a time.
  private func nextSpecial(from start: Int) -> Int {
    var position = start
    let end = bytes.count
    while position + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let hits =
        Self.equal(word, 0x2C2C_2C2C_2C2C_2C2C) | Self.equal(word, 0x2222_2222_2222_2222)
        | Self.equal(word, 0x0A0A_0A0A_0A0A_0A0A)
      if hits != 0 { return position + hits.littleEndian.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A: return position
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

  private func failed(_ fault: Fault) -> Faults {
    var all = faults
    all.add(fault)
    return Faults(all.faults)
  }
}

extension CSVReader {
  private func headerMissing() -> Fault {
    Fault(
      file, ByteRange(start: 0, end: 0), zh: "第一行应为列名，实际文件为空",
      en: "expected a first line of column names, found the file empty")
  }

  private func nameMissing(_ range: ByteRange, _ column: Int) -> Fault {
    Fault(
      file, range, zh: "第 \(column + 1) 列没有列名，请填写或删去该列",
      en: "expected a name for column \(column + 1), found it empty; name or delete the column")
  }

  private func repeatedName(_ name: String, _ range: ByteRange, earlier: ByteRange) -> Fault {
    let code = Quoting.code(name)
    return Fault(
      file, range, zh: "列名 \(code) 重复，请删去其中一列",
      en: "the column \(code) is given twice; remove one of them")
  }

  private func commasExpected(_ range: ByteRange, _ found: Bilingual) -> Fault {
    Fault(
      file, range, zh: "各列应以半角逗号分隔，实际为\(found.zh)",
      en: "expected columns separated by commas, found \(found.en)")
  }

  private func ragged(_ row: borrowing CSVRow, _ columns: Int) -> Fault {
    Fault(
      file, row.range, zh: "应有 \(columns) 列，实际为 \(row.count) 列；含有逗号的值请加双引号",
      en: "expected \(columns) fields, found \(row.count); put a value that holds a comma in quotes"
    )
  }

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
    return Fault(
      file, range, zh: "结束的双引号之后应为逗号或行尾，实际为 \(found)；值中的双引号请写两次",
      en:
        "expected a comma or the line's end after the closing quote, found \(found); double quotes inside"
    )
  }
}
