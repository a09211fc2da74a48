/// One rule's outcome on one subject, with everything that a clerk needs to justify it.
package struct Finding: Sendable {
  /// The rule's id, as in the profile (`HB-OUT-CAP`); built-in findings have lower-case ids (`profile-not-in-force`).
  package var rule: String
  /// The readable name (`new-outlet-cap`).
  package var name: String
  /// The category it was decided for, where the application asks for several.
  package var category: String?
  package var outcome: Outcome
  package var modality: Modality
  /// One sentence that can be read out: what was found, the limit, how they came about.
  package var message: Bilingual
  package var location: Location
  /// The path of the value within its subject (`location.lon`), which fingerprints hold on to when lines move; empty where it
  /// speaks of the subject as a whole.
  package var valuePath = ""
  package var measured: Quantity?
  package var limit: Quantity?
  /// The step-by-step arithmetic, where there is any.
  package var arithmetic: Bilingual?
  /// The place in the order of merit, from 1, where places are given in order.
  package var rank: Int?
  /// What decided between it and the application before it in the order.
  package var tieBreak: Bilingual?
  /// The institutions that a circle counts, nearest first.
  package var neighbours: [Neighbour] = []
  /// How many more it counts than are listed: of very many at one place the nearest are.
  package var moreNeighbours = 0
  /// The circle that was measured, for drawings.
  package var circle: Circle?
  /// The paths of the data that would settle it (`facts.districts[相山区].occupancy`).
  package var needs: [String] = []
  /// The ids of the undecided applications that the outcome hangs on.
  package var hangsOn: [String] = []
  /// How many more it hangs on than are listed: of very many the first in the order of merit are.
  package var moreHangsOn = 0
  /// The exemption that takes the subject out of the rule.
  package var exemption: Consideration?
  /// The exemptions and exceptions looked at, whether they hold or not.
  package var considered: [Consideration] = []
  package var waiver: Waiver?
  /// What would cure it.
  package var remedy: Bilingual?
  /// The law, the deciding sentence first.
  package var citations: [Citation]
  /// Formulas with a lost image that it rests on.
  package var reconstructed: [Bilingual] = []
  /// Whether a baseline has it already, so that it is no news; never part of what is decided.
  package var isKnown = false

  package init(
    rule: String, name: String, outcome: Outcome, modality: Modality, message: Bilingual,
    location: Location, citations: [Citation]
  ) {
    self.rule = rule
    self.name = name
    self.outcome = outcome
    self.modality = modality
    self.message = message
    self.location = location
    self.citations = citations
  }

  /// The outcome in words; an in-principle failure says so (原则上不符合).
  package var outcomeWord: Bilingual {
    if outcome == .fail, modality == .inPrinciple {
      return Bilingual(zh: "原则上不符合", en: "does not hold in principle")
    }
    return outcome.word
  }
}

/// An exact number in its decimal or fraction form, and its unit.
package struct Quantity: Sendable, Hashable {
  /// `4`, `7.4`, `1/3`; a range where undecided applications leave one: `3..4`.
  package var value: String
  /// The unit's word as profiles write it (`institutions`, `beds`, `percent`).
  package var unit: String

  package init(value: String, unit: String) {
    self.value = value
    self.unit = unit
  }
}

/// An institution or application inside a circle.
package struct Neighbour: Sendable, Hashable {
  package var id: String
  package var name: String
  package var distanceMetres: Double
  /// True for an application of the same batch, false for a row of the registry.
  package var isApplicant: Bool
  /// The metres by which the distance is uncertain; zero where it cannot change anything.
  package var uncertaintyMetres: Double
  /// WGS-84 degrees.
  package var longitude: Double
  package var latitude: Double

  package init(
    id: String, name: String, distanceMetres: Double, isApplicant: Bool, uncertaintyMetres: Double,
    longitude: Double, latitude: Double
  ) {
    self.id = id
    self.name = name
    self.distanceMetres = distanceMetres
    self.isApplicant = isApplicant
    self.uncertaintyMetres = uncertaintyMetres
    self.longitude = longitude
    self.latitude = latitude
  }
}

/// A measured circle: WGS-84 degrees and metres.
package struct Circle: Sendable, Hashable {
  package var longitude: Double
  package var latitude: Double
  package var radiusMetres: Double

  package init(longitude: Double, latitude: Double, radiusMetres: Double) {
    self.longitude = longitude
    self.latitude = latitude
    self.radiusMetres = radiusMetres
  }
}

/// An exemption or exception that was looked at, and what came of it.
package struct Consideration: Sendable {
  package enum Kind: String, Sendable { case exemption, exception }
  package enum Holds: String, Sendable { case yes, no, uncertain, unknown }

  package var id: String
  package var kind: Kind
  package var holds: Holds
  package var message: Bilingual
  package var citation: Citation

  package init(id: String, kind: Kind, holds: Holds, message: Bilingual, citation: Citation) {
    self.id = id
    self.kind = kind
    self.holds = holds
    self.message = message
    self.citation = citation
  }
}

/// A recorded waiver that answers an in-principle failure.
package struct Waiver: Sendable, Hashable {
  package var authority: String
  package var document: String
  package var reason: String
  /// `YYYY-MM-DD`.
  package var expires: String

  package init(authority: String, document: String, reason: String, expires: String) {
    self.authority = authority
    self.document = document
    self.reason = reason
    self.expires = expires
  }
}

/// A verbatim sentence of a document and its place there.
package struct Citation: Sendable, Hashable {
  package var provision: String
  package var document: String
  package var at: String
  package var quote: String
  package var modality: Modality

  package init(provision: String, document: String, at: String, quote: String, modality: Modality) {
    self.provision = provision
    self.document = document
    self.at = at
    self.quote = quote
    self.modality = modality
  }
}
