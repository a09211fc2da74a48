import Diagnostics

/// A figure of a facts file that the ledger adds to, as a path in it: `/admitted/2026/outpatient`,
/// `/districts/相山区/beds/designated`.
enum FigurePath {
  static func of(_ names: [String], district: String?) -> String {
    "/" + ((district.map { ["districts", $0] } ?? []) + names).joined(separator: "/")
  }

  /// The names below the city or the district, and the district.
  static func parts(_ path: String) -> (names: [String], district: String?) {
    let names = path.split(separator: "/").map(String.init)
    guard names.first == "districts", names.count > 2 else { return (names, nil) }
    return (Array(names.dropFirst(2)), names[1])
  }

  /// What the ledger gave of one limit in one scope; no facts file states it.
  static func given(_ rule: String, _ part: String, _ scope: String) -> String {
    "/ledger/\(rule)/\(part)/\(scope)"
  }

  /// What `admitted` of a year states, as paths; zeros are nothing.
  static func admitted(_ facts: PlainValue, year: Int) -> [String: Int] {
    var found: [String: Int] = [:]
    func add(_ record: PlainValue, _ district: String?) {
      for entry in record["admitted"]?[String(year)]?.entries ?? [] {
        if let count = entry.value.integer, count != 0 {
          found[of(["admitted", String(year), entry.key], district: district)] = count
        }
      }
    }
    add(facts, nil)
    for district in facts["districts"]?.items ?? [] { add(district, district["name"]?.string) }
    return found
  }
}

extension PlainValue {
  /// Facts with what the ledger adds to them.
  ///
  /// `admitted` is the ledger's whatever the file says. Any other figure is added to where the file states it: one that is missing
  /// stays so, and a stock that is not stated is counted from the registry, where those admitted stand.
  ///
  /// - Parameters:
  ///   - totals: all that the ledger comes to now.
  ///   - counted: what it came to when the facts were counted.
  func adding(_ totals: [String: Int], counted: [String: Int], position: Int) -> PlainValue {
    var facts = self
    var years: Set<String> = []
    for path in totals.keys {
      let names = FigurePath.parts(path).names
      if names.first == "admitted", names.count == 3 { years.insert(names[1]) }
    }
    func clear(_ record: inout PlainValue) {
      guard var admitted = record["admitted"] else { return }
      for year in years { admitted[year] = nil }
      record["admitted"] = admitted.entries.isEmpty ? nil : admitted
    }
    clear(&facts)
    var districts = facts["districts"]?.items ?? []
    for index in districts.indices { clear(&districts[index]) }
    for (path, total) in totals.sorted(by: { $0.key < $1.key }) {
      let (names, district) = FigurePath.parts(path)
      let isAdmitted = names.first == "admitted"
      let amount = isAdmitted ? total : total - counted[path, default: 0]
      guard amount != 0 || isAdmitted else { continue }
      if let district {
        guard let index = districts.firstIndex(where: { $0["name"]?.string == district }) else {
          continue
        }
        districts[index].add(amount, at: names, makes: isAdmitted)
      } else {
        facts.add(amount, at: names, makes: isAdmitted)
      }
    }
    if !districts.isEmpty { facts["districts"] = .list(districts) }
    facts["counted_to"] = .number(position)
    return facts
  }

  /// Adds to a number within records; where there is none it is made or left.
  private mutating func add(_ amount: Int, at names: [String], makes: Bool) {
    guard let first = names.first else { return }
    if names.count == 1 {
      switch self[first] {
      case .number(let digits)?:
        if let count = Int(digits) { self[first] = .number(count + amount) }
      case nil where makes: self[first] = .number(amount)
      default: break
      }
      return
    }
    guard var inner = self[first] ?? (makes ? .record([]) : nil) else { return }
    inner.add(amount, at: Array(names.dropFirst()), makes: makes)
    self[first] = inner
  }
}
