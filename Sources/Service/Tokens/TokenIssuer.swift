package import Desk

/// An OpenID Connect issuer whose tokens the desk takes beside its own, and what their claims mean at this desk.
package struct TokenIssuer: Sendable {
  /// What `iss` of a token has to be, to the byte. Without `#`, which parts it from the subject in names.
  package var issuer: String
  /// What `aud` of a token has to be, or to have among others.
  package var audience: String
  package var keys: KeyLocation
  /// The claim that somebody is known by; what the issuer gives nobody else, ever.
  package var subject = "sub"
  package var cities: Cities
  /// The claim with the district that a clerk is narrowed to, ``wholeCity`` for one of the whole city; a clerk whose token has none is
  /// none. Nil: clerks are of the whole city.
  package var district: String?
  package var roles: ClaimWords<Role>

  /// What a token says in place of a district where its clerk is of the whole city.
  package static let wholeCity = "*"

  /// Where somebody acts.
  package enum Cities: Sendable {
    /// Everybody in one city.
    case one(String)
    /// Where a claim says.
    case named(ClaimWords<String>)
  }

  package init(
    issuer: String, audience: String, keys: KeyLocation, cities: Cities, roles: ClaimWords<Role>
  ) {
    self.issuer = issuer
    self.audience = audience
    self.keys = keys
    self.cities = cities
    self.roles = roles
  }

  /// The cities that it speaks of by name.
  package var cityNames: [String] {
    switch cities {
    case .one(let city): [city]
    case .named(let words): words.meanings.map(\.value)
    }
  }
}

/// What the words of a claim mean: a text, or a list of texts, of which those that mean nothing are passed over.
package struct ClaimWords<Value: Sendable>: Sendable {
  package var claim: String
  package var meanings: [(word: String, value: Value)]

  package init(claim: String, meanings: [(word: String, value: Value)]) {
    self.claim = claim
    self.meanings = meanings
  }

  func values(of words: [String]) -> [Value] {
    words.flatMap { word in meanings.filter { $0.word == word }.map(\.value) }
  }
}
