package import Diagnostics

/// Why the desk does not do what it was asked.
package struct Refusal: Error, Sendable {
  /// What kind of refusal it is; each is told by one code over HTTP.
  package enum Kind: String, Sendable, CaseIterable {
    /// It is not there, or nobody of this city may know of it.
    case notFound = "not-found"
    /// The caller's roles do not allow it.
    case forbidden
    /// As things stand it cannot be done.
    case conflict
    /// What was given is at fault.
    case invalid
    /// It has changed since the caller looked.
    case moved
    /// The caller has to say which version it looked at.
    case unversioned
    /// The city cannot be served now.
    case unready
  }

  package var kind: Kind
  package var detail: Bilingual
  /// What is wrong in what was given, with its places.
  package var faults: [Fault]
  /// The ids of the cases that stand in the way.
  package var cases: [String]
  /// The limits that stand in the way, each `rule scope`.
  package var limits: [String]
  /// Faults as they were told the first time, of an answer that is given again.
  var told: [PlainValue] = []

  package init(
    _ kind: Kind, zh: String, en: String, faults: [Fault] = [], cases: [String] = [],
    limits: [String] = []
  ) {
    self.kind = kind
    detail = Bilingual(zh: zh, en: en)
    self.faults = faults
    self.cases = cases
    self.limits = limits
  }

  /// Whether a repeat with the same key gets it again: it was given after the act was tried.
  package var isKept: Bool { kind == .conflict || kind == .invalid }

  static func notFound() -> Refusal {
    Refusal(.notFound, zh: "没有这一项", en: "there is no such thing")
  }

  static func invalid(_ zh: String, _ en: String) -> Refusal { Refusal(.invalid, zh: zh, en: en) }
  static func conflict(_ zh: String, _ en: String, cases: [String] = []) -> Refusal {
    Refusal(.conflict, zh: zh, en: en, cases: cases)
  }
}
