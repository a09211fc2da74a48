package import Cases
import Expression
package import Spatial

/// What is worked out about the applications and their neighbours once for all runs of a screening.
package final class BatchRecords: Sendable {
  package let batch: Batch
  /// What applications say that the registry does not bear out.
  package let doubts: Doubts
  /// By place among ``PolicyTerms/classedFields``.
  let applicationClasses: [ApplicationClasses]
  /// By circle.
  let classes: [NeighbourClasses]
  /// By application: its place in WGS-84, where circles are looked at and it has one.
  package let places: [Coordinate?]
  let ruleSets: [ApplicableRules]
  /// By application: which of them is its own.
  private let ruleSetNumbers: [Int]
  private let unplacedByDistrict: [String: [Int]]

  package init(_ input: Batch, _ applications: [Int], _ terms: PolicyTerms) {
    doubts = Doubts(input, applications)
    let batch = doubts.batch
    let members = applications + Array(doubts.added)
    self.batch = batch
    let fields = ClassedFields(
      Set((terms.classedFields + terms.circles.compactMap(\.applicantFields)).joined()), of: batch)
    applicationClasses = terms.classedFields.map {
      ApplicationClasses($0, fields, members, of: batch)
    }
    classes = terms.circles.map { circle in
      NeighbourClasses(circle, batch, members, fields)
    }
    var places = [Coordinate?](repeating: nil, count: batch.applications.count)
    if !terms.circles.isEmpty {
      let found = Site.coordinates(members.count) { batch.applications[members[$0]].site }
      for (index, place) in zip(members, found) { places[index] = place }
    }
    self.places = places
    var ruleSets: [ApplicableRules] = []
    var numbers = [Int](repeating: 0, count: batch.applications.count)
    var numberOfRequests: [[WordSet<Category>]: Int] = [:]
    for index in members {
      let application = batch.applications[index]
      let implied = terms.implied(
        by: application.requests, designatedFor: application.designatedFor)
      if let known = numberOfRequests[[application.requests, implied]] {
        numbers[index] = known
      } else {
        numberOfRequests[[application.requests, implied]] = ruleSets.count
        numbers[index] = ruleSets.count
        ruleSets.append(ApplicableRules(application.requests, implied: implied, terms))
      }
    }
    (self.ruleSets, ruleSetNumbers) = (ruleSets, numbers)
    unplacedByDistrict =
      terms.circles.isEmpty
      ? [:]
      : Dictionary(
        grouping: batch.registry.unplaced(in: nil),
        by: { batch.registry.institutions[$0].district ?? "" })
  }

  /// The same with more applications after those of the batch, which are tried in the place of one of its members: nobody counts
  /// them as neighbours.
  package init(_ base: BatchRecords, trying applications: [Application], _ terms: PolicyTerms) {
    batch = base.batch.adding(applications)
    doubts = base.doubts
    applicationClasses = base.applicationClasses
    classes = base.classes
    places =
      base.places
      + applications.map { terms.circles.isEmpty ? nil : $0.site?.coordinate }
    var ruleSets = base.ruleSets
    var numbers = base.ruleSetNumbers
    for application in applications {
      let implied = terms.implied(
        by: application.requests, designatedFor: application.designatedFor)
      numbers.append(ruleSets.count)
      if let known = base.ruleSets.firstIndex(where: { $0.isOf(application.requests, implied) }) {
        numbers[numbers.count - 1] = known
      } else {
        ruleSets.append(ApplicableRules(application.requests, implied: implied, terms))
      }
    }
    (self.ruleSets, ruleSetNumbers) = (ruleSets, numbers)
    unplacedByDistrict = base.unplacedByDistrict
  }

  /// Which of ``ruleSets`` are the rules of one of the members.
  func ruleSetNumber(of application: Int) -> Int { ruleSetNumbers[application] }

  /// The rules to decide for one of the members.
  package func rules(of application: Int) -> ApplicableRules {
    ruleSets[ruleSetNumbers[application]]
  }

  package func neighbour(_ who: CircleEvidence.Counted.Who) -> DataRecord {
    switch who {
    case .institution(let row): batch.registry.neighbour(row)
    case .application(let index): batch.applications[index].neighbourRecord(batch.catalogue)
    }
  }

  /// The categories that an applicant holds already; nil of one that is not designated, and of institutions.
  func held(_ who: CircleEvidence.Counted.Who) -> WordSet<Category>? {
    guard case .application(let index) = who else { return nil }
    let held = batch.applications[index].designatedFor
    return held.isEmpty ? nil : held
  }

  /// What an applicant is to its neighbours already; nil of one that is not designated, and of institutions.
  package func standing(_ who: CircleEvidence.Counted.Who) -> DataRecord? {
    guard case .application(let index) = who else { return nil }
    return batch.applications[index].standingRecord(batch.catalogue)
  }

  /// The institutions without a place that may lie in a circle of a district; all of them where the district is not known.
  package func unplaced(in district: String?) -> [Int] {
    guard let district else { return batch.registry.unplaced(in: nil) }
    return unplacedByDistrict[district] ?? []
  }

  /// The digits after the point that bound the accuracy of a place.
  package func decimals(of who: CircleEvidence.Counted.Who) -> Int {
    switch who {
    case .institution(let row): batch.registry.leastDecimals(ofRow: row)
    case .application(let index): batch.applications[index].site?.leastDecimals ?? 0
    }
  }
}

/// Institutions and applications sorted by the fields that a circle's condition looks at, so that it is asked once a class.
package final class NeighbourClasses: Sendable {
  /// More than this many are not worth telling apart.
  private static let countLimit = 512
  private static let answerLimit = 65_536
  /// Of so many institutions for each applicant most are never looked at, and sorting them takes longer than asking for those that
  /// are: for one applicant among 7,700 sorting alone takes 2.6 million instructions (callgrind), everything else 4.
  private static let institutionsPerApplicant = 1_000

  private struct Step: Hashable {
    var before: Int
    var code: Int
  }

  /// Classes are numbered below this.
  package let count: Int
  private let rows: [Int32]
  private let applications: [Int32]
  /// The classes of the applicants; nil where its condition is asked for each of them.
  private let applicants: ApplicationClasses?
  /// How many pairs of an applicant's and a neighbour's class there are, where they are worth keeping.
  let answerCount: Int

  package init(
    _ circle: PolicyTerms.CircleTerms, _ batch: Batch, _ members: [Int], _ fields: ClassedFields
  ) {
    let names = circle.neighbourFields?.map { batch.catalogue.neighbour.fields[$0].name } ?? ["id"]
    let isWorthwhile =
      batch.registry.institutions.count <= Self.institutionsPerApplicant * members.count
    if names.contains("id") || !isWorthwhile {
      (count, rows, applications, applicants, answerCount) = (0, [], [], nil, 0)
      return
    }
    var steps: [Step: Int] = [:]
    var texts: [String: Int] = [:]
    func code(_ text: String?) -> Int? {
      guard let text else { return nil }
      if let code = texts[text] { return code }
      texts[text] = texts.count
      return texts.count - 1
    }
    func code(_ cell: FieldValues.Cell?, _ absence: Absence) -> Int? {
      switch cell {
      case .packed(let bits): return Int(truncatingIfNeeded: bits)
      case .boxed(.string(let text)): return code(text)
      case .boxed: return nil
      case nil:
        // What is missing is missing of this one neighbour alone, unless its absence means something.
        guard case .means(let value) = absence else { return nil }
        if case .list(let items) = value, items.isEmpty { return 0 }
        if case .string(let text) = value { return code(text) }
        return nil
      }
    }
    /// A field that is kept among others, of an application or of an institution.
    func other<Role>(_ values: FieldValues, _ entry: FieldEntry<Role>?) -> Int? {
      guard let entry, let slot = entry.slot else { return nil }
      // A known name is told apart by what it says, as one that is not known.
      if case .word(let table) = entry.store, table.isOpen,
        case .string(let text)? = values[slot].map(entry.store.value)
      {
        return code(text)
      }
      return code(values[slot], entry.field.absence)
    }
    func number(_ codes: (String) -> Int?) -> Int32 {
      var number = 0
      for (place, name) in names.enumerated() {
        // What is missing is missing of this one neighbour alone.
        guard let code = codes(name) else { return -1 }
        let step = Step(before: number * names.count + place, code: code)
        if let known = steps[step] {
          number = known
        } else {
          steps[step] = steps.count + 1
          number = steps.count
        }
      }
      return Int32(number)
    }
    let registry = batch.registry.institutions
    let rows = registry.indices.map { row in
      number { name in
        switch name {
        case "kind": Int(registry[row].kind.rawValue)
        case "categories": registry[row].categories.code
        case "district": code(registry[row].district)
        case "street": code(registry[row].street)
        case "beds": registry[row].beds
        default: other(registry[row].values, batch.catalogue.institutionEntry(name))
        }
      }
    }
    var applications = [Int32](repeating: -1, count: batch.applications.count)
    for index in members {
      applications[index] = number { name in
        switch name {
        case "kind": Int(batch.applications[index].kind.rawValue)
        case "categories":
          batch.applications[index].designatedFor.union(batch.applications[index].requests).code
        case "district": code(batch.applications[index].district)
        case "street": code(batch.applications[index].street)
        case "beds": batch.applications[index].beds
        default: other(batch.applications[index].values, batch.catalogue.applicationEntry(name))
        }
      }
    }
    if steps.count >= Self.countLimit {
      (count, self.rows, self.applications, applicants, answerCount) = (0, [], [], nil, 0)
      return
    }
    (count, self.rows, self.applications) = (steps.count + 1, rows, applications)
    guard let asked = circle.applicantFields else {
      (applicants, answerCount) = (nil, 0)
      return
    }
    let applicants = ApplicationClasses(asked, fields, members, of: batch)
    let isWorthIt = applicants.count * count <= Self.answerLimit
    self.applicants = isWorthIt ? applicants : nil
    answerCount = isWorthIt ? applicants.count * count : 0
  }

  /// Where the answers of an applicant begin among those that are kept; nil where none are.
  package func answers(of applicant: Int) -> Int? {
    applicants?.number(of: applicant).map { $0 * count }
  }

  /// The class of a neighbour, or -1 where it stands for itself.
  package func number(of who: CircleEvidence.Counted.Who) -> Int {
    if count == 0 { return -1 }
    return switch who {
    case .institution(let row): Int(rows[row])
    case .application(let index): Int(applications[index])
    }
  }
}
