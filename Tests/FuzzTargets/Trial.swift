/// What came of trying some bytes.
package enum Trial: Sendable, Equatable {
  /// Everything held: the errors that were told, a line each in English, or what was made of the bytes.
  case held(told: [String])
  /// Something does not hold that has to hold whatever the bytes are.
  case broken(String)

  /// What does not hold; nil where everything does.
  package var broken: String? {
    if case .broken(let what) = self { what } else { nil }
  }

  package var told: [String] {
    switch self {
    case .held(let told): told
    case .broken(let what): ["BROKEN: \(what)"]
    }
  }
}
