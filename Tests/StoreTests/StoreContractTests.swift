import Store
import TestSupport
import Testing

/// What every store of a desk has to do, whatever it keeps things in; each kind of store is opened by one of ``StoreKind``.
@Suite("What every store does")
struct StoreContractTests {
  private func with(_ kind: StoreKind, _ body: (any Store) throws -> Void) throws {
    let folder = try TemporaryFolder(named: "store")
    defer { folder.remove() }
    try body(try kind.open(folder))
  }

  private struct Broken: Error {}

  static func grant(
    _ seq: Int, after prev: String = LedgerRow.noHash, filed: String = "c1", take: Int = 1,
    used: Int? = 0, most: Int? = 5, binds: Bool = true, rule: String? = "R", scope: String = "s"
  ) -> LedgerRow {
    LedgerRow(
      seq: seq, kind: .grant, rule: rule, part: "0", scope: scope, take: take, used: used,
      most: most, binds: binds, round: "r", filed: filed, of: nil, prev: prev,
      hash: "hash \(seq)", body: "{}")
  }

  static func void(_ seq: Int, of: Int, after prev: String, take: Int = 1) -> LedgerRow {
    LedgerRow(
      seq: seq, kind: .void, rule: "R", part: "0", scope: "s", take: take, used: nil, most: nil,
      binds: false, round: "r", filed: "c1", of: of, prev: prev, hash: "hash \(seq)", body: "{}")
  }

  private func refuses(_ store: any Store, _ rows: [LedgerRow]) -> Bool {
    do {
      try store.write("a") { session in for row in rows { try session.append(row) } }
      return false
    } catch StoreError.refused {
      return true
    } catch {
      return false
    }
  }

  @Test("what a transaction wrote is there as a whole or not at all", arguments: StoreKind.here)
  func transactions(_ kind: StoreKind) throws {
    try with(kind) { store in
      let record = Record(.round, id: "r", number: 1, body: "one")
      try store.write("a") { try $0.insert(record) }
      #expect(throws: Broken.self) {
        try store.write("a") { session throws in
          try session.insert(Record(.round, id: "s", number: 2, body: "two"))
          throw Broken()
        }
      }
      try store.write("a") { session throws in
        #expect(throws: Broken.self) {
          try session.attempt {
            try session.insert(Record(.round, id: "t", number: 3, body: "three"))
            throw Broken()
          }
        }
        try session.insert(Record(.round, id: "u", number: 4, body: "four"))
      }
      let found = try store.read("a") { try $0.records(.round, in: nil, after: 0, limit: 9) }
      #expect(found.map(\.id) == ["r", "u"])
    }
  }

  @Test("a record is changed by who saw it last alone", arguments: StoreKind.here)
  func versions(_ kind: StoreKind) throws {
    try with(kind) { store in
      try store.write("a") { session throws in
        var record = Record(.round, id: "r", number: 1, body: "one")
        try session.insert(record)
        #expect(throws: StoreError.taken("round `r`")) { try session.insert(record) }
        record.body = "two"
        #expect(try session.update(record).version == 2)
        #expect(throws: StoreError.moved("round `r`")) { try session.update(record) }
        #expect(try session.record(.round, "r")?.body == "two")
      }
    }
  }

  @Test("a name is unique in its parent", arguments: StoreKind.here)
  func names(_ kind: StoreKind) throws {
    try with(kind) { store in
      try store.write("a") { session throws in
        try session.insert(Record(.filed, id: "1", parent: "r", name: "A", number: 1, body: ""))
        try session.insert(Record(.filed, id: "2", parent: "s", name: "A", number: 2, body: ""))
        #expect(throws: StoreError.taken("case `A`")) {
          try session.insert(Record(.filed, id: "3", parent: "r", name: "A", number: 3, body: ""))
        }
        #expect(try session.record(.filed, named: "A", in: "s")?.id == "2")
        #expect(try session.lastRecord(.filed, in: "r")?.id == "1")
        #expect(try session.lastRecord(.filed, in: nil)?.id == "2")
      }
    }
  }

  @Test("nothing of one city is seen from another", arguments: StoreKind.here)
  func cities(_ kind: StoreKind) throws {
    try with(kind) { store in
      let key = AnswerKey(account: "x", act: "y", key: "z")
      try store.write("a") { session throws in
        try session.insert(Record(.round, id: "r", number: 1, body: ""))
        try session.append(Self.grant(1))
        try session.append(AuditRow(seq: 1, prev: LedgerRow.noHash, hash: "h", body: "{}"))
        try session.add(3, to: "/beds", at: 1)
        try session.keep([1, 2], digest: "d")
        try session.keep(
          KeptAnswer(request: "q", outcome: "done", body: "{}", round: nil, at: "1"), for: key)
      }
      try store.read("b") { session throws in
        #expect(try session.record(.round, "r") == nil)
        #expect(try session.records(.round, in: nil, after: 0, limit: 9).isEmpty)
        #expect(try session.ledger(after: 0, limit: 9).isEmpty)
        #expect(try session.ledgerRows(ofCase: "c1").isEmpty)
        #expect(try session.lastLedgerRow() == nil)
        #expect(try session.audit(after: 0, limit: 9).isEmpty)
        #expect(try session.figures(at: nil).isEmpty)
        #expect(try session.document("d") == nil)
        #expect(try session.answer(key) == nil)
      }
      try store.write("b") { session throws in
        #expect(try session.nextNumber(of: .round) == 1)
        try session.insert(Record(.round, id: "r", number: 1, body: "mine"))
        try session.append(Self.grant(1))
      }
      #expect(try store.read("a") { try $0.record(.round, "r")?.body } == "")
      #expect(try store.cities() == ["a", "b"])
    }
  }

  @Test(
    "the ledger refuses gaps, forks, places beyond the limit, places given twice and voids of what does not stand",
    arguments: StoreKind.here)
  func ledger(_ kind: StoreKind) throws {
    try with(kind) { store in
      // The first of all has a place too.
      #expect(refuses(store, [Self.grant(2)]))
      try store.write("a") { session throws in
        try session.append(Self.grant(1))
        try session.append(Self.grant(2, after: "hash 1", filed: "c2", used: 4))
      }
      let next = "hash 2"
      #expect(refuses(store, [Self.grant(4, after: next, filed: "c3")]))
      #expect(refuses(store, [Self.grant(2, after: "hash 1", filed: "c3")]))
      #expect(refuses(store, [Self.grant(3, after: "hash 1", filed: "c3")]))
      #expect(refuses(store, [Self.grant(3, after: "no such hash", filed: "c3")]))
      #expect(refuses(store, [Self.grant(3, after: next, filed: "c3", used: 5)]))
      #expect(refuses(store, [Self.grant(3, after: next, filed: "c3", take: -1)]))
      #expect(refuses(store, [Self.grant(3, after: next, filed: "c1")]))
      #expect(refuses(store, [Self.void(3, of: 7, after: next)]))
      #expect(refuses(store, [Self.void(3, of: 2, after: next)]))
      #expect(refuses(store, [Self.void(3, of: 1, after: next, take: 2)]))
      #expect(try store.read("a") { try $0.ledger(after: 0, limit: 9).count } == 2)
      #expect(!refuses(store, [Self.grant(3, after: next, filed: "c3", used: 9, binds: false)]))
      #expect(!refuses(store, [Self.void(4, of: 1, after: "hash 3")]))
      #expect(refuses(store, [Self.void(5, of: 1, after: "hash 4")]))
      #expect(refuses(store, [Self.void(5, of: 4, after: "hash 4")]))
      try store.read("a") { session throws in
        #expect(try session.void(of: 1)?.seq == 4)
        #expect(try session.void(of: 2) == nil)
        #expect(try session.ledger(after: 2, limit: 1).map(\.seq) == [3])
        #expect(try session.ledgerRows(ofCase: "c1").map(\.seq) == [1, 4])
      }
    }
  }

  @Test("figures are what they were at each entry", arguments: StoreKind.here)
  func figures(_ kind: StoreKind) throws {
    try with(kind) { store in
      try store.write("a") { session throws in
        try session.add(3, to: "/beds", at: 1)
        try session.add(2, to: "/stock", at: 2)
        try session.add(4, to: "/beds", at: 3)
        try session.add(1, to: "/beds", at: 3)
        try session.add(-3, to: "/beds", at: 5)
        #expect(try session.figures(at: 0) == [:])
        #expect(try session.figures(at: 2) == ["/beds": 3, "/stock": 2])
        #expect(try session.figures(at: 4) == ["/beds": 8, "/stock": 2])
        #expect(try session.figures(at: nil) == ["/beds": 5, "/stock": 2])
      }
    }
  }

  @Test("the audit trail has no gaps", arguments: StoreKind.here)
  func audit(_ kind: StoreKind) throws {
    try with(kind) { store in
      func row(_ seq: Int, _ prev: String) -> AuditRow {
        AuditRow(seq: seq, prev: prev, hash: "h\(seq)", body: "{}")
      }
      try store.write("a") { try $0.append(row(1, LedgerRow.noHash)) }
      #expect(throws: StoreError.self) { try store.write("a") { try $0.append(row(3, "h1")) } }
      #expect(throws: StoreError.self) { try store.write("a") { try $0.append(row(1, "h1")) } }
      try store.write("a") { try $0.append(row(2, "h1")) }
      #expect(try store.read("a") { try $0.lastAuditRow()?.hash } == "h2")
    }
  }

  @Test(
    "an answer is kept once under its key, and those of a round for good",
    arguments: StoreKind.here)
  func answers(_ kind: StoreKind) throws {
    try with(kind) { store in
      func key(_ name: String) -> AnswerKey { AnswerKey(account: "x", act: "y", key: name) }
      func answer(_ round: String?) -> KeptAnswer {
        KeptAnswer(request: "q", outcome: "done", body: "{}", round: round, at: "2026-01-01")
      }
      try store.write("a") { session throws in
        try session.keep(answer(nil), for: key("1"))
        try session.keep(answer("r"), for: key("2"))
        #expect(throws: StoreError.taken("answer to the key `1`")) {
          try session.keep(answer(nil), for: key("1"))
        }
        try session.forgetAnswers(before: "2026-02-01")
        #expect(try session.answer(key("1")) == nil)
        #expect(try session.answer(key("2")) == answer("r"))
      }
    }
  }

  @Test("numbers are given once each", arguments: StoreKind.here)
  func numbers(_ kind: StoreKind) throws {
    try with(kind) { store in
      let given = try (1...3).map { _ in try store.write("a") { try $0.nextNumber(of: .round) } }
      #expect(given == [1, 2, 3])
      #expect(try store.write("a") { try $0.nextNumber(of: .filed) } == 1)
    }
  }
}
