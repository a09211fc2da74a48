import Cases
package import Expression
import Policy

/// What a tally comes to in one scope.
package struct TallySum {
  package var total = 0
  /// The paths of what is missing to know it.
  package var missing: [String] = []
}

/// What a tally comes to in all its scopes.
package struct TallySums {
  package var scopes: [String: TallySum] = [:]
  /// Rows that may belong to one scope or another.
  var floating: [FloatingRow] = []
  /// By district, in a tally by street: the most that any of its streets comes to; nil where that cannot be told.
  private(set) var mostOnAStreet: [String: Int?] = [:]

  /// A row that may belong to one scope or another.
  package struct FloatingRow {
    /// Nil where a part of it is not known.
    package var key: [String?]
    /// What it would add; nil where that is not known either.
    package var amount: Int?
    /// The paths of what is missing.
    package var paths: [String]
  }

  /// The rows that may belong to a scope beside those that do; nil stands for any name.
  func floating(into key: [String?]) -> [FloatingRow] {
    floating.filter { row in
      zip(row.key, key).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    }
  }

  /// Finds ``mostOnAStreet``, once every row is counted.
  mutating func compareStreets(at street: Int) {
    for (name, sum) in scopes {
      var key = name.split(separator: "\u{1F}", omittingEmptySubsequences: false)
      guard key.indices.contains(street) else { continue }
      key.remove(at: street)
      let district = key.joined(separator: "\u{1F}")
      if !sum.missing.isEmpty {
        mostOnAStreet.updateValue(nil, forKey: district)
      } else if let known = mostOnAStreet[district, default: 0] {
        mostOnAStreet[district] = max(known, sum.total)
      }
    }
  }
}

/// Tallies over the registry as numbers that conditions can use.
extension EvaluationContext {
  package func tally(_ index: Int) -> Value {
    let tally = policy.tallies[index]
    guard registry.isPresent else { return unknownAmount("registry") }
    var key: [String] = []
    /// The street is not known, and may be any of the district.
    var openStreet: UnknownSet?
    for scope in tally.over {
      switch scope {
      case .city: continue
      case .district:
        switch districtName.replacing(assumed) {
        case .string(let name): key.append(name)
        case let other: return other
        }
      case .street:
        guard let street = subject?["street"].replacing(assumed) else { return .null }
        switch street {
        case .string(let name): key.append(name)
        case .unknown(let set): openStreet = set
        default: return street
        }
      }
    }
    if tallies[index] == nil { tallies[index] = sums(tally) }
    if let openStreet { return onSomeStreet(index, tally, key, openStreet) }
    let sum = tallies[index]?.scopes[key.joined(separator: "\u{1F}")] ?? TallySum()
    let floating = tallies[index]?.floating(into: key) ?? []
    let paths = sum.missing.prefix(8) + floating.flatMap(\.paths)
    if paths.isEmpty { return .decimal(Exact(sum.total)) }
    var most: Int? = sum.missing.isEmpty ? sum.total : nil
    for row in floating { most = row.amount.flatMap { amount in most.map { $0 + amount } } }
    // One leaf for all of them: how much of them stands here is what matters. It is that of this tally alone, since another one
    // may come to something else by the same rows.
    let domain: Unknown.Domain =
      most.map { .integers(low: sum.total, high: $0) }
      ?? .number(minimum: Exact(sum.total), maximum: nil)
    return Value.unknown(
      UnknownSet(Unknown(.tally(tally.name, from: Array(paths)), domain: domain))
    ).replacing(assumed)
  }

  /// What a tally comes to on a street that is not known: from nothing, on a street that no row is on, to the most that any of
  /// the district comes to.
  private func onSomeStreet(
    _ index: Int, _ tally: Tally, _ district: [String], _ street: UnknownSet
  ) -> Value {
    guard let sums = tallies[index],
      let place = tally.over.filter({ $0 != .city }).firstIndex(of: .street),
      let onOne = sums.mostOnAStreet[district.joined(separator: "\u{1F}"), default: 0]
    else { return .unknown(street) }
    var key = district.map(Optional.some)
    key.insert(nil, at: min(place, key.count))
    var most = onOne
    for row in sums.floating(into: key) {
      guard let amount = row.amount else { return .unknown(street) }
      most += amount
    }
    if most == 0 { return .decimal(.zero) }
    return Value.unknown(
      UnknownSet(
        Unknown(
          .figure(tally.name, from: street.elements.flatMap(\.paths)),
          domain: .integers(low: 0, high: most)))
    ).replacing(assumed)
  }

  func unknownAmount(_ path: String) -> Value {
    Value.unknown(
      UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil)))
    ).replacing(assumed)
  }

  /// One pass over the registry gives every scope.
  func sums(_ tally: Tally) -> TallySums {
    var sums = TallySums()
    let outer = neighbour
    defer { neighbour = outer }
    for (row, institution) in registry.institutions.enumerated()
    where institution.status != .terminated {
      var key: [String?] = []
      var absent: String?
      for scope in tally.over {
        switch scope {
        case .city: continue
        case .district:
          key.append(institution.district)
          if institution.district == nil { absent = absent ?? "district" }
        case .street:
          key.append(institution.street)
          if institution.street == nil { absent = absent ?? "street" }
        }
      }
      neighbour = .record(registry.neighbour(row))
      let name = key.map { $0 ?? "" }.joined(separator: "\u{1F}")
      /// `paths` are what is missing to know the amount.
      func add(_ amount: Int?, missing paths: [String] = []) {
        if let absent {
          let path = "registry[\(institution.id)].\(absent)"
          sums.floating.append(.init(key: key, amount: amount, paths: [path] + paths))
        } else if let amount {
          sums.scopes[name, default: TallySum()].total += amount
        } else {
          sums.scopes[name, default: TallySum()].missing += paths
        }
      }
      switch nested(tally.program) {
      case .bool(true):
        switch tally.sum {
        case .places: add(1)
        case .beds:
          if let beds = institution.beds {
            add(beds)
          } else if institution.categories.contains(.inpatient) {
            add(nil, missing: ["registry[\(institution.id)].beds"])
          }
        }
      case .unknown(let unknowns): add(nil, missing: unknowns.elements.flatMap(\.paths))
      default: break
      }
    }
    let named = tally.over.filter { $0 != .city }
    if let street = named.firstIndex(of: .street) { sums.compareStreets(at: street) }
    return sums
  }
}
