import Diagnostics
package import Expression

/// Places over a scope, given in the order of merit (semantics.md 4).
///
/// ### What it checks
/// In each scope (`over`), what is `used` before the batch, what the batch has taken so far, and what the application takes
/// come to no more than `at_most`. `take: place` is one institution, none where it holds the category already or replaces a
/// leaving institution; `take: beds` are the beds asked for, less those of the leaving institution. Several parts may stand
/// together; an `advisory` part gives a note and refuses nothing.
///
/// ### Violates
/// The fourth new outlet of a year whose limit is three.
///
/// ### Complies
/// The third.
package struct Limit: Sendable {
  package enum Take: String, Sendable, CaseIterable {
    case place
    case beds
  }

  /// What tells one scope from another.
  package enum Scope: String, Sendable, CaseIterable {
    case city
    case year
    case district
    case street
    case category
    case kind
  }

  package final class Part: Sendable {
    /// Its readable name where it is advisory.
    package let name: String?
    package let applies: Program?
    /// Whom it holds to: the others that it speaks of take places, so that they count, and are held to nothing themselves.
    package let binds: Program?
    package let take: Take
    package let over: [Scope]
    package let used: Program?
    /// None: the text gives no number, and a person decides.
    package let atMost: Program?
    /// Above `at_most` and up to this a person decides.
    package let reviewUpTo: Program?
    /// A number that is not published leaves the matter to a person.
    package let reviewWithoutNumber: Bool
    /// It gives a note and refuses nothing.
    ///
    /// Unlike a ``RuleNote``, which looks at one subject by itself, it counts at the application's turn what the batch has taken
    /// before it, as every part of a limit does.
    package let isAdvisory: Bool
    package let message: Template?

    package init(
      name: String?, applies: Program?, binds: Program?, take: Take, over: [Scope], used: Program?,
      atMost: Program?, reviewUpTo: Program?, reviewWithoutNumber: Bool, isAdvisory: Bool,
      message: Template?
    ) {
      self.name = name
      self.applies = applies
      self.binds = binds
      self.take = take
      self.over = over
      self.used = used
      self.atMost = atMost
      self.reviewUpTo = reviewUpTo
      self.reviewWithoutNumber = reviewWithoutNumber
      self.isAdvisory = isAdvisory
      self.message = message
    }
  }

  package var parts: [Part]
}

extension Limit.Take {
  package var unit: String {
    switch self {
    case .place: "institutions"
    case .beds: "beds"
    }
  }
}
