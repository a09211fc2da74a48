import Cases
package import Expression
package import Policy

/// Apportionments as numbers that conditions can use: the part of the district that is looked at.
extension EvaluationContext {
  package func allocation(_ index: Int) -> Value {
    let name: String
    switch districtName.replacing(assumed) {
    case .string(let district): name = district
    case let other: return other
    }
    let parts = parts(of: policy.allocations[index]).districts
    return (parts[name] ?? facts.unlistedDistrict(name)).replacing(assumed)
  }

  /// Whether something that is assumed can make parts others: they rest on facts, plan and registry, never on an application, and
  /// what is assumed of another figure leaves them within their bounds.
  private static func bearsOnParts(_ origin: Unknown.Origin) -> Bool {
    switch origin {
    case .data(let path): !path.hasPrefix("applications[")
    case .tally: true
    default: false
    }
  }

  /// The part of each district, published or worked out; between its bounds where a weight is not known.
  ///
  /// Where nothing is assumed that they rest on they are kept: the rules and their sentences ask for them again and again.
  package func parts(of allocation: Allocate) -> Parts {
    let data = assumed.filter { Self.bearsOnParts($0.key) }
    if data.isEmpty, let known = allocations[allocation.name] { return known }
    let parts = parts(of: allocation, data)
    if data.isEmpty { allocations[allocation.name] = parts }
    return parts
  }

  private func parts(of allocation: Allocate, _ data: Assumptions) -> Parts {
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let rows = rows(of: allocation, inner, data)
    if failure == nil { failure = inner.failure }
    guard failure == nil else {
      return Parts(
        districts: Dictionary(
          uniqueKeysWithValues: facts.districts.map { ($0, unknownAmount("facts")) }))
    }
    do {
      return rows.isWhole
        ? try wholeParts(rows, of: allocation, data, inner) : try openParts(rows, of: allocation)
    } catch {
      failure = .overflow
      return Parts()
    }
  }

  /// What an apportionment rests on with nothing assumed; nil where it cannot be computed.
  func givenRows(of allocation: Allocate) -> AllocationRows? {
    if let known = allocationRows[allocation.name] { return known }
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let rows = rows(of: allocation, inner, [:])
    if inner.failure != nil { return nil }
    allocationRows[allocation.name] = rows
    return rows
  }

  /// Evaluates everything that an apportionment rests on.
  package func rows(
    of allocation: Allocate, _ inner: EvaluationContext, _ data: Assumptions
  ) -> AllocationRows {
    var rows = AllocationRows(isWhole: facts.listsWholeCity(data))
    func number(_ program: Program) -> Exact? {
      let value = inner.nested(program)
      if case .unknown(let set) = value { rows.unknowns = rows.unknowns?.union(set) ?? set }
      return value.exact
    }
    inner.lookAtDistrict(nil, year: year, plan: plan, data)
    rows.total = number(allocation.total)
    rows.fractions = allocation.shares.map { $0.part.map { number($0) } ?? .one }
    if !rows.isWhole {
      for share in allocation.shares {
        let whole = share.of.map { inner.nested($0) }
        rows.wholes.append(whole?.exact.map { max($0, .zero) })
        if case .unknown(let set)? = whole {
          rows.wholeNeeds = rows.wholeNeeds?.union(set) ?? set
        }
      }
      rows.elsewhere = facts.unlistedDistricts.count
      if let least = allocation.least {
        for name in facts.unlistedDistricts {
          inner.lookAtDistrict(name, year: year, plan: plan, data)
          rows.leastElsewhere.append(number(least))
        }
      }
    }
    for district in facts.districts {
      inner.lookAtDistrict(district, year: year, plan: plan, data)
      var row = AllocationRows.Row(
        weights: allocation.shares.map { number($0.weight).map { max($0, .zero) } })
      row.least = allocation.least.map { number($0) } ?? .zero
      if let cap = allocation.cap { row.cap = number(cap) }
      if let published = allocation.published {
        let value = inner.nested(published)
        row.published = value.exact
        if case .unknown(let set) = value { row.publishedNeeds = set.elements }
      }
      rows.districts.append(row)
    }
    return rows
  }

  /// Parts where the facts list every district of the city.
  private func wholeParts(
    _ rows: AllocationRows, of allocation: Allocate, _ data: Assumptions,
    _ inner: EvaluationContext
  ) throws(ExactError) -> Parts {
    let weights = try rows.combined()
    var parts: [Int]?
    if rows.unknowns == nil { parts = try rows.parts(weights) }
    var bounds: [ClosedRange<Int>?] = []
    if let unknowns = rows.unknowns, let total = rows.total {
      bounds = self.bounds(of: rows, in: allocation, total, unknowns, data, inner)
    }
    var result = Parts()
    for (index, district) in facts.districts.enumerated() {
      let row = rows.districts[index]
      if let stated = row.published {
        result.districts[district] = .decimal(stated)
      } else if let parts {
        result.districts[district] = .decimal(Exact(parts[index]))
      } else if let unknowns = rows.unknowns {
        result.districts[district] = row.open(
          weights[index], unknowns, total: rows.total,
          within: bounds.indices.contains(index) ? bounds[index] : nil,
          figure: "\(allocation.name)[\(district)]")
      } else {
        result.districts[district] = unknownAmount("facts")
      }
    }
    return result
  }

  /// Parts where districts of the city are left out: each within what its weight is of the city's own figure.
  private func openParts(
    _ rows: AllocationRows, of allocation: Allocate
  ) throws(ExactError) -> Parts {
    let exact = try rows.partsBesideOneOther()
    let bounds = exact == nil ? try rows.bounds() : nil
    var result = Parts()
    if let exact {
      result.elsewhere = exact.elsewhere...exact.elsewhere
    } else if let bounds {
      result.elsewhere = bounds.elsewhere
    }
    var paths: [String] = []
    for path in [rows.unknowns, rows.wholeNeeds].compactMap(\.self).flatMap(\.elements)
      .flatMap(\.paths) where !paths.contains(path)
    {
      paths.append(path)
    }
    // What would also settle it are the figures of the districts that are left out.
    paths.append("facts.districts")
    for (index, district) in facts.districts.enumerated() {
      let row = rows.districts[index]
      let name = "\(allocation.name)[\(district)]"
      if let stated = row.published {
        result.districts[district] = .decimal(stated)
      } else if let exact {
        result.districts[district] = .decimal(Exact(exact.listed[index]))
      } else if let range = bounds?.listed[index],
        !(rows.unknowns?.elements ?? []).contains(where: row.publishedNeeds.contains)
      {
        result.districts[district] =
          range.lowerBound == range.upperBound
          ? .decimal(Exact(range.lowerBound))
          : .unknown(UnknownSet(Unknown(figure: name, from: paths, in: range)))
      } else {
        var set = UnknownSet(Unknown(path: "facts.districts", domain: .opaque))
        for more in [rows.unknowns, rows.wholeNeeds].compactMap(\.self) { set = set.union(more) }
        result.districts[district] = .unknown(set)
      }
    }
    return result
  }

  /// What can be said of parts of a known total beside their being parts of it; nothing where caps send the rest on.
  ///
  /// A part is its exact share, rounded down or up. With one number missing a share lies between its ends; and whatever is
  /// missing, a known weight has its largest share where the weights that are not known are nothing, and what goes a way of which all
  /// is known is shared out exactly.
  private func bounds(
    of rows: AllocationRows, in allocation: Allocate, _ total: Exact,
    _ unknowns: UnknownSet, _ data: Assumptions, _ inner: EvaluationContext
  ) -> [ClosedRange<Int>?] {
    let none = [ClosedRange<Int>?](repeating: nil, count: rows.districts.count)
    guard allocation.cap == nil, allocation.least == nil else { return none }
    do {
      var curves: [ShareCurve?] = []
      if unknowns.elements.count == 1, let leaf = unknowns.elements.first,
        case .number(let least?, nil) = leaf.domain
      {
        curves = try self.curves(of: allocation, leaf, from: least, data, inner)
      }
      let shares = try rows.shares(
        of: try rows.fractions.indices.map { way throws(ExactError) in
          let sum = try rows.sum(way)
          return sum.isAll ? sum.known : nil
        })
      let whole = max(total.floor, .zero)
      return try rows.districts.indices.map { index throws(ExactError) in
        var (low, high) = shares?[index] ?? (.zero, .one)
        if curves.indices.contains(index), let curve = curves[index] {
          (low, high) = (curve.least, curve.most)
        }
        guard let least = try whole.multiplied(by: low).floor.asInt,
          let most = try whole.multiplied(by: min(high, .one)).ceiling.asInt, least <= most
        else { return nil }
        return least...most
      }
    } catch {
      // Numbers too large to compute with bound nothing.
      return none
    }
  }

  /// By district, the course of its share in one missing number; none where the weights compare it with anything.
  private func curves(
    of allocation: Allocate, _ leaf: Unknown, from least: Exact, _ data: Assumptions,
    _ inner: EvaluationContext
  ) throws(ExactError) -> [ShareCurve?] {
    var shares = [[Exact]](repeating: [], count: facts.districts.count)
    var compared: [Comparison]?
    defer { inner.comparisons = nil }
    for distance in ShareCurve.distances {
      var assumed = data
      assumed[leaf.origin] = .decimal(try least.adding(distance))
      inner.comparisons = []
      let rows = rows(of: allocation, inner, assumed)
      guard rows.unknowns == nil, inner.failure == nil else {
        inner.failure = nil
        return []
      }
      let comparisons = inner.comparisons ?? []
      if let compared, try !Self.areAlike(compared, comparisons) { return [] }
      compared = comparisons
      let weights = try rows.combined().map { $0 ?? .zero }
      var sum = Exact.zero
      for weight in weights { sum = try sum.adding(weight) }
      guard sum > .zero else { return [] }
      for (index, weight) in weights.enumerated() {
        shares[index].append(try weight.divided(by: sum))
      }
    }
    var curves: [ShareCurve?] = []
    for shares in shares { curves.append(try ShareCurve(through: shares)) }
    return curves
  }

  /// Whether the same numbers lie as far apart in both.
  private static func areAlike(
    _ some: [Comparison], _ others: [Comparison]
  ) throws(ExactError) -> Bool {
    guard some.count == others.count else { return false }
    for (a, b) in zip(some, others) {
      guard a.program == b.program, a.node == b.node,
        try a.left.subtracting(a.right) == b.left.subtracting(b.right)
      else { return false }
    }
    return true
  }
}

/// What an apportionment gives the listed districts, and those of the city that the facts leave out.
package struct Parts {
  package var districts: [String: Value] = [:]
  /// Of all districts that are left out together; nil where none is, or where it cannot be told.
  package var elsewhere: ClosedRange<Int>?
}
