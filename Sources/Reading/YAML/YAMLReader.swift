import CLibYAML
import Diagnostics

/// Builds the tree of a YAML document from libyaml's events, one streamed item at a time where asked.
///
/// Only what has one meaning is let through: one document, no repeated keys, no merge keys, no tags but those that restate what is
/// there, aliases within limits. Such faults are gathered and reading goes on; what libyaml itself rejects ends it.
struct YAMLReader {
  private let file: SourceFile
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private let streamedKey: String?
  private let isStreaming: Bool
  private var cursor: CodePointCursor
  private var faults = FaultCollector()
  private var stack: [Frame] = []
  private var root: Node?
  private var anchors: [String: Anchor] = [:]
  /// How many fields the last mapping at each depth had: the next one is probably alike.
  private var usualFields: [Int]
  private var tree: TreeSize
  private var headTree: TreeSize
  private var faultsBeforeItem = 0
  private var allAliasNodes = 0
  private var anchoredNodes = 0

  private struct TreeSize {
    var start = 0
    var nodes = 0
    var aliasNodes = 0
  }

  private struct Frame {
    enum Kind { case list, map, streamedList }
    var kind: Kind
    var isFlow: Bool
    var start: Int
    /// The end of what was last read in it.
    var end: Int
    var items: [Node] = []
    var entries: UniqueEntries
    var key: String?
    var keyRange = ByteRange(start: 0, end: 0)
    var anchor: String?
    var nodesBefore: Int
    /// Levels below this one.
    var levels = 0
  }

  private enum Anchor {
    case open(ByteRange)
    case closed(Node, range: ByteRange, nodes: Int, levels: Int)
  }

  /// With `isStreaming`, the items of the top list, or of the list under `streamedKey` in the top mapping, go to `item`.
  static func read(
    _ file: SourceFile, limits: ReadingLimits, isStreaming: Bool, streamedKey: String?,
    item: (Node) throws(Faults) -> Void
  ) throws(Faults) -> Node {
    try file.withBytes { (bytes) throws(Faults) -> Node in
      if let fault = Encoding.wideEncodingFault(file, bytes) { throw Faults(fault) }
      var reader = YAMLReader(
        file, bytes, limits: limits, isStreaming: isStreaming, streamedKey: streamedKey)
      return try reader.run(item)
    }
  }

  private init(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits, isStreaming: Bool,
    streamedKey: String?
  ) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
    self.isStreaming = isStreaming
    self.streamedKey = streamedKey
    let start = Encoding.markLength(bytes)
    cursor = CodePointCursor(bytes, start: start)
    tree = TreeSize(start: start)
    headTree = tree
    usualFields = [Int](repeating: 0, count: limits.depth + 1)
  }

  private mutating func run(_ item: (Node) throws(Faults) -> Void) throws(Faults) -> Node {
    let start = Encoding.markLength(bytes)
    try rejectTagDirectives(from: start)
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      throw failed(outOfMemory(at: start))
    }
    defer { yaml_parser_delete(parser) }
    let input = UnsafeMutablePointer<YAMLInput>.allocate(capacity: 1)
    input.initialize(
      to: YAMLInput(bytes: bytes, position: start, allowance: start + limits.bytesWithoutEvent))
    defer {
      input.deinitialize(count: 1)
      input.deallocate()
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input(parser, { YAMLInput.hand($0, $1, $2, $3) }, input)

    var event = yaml_event_t()
    var lastByte = start
    while true {
      guard yaml_parser_parse(parser, &event) == 1 else {
        if input.pointee.isExhausted { throw failed(tooLongWithoutEvent(at: lastByte)) }
        throw failed(problem(parser.pointee, start: start))
      }
      defer { yaml_event_delete(&event) }
      let range = ByteRange(
        start: cursor.byteOffset(of: event.start_mark.index),
        end: cursor.byteOffset(of: event.end_mark.index))
      lastByte = range.end
      input.pointee.allowance = input.pointee.position + limits.bytesWithoutEvent
      if range.end - tree.start > limits.treeBytes { try checkTreeBytes(range) }

      switch event.type {
      case YAML_SCALAR_EVENT: try readScalar(event, range, item)
      case YAML_MAPPING_START_EVENT:
        let start = event.data.mapping_start
        try open(
          .map, anchor: start.anchor, tag: start.tag, range, start.style == YAML_FLOW_MAPPING_STYLE)
      case YAML_SEQUENCE_START_EVENT:
        let start = event.data.sequence_start
        try open(
          .list, anchor: start.anchor, tag: start.tag, range,
          start.style == YAML_FLOW_SEQUENCE_STYLE)
      case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: try close(range, item)
      case YAML_ALIAS_EVENT: try readAlias(event, range, item)
      case YAML_DOCUMENT_END_EVENT:
        checkRest(from: range.end, wasEnded: event.data.document_end.implicit == 0)
        return try finished()
      case YAML_STREAM_END_EVENT: return try finished()
      default: break
      }
    }
  }

  private func finished() throws(Faults) -> Node {
    try faults.check()
    if let root { return root }
    let end = Encoding.markLength(bytes)
    return Node(
      range: ByteRange(start: end, end: end), content: .scalar(Scalar(text: "", kind: .null)))
  }

  /// What ends the reading, after what was gathered before.
  private func failed(_ fault: Fault) -> Faults {
    var all = faults
    if all.isFull { return Faults(all.faults) }
    all.add(fault)
    return Faults(all.faults)
  }

  private mutating func add(_ fault: Fault) throws(Faults) {
    faults.add(fault)
    if faults.isFull { throw Faults(faults.faults) }
  }

  // MARK: Values

  private mutating func readScalar(
    _ event: yaml_event_t, _ wholeRange: ByteRange, _ item: (Node) throws(Faults) -> Void
  ) throws(Faults) {
    let scalar = event.data.scalar
    guard scalar.length <= limits.scalarBytes else { throw failed(tooLongScalar(wholeRange)) }
    let text = String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    var range = wholeRange
    if scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE {
      while range.end > range.start, bytes[range.end - 1] <= 0x20 { range.end -= 1 }
    }
    let isMissing = isPlain && scalar.length == 0
    var kind: Scalar.Kind = isPlain ? (Self.isNullWord(text) ? .null : .plain) : .quoted
    if let tag = scalar.tag {
      kind = try kindTagged(String(cString: tag), text: text, kind, range)
    }
    let anchor = try openAnchor(scalar.anchor, range)

    if isKeyExpected {
      let top = stack.count - 1
      if isMissing { try add(missingKey(range)) }
      if isPlain, text == "<<" { try add(mergeKey(range)) }
      stack[top].key = text
      stack[top].keyRange = range
      stack[top].end = range.end
      if let anchor {
        try closeAnchor(
          anchor, Node(range: range, content: .scalar(Scalar(text: text, kind: kind))), range,
          nodes: 1, levels: 0)
      }
      return
    }
    startValue(at: range.start)
    let node = Node(range: range, content: .scalar(Scalar(text: text, kind: kind)))
    try count(1, range)
    if let anchor { try closeAnchor(anchor, node, range, nodes: 1, levels: 0) }
    try attach(node, levels: 0, item)
  }

  private mutating func open(
    _ kind: Frame.Kind, anchor name: UnsafePointer<yaml_char_t>?, tag: UnsafePointer<yaml_char_t>?,
    _ range: ByteRange, _ isFlow: Bool
  ) throws(Faults) {
    guard stack.count < limits.depth else { throw failed(tooDeep(range)) }
    if isKeyExpected { throw failed(complexKey(range)) }
    if let tag {
      let restated = kind == .map ? "map" : "seq"
      let tag = String(cString: tag)
      if tag != Self.standardTag + restated { try add(unwantedTag(tag, range)) }
    }
    let anchor = try openAnchor(name, range)
    startValue(at: range.start)
    try count(1, range)
    var kind = kind
    if isStreaming, kind == .list,
      stack.isEmpty || (stack.count == 1 && stack[0].kind == .map && stack[0].key == streamedKey)
    {
      kind = .streamedList
      if let anchor { try add(anchoredStream(anchor, range)) }
      headTree = tree
    }
    stack.append(
      Frame(
        kind: kind, isFlow: isFlow, start: range.start, end: range.end,
        entries: UniqueEntries(capacity: kind == .map ? usualFields[stack.count] : 0),
        anchor: anchor, nodesBefore: tree.nodes - 1))
  }

  private mutating func close(
    _ range: ByteRange, _ item: (Node) throws(Faults) -> Void
  ) throws(Faults) {
    guard let frame = stack.popLast() else { return }
    let whole = ByteRange(start: frame.start, end: frame.isFlow ? range.end : frame.end)
    let node: Node
    switch frame.kind {
    case .list: node = Node(range: whole, content: .list(frame.items))
    case .map:
      node = Node(range: whole, content: .map(frame.entries.entries))
      usualFields[stack.count] = min(frame.entries.entries.count, 64)
    case .streamedList:
      node = Node(range: whole, content: .list([]))
      tree = headTree
      tree.start += max(0, whole.count)
    }
    if let anchor = frame.anchor, frame.kind != .streamedList {
      try closeAnchor(
        anchor, node, whole, nodes: tree.nodes - frame.nodesBefore, levels: frame.levels + 1)
    }
    try attach(node, levels: frame.levels + 1, item)
  }

  private var isKeyExpected: Bool {
    guard let top = stack.indices.last else { return false }
    return stack[top].kind == .map && stack[top].key == nil
  }

  /// Notes where an item of the streamed list begins.
  private mutating func startValue(at offset: Int) {
    if let top = stack.indices.last, stack[top].kind == .streamedList {
      tree = TreeSize(start: offset)
      faultsBeforeItem = faults.faults.count
    }
  }

  /// Gives a finished value to what it stands in; `levels` is how deep it is itself.
  private mutating func attach(
    _ node: Node, levels: Int, _ item: (Node) throws(Faults) -> Void
  ) throws(Faults) {
    guard let top = stack.indices.last else {
      root = node
      return
    }
    stack[top].end = node.range.end
    stack[top].levels = max(stack[top].levels, levels)
    switch stack[top].kind {
    case .list: stack[top].items.append(node)
    case .streamedList:
      if faults.faults.count == faultsBeforeItem { try item(node) }
    case .map:
      guard let key = stack[top].key else { return }
      let keyRange = stack[top].keyRange
      stack[top].key = nil
      if let earlier = stack[top].entries.earlier(key) {
        try add(Structure.duplicateKey(key, keyRange, earlier: earlier, file))
      } else {
        stack[top].entries.append(Entry(key: key, keyRange: keyRange, value: node))
      }
    }
  }

  private mutating func count(_ nodes: Int, _ range: ByteRange) throws(Faults) {
    tree.nodes += nodes
    if tree.nodes > limits.treeNodes {
      throw failed(Structure.tooManyNodes(range, limits, file))
    }
  }

  private func checkTreeBytes(_ range: ByteRange) throws(Faults) {
    // What stands directly in a streamed list belongs to no tree yet.
    if let top = stack.indices.last, stack[top].kind == .streamedList { return }
    throw failed(Structure.treeTooLarge(tree.start, limits, file))
  }

  private static func isNullWord(_ text: String) -> Bool {
    if text.utf8.count > 4 { return false }
    return switch text {
    case "", "~", "null", "Null", "NULL": true
    default: false
    }
  }

  // MARK: Tags

  private static let standardTag = "tag:yaml.org,2002:"

  /// Accepts a tag that says what the value is anyway.
  private mutating func kindTagged(
    _ tag: String, text: String, _ kind: Scalar.Kind, _ range: ByteRange
  ) throws(Faults) -> Scalar.Kind {
    let restated: Bool
    switch tag {
    case Self.standardTag + "str": return .quoted
    case Self.standardTag + "int":
      restated = kind == .plain && NumberText.problem(text, isInteger: true, digits: .max) == nil
    case Self.standardTag + "float":
      restated = kind == .plain && NumberText.problem(text, isInteger: false, digits: .max) == nil
    case Self.standardTag + "bool": restated = kind == .plain && (text == "true" || text == "false")
    case Self.standardTag + "null": restated = kind == .null
    default: restated = false
    }
    if !restated { try add(unwantedTag(tag, range)) }
    return kind
  }

  /// libyaml compares every `%TAG` with all before it, so that many take it minutes; none is wanted.
  private func rejectTagDirectives(from start: Int) throws(Faults) {
    var position = start
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let line = bytes[position..<end]
      if line.starts(with: "%TAG".utf8) {
        throw failed(tagDirective(ByteRange(start: position, end: end)))
      }
      guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else {
        position = end + 1
        continue
      }
      if first != UInt8(ascii: "%"), first != UInt8(ascii: "#") { return }
      position = end + 1
    }
  }

  // MARK: Anchors

  private mutating func openAnchor(
    _ name: UnsafePointer<yaml_char_t>?, _ range: ByteRange
  ) throws(Faults) -> String? {
    guard let name else { return nil }
    let anchor = String(cString: name)
    switch anchors[anchor] {
    case .open(let earlier), .closed(_, let earlier, _, _):
      try add(repeatedAnchor(anchor, range, earlier: earlier))
      return nil
    case nil:
      anchors[anchor] = .open(range)
      return anchor
    }
  }

  private mutating func closeAnchor(
    _ name: String, _ node: Node, _ range: ByteRange, nodes: Int, levels: Int
  ) throws(Faults) {
    anchoredNodes += nodes
    guard anchoredNodes <= limits.anchoredNodes else { throw failed(tooManyAnchors(range)) }
    anchors[name] = .closed(node, range: range, nodes: nodes, levels: levels)
  }

  private mutating func readAlias(
    _ event: yaml_event_t, _ range: ByteRange, _ item: (Node) throws(Faults) -> Void
  ) throws(Faults) {
    guard let name = event.data.alias.anchor else { return }
    let anchor = String(cString: name)
    if isKeyExpected { throw failed(complexKey(range)) }
    startValue(at: range.start)
    let nothing = Node(range: range, content: .scalar(Scalar(text: "", kind: .null)))
    switch anchors[anchor] {
    case nil:
      try add(unknownAlias(anchor, range))
      try attach(nothing, levels: 0, item)
    case .open(let opened):
      try add(cyclicAlias(anchor, range, opened))
      try attach(nothing, levels: 0, item)
    case .closed(var node, _, let nodes, let levels):
      guard stack.count + levels <= limits.depth else { throw failed(tooDeep(range)) }
      tree.aliasNodes += nodes
      allAliasNodes += nodes
      guard tree.aliasNodes <= limits.aliasNodes else {
        throw failed(tooMuchAliased(range, limits.aliasNodes))
      }
      guard allAliasNodes <= limits.allAliasNodes else {
        throw failed(tooMuchAliased(range, limits.allAliasNodes))
      }
      try count(nodes, range)
      node.range = range
      try attach(node, levels: levels, item)
    }
  }

  // MARK: The end

  /// Reports what follows the document: libyaml is not asked, since it would read the directives of another one.
  private mutating func checkRest(from offset: Int, wasEnded: Bool) {
    var position = offset
    var wasEnded = wasEnded
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let line = bytes[position..<end]
      if let start = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
        line[start] != UInt8(ascii: "#")
      {
        if line.starts(with: "...".utf8), line.dropFirst(3).allSatisfy({ $0 == 0x20 }) {
          wasEnded = true
        } else if wasEnded || line.starts(with: "---".utf8) || line.starts(with: "%".utf8) {
          faults.add(secondDocument(ByteRange(start: start, end: end)))
          return
        } else {
          faults.add(textAfterEnd(ByteRange(start: start, end: end)))
          return
        }
      }
      position = end + 1
    }
  }

  private func problem(_ parser: yaml_parser_t, start: Int) -> Fault {
    if parser.error == YAML_READER_ERROR {
      // libyaml names the byte that does not fit, which may be inside a sequence.
      var place = min(start + parser.problem_offset, bytes.count)
      for back in 1...3 where place - back >= start && bytes[place - back] >= 0xC0 {
        if Encoding.sequenceLength(bytes, at: place - back) == nil { place -= back }
        break
      }
      return Encoding.fault(file, bytes, at: place)
    }
    var cursor = cursor
    let place = cursor.byteOffset(of: parser.problem_mark.index)
    let context = cursor.byteOffset(of: parser.context_mark.index)
    return YAMLProblem.fault(
      file, at: place, problem: parser.problem.map { String(cString: $0) } ?? "",
      context: parser.context.map { String(cString: $0) } ?? "", contextStart: context)
  }
}

extension YAMLReader {
  private func fault(_ range: ByteRange, zh: String, en: String) -> Fault {
    Fault(file, range, zh: zh, en: en)
  }

  private func outOfMemory(at offset: Int) -> Fault {
    fault(
      ByteRange(start: offset, end: offset), zh: "内存不足，无法读取", en: "cannot be read: out of memory")
  }

  private func tooLongWithoutEvent(at offset: Int) -> Fault {
    let size = ByteCount.words(limits.bytesWithoutEvent)
    return fault(
      ByteRange(start: offset, end: offset),
      zh: "此处之后的一个值或一段注释超过 \(size)，请缩短",
      en: "a value or comment after this place is longer than \(size); shorten it")
  }

  private func tooLongScalar(_ range: ByteRange) -> Fault {
    Structure.tooLongScalar(range, limits, file)
  }

  private func tooDeep(_ range: ByteRange) -> Fault { Structure.tooDeep(range, limits, file) }

  private func missingKey(_ range: ByteRange) -> Fault {
    fault(range, zh: "`:` 之前缺少字段名", en: "expected a field name before `:`")
  }

  private func mergeKey(_ range: ByteRange) -> Fault {
    fault(
      range, zh: "不支持合并键 `<<`，请把字段逐一写出",
      en: "merge keys (`<<`) are not supported; write the fields out")
  }

  private func complexKey(_ range: ByteRange) -> Fault {
    fault(
      range, zh: "字段名应为单个文本，实际为列表、字段组或引用",
      en: "expected a field name to be a single text, found a list, a mapping or an alias")
  }

  private func unwantedTag(_ tag: String, _ range: ByteRange) -> Fault {
    var shown = tag
    if tag.hasPrefix(Self.standardTag) { shown = "!!" + tag.dropFirst(Self.standardTag.count) }
    let code = Quoting.code(shown)
    return fault(
      range, zh: "标签 \(code) 会改变值的含义，请删去该标签",
      en: "the tag \(code) changes what the value means; remove it")
  }

  private func tagDirective(_ range: ByteRange) -> Fault {
    fault(
      range, zh: "`%TAG` 会改变标签的含义，请删去此行",
      en: "`%TAG` changes what tags mean; remove the line")
  }

  private func anchoredStream(_ name: String, _ range: ByteRange) -> Fault {
    fault(
      range, zh: "逐条读取的列表不能定义锚点 \(Quoting.code("&" + name))，请删去",
      en:
        "the list that is read item by item cannot have the anchor \(Quoting.code("&" + name)); remove it"
    )
  }

  private func repeatedAnchor(_ name: String, _ range: ByteRange, earlier: ByteRange) -> Fault {
    let line = file.lineNumber(of: earlier.start)
    let code = Quoting.code("&" + name)
    return fault(
      range, zh: "锚点 \(code) 已在第 \(line) 行定义，请换用另一个名称",
      en: "the anchor \(code) is already defined on line \(line); use another name"
    ).related(to: earlier, zh: "先定义在这里", en: "defined here first")
  }

  private func tooManyAnchors(_ range: ByteRange) -> Fault {
    fault(
      range, zh: "锚点所含的值超过 \(limits.anchoredNodes) 个的上限，请删去不用的锚点",
      en:
        "anchors hold more than the limit of \(limits.anchoredNodes) values; remove those not used")
  }

  private func unknownAlias(_ name: String, _ range: ByteRange) -> Fault {
    var known: [String] = []
    for case (let name, .closed) in anchors { known.append(name) }
    let nearest = NearestName.of(name, among: known.sorted())
    let code = Quoting.code("*" + name)
    return Fault(
      file, range, zh: "引用 \(code) 之前没有定义对应的锚点",
      en: "expected an anchor before the alias \(code), found none",
      meant: nearest.map { Meant("*" + $0, shown: Quoting.code("*" + $0)) })
  }

  private func cyclicAlias(_ name: String, _ range: ByteRange, _ opened: ByteRange) -> Fault {
    let line = file.lineNumber(of: opened.start)
    let code = Quoting.code("*" + name)
    return fault(
      range, zh: "引用 \(code) 指向包含它自身的值（始于第 \(line) 行）",
      en: "the alias \(code) refers to the value it stands in, which begins on line \(line)")
  }

  private func tooMuchAliased(_ range: ByteRange, _ limit: Int) -> Fault {
    fault(
      range, zh: "引用展开后超过 \(limit) 个值的上限，请把值直接写出",
      en: "aliases stand for more than the limit of \(limit) values; write the values out")
  }

  private func secondDocument(_ range: ByteRange) -> Fault {
    fault(
      range, zh: "应只有一个文档，此处又开始了一个，请另存为单独的文件",
      en: "expected one document, found another beginning here; put it into a file of its own")
  }

  private func textAfterEnd(_ range: ByteRange) -> Fault {
    let found = Quoting.code(file.text(range))
    return fault(
      range, zh: "文档应在此结束，实际还有 \(found)，请核对缩进",
      en: "expected the end of the document, found \(found); check the indentation")
  }
}
