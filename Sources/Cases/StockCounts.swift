/// How many institutions hold each category, in all and by district, counted once.
package struct StockCounts: Sendable {
  private struct Counts: Sendable {
    var byCategory = [Int](repeating: 0, count: Category.builtIn.entries.count)

    mutating func add(_ categories: WordSet<Category>) {
      categories.each { category in
        let number = Int(category.rawValue)
        while byCategory.count <= number { byCategory.append(0) }
        byCategory[number] += 1
      }
    }
  }

  /// The districts that institutions name, terminated ones too, in the order of the registry.
  package private(set) var districts: [String] = []
  private var byDistrict: [Counts] = []
  private var all = Counts()
  private var numbers = RowsByID()
  /// By category, those whose district is missing: each may be in any.
  private(set) var withoutDistrict: [Category: WithoutDistrict] = [:]

  /// So many of them are named; a registry without any districts would otherwise be listed in each finding.
  private static let namedLimit = 32

  package struct WithoutDistrict: Sendable {
    package fileprivate(set) var count = 0
    /// The paths of what is missing, of the first of them.
    package fileprivate(set) var paths: [String] = []
  }

  package init(_ institutions: [Institution]) {
    for row in institutions.indices {
      let number = institutions[row].district.map { self.number(of: $0) }
      if institutions[row].status == .terminated { continue }
      let categories = institutions[row].categories
      all.add(categories)
      if let number {
        byDistrict[number].add(categories)
      } else {
        categories.each { category in
          withoutDistrict[category, default: WithoutDistrict()].count += 1
          if withoutDistrict[category]?.paths.count ?? 0 < Self.namedLimit {
            withoutDistrict[category]?.paths.append("registry[\(institutions[row].id)].district")
          }
        }
      }
    }
  }

  private mutating func number(of district: String) -> Int {
    if let known = known(district) { return known }
    districts.append(district)
    byDistrict.append(Counts())
    _ = numbers.insert(district, row: districts.count - 1) { districts[$0] }
    return districts.count - 1
  }

  private func known(_ district: String) -> Int? { numbers.row(of: district) { districts[$0] } }

  /// The counts of a district, or of all; a category that nobody holds is left out.
  package func stock(in district: String?) -> [Category: Int] {
    var counts = all
    if let district { counts = known(district).map { byDistrict[$0] } ?? Counts() }
    var stock: [Category: Int] = [:]
    for (number, count) in counts.byCategory.enumerated() where count > 0 {
      stock[Category(rawValue: UInt8(number))] = count
    }
    return stock
  }
}
