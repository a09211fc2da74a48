package import Diagnostics
package import PlanlintKit
import Store

extension Desk {
  /// Bytes that somebody puts in force, in the format that he says they have.
  package struct Upload: Sendable {
    package var name: String
    package var bytes: [UInt8]
    package var format: Input.Format

    package init(name: String, bytes: [UInt8], format: Input.Format) {
      self.name = name
      self.bytes = bytes
      self.format = format
    }

    var input: Input { .memory(name: name, bytes: bytes, format: format) }
  }

  /// Puts the figures of a year in force.
  ///
  /// The first of a year write the ledger's opening entries, one for each figure of `admitted`. Later ones have to agree with the ledger:
  /// their `admitted` is the opening, or what it comes to now, or is left out. Anything else is a mistake, or a correction of the
  /// opening with a reason and a document.
  package func putFacts(
    _ asked: Asked, year: Int, _ upload: Upload,
    correction: (reason: String, document: String)? = nil
  ) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      var facts: PlainValue
      let notes: [Note]
      do {
        let read = try Planlint.factsRecord(upload.input, profiles.request(asked.city))
        facts = read.records.first ?? .record([])
        notes = read.notes
      } catch {
        throw Refusal(error)
      }
      if let stated = facts["year"]?.integer, stated != year {
        throw Refusal.invalid(
          "数据为 \(stated) 年，应为 \(year) 年", "the facts are of \(stated), expected \(year)")
      }
      facts["planlint"] = "facts/1"
      facts["year"] = .number(year)
      facts["city"] = .text(asked.city)
      let position = try session.lastLedgerRow()?.seq ?? 0
      let countedTo = facts["counted_to"]?.integer
      if let countedTo, countedTo > position {
        throw Refusal.invalid(
          "`counted_to` 为 \(countedTo)，台账只到第 \(position) 条",
          "`counted_to` is \(countedTo), and the ledger ends at \(position)")
      }
      facts["counted_to"] = nil
      let before = try session.lastVersion(.facts, in: String(year))
      try open(year, facts, isFirst: before == nil, correction, acting)
      // Without a word of their own they count all that the ledger had when they came.
      let version = try acting.keep(
        .facts, in: String(year), upload, content: facts, year: year,
        countedTo: countedTo ?? position)
      var answer = Answer(.done, version.plain)
      answer.body["notes"] = .list(notes.map(\.plain))
      answer.before = before?.digest
      answer.after = version.digest
      answer.ledger = try session.lastLedgerRow()?.seq ?? 0
      return answer
    }
  }

  private func open(
    _ year: Int, _ facts: PlainValue, isFirst: Bool,
    _ correction: (reason: String, document: String)?, _ acting: Acting
  ) throws {
    let session = acting.session
    let stated = FigurePath.admitted(facts, year: year)
    func write(_ amounts: [String: Int]) throws {
      for (path, amount) in amounts.sorted(by: { $0.key < $1.key }) {
        try session.write(
          LedgerEntry(
            opening: amount, path, year: year, city: acting.asked.city, correction),
          at: acting.moment)
      }
    }
    if isFirst {
      if stated.isEmpty {
        try session.write(
          LedgerEntry(opening: 0, nil, year: year, city: acting.asked.city, nil),
          at: acting.moment)
      } else {
        try write(stated)
      }
      return
    }
    guard facts["admitted"] != nil || !stated.isEmpty else { return }
    // A district that says nothing of it contradicts nothing.
    let silent = Set(
      (facts["districts"]?.items ?? []).filter { $0["admitted"]?[String(year)] == nil }
        .compactMap { $0["name"]?.string })
    func speaks(_ path: String) -> Bool {
      FigurePath.parts(path).district.map { !silent.contains($0) } ?? true
    }
    var opening: [String: Int] = [:]
    var after = 0
    while true {
      let rows = try session.ledger(after: after, limit: 1_000)
      guard let last = rows.last else { break }
      after = last.seq
      for row in rows where row.kind == .opening && row.plain["year"]?.integer == year {
        for (path, amount) in row.figures where speaks(path) { opening[path, default: 0] += amount }
      }
    }
    let prefix = "admitted"
    let present = try session.figures(at: nil).filter {
      let names = FigurePath.parts($0.key).names
      return names.first == prefix && names.count == 3 && names[1] == String(year)
        && speaks($0.key)
    }
    func told(_ figures: [String: Int]) -> String {
      let shown = figures.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      return shown.isEmpty ? "0" : shown.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
    }
    if stated == opening.filter({ $0.value != 0 }) || stated == present.filter({ $0.value != 0 }) {
      return
    }
    guard let correction else {
      throw Refusal.conflict(
        "`admitted` 与台账不符：期初为 \(told(opening))，现为 \(told(present))，所报为 \(told(stated))；更正期初须写明理由和文号",
        "`admitted` is not the ledger's: the opening is \(told(opening)), the present total \(told(present)), found \(told(stated)); a correction of the opening needs a reason and a document"
      )
    }
    try acting.check(reason: correction.reason)
    if correction.document.allSatisfy(\.isWhitespace) {
      throw Refusal.invalid(
        "更正期初数须以 `document` 写明所依据的文件",
        "expected `document`, the document that a correction of the opening rests on")
    }
    var difference: [String: Int] = [:]
    for path in Set(stated.keys).union(present.keys) {
      let amount = stated[path, default: 0] - present[path, default: 0]
      if amount != 0 { difference[path] = amount }
    }
    try write(difference)
  }

  /// Puts a registry in force.
  package func putRegistry(_ asked: Asked, _ upload: Upload) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      let rows: [PlainValue]
      let notes: [Note]
      do {
        let read = try Planlint.registryRecords(upload.input, profiles.request(asked.city))
        (rows, notes) = (read.records, read.notes)
      } catch {
        throw Refusal(error)
      }
      let before = try session.lastVersion(.registry, in: "")
      let version = try acting.keep(
        .registry, in: "", upload, content: .list(rows), year: nil, countedTo: nil)
      let uploaded = RegistryRows(rows)
      for var stored in try session.all(Newcomer.self, in: Newcomer.standing) {
        let newcomer = stored.value
        let frees = newcomer.replaces.map {
          uploaded.row($0).map { $0["status"] == "terminated" } ?? true
        }
        if uploaded.has(try JSONReader.read(newcomer.row), institution: newcomer.institution),
          frees != false
        {
          stored.record.parent = Newcomer.absorbed
          try session.save(stored)
        }
      }
      var answer = Answer(.done, version.plain)
      answer.body["institutions"] = .number(rows.count)
      answer.body["notes"] = .list(notes.map(\.plain))
      answer.before = before?.digest
      answer.after = version.digest
      answer.ledger = try session.lastLedgerRow()?.seq ?? 0
      return answer
    }
  }
}

extension LedgerEntry {
  /// An opening balance of a figure of `admitted`, or a correction of one.
  fileprivate init(
    opening amount: Int, _ path: String?, year: Int, city: String,
    _ correction: (reason: String, document: String)?
  ) {
    self.init(kind: .opening, take: amount)
    let parts = path.map(FigurePath.parts)
    part = "admitted"
    scope = ([parts?.district ?? city, String(year)] + [parts?.names.last].compactMap(\.self))
      .joined(separator: " ")
    unit = "institutions"
    self.year = year
    reason = correction?.reason
    document = correction?.document
    if let path { figures = [path: amount] }
  }
}

extension Acting {
  func keep(
    _ kind: Record.Kind, in parent: String, _ upload: Desk.Upload, content: PlainValue,
    year: Int?, countedTo: Int?
  ) throws -> Version {
    let number = try session.nextNumber(of: kind)
    let version = Version(
      number: number, digest: try session.keep(upload.bytes), format: upload.format.rawValue,
      bytes: upload.bytes.count, content: try session.keep(Array(content.json.utf8)),
      by: caller.account, at: moment, year: year, countedTo: countedTo)
    try session.insert(
      Record(
        kind, id: String(number), parent: parent, number: number,
        body: try version.encodedText()))
    return version
  }
}

extension Version {
  /// As it is told.
  package var plain: PlainValue {
    var value: PlainValue = [
      "number": .number(number), "digest": .text(digest), "format": .text(format),
      "bytes": .number(bytes), "by": .text(by), "at": .text(at),
    ]
    value["year"] = year.map { .number($0) }
    value["counted_to"] = countedTo.map { .number($0) }
    return value
  }
}
