package import Expression

/// Yes, no, or what it hangs on.
package enum Ternary {
  case yes
  case no
  case unknown(UnknownSet)

  package var negated: Ternary {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: self
    }
  }

  /// Whether one of both holds.
  package func or(_ other: Ternary) -> Ternary { negated.and(other.negated).negated }

  /// Whether both hold.
  package func and(_ other: Ternary) -> Ternary {
    switch (self, other) {
    case (.no, _), (_, .no): .no
    case (.yes, _): other
    case (_, .yes): self
    case (.unknown(let a), .unknown(let b)): .unknown(a.union(b))
    }
  }
}
