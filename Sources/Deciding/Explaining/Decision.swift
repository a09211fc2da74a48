package import Cases
package import Diagnostics
package import Expression

/// One rule decided for one subject, with what is needed to explain it later.
package struct Decision: Sendable {
  /// A rule of the profile by its index, or a built-in finding.
  package enum RuleReference: Sendable, Hashable {
    case rule(Int)
    case profileNotInForce
    case stockDiffers(Category, inDistrict: Bool)
    case factsOfAnotherYear
    case submittedAfterDecision
    case kindAndCategory(Category)
    case doubt(Doubt)
    /// The replacement is not recognised: by the profile, or because the agreement is terminated.
    case replacementNotRecognized(isTerminated: Bool)
    case noRuleSpeaks(Category)
  }

  package var rule: RuleReference
  package var category: Category?
  package var outcome: Outcome
  /// From the surely admitted to all that may be.
  package var measured: (low: Exact, high: Exact)?
  package var limit: Exact?
  /// What the limit hangs on, where it is not known.
  var openLimit: UnknownSet?
  /// The limit part that it speaks of.
  package var part: Int?
  /// The other parts of the limit that it fails as well.
  var otherParts: [(part: Int, measured: Exact, limit: Exact)] = []
  /// The note of the rule that it gives.
  package var note: Int?
  /// Used before the batch; taken by the batch so far, surely and at most.
  package var usage: (used: Exact, takenLow: Int, takenHigh: Int, take: Int)?
  /// The place in the order of merit among those that compete for the same limit, from 1; where it is open, the last.
  package var rank: Int?
  /// The places that it may have there, where its rank is open.
  var openRank: ClosedRange<Int>?
  /// It comes to something else at one of them than at another.
  var restsOnRank = false
  /// It fails as the application says, and would not as the registry has it.
  var restsOnDoubts = false
  /// The verdict if a doubt were decided against the application.
  package var otherwise: Verdict?
  /// The member before it in that order.
  package var before: Int?
  package var circle: (index: Int, evidence: CircleEvidence)?
  package var needs: [String] = []
  /// The undecided members of the competition that it hangs on, in the order of merit, as far as they are named.
  package var hangsOn: [Int] = []
  /// How many more there are.
  package var moreHangsOn = 0
  package var exemption: Int?
  package var considered: [Considered] = []
  package var waiver: Int?
  package var ruling: Ruling?
  /// The text gives no number, and a person decides.
  var lacksNumber = false
  /// It takes no place: it replaces a leaving institution, or holds the category already.
  var takesNone = false

  package struct Considered: Sendable {
    package var clause: Int
    package var kind: Consideration.Kind
    package var holds: Consideration.Holds
    package var circles: [(index: Int, evidence: CircleEvidence)]
  }

  /// So many of the undecided are named: of thousands each would otherwise name all others.
  package static let hangsOnLimit = 256

  /// How many are surely inside a circle that was looked at; nil for any other.
  func sureCount(ofCircle index: Int) -> Int? {
    if let circle, circle.index == index { return circle.evidence.sure.count }
    for clause in considered {
      for circle in clause.circles where circle.index == index { return circle.evidence.sure.count }
    }
    return nil
  }

  package init(rule: RuleReference, category: Category? = nil, outcome: Outcome) {
    self.rule = rule
    self.category = category
    self.outcome = outcome
  }
}

/// Whether an application takes its places.
package enum Admission: UInt8, Sendable {
  case no
  case maybe
  case yes
}
