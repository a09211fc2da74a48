import Expression

/// What a tally comes to in one scope.
struct TallySum {
  var total = 0
  /// The paths of what is missing to know it.
  var missing: [String] = []
}

/// Tallies over the registry as numbers that conditions can use.
extension EvaluationContext {
  func tally(_ index: Int) -> Value {
    let tally = policy.tallies[index]
    guard registry.isPresent else { return unknownAmount("registry") }
    var key: [String] = []
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
        guard case .string(let name) = street else { return street }
        key.append(name)
      }
    }
    if tallies[index] == nil { tallies[index] = sums(tally) }
    let sum = tallies[index]?[key.joined(separator: "\u{1F}")] ?? TallySum()
    guard let path = sum.missing.first else { return .decimal(Exact(sum.total)) }
    var unknowns = UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil)))
    for path in sum.missing.dropFirst().prefix(7) {
      unknowns = unknowns.union(
        UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil))))
    }
    return Value.unknown(unknowns).replacing(assumed)
  }

  func unknownAmount(_ path: String) -> Value {
    Value.unknown(
      UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil)))
    ).replacing(assumed)
  }

  /// One pass over the registry gives every scope.
  func sums(_ tally: Tally) -> [String: TallySum] {
    var sums: [String: TallySum] = [:]
    let outer = neighbour
    defer { neighbour = outer }
    for (row, institution) in registry.institutions.enumerated()
    where institution.status != .terminated {
      var key: [String] = []
      for scope in tally.over {
        switch scope {
        case .city: continue
        case .district: key.append(institution.district ?? "")
        case .street: key.append(institution.street ?? "")
        }
      }
      neighbour = .record(registry.neighbour(row))
      let name = key.joined(separator: "\u{1F}")
      switch nested(tally.program) {
      case .bool(true):
        switch tally.sum {
        case .places: sums[name, default: TallySum()].total += 1
        case .beds:
          if let beds = institution.beds {
            sums[name, default: TallySum()].total += beds
          } else if institution.categories.contains(.inpatient) {
            sums[name, default: TallySum()].missing.append("registry[\(institution.id)].beds")
          }
        }
      case .unknown(let unknowns):
        sums[name, default: TallySum()].missing += unknowns.elements.map(\.path)
      default: break
      }
    }
    return sums
  }
}
