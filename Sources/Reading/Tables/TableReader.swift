package import Diagnostics

/// Reads a table as people keep them: perhaps titles above the header, totals below the rows, and any common separator.
///
/// The header is the row among the first ones that holds most known names, with a row of groups above it or of parts below it
/// where there is one (``TableHeader``); the separator is the one that shows them. Rows above the header, rows of totals and
/// remarks below the data (``TableFooter``), rows and columns of nothing but separators and repetitions of the header are passed
/// over with a note; nothing else is. Rows with too few or too many fields are gathered as faults and left out.
package struct TableReader {
  /// How many rows are searched for the header.
  package static let headerRows = 50
  private static let separators = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]

  private let file: SourceFile
  private let limits: ReadingLimits
  private let place: HeaderPlace
  private var header = TableHeader()
  /// The row of groups, until the row below it is read.
  private var groups: [Located<String>] = []
  /// Columns without a name.
  private var unnamed: [Int] = []
  /// Above the header, with how many cells each holds.
  private var above: [(range: ByteRange, cells: Int)] = []
  private var faults = FaultCollector()
  private var totals: [ByteRange] = []
  private var remarks: [ByteRange] = []
  private var examples: [ByteRange] = []
  private var blanks: [ByteRange] = []
  private var headers: [ByteRange] = []

  /// Gives the names of the header, without spaces around them and empty for a column without one, to `header`, then each row to
  /// `row` until it returns false.
  ///
  /// - Parameters:
  ///   - isKnown: whether a name in a header is one that the caller knows.
  ///   - isWhole: whether a row gives all that a record needs, so that it is none of totals or remarks.
  /// - Returns: what was passed over.
  @discardableResult
  package static func read(
    _ file: SourceFile, limits: ReadingLimits = .standard, isKnown: (String) -> Bool,
    isWhole: (borrowing CSVRow) -> Bool = { _ in false },
    header: (TableHeader) throws(Faults) -> Void,
    row: (borrowing CSVRow) throws(Faults) -> Bool
  ) throws(Faults) -> [Note] {
    let found = headerPlace(file, limits, isKnown)
    var reader = TableReader(file: file, limits: limits, place: found)
    try reader.run(header, isWhole, row)
    return reader.notes
  }

  /// The names that stand in a table's header, whatever is wrong with the rest; with the groups above them where there are any.
  package static func names(
    of file: SourceFile, limits: ReadingLimits = .standard, isKnown: (String) -> Bool
  ) -> [(name: String, group: String?)] {
    let place = headerPlace(file, limits, isKnown)
    var reader = TableReader(file: file, limits: limits, place: place)
    var names: [(name: String, group: String?)] = []
    do throws(Faults) {
      try reader.run(
        { header in
          names = zip(header.names, header.groups).map { ($0.value, $1?.value) }
        }, { _ in false }, { _ in false })
    } catch {
      // Who reads the rows says what is wrong with them.
    }
    return names
  }

  /// Every row of a table as it stands, blank lines aside, and the place among them of the one that names the columns.
  package static func plainRows(
    of file: SourceFile, limits: ReadingLimits = .standard, isKnown: (String) -> Bool
  ) -> (rows: [(range: ByteRange, cells: [String])], header: Int) {
    let place = headerPlace(file, limits, isKnown)
    var rows: [(range: ByteRange, cells: [String])] = []
    do throws(Faults) {
      try CSVReader.read(file, separator: place.separator, limits: limits) {
        (row: borrowing CSVRow) throws(Faults) in
        rows.append((row.range, (0..<row.count).map { row.text($0) }))
        return true
      }
    } catch {
      // Who reads the rows says where the table breaks off.
    }
    return (rows, place.names - 1)
  }

  private init(file: SourceFile, limits: ReadingLimits, place: HeaderPlace) {
    self.file = file
    self.limits = limits
    self.place = place
  }

  /// Where the header is and what separates its names.
  private struct HeaderPlace {
    var separator: UInt8
    /// The number of the row of groups; nil where the header is one row.
    var groups: Int?
    /// Whether rows above are groups beyond doubt: a name stands in one row alone, or in both.
    var isCertain = false
    /// The number of the row of names.
    var names: Int
  }

  private static func headerPlace(
    _ file: SourceFile, _ limits: ReadingLimits, _ isKnown: (String) -> Bool
  ) -> HeaderPlace {
    // A sheet's text is separated by tabs, whatever its cells hold.
    let separators = file.sheet == nil ? Self.separators : [UInt8(ascii: "\t")]
    var best = (separator: separators[0], number: 1, known: 0)
    var widest = (separator: separators[0], fields: 1)
    /// Gives the first rows, until `body` returns false.
    func look(_ separator: UInt8, _ body: (borrowing CSVRow) -> Bool) {
      do throws(Faults) {
        try CSVReader.read(file, separator: separator, limits: limits) {
          (row: borrowing CSVRow) throws(Faults) in
          body(row) && row.number < headerRows
        }
      } catch {
        // Broken quotes in the first rows are found again when the rows are read.
      }
    }
    for separator in separators {
      look(separator) { row in
        if row.number == 1, row.count > widest.fields { widest = (separator, row.count) }
        // A row that has no more cells than the best one has names holds no more of them.
        if row.count <= best.known { return true }
        var known = 0
        for column in 0..<row.count where isKnown(CellText.trimmed(row.text(column))) {
          known += 1
        }
        if known > best.known { best = (separator, row.number, known) }
        return true
      }
    }
    if best.known == 0 { best.separator = widest.separator }
    var near: [Int: [String]] = [:]
    look(best.separator) { row in
      if abs(row.number - best.number) <= 1 {
        near[row.number] = (0..<row.count).map { CellText.trimmed(row.text($0)) }
      }
      return row.number <= best.number
    }
    let names = near[best.number] ?? []
    if let parts = near[best.number + 1], TableHeader.areParts(parts, of: names, isKnown) {
      return HeaderPlace(
        separator: best.separator, groups: best.number, isCertain: true, names: best.number + 1)
    }
    var place = HeaderPlace(separator: best.separator, groups: nil, names: best.number)
    if let groups = near[best.number - 1], groups.count(where: { !$0.isEmpty }) > 1 {
      place.groups = best.number - 1
      place.isCertain = TableHeader.areGroups(groups, of: names, isKnown)
    }
    return place
  }

  private mutating func run(
    _ take: (TableHeader) throws(Faults) -> Void, _ isWhole: (borrowing CSVRow) -> Bool,
    _ body: (borrowing CSVRow) throws(Faults) -> Bool
  ) throws(Faults) {
    var isHeaderRead = false
    do {
      try CSVReader.read(file, separator: place.separator, limits: limits) {
        (row: borrowing CSVRow) throws(Faults) in
        if row.number < place.names {
          readAbove(row)
          return true
        }
        if row.number == place.names {
          isHeaderRead = true
          readNames(row)
          if faults.isEmpty { try take(header) }
          return faults.isEmpty
        }
        if row.isBlank {
          blanks.append(row.range)
          return true
        }
        if let kind = TableFooter.kind(row), kind == .example || !isWhole(row) {
          switch kind {
          case .total: totals.append(row.range)
          case .remark: remarks.append(row.range)
          case .example: examples.append(row.range)
          }
          return true
        }
        if Self.repeats(header.names, row) {
          headers.append(row.range)
          return true
        }
        guard fits(row) else { return !faults.isFull }
        return try body(row)
      }
    } catch {
      // What was found before the table broke off comes first.
      faults.add(error)
    }
    if !isHeaderRead, faults.isEmpty { throw Faults(headerMissing()) }
    try faults.check()
  }

  // MARK: The header

  private mutating func readAbove(_ row: borrowing CSVRow) {
    if row.number == place.groups {
      groups = (0..<row.count).map { Located(CellText.trimmed(row.text($0)), row.range($0)) }
      if place.isCertain { return }
    }
    var cells = 0
    for column in 0..<row.count where !row.isEmpty(column) { cells += 1 }
    above.append((row.range, cells))
  }

  private mutating func readNames(_ row: borrowing CSVRow) {
    header = TableHeader(
      names: (0..<row.count).map { Located(CellText.trimmed(row.text($0)), row.range($0)) },
      under: groups, isCertain: place.isCertain)
    let names = header.names
    // Titles are few words: a row as full as the header is data or another header.
    for row in above where row.cells > 2 && row.cells * 4 >= names.count * 3 {
      faults.add(fullRowAbove(row.range, row.cells))
    }
    var places: [String: ByteRange] = [:]
    for (column, name) in names.enumerated() {
      if name.value.isEmpty {
        unnamed.append(column)
        continue
      }
      let key = (header.groups[column].map { $0.value + "\n" } ?? "") + name.value
      if let earlier = places.updateValue(name.range, forKey: key) {
        faults.add(
          repeatedName(name.value, name.range).related(
            to: earlier, zh: "先写在这里", en: "given here first"))
      }
    }
    if names.count == 1, let only = names.first, let found = Self.otherSeparator(only.value) {
      faults.add(separatorExpected(only.range, found))
    }
  }

  private static func otherSeparator(_ name: String) -> String? {
    name.unicodeScalars.first { $0 == "；" || $0 == "，" || $0 == "|" || $0 == "、" }.map {
      Quoting.code(String($0))
    }
  }

  // MARK: Rows

  /// Whether the row has a field for each name, and none where there is no name; a fault where not.
  private mutating func fits(_ row: borrowing CSVRow) -> Bool {
    // Tab-separated text loses its last tabs easily, and sheets have none.
    let isShort = row.count < header.names.count && place.separator != UInt8(ascii: "\t")
    var hasMore = false
    if row.count > header.names.count {
      for column in header.names.count..<row.count where !row.isEmpty(column) { hasMore = true }
    }
    if isShort || hasMore {
      faults.add(ragged(row))
      return false
    }
    for column in unnamed where !row.isEmpty(column) {
      faults.add(nameMissing(row.range(column), column))
      return false
    }
    return true
  }

  /// Whether the row is the header once more, as page by page printing has it.
  private static func repeats(_ names: [Located<String>], _ row: borrowing CSVRow) -> Bool {
    guard let first = names.first, row.count == names.count else { return false }
    let isSameFirst = row.withBytes(0) { $0.elementsEqual(first.value.utf8) }
    if !isSameFirst || first.value.isEmpty { return false }
    for (column, name) in names.enumerated()
    where CellText.trimmed(row.text(column)) != name.value {
      return false
    }
    return true
  }

  // MARK: Notes

  /// Rows as a note quotes them, without the separators at their ends.
  private static func shown(_ rows: [String]) -> Bilingual {
    let codes = rows.map { row -> String in
      let cells = row.split { ",;\t\"".contains($0) }.map { CellText.trimmed(String($0)) }
      return Quoting.code(String(cells.filter { !$0.isEmpty }.joined(separator: " ").prefix(40)))
    }
    return Bilingual(zh: codes.joined(separator: "、"), en: codes.joined(separator: ", "))
  }

  private var notes: [Note] {
    var notes: [Note] = []
    if place.isCertain, let first = groups.first {
      notes.append(
        Note(
          file, first.range, zh: "表头为两行，合并读取：\(header.grouped.zh)",
          en: "the header is two rows, read together: \(header.grouped.en)"))
    }
    func add(_ rows: [ByteRange], _ zh: String, _ one: String, _ many: String) {
      guard let first = rows.first else { return }
      let count = rows.count
      notes.append(
        Note(
          file, first, zh: "已略过 \(count) 行\(zh)",
          en: count == 1 ? "passed over 1 row \(one)" : "passed over \(count) rows \(many)"))
    }
    add(above.map(\.range), "表头以上的标题", "above the header", "above the header")
    add(examples, "示例", "that is an example", "that are examples")
    add(totals, "合计", "of totals", "of totals")
    if let first = remarks.first {
      let text = Self.shown(remarks.prefix(3).map { file.text($0) })
      let count = remarks.count
      let more = count > 3
      notes.append(
        Note(
          file, first, zh: "已略过 \(count) 行表外说明：\(text.zh)\(more ? " 等" : "")",
          en:
            "passed over \(count) \(count == 1 ? "row" : "rows") of remarks: \(text.en)\(more ? " …" : "")"
        ))
    }
    add(headers, "重复的表头", "that repeats the header", "that repeat the header")
    add(blanks, "空行", "without content", "without content")
    if let column = unnamed.first, column < header.names.count {
      let count = unnamed.count
      notes.append(
        Note(
          file, header.names[column].range, zh: "已略过 \(count) 个空列",
          en: "passed over \(count) empty \(count == 1 ? "column" : "columns")"))
    }
    return notes
  }
}

extension TableReader {
  private func headerMissing() -> Fault {
    Fault(
      file, ByteRange(start: 0, end: 0), zh: "第一行应为列名，实际文件为空",
      en: "expected a first line of column names, found the file empty")
  }

  private func nameMissing(_ range: ByteRange, _ column: Int) -> Fault {
    Fault(
      file, range, zh: "第 \(column + 1) 列没有列名却有内容，请填写列名或删去该列",
      en:
        "expected a name for column \(column + 1), which has none but holds values; name or delete it"
    )
  }

  private func repeatedName(_ name: String, _ range: ByteRange) -> Fault {
    let code = Quoting.code(name)
    return Fault(
      file, range, zh: "列名 \(code) 重复，请删去其中一列",
      en: "the column \(code) is given twice; remove one of them")
  }

  private func separatorExpected(_ range: ByteRange, _ found: String) -> Fault {
    Fault(
      file, range, zh: "各列应以半角逗号、制表符或半角分号分隔，实际为 \(found)",
      en: "expected columns separated by commas, tabs or semicolons, found \(found)")
  }

  private func ragged(_ row: borrowing CSVRow) -> Fault {
    let columns = header.names.count
    return Fault(
      file, row.range, zh: "应有 \(columns) 列，实际为 \(row.count) 列；含有分隔符的值请加双引号",
      en:
        "expected \(columns) fields, found \(row.count); put a value that holds a separator in quotes"
    )
  }

  private func fullRowAbove(_ range: ByteRange, _ cells: Int) -> Fault {
    Fault(
      file, range, zh: "表头之上应只有标题，实际这一行有 \(cells) 个值；如为数据请移到表头之下，如为另一表头请删去其一",
      en:
        "expected titles alone above the header, found a row of \(cells) values; move data below the header, and keep one header"
    )
  }
}
