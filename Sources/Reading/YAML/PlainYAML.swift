package import Diagnostics

/// Documents in plain YAML, read without libyaml; see ``PlainScanner`` for what is plain.
///
/// Whatever is not plain, and every fault, gives nil: the caller then reads the whole document with libyaml.
package enum PlainYAML {
  /// Parts of less than this are not worth a thread.
  static let smallestPart = 1 << 18

  /// Reads a whole document as the tree that libyaml's events would give.
  static func read(_ file: SourceFile, limits: ReadingLimits) -> Node? {
    file.withBytes { bytes in
      guard bytes.count <= limits.treeBytes, Encoding.wideEncodingFault(file, bytes) == nil,
        var scanner = try? PlainScanner(bytes, at: Encoding.markLength(bytes), limits),
        !scanner.isAtEnd, (try? scan(&scanner)) != nil
      else { return nil }
      return tree(scanner.tokens, bytes)
    }
  }

  private static func scan(_ scanner: inout PlainScanner) throws(PlainScanner.Declined) {
    if scanner.isDash {
      try scanner.list(scanner.column, depth: 0, isLoose: false)
    } else {
      try scanner.mapping(scanner.column, depth: 0)
    }
    guard scanner.isAtEnd else { throw PlainScanner.Declined() }
  }

  private static func tree(_ tokens: [PlainToken], _ bytes: UnsafeRawBufferPointer) -> Node? {
    tokens.withUnsafeBufferPointer { PlainItem(tokens: $0, bytes: bytes).node() }
  }

  /// Reads the list under `listKey` in the top mapping, or the bare top list, item by item, on as many cores as there are.
  ///
  /// The list is cut into as many parts as are given, or fewer. `item` is called from one thread a part, and in the list's order
  /// within a part; the parts follow each other. It adds the item to its part, and says whether it could read it.
  ///
  /// - Returns: what remains, with an empty list for the items, as ``Document/read(_:format:streaming:limits:item:)`` gives
  ///   it, and the parts with their items; nil where something is not plain or `item` could not read an item.
  package static func read<Part: Sendable>(
    _ file: SourceFile, streaming listKey: String, limits: ReadingLimits = .standard,
    parts: [Part], smallestPart: Int = smallestPart,
    item: @Sendable (inout Part, PlainItem) -> Bool
  ) -> (head: Node, parts: [Part])? {
    file.withBytes { bytes in
      guard Encoding.wideEncodingFault(file, bytes) == nil else { return nil }
      return try? stream(file, bytes, listKey, limits, parts, smallestPart, item)
    }
  }

  private static func stream<Part: Sendable>(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ listKey: String,
    _ limits: ReadingLimits, _ parts: [Part], _ smallestPart: Int,
    _ item: @Sendable (inout Part, PlainItem) -> Bool
  ) throws(PlainScanner.Declined) -> (head: Node, parts: [Part])? {
    var scanner = try PlainScanner(bytes, at: Encoding.markLength(bytes), limits)
    if scanner.isAtEnd { throw PlainScanner.Declined() }
    let rootColumn = scanner.column
    let isBare = scanner.isDash
    if !isBare {
      scanner.add(.map, scanner.position, scanner.position)
      while try !scanner.key().elementsEqual(listKey.utf8) {
        try scanner.value(rootColumn, depth: 0)
        guard !scanner.isAtEnd, scanner.column == rootColumn else { throw PlainScanner.Declined() }
      }
      try scanner.beginValueBelow()
      guard !scanner.isAtEnd, scanner.isDash, scanner.column >= rootColumn else {
        throw PlainScanner.Declined()
      }
    }
    guard scanner.position <= limits.treeBytes else { throw PlainScanner.Declined() }
    let column = scanner.column
    let list = scanner.tokens.count
    let start = scanner.position
    scanner.add(.list, start, start)
    let head = scanner.tokens

    let bounds = bounds(
      bytes, from: start, column: column, parts: parts.count, smallestPart: smallestPart)
    let read = try Parallel.map(bounds.count) { number throws(PlainScanner.Declined) in
      var part = parts[number]
      let end = try file.withBytes { bytes throws(PlainScanner.Declined) in
        try items(
          bytes, bounds[number], column, isLoose: !isBare && column == rootColumn, limits
        ) { item(&part, $0) }
      }
      guard number == bounds.count - 1 || end.position == bounds[number].next else {
        throw PlainScanner.Declined()
      }
      return (end: end, part: part)
    }
    guard let end = read.last?.end else { throw PlainScanner.Declined() }
    var last = PlainScanner(bytes, standing: end, limits)

    let listEnd = last.lastEnd
    last.take(head)
    last.setEnd(listEnd, ofToken: list)
    last.add(.end, listEnd, listEnd)
    if !isBare {
      let afterList = last.position
      while !last.isAtEnd {
        guard last.column == rootColumn else { throw PlainScanner.Declined() }
        _ = try last.key()
        try last.value(rootColumn, depth: 0)
      }
      last.setEnd(last.lastEnd, ofToken: 0)
      last.add(.end, last.lastEnd, last.lastEnd)
      guard bytes.count - afterList <= limits.treeBytes / 2, start <= limits.treeBytes / 2 else {
        throw PlainScanner.Declined()
      }
    }
    guard last.isAtEnd, last.tokens.count <= limits.treeNodes else {
      throw PlainScanner.Declined()
    }
    guard let head = tree(last.tokens, bytes) else { return nil }
    return (head, read.map(\.part) + parts.dropFirst(read.count))
  }

  private struct Bounds {
    /// Where its first item's line begins.
    var start: Int
    /// Where the next part's first dash stands; none for the last.
    var next: Int?
  }

  /// Where to cut the list: at lines that begin with a dash in its column. In plain YAML nothing else begins so.
  private static func bounds(
    _ bytes: UnsafeRawBufferPointer, from start: Int, column: Int, parts: Int, smallestPart: Int
  ) -> [Bounds] {
    var bounds = [Bounds(start: start - column, next: nil)]
    let size = (bytes.count - start) / max(parts, 1)
    guard size >= smallestPart else { return bounds }
    for part in 1..<max(parts, 1) {
      var place = max(start + part * size, bounds[bounds.count - 1].start + 1)
      while place < bytes.count {
        while place < bytes.count, bytes[place] != 0x0A { place += 1 }
        let line = place + 1
        let dash = line + column
        if dash + 1 < bytes.count, bytes[dash] == UInt8(ascii: "-"), bytes[dash + 1] == 0x20,
          bytes[line..<dash].allSatisfy({ $0 == 0x20 })
        {
          bounds[bounds.count - 1].next = dash
          bounds.append(Bounds(start: line, next: nil))
          break
        }
        place = line
      }
    }
    return bounds
  }

  /// The items of one part.
  ///
  /// - Returns: where the scanner stands after them.
  private static func items(
    _ bytes: UnsafeRawBufferPointer, _ part: Bounds, _ column: Int, isLoose: Bool,
    _ limits: ReadingLimits, _ body: (PlainItem) -> Bool
  ) throws(PlainScanner.Declined) -> PlainScanner.Standing {
    var scanner = try PlainScanner(bytes, at: part.start, limits)
    repeat {
      if scanner.position == part.next { break }
      scanner.removeTokens()
      let start = scanner.position
      try scanner.item(column, depth: 1)
      let isRead = scanner.tokens.withUnsafeBufferPointer {
        body(PlainItem(tokens: $0, bytes: bytes))
      }
      guard isRead, scanner.position - start <= limits.treeBytes / 2 else {
        throw PlainScanner.Declined()
      }
    } while try scanner.goesOn(column, isLoose: isLoose)
    return scanner.standing
  }
}
