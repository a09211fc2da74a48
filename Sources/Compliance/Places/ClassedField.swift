/// A field of an application whose values are told apart by number, so that applications can be sorted into classes.
enum ClassedField: String, CaseIterable, Sendable {
  case kind
  case requests
  case district
  case street
  case area
  case setting
  case grade
  case specialty
  case ownership
  case beds
  case existingBeds = "existing_beds"
  case occupancy
  case group
  case designatedFor = "designated_for"
  case circumstances
  case newBeds = "new_beds"

  /// The bits that a number takes.
  var width: Int {
    switch self {
    case .kind, .requests, .designatedFor: 8
    case .circumstances, .specialty: 16
    case .area, .setting, .grade, .ownership: 4
    case .district, .street, .group, .occupancy: 16
    case .beds, .existingBeds, .newBeds: 24
    }
  }

  /// The field of ``Application/shape``; nil where its values are not told apart.
  init?(index: Int) {
    guard Application.shape.fields.indices.contains(index) else { return nil }
    self.init(rawValue: Application.shape.fields[index].name)
  }
}

/// The values of the classed fields of a batch as numbers.
struct ClassedFields {
  private let batch: Batch
  private let districts: [Int32]
  private let streets: [Int32]
  private let groups: [Int32]
  private let occupancies: [Int32]

  /// Numbers the values of the `selected` fields.
  init(_ selected: Set<ClassedField>, of batch: Batch) {
    func numbered<Item: Hashable>(
      _ field: ClassedField, _ item: (Application) -> Item?
    ) -> [Int32] {
      guard selected.contains(field) else { return [] }
      var known: [Item: Int32] = [:]
      return batch.applications.map { application in
        guard let item = item(application) else { return -1 }
        if let number = known[item] { return number }
        let number = Int32(known.count)
        known[item] = number
        return number
      }
    }
    self.batch = batch
    districts = numbered(.district, \.district)
    streets = numbered(.street, \.street)
    groups = numbered(.group) { $0.group ?? "" }
    occupancies = numbered(.occupancy, \.occupancy)
  }

  /// The number of a field's value; nil where it is missing or does not fit the width.
  func number(_ field: ClassedField, of index: Int) -> Int? {
    guard let number = found(field, index), number >= 0, number < 1 << field.width else {
      return nil
    }
    return number
  }

  private func found(_ field: ClassedField, _ index: Int) -> Int? {
    func listed(_ numbers: [Int32]) -> Int? {
      numbers.indices.contains(index) ? Int(numbers[index]) : nil
    }
    switch field {
    case .kind: return Int(batch.applications[index].kind.rawValue)
    case .requests: return batch.applications[index].requests.code
    case .district: return listed(districts)
    case .street: return listed(streets)
    case .area: return batch.applications[index].area.map { Int($0.rawValue) }
    case .setting: return batch.applications[index].setting.map { Int($0.rawValue) }
    case .grade: return batch.applications[index].grade.map { Int($0.rawValue) }
    case .specialty: return batch.applications[index].specialty.code
    case .ownership: return batch.applications[index].ownership.map { Int($0.rawValue) }
    case .beds: return batch.applications[index].beds
    case .existingBeds: return batch.applications[index].existingBeds
    case .occupancy: return listed(occupancies)
    case .group: return listed(groups)
    case .designatedFor: return batch.applications[index].designatedFor.code
    case .circumstances: return batch.applications[index].circumstances.code
    case .newBeds:
      // What it adds may hang on who comes before it.
      guard batch.applications[index].replaces == nil else { return nil }
      return batch.applications[index].newBeds(leavingBeds: nil)
    }
  }
}
