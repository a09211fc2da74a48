import Expression

/// What the pass in the order of merit has given away: places, admitted points, replacements.
///
/// The pass alone appends, turn by turn. Anybody can ask afterwards what stood there as of a turn, which counts nothing of that turn
/// itself or of later ones.
struct BatchLog: Sendable {
  var places: PlacesTaken
  var admitted: AdmittedPoints
  var replacements = Replacements()
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

    var last: Entry? { entries.last }
  }

  struct Entry: Sendable {
    var turn: Int32
    var member: Int32
    /// What is taken surely, and at most, by it and all before it.
    var low: Int
    var high: Int
  }

  /// What was taken in a scope before a turn.
  struct Taken {
    var low = 0
    var high = 0
    /// How many have competed, and the last of them.
    var count = 0
    var last: Int?
  }

  /// What one part of a limit has given away.
  private struct Part: Sendable {
    /// What has been taken in a scope that is not known, and may be any: by whom, and what by it and all before it.
    var floating: [Entry] = []
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
  mutating func take(_ member: Int, turn: Int, low: Int, high: Int, inScope scope: Int) {
    let last = scopes[scope].entries.last
    scopes[scope].entries.append(
      Entry(
        turn: Int32(turn), member: Int32(member), low: (last?.low ?? 0) + low,
        high: (last?.high ?? 0) + high))
  }

  mutating func addUndecided(_ members: [Int], turn: Int, inScope scope: Int) {
    for member in members { scopes[scope].undecided.add(member, turn: turn) }
  }

  mutating func float(_ member: Int, turn: Int, high: Int, ofPart part: Int) {
    let last = parts[part].floating.last?.high ?? 0
    parts[part].floating.append(
      Entry(turn: Int32(turn), member: Int32(member), low: 0, high: last + high))
  }

  /// Keeps what a street of a district has come to, where it is more than any of its others has.
  mutating func raiseStreet(of district: String, turn: Int, to high: Int, ofPart part: Int) {
    let most = parts[part].mostOnAStreet[district]?.last?.high ?? 0
    guard high > most else { return }
    parts[part].mostOnAStreet[district, default: []].append(
      Entry(turn: Int32(turn), member: -1, low: 0, high: high))
  }

  /// Takes back what a part gave away at a turn and after it.
  mutating func forget(ofPart part: Int, from turn: Int) {
    func cut(_ entries: inout [Entry]) {
      entries.removeLast(entries.count - Self.count(entries, before: turn))
    }
    cut(&parts[part].floating)
    for street in parts[part].mostOnAStreet.keys {
      cut(&parts[part].mostOnAStreet[street, default: []])
    }
    for scope in Array(parts[part].named.values) + (parts[part].only.map { [$0] } ?? []) {
      cut(&scopes[scope].entries)
    }
  }

  // MARK: As of a turn

  func taken(inScope scope: Int, before turn: Int) -> Taken {
    let count = Self.count(scopes[scope].entries, before: turn)
    guard count > 0 else { return Taken() }
    let last = scopes[scope].entries[count - 1]
    return Taken(low: last.low, high: last.high, count: count, last: Int(last.member))
  }

  func floatingHigh(ofPart part: Int, before turn: Int) -> Int {
    let count = Self.count(parts[part].floating, before: turn)
    return count == 0 ? 0 : parts[part].floating[count - 1].high
  }

  /// Those that took a place in a scope that is not known.
  func floating(ofPart part: Int, before turn: Int) -> [Int] {
    parts[part].floating.prefix(Self.count(parts[part].floating, before: turn)).map {
      Int($0.member)
    }
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

  mutating func add(_ member: Int, turn: Int) {
    guard turnOf[member] == nil else { return }
    turnOf[member] = Int32(turn)
    members.append(Int32(member))
    turns.append(Int32(turn))
  }

  func contains(_ member: Int, before turn: Int) -> Bool {
    turnOf[member].map { $0 < turn } ?? false
  }

  func count(before turn: Int) -> Int {
    guard let last = turns.last, last >= turn else { return turns.count }
    return turns.firstIndex { $0 >= turn } ?? turns.count
  }

  func first(_ limit: Int, before turn: Int) -> [Int] {
    members.prefix(min(limit, count(before: turn))).map { Int($0) }
  }
}
