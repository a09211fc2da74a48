import Expression

/// What a tally comes to in one scope.
struct TallySum {
  var total = 0
  /// The paths of what is missing to know it.
  var missing: [String] = []
}

/// What a tally comes to in all its scopes.
struct TallySums {
  var scopes: [String: TallySum] = [:]
  /// Rows that may belong to one scope or another, the parts of their key that are known, and what they would add.
  var floating: [(key: [String?], amount: Int, path: String)] = []
  /// By district, in a tally by street: the most that any of its streets comes to; nil where that cannot be told.
  private(set) var mostOnAStreet: [String: Int?] = [:]

  /// The rows that may belong to a scope beside those that do; nil stands for any name.
  func floating(into key: [String?]) -> [(key: [String?], amount: Int, path: String)] {
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
  func tally(_ index: Int) -> Value {
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
    guard let path = sum.missing.first else {
      if floating.isEmpty { return .decimal(Exact(sum.total)) }
      // One leaf for all of them: how many of them stand here is what matters.
      let most = floating.reduce(sum.total) { $0 + $1.amount }
      let paths = floating.map(\.path).joined(separator: Unknown.pathSeparator)
      return Value.unknown(
        UnknownSet(
          Unknown(
            path: paths,
            domain: .integers(low: sum.total, high: most)))
      ).replacing(assumed)
    }
    var unknowns = UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil)))
    for path in sum.missing.dropFirst().prefix(7) {
      unknowns = unknowns.union(
        UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil))))
    }
    return Value.unknown(unknowns).replacing(assumed)
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
    let most = sums.floating(into: key).reduce(onOne) { $0 + $1.amount }
    if most == 0 { return .decimal(.zero) }
    return Value.unknown(
      UnknownSet(
        Unknown(figure: tally.name, from: street.elements.flatMap(\.paths), in: 0...most))
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
      func add(_ amount: Int) {
        if let absent {
          sums.floating.append((key, amount, "registry[\(institution.id)].\(absent)"))
        } else {
          sums.scopes[name, default: TallySum()].total += amount
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
            sums.scopes[name, default: TallySum()].missing.append(
              "registry[\(institution.id)].beds")
          }
        }
      case .unknown(let unknowns):
        sums.scopes[name, default: TallySum()].missing += unknowns.elements.map(\.path)
      default: break
      }
    }
    let named = tally.over.filter { $0 != .city }
    if let street = named.firstIndex(of: .street) { sums.compareStreets(at: street) }
    return sums
  }
}
