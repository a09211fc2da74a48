package import Diagnostics

/// Reads YAML, JSON and JSON Lines.
package enum Document {
  /// Reads a whole document as one tree; JSON Lines become one list.
  ///
  /// For batches use the streaming form: a tree has limits of size.
  package static func read(
    _ file: SourceFile, format: DocumentFormat, limits: ReadingLimits = .standard
  ) throws(Faults) -> Node {
    switch format {
    case .yaml:
      if let node = PlainYAML.read(file, limits: limits) { return node }
      return try YAMLReader.read(file, limits: limits, isStreaming: false, streamedKey: nil) {
        (_: Node) throws(Faults) in
      }
    case .json, .geoJSON:
      return try JSONReader.read(file, limits: limits, isStreaming: false, streamedKey: nil) {
        (_: Node) throws(Faults) in
      }
    case .jsonLines:
      var items: [Node] = []
      var head = try JSONReader.readLines(file, limits: limits) { (item: Node) throws(Faults) in
        items.append(item)
      }
      head.content = .list(items)
      return head
    case .csv, .xlsx: throw Faults(treeExpected(file, format))
    }
  }

  /// Reads a document whose items are many: each becomes a tree of its own, is given to `item`, and is forgotten.
  ///
  /// The items are those of a bare top list, of the list under `listKey` in a top mapping, or the lines of JSON Lines; a line that
  /// has `listKey` is not looked into. Items come in the order of the document, and those that stand before a fault come before it
  /// is thrown; an item with a structural fault of its own (a repeated key, a tag) is left out and reported at the end.
  ///
  /// - Returns: what remains, with an empty list, of the same range, for the items. It is complete only after the items: fields may
  ///   follow them.
  package static func read(
    _ file: SourceFile, format: DocumentFormat, streaming listKey: String,
    limits: ReadingLimits = .standard, item: (Node) throws(Faults) -> Void
  ) throws(Faults) -> Node {
    switch format {
    case .yaml:
      try YAMLReader.read(
        file, limits: limits, isStreaming: true, streamedKey: listKey, item: item)
    case .json, .geoJSON:
      try JSONReader.read(
        file, limits: limits, isStreaming: true, streamedKey: listKey, item: item)
    case .jsonLines: try JSONReader.readLines(file, limits: limits, item: item)
    case .csv, .xlsx: throw Faults(treeExpected(file, format))
    }
  }

  /// Reads the JSON Lines of a part of a file, for several threads at once.
  ///
  /// `range` begins at the start of a line and ends at the end of one; places are those of the whole file.
  package static func readLines(
    _ file: SourceFile, in range: ByteRange, limits: ReadingLimits = .standard,
    item: (Node) throws(Faults) -> Void
  ) throws(Faults) {
    _ = try JSONReader.readLines(file, limits: limits, in: range, item: item)
  }

  private static func treeExpected(_ file: SourceFile, _ format: DocumentFormat) -> Fault {
    let found =
      format == .csv
      ? Bilingual(zh: " CSV", en: "CSV") : Bilingual(zh: "电子表格", en: "a workbook")
    return Fault(
      path: file.path, zh: "应为 YAML 或 JSON 文件，实际为\(found.zh)",
      en: "expected YAML or JSON, found \(found.en)")
  }
}
