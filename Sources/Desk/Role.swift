/// What a person may do at the desk of a city; an account may have several.
package enum Role: String, Sendable, CaseIterable, Codable {
  /// Receives and corrects cases, opens and closes rounds.
  case clerk
  /// Rules, waives, publishes, confirms, voids, reopens.
  case reviewer
  /// Puts facts, registry and profiles in force.
  case policy
  /// Reads everything of its city and changes nothing.
  case auditor
  /// Manages accounts and sees no case.
  case admin
}

/// Who asks, as far as the desk knows.
package struct Caller: Sendable, Hashable {
  package var account: String
  package var city: String
  package var roles: Set<Role>
  /// The district that a clerk is narrowed to; nil: the whole city.
  package var district: String?
  /// Where the request came from, for the audit trail.
  package var address: String

  package init(
    account: String, city: String, roles: Set<Role>, district: String? = nil, address: String = ""
  ) {
    self.account = account
    self.city = city
    self.roles = roles
    self.district = district
    self.address = address
  }

  /// The district that what it sees is narrowed to: of a clerk who is nothing else that sees cases.
  var narrowedTo: String? {
    roles.isDisjoint(with: [.reviewer, .auditor]) ? district : nil
  }
}

/// What can be asked of a desk, each with the roles that may.
package enum Act: String, Sendable, CaseIterable {
  case openRound, closeRound, receive, change, correct
  case withdraw, check
  case reopen, publish, confirm, cancel, rule, waive, void
  case putFacts, putRegistry
  case readCases, readRounds, readLedger, readAudit, readFacts
  case readCity
  case manageAccounts

  package var roles: Set<Role> {
    switch self {
    case .openRound, .closeRound, .receive, .change, .correct: [.clerk]
    case .withdraw, .check: [.clerk, .reviewer]
    case .reopen, .publish, .confirm, .cancel, .rule, .waive, .void: [.reviewer]
    case .putFacts, .putRegistry: [.policy]
    case .readCases: [.clerk, .reviewer, .auditor]
    case .readRounds, .readLedger, .readAudit, .readFacts: [.clerk, .reviewer, .policy, .auditor]
    case .readCity: Set(Role.allCases)
    case .manageAccounts: [.admin]
    }
  }

  /// Whether it is for the whole city, so that a clerk of one district may not.
  var isOfTheCity: Bool {
    switch self {
    case .openRound, .closeRound, .reopen, .publish, .confirm, .cancel, .void: true
    default: false
    }
  }
}
