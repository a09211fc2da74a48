import Diagnostics

/// A strict reader of JSON (RFC 8259): the same trees and places as YAML.
///
/// A byte order mark is passed over. Comments, trailing commas, `NaN`, lone surrogates, control characters in strings and text after
/// the end are faults that end the reading; repeated keys are gathered.
struct JSONReader {
  private let file: SourceFile
  private let bytes: UnsafeRawBufferPointer
  private let end: Int
  private let limits: ReadingLimits
  private var position: Int
  private var faults = FaultCollector()
  private var depth = 0
  private var nodes = 0
  private var treeStart: Int
  private var usualFields: [Int]

  private init(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits, in range: ByteRange
  ) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
    position = range.start
    end = range.end
    treeStart = range.start
    usualFields = [Int](repeating: 0, count: limits.depth + 1)
  }

  /// With `isStreaming`, the items of the top list, or of the list under `streamedKey` in the top object, go to `item`.
  static func read(
    _ file: SourceFile, limits: ReadingLimits, isStreaming: Bool, streamedKey: String?,
    item: (Node) throws(Faults) -> Void
  ) throws(Faults) -> Node {
    try file.withBytes { (bytes) throws(Faults) -> Node in
      if let fault = Encoding.wideEncodingFault(file, bytes) { throw Faults(fault) }
      let range = ByteRange(start: Encoding.markLength(bytes), end: bytes.count)
      var reader = JSONReader(file, bytes, limits: limits, in: range)
      let node =
        isStreaming
        ? try reader.streamedTop(streamedKey, item) : try reader.value()
      reader.skipSpace()
      guard reader.position == reader.end else { throw reader.failed(reader.textAfterEnd()) }
      try reader.faults.check()
      return node
    }
  }

  /// Gives each line that is not blank to `item`.
  ///
  /// `range` must begin and end at ends of lines, so that parts of a file can be read by several threads.
  static func readLines(
    _ file: SourceFile, limits: ReadingLimits, in range: ByteRange? = nil,
    item: (Node) throws(Faults) -> Void
  ) throws(Faults) -> Node {
    try file.withBytes { (bytes) throws(Faults) -> Node in
      if let fault = Encoding.wideEncodingFault(file, bytes) { throw Faults(fault) }
      let first = Encoding.markLength(bytes)
      let start = max(min(range?.start ?? first, bytes.count), first)
      let whole = ByteRange(
        start: start, end: max(min(range?.end ?? bytes.count, bytes.count), start))
      var reader = JSONReader(file, bytes, limits: limits, in: whole)
      while true {
        reader.skipSpace()
        if reader.position == reader.end { break }
        reader.beginTree()
        let faultsBefore = reader.faults.faults.count
        let node = try reader.value()
        try reader.finishLine(node)
        if reader.faults.faults.count == faultsBefore { try item(node) }
      }
      try reader.faults.check()
      return Node(range: whole, content: .list([]))
    }
  }

  /// A line holds one value, and a value one line.
  private mutating func finishLine(_ node: Node) throws(Faults) {
    while position < end,
      bytes[position] == 0x20 || bytes[position] == 0x09 || bytes[position] == 0x0D
    {
      position += 1
    }
    if position < end, bytes[position] != 0x0A { throw failed(secondOnLine()) }
    if let feed = firstFeed(node.range) { throw failed(brokenLine(feed)) }
  }

  private func firstFeed(_ range: ByteRange) -> Int? {
    for i in range.start..<min(range.end, end) where bytes[i] == 0x0A { return i }
    return nil
  }

  private mutating func beginTree() {
    nodes = 0
    treeStart = position
  }

  private func failed(_ fault: Fault) -> Faults {
    var all = faults
    all.add(fault)
    return Faults(all.faults)
  }

  // MARK: Values

  private mutating func streamedTop(
    _ key: String?, _ item: (Node) throws(Faults) -> Void
  ) throws(Faults) -> Node {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "["): return try streamedList(item)
    case UInt8(ascii: "{"):
      let start = position
      try enter()
      var fields = UniqueEntries(capacity: 0)
      var isFirst = true
      while let (name, nameRange) = try nextKey(isFirst: isFirst) {
        isFirst = false
        skipSpace()
        let value: Node
        if name == key, peek() == UInt8(ascii: "[") {
          value = try streamedList(item)
        } else {
          value = try self.value()
        }
        try add(Entry(key: name, keyRange: nameRange, value: value), to: &fields)
      }
      depth -= 1
      return Node(range: ByteRange(start: start, end: position), content: .map(fields.entries))
    default: return try value()
    }
  }

  private mutating func streamedList(
    _ item: (Node) throws(Faults) -> Void
  ) throws(Faults) -> Node {
    let start = position
    let (headNodes, headStart) = (nodes, treeStart)
    try enter()
    var isFirst = true
    while try nextItem(isFirst: isFirst) {
      isFirst = false
      skipSpace()
      beginTree()
      let faultsBefore = faults.faults.count
      let node = try value()
      if faults.faults.count == faultsBefore { try item(node) }
    }
    depth -= 1
    nodes = headNodes
    treeStart = headStart + (position - start)
    return Node(range: ByteRange(start: start, end: position), content: .list([]))
  }

  private mutating func value() throws(Faults) -> Node {
    skipSpace()
    nodes += 1
    if nodes > limits.treeNodes {
      throw failed(Structure.tooManyNodes(ByteRange(start: position, end: position), limits, file))
    }
    if position - treeStart > limits.treeBytes {
      throw failed(Structure.treeTooLarge(treeStart, limits, file))
    }
    let start = position
    switch peek() {
    case UInt8(ascii: "{"):
      try enter()
      let level = depth
      var fields = UniqueEntries(capacity: usualFields[level])
      var isFirst = true
      while let (name, nameRange) = try nextKey(isFirst: isFirst) {
        isFirst = false
        let value = try self.value()
        try add(Entry(key: name, keyRange: nameRange, value: value), to: &fields)
      }
      usualFields[level] = min(fields.entries.count, 64)
      depth -= 1
      return Node(range: ByteRange(start: start, end: position), content: .map(fields.entries))
    case UInt8(ascii: "["):
      try enter()
      var items: [Node] = []
      while try nextItem(isFirst: items.isEmpty) { items.append(try value()) }
      depth -= 1
      return Node(range: ByteRange(start: start, end: position), content: .list(items))
    case UInt8(ascii: "\""):
      let text = try string()
      return scalar(text, .quoted, start)
    case UInt8(ascii: "t") where take("true"): return scalar("true", .bool, start)
    case UInt8(ascii: "f") where take("false"): return scalar("false", .bool, start)
    case UInt8(ascii: "n") where take("null"): return scalar("null", .null, start)
    case let byte? where byte == UInt8(ascii: "-") || isDigit(byte):
      try number()
      guard position - start <= limits.scalarBytes else {
        throw failed(Structure.tooLongScalar(ByteRange(start: start, end: position), limits, file))
      }
      return scalar(String(decoding: bytes[start..<position], as: UTF8.self), .number, start)
    default: throw failed(valueExpected())
    }
  }

  private func scalar(_ text: String, _ kind: Scalar.Kind, _ start: Int) -> Node {
    Node(
      range: ByteRange(start: start, end: position),
      content: .scalar(Scalar(text: text, kind: kind)))
  }

  private mutating func add(_ entry: Entry, to fields: inout UniqueEntries) throws(Faults) {
    if let earlier = fields.earlier(entry.key) {
      faults.add(Structure.duplicateKey(entry.key, entry.keyRange, earlier: earlier, file))
      if faults.isFull { throw Faults(faults.faults) }
    } else {
      fields.append(entry)
    }
  }

  /// Passes the bracket that opens a list or object.
  private mutating func enter() throws(Faults) {
    if depth >= limits.depth {
      throw failed(
        Structure.tooDeep(ByteRange(start: position, end: position + 1), limits, file))
    }
    depth += 1
    position += 1
  }

  /// Moves to the next item of a list; false at its end, which it passes.
  private mutating func nextItem(isFirst: Bool) throws(Faults) -> Bool {
    skipSpace()
    if peek() == UInt8(ascii: "]") {
      position += 1
      return false
    }
    if isFirst { return true }
    guard peek() == UInt8(ascii: ",") else { throw failed(separatorExpected("]")) }
    position += 1
    skipSpace()
    if peek() == UInt8(ascii: "]") { throw failed(trailingComma("]")) }
    return true
  }

  /// Reads the next key of an object and its colon; nil at its end, which it passes.
  private mutating func nextKey(isFirst: Bool) throws(Faults) -> (String, ByteRange)? {
    skipSpace()
    if peek() == UInt8(ascii: "}") {
      position += 1
      return nil
    }
    if !isFirst {
      guard peek() == UInt8(ascii: ",") else { throw failed(separatorExpected("}")) }
      position += 1
      skipSpace()
      if peek() == UInt8(ascii: "}") { throw failed(trailingComma("}")) }
    }
    guard peek() == UInt8(ascii: "\"") else { throw failed(keyExpected()) }
    let start = position
    let key = try string()
    let range = ByteRange(start: start, end: position)
    skipSpace()
    guard peek() == UInt8(ascii: ":") else { throw failed(colonExpected(key)) }
    position += 1
    return (key, range)
  }

  private mutating func number() throws(Faults) {
    if peek() == UInt8(ascii: "-") { position += 1 }
    if peek() == UInt8(ascii: "0") {
      position += 1
      if isDigit(peek()) { throw failed(leadingZero()) }
    } else {
      try digits()
    }
    if peek() == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      position += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    // `0x10`, `12ab` and `1.2.3` are no numbers with something after them.
    if let next = peek(), isWordByte(next) || next == UInt8(ascii: ".") {
      throw failed(digitExpected())
    }
  }

  private mutating func digits() throws(Faults) {
    guard isDigit(peek()) else { throw failed(digitExpected()) }
    while isDigit(peek()) { position += 1 }
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= 0x30 && byte <= 0x39
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F
      || byte >= 0x80
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard position + length <= end else { return false }
    for i in 0..<length where bytes[position + i] != word.utf8Start[i] { return false }
    if position + length < end, isWordByte(bytes[position + length]) { return false }
    position += length
    return true
  }

  // MARK: Strings

  /// Reads a string, its quotes included.
  private mutating func string() throws(Faults) -> String {
    let start = position
    position += 1
    var highBits: UInt8 = 0
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let content = ByteRange(start: start + 1, end: position)
        if highBits & 0x80 != 0 { try checkEncoding(content) }
        try checkLength(start)
        position += 1
        return String(decoding: bytes[content.start..<content.end], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        if highBits & 0x80 != 0 { try checkEncoding(ByteRange(start: start + 1, end: position)) }
        return try escapedString(start)
      }
      if byte < 0x20 { throw failed(controlCharacter(start)) }
      highBits |= byte
      position += 1
    }
    throw failed(unterminated(start))
  }

  /// Continues a string at its first escape.
  private mutating func escapedString(_ start: Int) throws(Faults) -> String {
    var text = [UInt8](bytes[(start + 1)..<position])
    var runStart = position
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        try checkEncoding(ByteRange(start: runStart, end: position))
        text.append(contentsOf: bytes[runStart..<position])
        try checkLength(start)
        position += 1
        return String(decoding: text, as: UTF8.self)
      }
      if byte < 0x20 { throw failed(controlCharacter(start)) }
      position += 1
      guard byte == UInt8(ascii: "\\") else { continue }
      try checkEncoding(ByteRange(start: runStart, end: position - 1))
      text.append(contentsOf: bytes[runStart..<(position - 1)])
      let scalar = try escape()
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      runStart = position
    }
    throw failed(unterminated(start))
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(Faults) -> Unicode.Scalar {
    let start = position - 1
    guard let letter = peek() else { throw failed(unknownEscape(start, position)) }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimal(start)
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, peek() == UInt8(ascii: "\\"), position + 1 < end,
        bytes[position + 1] == UInt8(ascii: "u")
      else { throw failed(loneSurrogate(start)) }
      position += 2
      let second = try hexadecimal(position - 2)
      guard second >= 0xDC00, second <= 0xDFFF,
        let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00))
      else { throw failed(loneSurrogate(start)) }
      return scalar
    default: throw failed(unknownEscape(start, position))
    }
  }

  private mutating func hexadecimal(_ start: Int) throws(Faults) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek() else { throw failed(unknownEscape(start, position)) }
      switch byte {
      case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x61 + 10)
      default: throw failed(unknownEscape(start, position + 1))
      }
      position += 1
    }
    return unit
  }

  private func checkEncoding(_ range: ByteRange) throws(Faults) {
    if let invalid = Encoding.firstInvalid(bytes, in: range) {
      throw failed(Encoding.fault(file, bytes, at: invalid))
    }
  }

  private func checkLength(_ start: Int) throws(Faults) {
    guard position - start <= limits.scalarBytes else {
      throw failed(
        Structure.tooLongScalar(ByteRange(start: start, end: position), limits, file))
    }
  }

  // MARK: Bytes

  private func peek() -> UInt8? { position < end ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }
}

extension JSONReader {
  /// What stands at the place of reading: a word, a character or the end.
  private var found: (range: ByteRange, words: Bilingual) {
    guard let first = peek() else {
      return (
        ByteRange(start: position, end: position), Bilingual(zh: "文件结尾", en: "the end of the file")
      )
    }
    var stop = position
    if isWordByte(first) {
      while stop < end, stop - position < 64, isWordByte(bytes[stop]) { stop += 1 }
      while stop < end, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
    } else {
      stop += 1
    }
    let range = ByteRange(start: position, end: stop)
    let code = Quoting.code(file.text(range))
    return (range, Bilingual(zh: code, en: code))
  }

  private func expected(_ zh: String, _ en: String, hint: Bilingual? = nil) -> Fault {
    if let byte = peek(), byte >= 0x80, Encoding.sequenceLength(bytes, at: position) == nil {
      return Encoding.fault(file, bytes, at: position)
    }
    let found = found
    return Fault(
      file, found.range, zh: "此处应为\(zh)，实际为\(found.words.zh)" + (hint?.zh ?? ""),
      en: "expected \(en), found \(found.words.en)" + (hint?.en ?? ""))
  }

  private func valueExpected() -> Fault {
    let hint: Bilingual?
    switch peek() {
    case UInt8(ascii: "'"): hint = Bilingual(zh: "，文本应用双引号", en: "; text stands in double quotes")
    case UInt8(ascii: "/"), UInt8(ascii: "#"):
      hint = Bilingual(zh: "，JSON 不能有注释", en: "; JSON has no comments")
    case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","), nil: hint = nil
    default:
      hint = Bilingual(
        zh: "，文本应加双引号", en: "; text stands in double quotes, and JSON has no `NaN` or `Infinity`")
    }
    return expected("值", "a value", hint: hint)
  }

  private func keyExpected() -> Fault {
    let isComment = peek() == UInt8(ascii: "/") || peek() == UInt8(ascii: "#")
    return expected(
      "加双引号的字段名", "a field name in double quotes",
      hint: isComment ? Bilingual(zh: "，JSON 不能有注释", en: "; JSON has no comments") : nil)
  }

  private func colonExpected(_ key: String) -> Fault {
    let code = Quoting.code(key)
    return expected("字段 \(code) 之后的 `:`", "`:` after the field \(code)")
  }

  private func separatorExpected(_ closing: String) -> Fault {
    expected(" `,` 或 `\(closing)`", "`,` or `\(closing)`")
  }

  private func trailingComma(_ closing: String) -> Fault {
    expected(
      "下一项", "another item after `,`",
      hint: Bilingual(zh: "，最后一项之后不能有逗号", en: "; no comma may follow the last item"))
  }

  private func textAfterEnd() -> Fault {
    expected("文件结尾", "the end of the file")
  }

  private func secondOnLine() -> Fault {
    expected("行尾", "the end of the line", hint: Bilingual(zh: "，每行一个值", en: "; one value a line"))
  }

  private func brokenLine(_ offset: Int) -> Fault {
    Fault(
      file, ByteRange(start: offset, end: offset + 1), zh: "JSON Lines 的每条记录应写在一行之内",
      en: "expected each record of JSON Lines on one line, found a line break inside one")
  }

  private func leadingZero() -> Fault {
    expected(
      "不以 0 开头的数字", "a number without leading zeros",
      hint: Bilingual(zh: "，代码等请加双引号写成文本", en: "; put codes in double quotes"))
  }

  private func digitExpected() -> Fault { expected("数字", "a digit") }

  private func controlCharacter(_ start: Int) -> Fault {
    let name = Quoting.codePoint(Unicode.Scalar(bytes[position]))
    let range = ByteRange(start: position, end: position + 1)
    return Fault(
      file, range, zh: "文本中不能直接有控制字符 \(name)，换行请写作 `\\n`，并核对文本的引号",
      en:
        "text cannot hold the control character \(name) as it is; write a line break as `\\n`, and check the quotes"
    )
  }

  private func unterminated(_ start: Int) -> Fault {
    Fault(
      file, ByteRange(start: start, end: min(start + 1, end)), zh: "从此处开始的文本没有结束的引号",
      en: "the text that begins here has no closing quote")
  }

  private func unknownEscape(_ start: Int, _ stop: Int) -> Fault {
    var stop = min(stop, end)
    while stop < end, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
    let code = Quoting.code(file.text(ByteRange(start: start, end: stop)))
    return Fault(
      file, ByteRange(start: start, end: stop), zh: "转义 \(code) 无效；反斜杠本身请写作 `\\\\`",
      en: "the escape \(code) is not known; write `\\\\` for a backslash")
  }

  private func loneSurrogate(_ start: Int) -> Fault {
    let range = ByteRange(start: start, end: min(start + 6, end))
    let code = Quoting.code(file.text(range))
    return Fault(
      file, range, zh: "\(code) 只是半个字符，`\\u` 代理项应成对出现",
      en: "\(code) is half a character; expected a pair of surrogates")
  }
}
