import Diagnostics
import Expression

/// What is found out before the first turn: which rules speak of whom, and the order of merit.
final class Ranking: Sendable {
  /// What the order of merit asks of a member.
  struct Merit: Sendable {
    var isExempt = false
    var hasPriority = false
  }

  /// The members, the best first.
  let order: [Int]
  /// By member: its place in that order, from 0.
  private let turns: [Int32]
  /// By application of the batch: the member that it is, or -1.
  private let positions: [Int32]
  /// By member.
  let merits: [Merit]
  /// By member from ``starts`` on: what can be said of each rule that is decided in turn, by category.
  private let applicabilities: [Decider.Applicability]
  private let starts: [Int]

  /// - Parameter decider: one that knows no order yet.
  init(_ decider: Decider) throws(Faults) {
    var merits: [Merit] = []
    var applicabilities: [Decider.Applicability] = []
    var starts: [Int] = []
    for member in decider.members.indices {
      starts.append(applicabilities.count)
      merits.append(try Self.merit(of: member, decider, &applicabilities))
    }
    let order = MeritOrder(decider.policy, decider.batch, decider.members, merits).sorted()
    var turns = [Int32](repeating: 0, count: merits.count)
    for (turn, member) in order.enumerated() { turns[member] = Int32(turn) }
    var positions = [Int32](repeating: -1, count: decider.batch.applications.count)
    for (member, index) in decider.members.enumerated() { positions[index] = Int32(member) }
    self.order = order
    self.turns = turns
    self.positions = positions
    self.merits = merits
    self.applicabilities = applicabilities
    self.starts = starts
  }

  /// The place of a member in the order, from 0.
  func turn(of member: Int) -> Int { Int(turns[member]) }

  /// The member that an application of the batch is; nil where it competes elsewhere.
  func position(of application: Int) -> Int? {
    positions[application] < 0 ? nil : Int(positions[application])
  }

  /// What can be said of an item of a member's rules, numbered in the order in which they are decided.
  func applicability(_ number: Int, of member: Int, _ rules: ApplicableRules)
    -> Decider.Applicability
  {
    number < rules.firstInTurn
      ? .open : applicabilities[starts[member] + number - rules.firstInTurn]
  }

  private static func merit(
    of member: Int, _ decider: Decider, _ applicabilities: inout [Decider.Applicability]
  ) throws(Faults) -> Merit {
    decider.look(at: member)
    let index = decider.members[member]
    var merit = Merit()
    var competes = false
    var isExempt = true
    for item in decider.records.rules(of: index).inTurn {
      decider.choose(item.category)
      let found = try decider.guarded(item.rule.index) { () throws(EvaluationError) in
        try decider.applicability(item.rule)
      }
      if found.mayCompete {
        competes = true
        if !found.isExempt { isExempt = false }
      }
      // Whether it adds beds hangs on who comes before it.
      let isKept = item.rule.standsAlone && decider.batch.applications[index].replaces == nil
      applicabilities.append(isKept ? found.applicability : .open)
    }
    decider.choose(nil)
    merit.isExempt = competes && isExempt
    for priority in decider.terms.priorities {
      let holds = try decider.guarded(nil) { () throws(EvaluationError) in
        try decider.context.decide(priority)
      }
      if case .yes = holds {
        merit.hasPriority = true
        break
      }
    }
    return merit
  }
}
