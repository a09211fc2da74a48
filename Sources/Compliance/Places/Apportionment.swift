import Expression

/// Apportionments as numbers that conditions can use: the part of the district that is looked at.
extension EvaluationContext {
  func allocation(_ index: Int) -> Value {
    let name: String
    switch districtName.replacing(assumed) {
    case .string(let district): name = district
    case let other: return other
    }
    let isGiven = !assumed.keys.contains(where: Self.bearsOnParts)
    if let known = allocations[index], isGiven {
      return (known[name] ?? facts.unlistedDistrict(name)).replacing(assumed)
    }
    let parts = parts(of: policy.allocations[index])
    if isGiven { allocations[index] = parts }
    return (parts[name] ?? facts.unlistedDistrict(name)).replacing(assumed)
  }

  /// Whether something that is assumed can make parts others: they rest on facts, plan and registry, never on an application, and
  /// what is assumed of another figure leaves them within their bounds.
  private static func bearsOnParts(_ path: String) -> Bool {
    !Unknown.isFigure(path) && !path.hasPrefix("applications[")
      && !path.hasPrefix(Resolver.softPrefix)
  }

  /// The part of each district, published or worked out; between its bounds where a weight is not known.
  func parts(of allocation: Allocate) -> [String: Value] {
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let data = assumed.filter { Self.bearsOnParts($0.key) }
    var unknowns: UnknownSet?
    func number(_ program: Program) -> Exact? {
      let value = inner.nested(program)
      if case .unknown(let set) = value { unknowns = unknowns?.union(set) ?? set }
      return value.exact
    }
    inner.lookAtDistrict(nil, year: year, plan: plan, data)
    let total = number(allocation.total)
    var rows: [Row] = []
    for district in facts.districts {
      inner.lookAtDistrict(district, year: year, plan: plan, data)
      var row = Row(weight: number(allocation.weight))
      if let cap = allocation.cap {
        row.cap = number(cap)
      }
      if let published = allocation.published {
        let value = inner.nested(published)
        row.published = value.exact
        if case .unknown(let set) = value { row.publishedNeeds = set.elements }
      }
      rows.append(row)
    }
    if failure == nil { failure = inner.failure }
    var parts: [Int]?
    if unknowns == nil, let total {
      do {
        parts = try Allocate.parts(
          of: total, weights: rows.map { $0.weight ?? .zero }, caps: rows.map(\.cap))
      } catch {
        failure = .overflow
      }
    }
    var bounds: [ClosedRange<Int>?] = []
    if let unknowns, let total, failure == nil {
      bounds = self.bounds(of: rows, in: allocation, total, unknowns, data, inner)
    }
    var result: [String: Value] = [:]
    for (index, district) in facts.districts.enumerated() {
      if let stated = rows[index].published {
        result[district] = .decimal(stated)
      } else if let parts {
        result[district] = .decimal(Exact(parts[index]))
      } else if let unknowns {
        result[district] = rows[index].open(
          unknowns, total: total, within: bounds.indices.contains(index) ? bounds[index] : nil,
          figure: "\(allocation.name)[\(district)]")
      } else {
        result[district] = unknownAmount("facts")
      }
    }
    return result
  }

  /// What can be said of parts of a known total beside their being parts of it; nothing where caps send the rest on.
  ///
  /// A part is its exact share, rounded down or up. With one number missing a share lies between its ends; and whatever is
  /// missing, a known weight has its largest share where the weights that are not known are nothing.
  private func bounds(
    of rows: [Row], in allocation: Allocate, _ total: Exact, _ unknowns: UnknownSet,
    _ data: [String: Value], _ inner: EvaluationContext
  ) -> [ClosedRange<Int>?] {
    let none = [ClosedRange<Int>?](repeating: nil, count: rows.count)
    guard allocation.cap == nil else { return none }
    do {
      var curves: [ShareCurve?] = []
      if unknowns.elements.count == 1, let leaf = unknowns.elements.first,
        case .number(let least?, nil) = leaf.domain
      {
        curves = try self.curves(of: allocation, leaf, from: least, data, inner)
      }
      let known = try rows.reduce(Exact.zero) { try $0.adding(max($1.weight ?? .zero, .zero)) }
      let whole = max(total.floor, .zero)
      return try rows.enumerated().map { index, row in
        var low = Exact.zero
        var high = whole
        if curves.indices.contains(index), let curve = curves[index] {
          low = try whole.multiplied(by: curve.least)
          high = try whole.multiplied(by: curve.most)
        } else if let weight = row.weight, known > .zero {
          high = try whole.multiplied(by: max(weight, .zero)).divided(by: known)
        }
        guard let least = low.floor.asInt, let most = high.ceiling.asInt, least <= most else {
          return nil
        }
        return least...most
      }
    } catch {
      // Numbers too large to compute with bound nothing.
      return none
    }
  }

  /// By district, the course of its share in one missing number; none where the weights compare it with anything.
  private func curves(
    of allocation: Allocate, _ leaf: Unknown, from least: Exact, _ data: [String: Value],
    _ inner: EvaluationContext
  ) throws(ExactError) -> [ShareCurve?] {
    var shares = [[Exact]](repeating: [], count: facts.districts.count)
    var compared: [Comparison]?
    defer { inner.comparisons = nil }
    for distance in ShareCurve.distances {
      var assumed = data
      assumed[leaf.path] = .decimal(try least.adding(distance))
      inner.comparisons = []
      var weights: [Exact] = []
      for district in facts.districts {
        inner.lookAtDistrict(district, year: year, plan: plan, assumed)
        guard let weight = inner.nested(allocation.weight).exact, inner.failure == nil else {
          inner.failure = nil
          return []
        }
        weights.append(max(weight, .zero))
      }
      let comparisons = inner.comparisons ?? []
      if let compared, try !Self.areAlike(compared, comparisons) { return [] }
      compared = comparisons
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

  /// What is known of one district's part.
  private struct Row {
    var weight: Exact?
    var cap: Exact?
    var published: Exact?
    var publishedNeeds: [Unknown] = []

    /// The part where something that it rests on is missing: no less than nothing, no more than the whole and its own cap, and
    /// within what is said of it beside.
    ///
    /// What can be tried value by value stays as it is, and so does what a published figure rests on as well: that is bound by no
    /// total.
    func open(
      _ unknowns: UnknownSet, total: Exact?, within bounds: ClosedRange<Int>?, figure: String
    ) -> Value {
      if weight.map({ $0 <= .zero }) ?? false { return .decimal(.zero) }
      let needs = unknowns.elements
      guard !needs.allSatisfy({ $0.isTriable && !Unknown.isFigure($0.path) }),
        !needs.contains(where: publishedNeeds.contains),
        let whole = [total, cap].compactMap({ $0 }).min()?.floor.asInt
      else { return .unknown(unknowns) }
      let most = min(max(whole, 0), bounds?.upperBound ?? .max)
      let least = min(max(bounds?.lowerBound ?? 0, 0), most)
      if least == most { return .decimal(Exact(most)) }
      return .unknown(
        UnknownSet(Unknown(figure: figure, from: needs.flatMap(\.paths), in: least...most)))
    }
  }
}
