/// Where a newcomer of a kind would pass, by every circle that the profile has: what `planlint gaps` writes.
package struct GapReport: Sendable {
  package var version: String
  package var tenant: String
  package var tenantName: Bilingual
  package var profile: ProfileIdentity
  package var inputs: [InputDigest]
  package var asOf: String
  /// What it is, and what it asks for.
  package var kind: Word
  package var categories: [Word]
  /// Where it was looked.
  package var boundary: Boundary
  /// What was taken for want of anything else, or has to be known to read the map.
  package var assumptions: [Bilingual]
  /// The rules that a place decides, in the order of the profile; none where nothing hangs on the place.
  package var rules: [CircleRule]
  /// The map for each combination of what is not given and makes a difference.
  package var scenarios: [Scenario]
  /// The institutions that a circle counts.
  package var institutions: [Institution]
  /// Those that may stand anywhere in their district, and are in no circle of the map.
  package var unplaced: [Unplaced]
  /// The quota table, as a check without rivals gives it.
  package var places: [PlaceRow]
  /// What the other rules come to, by district and street.
  package var elsewhere: [DistrictOutcome]
  /// The readings that the circles rest on, as they are in force.
  package var readings: [ReadingInForce]
  /// Of the other rules that are shown.
  package var law: [Citation]

  /// A word with its label.
  package struct Word: Sendable {
    package var word: String
    package var label: Bilingual

    package init(_ word: String, _ label: Bilingual) {
      self.word = word
      self.label = label
    }
  }

  package struct Boundary: Sendable {
    /// The path of the file; nil where it is the hull of the registry's places.
    package var path: String?
    package var areas: [Area]

    package struct Area: Sendable {
      /// As the file has it.
      package var name: String?
      /// The district of the facts that it is.
      package var district: String?
      /// By polygon, the outer ring first.
      package var polygons: [[[Place]]]
      package var areaSquareMetres: Double

      package init(
        name: String?, district: String?, polygons: [[[Place]]], areaSquareMetres: Double
      ) {
        self.name = name
        self.district = district
        self.polygons = polygons
        self.areaSquareMetres = areaSquareMetres
      }
    }

    package init(path: String?, areas: [Area]) {
      self.path = path
      self.areas = areas
    }
  }

  /// WGS-84 degrees.
  package struct Place: Sendable, Hashable {
    package var longitude: Double
    package var latitude: Double

    package init(longitude: Double, latitude: Double) {
      self.longitude = longitude
      self.latitude = latitude
    }
  }

  /// A rule that rests on a circle, for the categories that the newcomer asks for.
  package struct CircleRule: Sendable {
    package var rule: String
    package var name: String
    package var modality: Modality
    package var category: Word?
    /// The exception that holds where the circle allows it, in whose stead the rule would be one of places; nil where the circle is the
    /// rule's own demand.
    package var exception: Bilingual?
    /// Whether the newcomer counts as one in its circle.
    package var countsApplicant: Bool
    package var radiiMetres: [Double]
    package var accuracyMetres: Double
    /// How many places of the registry count in its circles.
    package var counted: Int
    package var citations: [Citation]

    package init(
      rule: String, name: String, modality: Modality, category: Word?, exception: Bilingual?,
      countsApplicant: Bool, radiiMetres: [Double], accuracyMetres: Double, counted: Int,
      citations: [Citation]
    ) {
      self.rule = rule
      self.name = name
      self.modality = modality
      self.category = category
      self.exception = exception
      self.countsApplicant = countsApplicant
      self.radiiMetres = radiiMetres
      self.accuracyMetres = accuracyMetres
      self.counted = counted
      self.citations = citations
    }
  }

  /// One map.
  package struct Scenario: Sendable {
    /// The values of what is not given for which it is the same, each combination a list; empty where nothing was left open.
    package var combinations: [[Setting]]
    /// By rule of ``GapReport/rules``: how many may stand in the circle, the newcomer counted where the rule counts it; exact.
    package var limits: [String?]
    /// Largest first.
    package var gaps: [Gap]
    /// Of the gaps by outcome, in square metres.
    package var freeSquareMetres: Double
    package var reviewSquareMetres: Double
    package var unknownSquareMetres: Double
    /// Regions of less than a square metre, which are left out.
    package var tooSmall: Int
    /// The paths of what is missing where the outcome is unknown.
    package var needs: [String]

    package init(combinations: [[Setting]], limits: [String?]) {
      self.combinations = combinations
      self.limits = limits
      gaps = []
      freeSquareMetres = 0
      reviewSquareMetres = 0
      unknownSquareMetres = 0
      tooSmall = 0
      needs = []
    }
  }

  /// A field of the newcomer and its value.
  package struct Setting: Sendable, Hashable {
    package var field: String
    package var label: Bilingual
    package var value: String
    package var valueLabel: Bilingual

    package init(field: String, label: Bilingual, value: String, valueLabel: Bilingual) {
      self.field = field
      self.label = label
      self.value = value
      self.valueLabel = valueLabel
    }
  }

  /// A connected region in which the circles come to one outcome.
  package struct Gap: Sendable {
    /// Unlike that of any other: `G1` of the first map, `2-G1` of the second; `R` and `U` for what is to be checked and what is not known.
    package var id: String
    /// `pass`: free; `review`: within the accuracy of coordinates, or left to a person; `unknown`: data are missing.
    package var outcome: Outcome
    package var areaSquareMetres: Double
    /// The outer ring first, anticlockwise; holes clockwise; no first point repeated.
    package var rings: [[Place]]
    /// The point farthest from all edges, and how far it is.
    package var pole: Place
    package var clearanceMetres: Double
    /// Counted institutions nearest to that point.
    package var nearest: [Nearest]
    /// The area of the boundary that it lies in.
    package var area: Int

    package init(
      id: String, outcome: Outcome, areaSquareMetres: Double, rings: [[Place]], pole: Place,
      clearanceMetres: Double, nearest: [Nearest], area: Int
    ) {
      self.id = id
      self.outcome = outcome
      self.areaSquareMetres = areaSquareMetres
      self.rings = rings
      self.pole = pole
      self.clearanceMetres = clearanceMetres
      self.nearest = nearest
      self.area = area
    }

    /// The districts of the nearest institutions, each once.
    package var nearestDistricts: [String] {
      var names: [String] = []
      for name in nearest.compactMap(\.district) where !names.contains(name) { names.append(name) }
      return names
    }
  }

  package struct Nearest: Sendable {
    package var id: String
    package var name: String
    package var district: String?
    package var distanceMetres: Double

    package init(id: String, name: String, district: String?, distanceMetres: Double) {
      self.id = id
      self.name = name
      self.district = district
      self.distanceMetres = distanceMetres
    }
  }

  package struct Institution: Sendable {
    package var id: String
    package var name: String
    package var place: Place

    package init(id: String, name: String, place: Place) {
      self.id = id
      self.name = name
      self.place = place
    }
  }

  package struct Unplaced: Sendable {
    package var district: String?
    package var count: Int

    package init(district: String?, count: Int) {
      self.district = district
      self.count = count
    }
  }

  /// What the rules that no circle decides come to for the newcomer in a district, or on a street of it.
  package struct DistrictOutcome: Sendable {
    package var district: String?
    package var street: String?
    /// Those that do not hold.
    package var findings: [Finding]

    package init(district: String?, street: String?, findings: [Finding]) {
      self.district = district
      self.street = street
      self.findings = findings
    }

    /// What stands against the newcomer there, circles aside.
    package var verdict: Verdict {
      Verdict(outcomes: findings.map(\.outcome), subject: .application)
    }
  }

  package struct ReadingInForce: Sendable {
    package var name: String
    package var value: Bilingual
    package var explanation: Bilingual
    package var citation: Citation

    package init(name: String, value: Bilingual, explanation: Bilingual, citation: Citation) {
      self.name = name
      self.value = value
      self.explanation = explanation
      self.citation = citation
    }
  }

  package init(
    version: String, tenant: String, tenantName: Bilingual, profile: ProfileIdentity, asOf: String,
    kind: Word, categories: [Word], boundary: Boundary
  ) {
    self.version = version
    self.tenant = tenant
    self.tenantName = tenantName
    self.profile = profile
    self.asOf = asOf
    self.kind = kind
    self.categories = categories
    self.boundary = boundary
    inputs = []
    assumptions = []
    rules = []
    scenarios = []
    institutions = []
    unplaced = []
    places = []
    elsewhere = []
    readings = []
    law = []
  }
}
