package import Expression
package import Spatial

/// What the pass in the order of merit has given away: places, admitted points, replacements.
///
/// The pass alone appends, turn by turn. Anybody can ask afterwards what stood there as of a turn, which counts nothing of that turn
/// itself or of later ones.
package struct BatchLog: Sendable {
  var places: PlacesTaken
  var admitted: AdmittedPoints
  var replacements = Replacements()
  /// The members that were left open for more than their rank, and from which turn on; kept where there are rulings alone.
  private var undecided: [Int: Int] = [:]

  /// Nothing given away yet.
  ///
  /// - Parameters:
  ///   - places: where those lie who may be admitted.
  ///   - partCount: how many parts the limits of the profile have.
  package init(covering places: [Coordinate?], partCount: Int) {
    self.places = PlacesTaken(partCount: partCount)
    admitted = AdmittedPoints(covering: places)
  }

  mutating func setUndecided(_ member: Int, _ isUndecided: Bool, turn: Int) {
    if isUndecided {
      if undecided[member] == nil { undecided[member] = turn }
    } else if undecided[member] == turn {
      undecided[member] = nil
    }
  }

  /// Whether a member was left open for more than its rank before a turn.
  package func isUndecided(_ member: Int, before turn: Int) -> Bool {
    undecided[member].map { $0 < turn } ?? false
  }
}

/// The places that limits have given away, part by part and scope by scope.
package struct PlacesTaken: Sendable {
  /// What a limit has given away in one scope.
  package struct Scope: Sendable {
    package var rule: Int
    package var part: Int
    package var key: String
    package var used: Exact?
    package var atMost: Exact?
    /// Those that have competed, in the order of their turns, with all that had been taken after each.
    package fileprivate(set) var entries: [Entry] = []
    /// Those that it hangs on whether places are taken.
    package fileprivate(set) var undecided = UndecidedMembers()
    /// What members whose rank is open may take from the first that they may have.
    fileprivate var early = EarlyTakes()

    package var last: Entry? { entries.last }

    /// Those that have competed, in the order in which they were decided.
    var competitors: [Int] {
      var found: [Int] = []
      for entry in entries where entry.count > found.count { found.append(Int(entry.last)) }
      return found
    }
  }

  package struct Entry: Sendable {
    package var turn: Int32
    /// The last that was decided, and how many have been.
    package var last: Int32
    package var count: Int32
    /// What is taken surely, and at most, by all up to here.
    package var low: Int
    package var high: Int
  }

  /// What was taken in a scope before a turn.
  package struct Taken {
    package var low = 0
    package var high = 0
    /// How many have been decided, and the last of them.
    package var count = 0
    package var last: Int?
  }

  /// What members whose rank is open may take from the first that they may have.
  fileprivate struct EarlyTakes: Sendable {
    private var ofMember: [Int: (turn: Int, high: Int)] = [:]

    mutating func add(_ take: Take) { ofMember[take.member] = (take.turn, take.high) }

    subscript(_ member: Int) -> Int? { ofMember[member]?.high }

    /// What of all that had been taken before a turn is the member's own.
    func own(_ member: Int, before turn: Int) -> Int {
      guard !ofMember.isEmpty, let early = ofMember[member], early.turn < turn else { return 0 }
      return early.high
    }
  }

  /// What one member takes of a limit.
  package struct Take {
    package var member: Int
    package var turn: Int
    package var rank: Ranking.Turn.Rank
    /// Surely, and at most.
    package var low: Int
    package var high: Int
  }

  /// What is taken in some scope or another by members that are admitted and whose district or street is missing.
  package struct Floating: Sendable {
    /// In the order of turns, each with what is taken up to there: `low` by those whose scope alone is missing, `high` by those that
    /// are undecided as well.
    fileprivate var entries: [Entry] = []
    /// What members whose rank is open may take from the first that they may have.
    fileprivate var early = EarlyTakes()
  }

  /// What one part of a limit has given away.
  private struct Part: Sendable {
    /// By what is known of the scope, nil standing for any name: what has been taken in one that is not known.
    var floating: [[String?]: Floating] = [:]
    /// By the names of a scope that streets divide, without the street: the most that has been given away on any of them.
    var mostOnAStreet: [String: [Entry]] = [:]
    var named: [String: Int] = [:]
    /// The scope without names, of which most limits have one.
    var only: Int?
  }

  private(set) var scopes: [Scope] = []
  private var parts: [Part]

  package init(partCount: Int) { parts = Array(repeating: Part(), count: partCount) }

  package func scope(_ name: String, ofPart part: Int) -> Int? {
    name.isEmpty ? parts[part].only : parts[part].named[name]
  }

  mutating func addScope(_ name: String, of part: RuleTerms.Part) -> Int {
    scopes.append(Scope(rule: part.rule, part: part.part, key: name))
    if name.isEmpty {
      parts[part.number].only = scopes.count - 1
    } else {
      parts[part.number].named[name] = scopes.count - 1
    }
    return scopes.count - 1
  }

  mutating func setFigures(used: Exact?, atMost: Exact?, ofScope scope: Int) {
    if let used { scopes[scope].used = used }
    if let atMost { scopes[scope].atMost = atMost }
  }

  // MARK: Taking

  /// Adds one that competes, and what it takes, which may be nothing.
  package mutating func take(_ take: Take, inScope scope: Int) {
    let early = scopes[scope].early[take.member]
    scopes[scope].entries.append(Self.entry(take, after: scopes[scope].entries.last, early))
    if take.rank == .first { scopes[scope].early.add(take) }
    if take.rank == .last, take.low > 0 {
      scopes[scope].undecided.settle(take.member, turn: take.turn)
    }
  }

  /// One whose rank is open may have taken at the first that it may have what it takes at the last, and is counted among the decided
  /// at the last alone.
  private static func entry(_ take: Take, after last: Entry?, _ early: Int?) -> Entry {
    let isDecided = take.rank != .first
    return Entry(
      turn: Int32(take.turn), last: isDecided ? Int32(take.member) : last?.last ?? -1,
      count: (last?.count ?? 0) + (isDecided ? 1 : 0), low: (last?.low ?? 0) + take.low,
      high: (last?.high ?? 0) + max(0, take.high - (early ?? 0)))
  }

  mutating func addUndecided(_ members: [Int], turn: Int, inScope scope: Int) {
    for member in members { scopes[scope].undecided.add(member, turn: turn) }
  }

  /// Adds one whose scope is not known, by what is known of it.
  package mutating func float(_ take: Take, in key: [String?], isSure: Bool, ofPart part: Int) {
    var floating = parts[part].floating[key] ?? Floating()
    let early = take.rank == .last ? floating.early[take.member] : nil
    let last = floating.entries.last
    let isSure = isSure && take.rank != .first
    // One that may have taken it from its first rank on has taken it at the last, or still may have.
    if isSure || early == nil {
      floating.entries.append(
        Entry(
          turn: Int32(take.turn), last: Int32(take.member), count: 0,
          low: (last?.low ?? 0) + (isSure ? take.high : 0),
          high: (last?.high ?? 0) + (isSure ? -(early ?? 0) : take.high)))
    }
    if take.rank == .first { floating.early.add(take) }
    parts[part].floating[key] = floating
  }

  /// Keeps what a street of a district has come to, where it is more than any of its others has.
  mutating func raiseStreet(of district: String, turn: Int, to high: Int, ofPart part: Int) {
    let most = parts[part].mostOnAStreet[district]?.last?.high ?? 0
    guard high > most else { return }
    parts[part].mostOnAStreet[district, default: []].append(
      Entry(turn: Int32(turn), last: -1, count: 0, low: 0, high: high))
  }

  /// Takes back what a part gave away at a turn and after it.
  mutating func forget(ofPart part: Int, from turn: Int) {
    func cut(_ entries: inout [Entry]) {
      entries = Array(entries.prefix(Self.count(entries, before: turn)))
    }
    for key in parts[part].floating.keys {
      cut(&parts[part].floating[key, default: Floating()].entries)
    }
    for street in parts[part].mostOnAStreet.keys {
      cut(&parts[part].mostOnAStreet[street, default: []])
    }
    for scope in Array(parts[part].named.values) + (parts[part].only.map { [$0] } ?? []) {
      cut(&scopes[scope].entries)
    }
  }

  // MARK: As of a turn

  /// What others than a member had taken in a scope before its turn.
  package func taken(inScope scope: Int, before turn: Int, of member: Int) -> Taken {
    let count = Self.count(scopes[scope].entries, before: turn)
    guard count > 0 else { return Taken() }
    let last = scopes[scope].entries[count - 1]
    let own = scopes[scope].early.own(member, before: turn)
    return Taken(
      low: last.low, high: max(last.low, last.high - own), count: Int(last.count),
      last: last.last < 0 ? nil : Int(last.last))
  }

  /// Whether anybody has taken something of a part in a scope that is not known.
  func floats(ofPart part: Int) -> Bool { !parts[part].floating.isEmpty }

  /// What others than a member may have taken in a scope before its turn, theirs not being known: by those that are undecided, and
  /// by those that are surely admitted; nil stands for any name.
  func floating(
    into key: [String?], ofPart part: Int, before turn: Int, of member: Int
  ) -> (maybe: Int, sure: Int) {
    var taken = (maybe: 0, sure: 0)
    for (known, floating) in parts[part].floating where Self.isOfOne(known, key) {
      let count = Self.count(floating.entries, before: turn)
      guard count > 0 else { continue }
      taken.maybe += floating.entries[count - 1].high - floating.early.own(member, before: turn)
      taken.sure += floating.entries[count - 1].low
    }
    return taken
  }

  /// Those that it is taken by, in the order of their turns: the undecided, or the surely admitted.
  func floatingMembers(
    into key: [String?], ofPart part: Int, before turn: Int, of member: Int, areSure: Bool
  ) -> [Int] {
    var found: [(turn: Int32, member: Int)] = []
    for (known, floating) in parts[part].floating where Self.isOfOne(known, key) {
      var settled: Set<Int32> = []
      var undecided: [(turn: Int32, member: Int)] = []
      var low = 0
      for entry in floating.entries.prefix(Self.count(floating.entries, before: turn)) {
        let isSure = entry.low > low
        low = entry.low
        if isSure { settled.insert(entry.last) }
        if isSure == areSure, Int(entry.last) != member {
          undecided.append((entry.turn, Int(entry.last)))
        }
      }
      found += areSure ? undecided : undecided.filter { !settled.contains(Int32($0.member)) }
    }
    return found.sorted { ($0.turn, $0.member) < ($1.turn, $1.member) }.map(\.member)
  }

  private static func isOfOne(_ known: [String?], _ key: [String?]) -> Bool {
    zip(known, key).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
  }

  func mostOnAStreet(of district: String, ofPart part: Int, before turn: Int) -> Int {
    guard let entries = parts[part].mostOnAStreet[district] else { return 0 }
    let count = Self.count(entries, before: turn)
    return count == 0 ? 0 : entries[count - 1].high
  }

  /// How many entries are of turns before one; during the pass, all.
  private static func count(_ entries: [Entry], before turn: Int) -> Int {
    guard let last = entries.last, last.turn >= turn else { return entries.count }
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].turn < turn { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Members in the order in which they were added, each once, with the turn of it.
package struct UndecidedMembers: Sendable {
  private var members: [Int32] = []
  private var turns: [Int32] = []
  private var turnOf: [Int: Int32] = [:]
  /// The turns from which on some are decided: those whose rank was open.
  private var settledAt: [Int: Int32] = [:]

  package mutating func add(_ member: Int, turn: Int) {
    guard turnOf[member] == nil else { return }
    turnOf[member] = Int32(turn)
    members.append(Int32(member))
    turns.append(Int32(turn))
  }

  /// Says that a member is undecided for those before a turn alone.
  package mutating func settle(_ member: Int, turn: Int) {
    if turnOf[member] != nil { settledAt[member] = Int32(turn) }
  }

  package func contains(_ member: Int, before turn: Int) -> Bool {
    turnOf[member].map { $0 < turn && !isSettled(member, before: turn) } ?? false
  }

  private func isSettled(_ member: Int, before turn: Int) -> Bool {
    settledAt[member].map { $0 < turn } ?? false
  }

  /// How many were added before a turn and are not decided by then.
  package func count(before turn: Int) -> Int {
    let added = added(before: turn)
    if settledAt.isEmpty { return added }
    return members.prefix(added).count { !isSettled(Int($0), before: turn) }
  }

  private func added(before turn: Int) -> Int {
    guard let last = turns.last, last >= turn else { return turns.count }
    return turns.firstIndex { $0 >= turn } ?? turns.count
  }

  package func first(_ limit: Int, before turn: Int) -> [Int] {
    let added = members.prefix(added(before: turn)).lazy.map { Int($0) }
    if settledAt.isEmpty { return Array(added.prefix(limit)) }
    return Array(added.filter { !isSettled($0, before: turn) }.prefix(limit))
  }
}
