import Cases
package import Diagnostics
import Expression

/// What is found out before the first turn: which rules speak of whom, and the order of merit.
package final class Ranking: Sendable {
  /// Whether something that merit hangs on holds.
  package enum Standing: Sendable {
    case no
    case yes
    /// It hangs on what is missing, or on how accurate places are.
    case open
  }

  /// What the order of merit asks of a member.
  package struct Merit: Sendable {
    var isExempt = Standing.no
    package var hasPriority = Standing.no
    /// Why its rank is open; nil where it is known.
    var openness: Openness?
  }

  /// Why a rank is open (semantics.md 4.2).
  package struct Openness: Sendable {
    /// The paths of what is missing; none where it hangs on the accuracy of places alone.
    package var needs: [String] = []

    var isOfAccuracy: Bool { needs.isEmpty }

    package mutating func add(_ paths: [String]) {
      for path in paths where !needs.contains(path) { needs.append(path) }
    }
  }

  /// A member looked at: once, or where its rank is open, at the first that it may have and at the last.
  package struct Turn: Hashable, Sendable {
    package enum Rank: Sendable {
      case known
      case first
      case last
    }

    private let number: Int32
    package let rank: Rank

    package var member: Int { Int(number) }

    package init(member: Int, rank: Rank) {
      number = Int32(member)
      self.rank = rank
    }
  }

  /// What tells the members apart.
  package let order: MeritOrder
  /// The turns in the order of merit, the best first.
  package let turns: [Turn]
  /// By member: its first turn, and its last.
  private let firstTurns: [Int32]
  private let lastTurns: [Int32]
  /// By application of the batch: the member that it is, or -1.
  private let positions: [Int32]
  /// By member.
  let merits: [Merit]
  /// Whether anybody's rank is open.
  package let isOpen: Bool
  /// By member from ``starts`` on: what can be said of each rule that is decided in turn, by category.
  private let applicabilities: [Decider.Applicability]
  private let starts: [Int]

  /// - Parameter decider: one that knows no order yet.
  package init(_ decider: Decider) throws(Faults) {
    var merits: [Merit] = []
    var applicabilities: [Decider.Applicability] = []
    var starts: [Int] = []
    for member in decider.members.indices {
      starts.append(applicabilities.count)
      decider.look(at: member, turn: 0)
      merits.append(try Self.merit(decider, &applicabilities))
    }
    order = MeritOrder(decider.policy, decider.batch, decider.members, merits)
    for member in order.membersOfOpenScore {
      let id = decider.batch.applications[decider.members[member]].id
      merits[member].openness = merits[member].openness ?? Openness()
      merits[member].openness?.add(["applications[\(id)].score"])
    }
    turns = order.sorted()
    var firstTurns = [Int32](repeating: 0, count: merits.count)
    var lastTurns = firstTurns
    for (number, turn) in turns.enumerated() {
      if turn.rank != .last { firstTurns[turn.member] = Int32(number) }
      if turn.rank != .first { lastTurns[turn.member] = Int32(number) }
    }
    var positions = [Int32](repeating: -1, count: decider.batch.applications.count)
    for (member, index) in decider.members.enumerated() { positions[index] = Int32(member) }
    isOpen = turns.count > merits.count
    self.firstTurns = firstTurns
    self.lastTurns = lastTurns
    self.positions = positions
    self.merits = merits
    self.applicabilities = applicabilities
    self.starts = starts
  }

  /// Whether the members have their turns as in another one, and each rule speaks of the same of them.
  func hasOrder(of other: Ranking) -> Bool {
    self === other || turns == other.turns && applicabilities == other.applicabilities
  }

  /// Whether it is known of every rule that is decided in turn whether it applies and whether an exemption holds.
  var knowsWhomRulesBind: Bool { !applicabilities.contains(.open) }

  /// The turn at which a member is decided, from 0: its last.
  package func turn(of member: Int) -> Int { Int(lastTurns[member]) }

  /// The first turn that a member may have, the same where its rank is known.
  func firstTurn(of member: Int) -> Int { Int(firstTurns[member]) }

  /// The member that an application of the batch is; nil where it competes elsewhere.
  package func position(of application: Int) -> Int? {
    positions[application] < 0 ? nil : Int(positions[application])
  }

  /// What can be said of an item of a member's rules, numbered in the order in which they are decided.
  func applicability(_ number: Int, of member: Int, _ rules: ApplicableRules)
    -> Decider.Applicability
  {
    number < rules.firstInTurn
      ? .open : applicabilities[starts[member] + number - rules.firstInTurn]
  }

  /// What the order of merit asks of the application that is looked at, before anybody is admitted.
  package static func merit(
    _ decider: Decider, _ applicabilities: inout [Decider.Applicability]
  ) throws(Faults) -> Merit {
    let index = decider.applicant
    var merit = Merit()
    var openness = Openness()
    // Whether it is exempt from whatever it may compete in, and whether it may be exempt from whatever it surely competes in.
    var competes = false
    var (isExempt, mayBeExempt) = (true, true)
    for item in decider.records.rules(of: index).inTurn {
      decider.choose(item.category)
      let found = try decider.guarded(item.rule.index) { () throws(EvaluationError) in
        try decider.applicability(item.rule)
      }
      if found.competes != .no {
        competes = true
        if found.isExempt != .yes { isExempt = false }
        if found.isExempt == .no, found.competes == .yes { mayBeExempt = false }
        if found.isExempt == .open { openness.add(found.needs) }
      }
      // Whether it adds beds hangs on who comes before it.
      let isKept = item.rule.standsAlone && decider.batch.applications[index].replaces == nil
      applicabilities.append(isKept ? found.applicability : .open)
    }
    decider.choose(nil)
    merit.isExempt = !competes ? .no : isExempt ? .yes : mayBeExempt ? .open : .no
    if merit.isExempt != .open { openness = Openness() }
    let priority = try decider.guarded(nil) { () throws(EvaluationError) in
      try decider.standing(of: decider.terms.priorities)
    }
    merit.hasPriority = priority.standing
    if priority.standing == .open { openness.add(priority.needs) }
    if merit.isExempt == .open || merit.hasPriority == .open { merit.openness = openness }
    return merit
  }
}
