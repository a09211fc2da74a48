import Expression

/// What the pass in the order of merit has given away: places, admitted points, replacements.
///
/// The pass alone appends, turn by turn. Anybody can ask afterwards what stood there as of a turn, which counts nothing of that turn
/// itself or of later ones.
struct BatchLog: Sendable {
  var places: PlacesTaken
  var admitted: AdmittedPoints
  var replacements = Replacements()
  /// The members that were left open for more than their rank, and from which turn on; kept where there are rulings alone.
  private var undecided: [Int: Int] = [:]

  init(places: PlacesTaken, admitted: AdmittedPoints) {
    self.places = places
    self.admitted = admitted
  }

  mutating func setUndecided(_ member: Int, _ isUndecided: Bool, turn: Int) {
    if isUndecided {
      if undecided[member] == nil { undecided[member] = turn }
    } else if undecided[member] == turn {
      undecided[member] = nil
    }
  }

  /// Whether a member was left open for more than its rank before a turn.
  func isUndecided(_ member: Int, before turn: Int) -> Bool {
    undecided[member].map { $0 < turn } ?? false
  }
}

/// The places that limits have given away, part by part and scope by scope.
struct PlacesTaken: Sendable {
  /// What a limit has given away in one scope.
  struct Scope: Sendable {
    var rule: Int
    var part: Int
    var key: String
    var used: Exact?
    var atMost: Exact?
    /// Those that have competed, in the order of their turns, with all that had been taken after each.
    fileprivate(set) var entries: [Entry] = []
    /// Those that it hangs on whether places are taken.
    fileprivate(set) var undecided = UndecidedMembers()
    /// What members whose rank is open may take from the first that they may have.
    fileprivate var early: [Int: Int] = [:]

    var last: Entry? { entries.last }

    /// Those that have competed, in the order in which they were decided.
    var competitors: [Int] {
      var found: [Int] = []
      for entry in entries where entry.count > found.count { found.append(Int(entry.last)) }
      return found
    }
  }

  struct Entry: Sendable {
    var turn: Int32
    /// The last that was decided, and how many have been.
    var last: Int32
    var count: Int32
    /// What is taken surely, and at most, by all up to here.
    var low: Int
    var high: Int
  }

  /// What was taken in a scope before a turn.
  struct Taken {
    var low = 0
    var high = 0
    /// How many have been decided, and the last of them.
    var count = 0
    var last: Int?
  }

  /// What one member takes of a limit.
  struct Take {
    var member: Int
    var turn: Int
    var rank: Ranking.Turn.Rank
    /// Surely, and at most.
    var low: Int
    var high: Int
  }

  /// What is taken in some scope or another by a member that is admitted and whose district or street is missing.
  struct Floating: Sendable {
    var member: Int
    /// From this turn on it may be taken by one that is undecided, and from that one on surely by one whose scope alone is missing.
    var maybeFrom: Int
    var sureFrom: Int?
    var high: Int

    func isSure(before turn: Int) -> Bool { sureFrom.map { $0 < turn } ?? false }
  }

  /// What one part of a limit has given away.
  private struct Part: Sendable {
    /// By what is known of the scope, nil standing for any name: what has been taken in one that is not known.
    var floating: [[String?]: [Floating]] = [:]
    /// By the names of a scope that streets divide, without the street: the most that has been given away on any of them.
    var mostOnAStreet: [String: [Entry]] = [:]
    var named: [String: Int] = [:]
    /// The scope without names, of which most limits have one.
    var only: Int?
  }

  private(set) var scopes: [Scope] = []
  private var parts: [Part]

  init(partCount: Int) { parts = Array(repeating: Part(), count: partCount) }

  func scope(_ name: String, ofPart part: Int) -> Int? {
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
  mutating func take(_ take: Take, inScope scope: Int) {
    let early = scopes[scope].early[take.member]
    scopes[scope].entries.append(Self.entry(take, after: scopes[scope].entries.last, early))
    if take.rank == .first { scopes[scope].early[take.member] = take.high }
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
  mutating func float(_ take: Take, in key: [String?], isSure: Bool, ofPart part: Int) {
    var all = parts[part].floating[key] ?? []
    if take.rank == .last, let early = all.lastIndex(where: { $0.member == take.member }) {
      if isSure { all[early].sureFrom = take.turn }
    } else {
      all.append(
        Floating(
          member: take.member, maybeFrom: take.turn,
          sureFrom: isSure && take.rank != .first ? take.turn : nil, high: take.high))
    }
    parts[part].floating[key] = all
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
      entries.removeLast(entries.count - Self.count(entries, before: turn))
    }
    for key in parts[part].floating.keys {
      parts[part].floating[key]?.removeAll { $0.maybeFrom >= turn }
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
  func taken(inScope scope: Int, before turn: Int, of member: Int) -> Taken {
    let count = Self.count(scopes[scope].entries, before: turn)
    guard count > 0 else { return Taken() }
    let last = scopes[scope].entries[count - 1]
    let own = scopes[scope].early.isEmpty ? 0 : scopes[scope].early[member] ?? 0
    return Taken(
      low: last.low, high: max(last.low, last.high - own), count: Int(last.count),
      last: last.last < 0 ? nil : Int(last.last))
  }

  /// What others than a member may have taken in a scope before its turn, theirs not being known; nil stands for any name.
  func floating(into key: [String?], ofPart part: Int, before turn: Int, of member: Int)
    -> [Floating]
  {
    if parts[part].floating.isEmpty { return [] }
    return parts[part].floating.lazy.filter { known, _ in
      zip(known, key).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    }.flatMap(\.value).filter { $0.maybeFrom < turn && $0.member != member }
      .sorted { ($0.maybeFrom, $0.member) < ($1.maybeFrom, $1.member) }
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
struct UndecidedMembers: Sendable {
  private var members: [Int32] = []
  private var turns: [Int32] = []
  private var turnOf: [Int: Int32] = [:]
  /// The turns from which on some are decided: those whose rank was open.
  private var settledAt: [Int: Int32] = [:]

  mutating func add(_ member: Int, turn: Int) {
    guard turnOf[member] == nil else { return }
    turnOf[member] = Int32(turn)
    members.append(Int32(member))
    turns.append(Int32(turn))
  }

  /// Says that a member is undecided for those before a turn alone.
  mutating func settle(_ member: Int, turn: Int) {
    if turnOf[member] != nil { settledAt[member] = Int32(turn) }
  }

  func contains(_ member: Int, before turn: Int) -> Bool {
    turnOf[member].map { $0 < turn && !isSettled(member, before: turn) } ?? false
  }

  private func isSettled(_ member: Int, before turn: Int) -> Bool {
    settledAt[member].map { $0 < turn } ?? false
  }

  /// How many were added before a turn and are not decided by then.
  func count(before turn: Int) -> Int {
    let added = added(before: turn)
    if settledAt.isEmpty { return added }
    return members.prefix(added).count { !isSettled(Int($0), before: turn) }
  }

  private func added(before turn: Int) -> Int {
    guard let last = turns.last, last >= turn else { return turns.count }
    return turns.firstIndex { $0 >= turn } ?? turns.count
  }

  func first(_ limit: Int, before turn: Int) -> [Int] {
    let added = members.prefix(added(before: turn)).lazy.map { Int($0) }
    if settledAt.isEmpty { return Array(added.prefix(limit)) }
    return Array(added.filter { !isSettled($0, before: turn) }.prefix(limit))
  }
}
