import Expression

/// What conditions see of the applications and of their neighbours, made once for all runs of a screening.
final class BatchRecords: Sendable {
  private let batch: Batch
  /// By application of the batch; those that are not screened have none.
  private let applications: [DataRecord?]
  private let neighbours: [DataRecord?]
  private let classes: [NeighbourClasses]
  private let unplacedByDistrict: [String: [Int]]

  init(_ batch: Batch, _ members: [Int], _ terms: PolicyTerms) {
    self.batch = batch
    var applications = [DataRecord?](repeating: nil, count: batch.applications.count)
    var neighbours = applications
    for member in members {
      if batch.applications[member].replaces == nil {
        applications[member] = batch.applications[member].record(leavingBeds: nil)
      }
      if !terms.circles.isEmpty {
        neighbours[member] = batch.applications[member].neighbourRecord()
      }
    }
    self.applications = applications
    self.neighbours = neighbours
    classes = terms.circles.map { NeighbourClasses($0.neighbourFields, batch, members) }
    unplacedByDistrict = Dictionary(
      grouping: batch.registry.unplaced(in: nil),
      by: { batch.registry.institutions[$0].district ?? "" })
  }

  /// An application that replaces nobody; what others add hangs on their turn.
  func record(of application: Int) -> DataRecord {
    applications[application] ?? batch.applications[application].record(leavingBeds: nil)
  }

  func neighbour(_ who: CircleEvidence.Counted.Who) -> DataRecord {
    switch who {
    case .institution(let row): batch.registry.neighbour(row)
    case .application(let index):
      neighbours[index] ?? batch.applications[index].neighbourRecord()
    }
  }

  /// The institutions without a place that may lie in a circle of a district; all of them where the district is not known.
  func unplaced(in district: String?) -> [Int] {
    guard let district else { return batch.registry.unplaced(in: nil) }
    return unplacedByDistrict[district] ?? []
  }

  /// Neighbours of one class look the same to a circle's condition; nil where nothing is known of the class.
  func neighbourClass(_ who: CircleEvidence.Counted.Who, ofCircle circle: Int) -> Int? {
    classes[circle].number(of: who)
  }

  func classCount(ofCircle circle: Int) -> Int { classes[circle].count }
}

/// Institutions and applications sorted by the fields that a circle's condition looks at, so that it is asked once a class.
private struct NeighbourClasses: Sendable {
  /// More than this many are not worth telling apart.
  private static let countLimit = 512

  private struct Step: Hashable {
    var before: Int
    var code: Int
  }

  private(set) var count = 0
  private var rows: [Int] = []
  private var applications: [Int] = []

  init(_ fields: [Int]?, _ batch: Batch, _ members: [Int]) {
    guard let fields else { return }
    let names = fields.map { Institution.neighbourShape.fields[$0].name }
    if names.contains("id") { return }
    var steps: [Step: Int] = [:]
    var texts: [String: Int] = [:]
    func code(_ text: String?) -> Int? {
      guard let text else { return nil }
      if let code = texts[text] { return code }
      texts[text] = texts.count
      return texts.count - 1
    }
    func number(_ codes: (String) -> Int?) -> Int {
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
      return number
    }
    let registry = batch.registry.institutions
    rows = registry.indices.map { row in
      number { name in
        switch name {
        case "kind": Int(registry[row].kind.rawValue)
        case "categories": registry[row].categories.code
        case "grade": registry[row].grade.map { Int($0.rawValue) }
        case "district": code(registry[row].district)
        case "street": code(registry[row].street)
        case "beds": registry[row].beds
        case "specialty": registry[row].specialty.code
        case "group": code(registry[row].group ?? "")
        default: nil
        }
      }
    }
    applications = [Int](repeating: -1, count: batch.applications.count)
    for index in members {
      applications[index] = number { name in
        switch name {
        case "kind": Int(batch.applications[index].kind.rawValue)
        case "categories":
          batch.applications[index].designatedFor.union(batch.applications[index].requests).code
        case "grade": batch.applications[index].grade.map { Int($0.rawValue) }
        case "district": code(batch.applications[index].district)
        case "street": code(batch.applications[index].street)
        case "beds": batch.applications[index].beds
        case "specialty": batch.applications[index].specialty.code
        case "group": code(batch.applications[index].group ?? "")
        default: nil
        }
      }
    }
    count = steps.count + 1
    if count > Self.countLimit { (count, rows, applications) = (0, [], []) }
  }

  func number(of who: CircleEvidence.Counted.Who) -> Int? {
    let number: Int
    switch who {
    case .institution(let row): number = rows.indices.contains(row) ? rows[row] : -1
    case .application(let index):
      number = applications.indices.contains(index) ? applications[index] : -1
    }
    return number < 0 ? nil : number
  }
}

extension WordSet {
  /// A number that tells one set from another.
  fileprivate var code: Int {
    var code = 0
    for word in words { code |= 1 << Int(word.rawValue) }
    return code
  }

  func isSubset(of other: Self) -> Bool { union(other) == other }
  func isDisjoint(with other: Self) -> Bool { union(other).count == count + other.count }
}
