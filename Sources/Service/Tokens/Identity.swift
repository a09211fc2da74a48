import Desk
import Diagnostics

/// Somebody for whom an issuer has signed: what he is called and may do here.
struct Identity: Sendable, Hashable {
  /// Issuer and subject with `#` between. No account of the desk is called so: its names have neither `#` nor `/`.
  let account: String
  /// At least one, sorted.
  let cities: [String]
  /// At least one.
  let roles: Set<Role>
  /// The district that he is narrowed to as a clerk.
  let district: String?

  /// How long a subject may be.
  static let subjectLength = 255

  /// Reads the claims of a token whose signature holds.
  ///
  /// - Parameter served: the cities that the desk serves; others are passed over.
  /// - Throws: ``TokenFault`` where they name nobody, or nobody who may do anything here.
  init(
    _ claims: PlainValue, _ issuer: TokenIssuer, served: Set<String>
  ) throws(TokenFault) {
    guard let subject = claims.claim(issuer.subject)?.string, Self.isName(subject) else {
      throw .noSubject
    }
    account = issuer.issuer + "#" + subject
    let named: [String] =
      switch issuer.cities {
      case .one(let city): [city]
      case .named(let words):
        words.meanings.isEmpty
          ? claims.words(words.claim) : words.values(of: claims.words(words.claim))
      }
    cities = Set(named).intersection(served).sorted()
    var roles = Set(issuer.roles.values(of: claims.words(issuer.roles.claim)))
    var district: String?
    if let claim = issuer.district, roles.contains(.clerk) {
      if let text = claims.claim(claim)?.string, !text.isEmpty {
        district = text == TokenIssuer.wholeCity ? nil : text
      } else {
        roles.remove(.clerk)
      }
    }
    self.roles = roles
    self.district = district
    if cities.isEmpty || roles.isEmpty { throw .noRole }
  }

  /// He as he asks about a city: there with his roles; about any other, as somebody of the first of his own.
  func caller(about city: String, at address: String) -> Caller {
    Caller(
      account: account, city: cities.contains(city) ? city : cities.first ?? "", roles: roles,
      district: district, address: address)
  }

  /// Whether a subject can stand in the audit trail: signs that are seen, in a line.
  private static func isName(_ text: String) -> Bool {
    (1...subjectLength).contains(text.unicodeScalars.count)
      && text.unicodeScalars.allSatisfy {
        switch $0.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
          .unassigned:
          false
        default: true
        }
      }
  }
}

extension PlainValue {
  /// A claim by its name, which may have points in it, or by the names that lead to it: `realm_access.roles`.
  func claim(_ name: String) -> PlainValue? {
    if let value = self[name] { return value }
    let parts = name.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    return self[String(parts[0])]?.claim(String(parts[1]))
  }

  /// The words of a claim: of a text the one, of a list its texts.
  func words(_ name: String) -> [String] {
    guard let value = claim(name) else { return [] }
    return value.string.map { [$0] } ?? value.items.compactMap(\.string)
  }
}
