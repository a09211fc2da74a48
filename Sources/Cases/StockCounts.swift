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
  private var numbers: [String: Int] = [:]
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
    var last: (district: String, number: Int)?
    for institution in institutions {
      var number: Int?
      if let district = institution.district {
        if let last, last.district == district {
          number = last.number
        } else {
          number = self.number(of: district)
          last = number.map { (district, $0) }
        }
      }
      if institution.status == .terminated { continue }
      all.add(institution.categories)
      if let number {
        byDistrict[number].add(institution.categories)
      } else {
        institution.categories.each { category in
          withoutDistrict[category, default: WithoutDistrict()].count += 1
          if withoutDistrict[category]?.paths.count ?? 0 < Self.namedLimit {
            withoutDistrict[category]?.paths.append("registry[\(institution.id)].district")
          }
        }
      }
    }
  }

  private mutating func number(of district: String) -> Int {
    if let known = numbers[district] { return known }
    numbers[district] = districts.count
    districts.append(district)
    byDistrict.append(Counts())
    return districts.count - 1
  }

  /// The counts of a district, or of all; a category that nobody holds is left out.
  package func stock(in district: String?) -> [Category: Int] {
    var counts = all
    if let district { counts = numbers[district].map { byDistrict[$0] } ?? Counts() }
    var stock: [Category: Int] = [:]
    for (number, count) in counts.byCategory.enumerated() where count > 0 {
      stock[Category(rawValue: UInt8(number))] = count
    }
    return stock
  }
}
