import Diagnostics
import Expression

/// One rule decided for one subject, with what is needed to explain it later.
struct Decision: Sendable {
  /// A rule of the profile by its index, or a built-in finding.
  enum RuleReference: Sendable, Hashable {
    case rule(Int)
    case profileNotInForce
    case stockDiffers(Category, inDistrict: Bool)
    case factsOfAnotherYear
    case kindAndCategory(Category)
    case doubt(Doubt)
    /// The replacement is not recognised: by the profile, or because the agreement is terminated.
    case replacementNotRecognized(isTerminated: Bool)
    case noRuleSpeaks(Category)
  }

  var rule: RuleReference
  var category: Category?
  var outcome: Outcome
  /// From the surely admitted to all that may be.
  var measured: (low: Exact, high: Exact)?
  var limit: Exact?
  /// What the limit hangs on, where it is not known.
  var openLimit: UnknownSet?
  /// The limit part that it speaks of.
  var part: Int?
  /// The other parts of the limit that it fails as well.
  var otherParts: [(part: Int, measured: Exact, limit: Exact)] = []
  /// The note of the rule that it gives.
  var note: Int?
  /// Used before the batch; taken by the batch so far, surely and at most.
  var usage: (used: Exact, takenLow: Int, takenHigh: Int, take: Int)?
  /// The place in the order of merit among those that compete for the same limit, from 1; where it is open, the last.
  var rank: Int?
  /// The places that it may have there, where its rank is open.
  var openRank: ClosedRange<Int>?
  /// It comes to something else at one of them than at another.
  var restsOnRank = false
  /// It fails as the application says, and would not as the registry has it.
  var restsOnDoubts = false
  /// The verdict if a doubt were decided against the application.
  var otherwise: Verdict?
  /// The member before it in that order.
  var before: Int?
  var circle: (index: Int, evidence: CircleEvidence)?
  var needs: [String] = []
  /// The undecided members of the competition that it hangs on, in the order of merit, as far as they are named.
  var hangsOn: [Int] = []
  /// How many more there are.
  var moreHangsOn = 0
  var exemption: Int?
  var considered: [Considered] = []
  var waiver: Int?
  var ruling: Ruling?
  /// The text gives no number, and a person decides.
  var lacksNumber = false
  /// It takes no place: it replaces a leaving institution, or holds the category already.
  var takesNone = false

  struct Considered: Sendable {
    var clause: Int
    var kind: Consideration.Kind
    var holds: Consideration.Holds
    var circles: [(index: Int, evidence: CircleEvidence)]
  }

  /// So many of the undecided are named: of thousands each would otherwise name all others.
  static let hangsOnLimit = 256

  /// How many are surely inside a circle that was looked at; nil for any other.
  func sureCount(ofCircle index: Int) -> Int? {
    if let circle, circle.index == index { return circle.evidence.sure.count }
    for clause in considered {
      for circle in clause.circles where circle.index == index { return circle.evidence.sure.count }
    }
    return nil
  }

  init(rule: RuleReference, category: Category? = nil, outcome: Outcome) {
    self.rule = rule
    self.category = category
    self.outcome = outcome
  }
}

/// Whether an application takes its places.
enum Admission: UInt8, Sendable {
  case no
  case maybe
  case yes
}
