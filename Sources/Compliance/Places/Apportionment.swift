import Expression

/// Apportionments as numbers that conditions can use: the part of the district that is looked at.
extension EvaluationContext {
  func allocation(_ index: Int) -> Value {
    let name: String
    switch districtName.replacing(assumed) {
    case .string(let district): name = district
    case let other: return other
    }
    // Parts rest on data alone: what is assumed of other figures leaves them within their bounds.
    let isGiven = assumed.keys.allSatisfy(Unknown.isFigure)
    if let known = allocations[index], isGiven {
      return (known[name] ?? facts.unlistedDistrict(name)).replacing(assumed)
    }
    let parts = parts(of: policy.allocations[index])
    if isGiven { allocations[index] = parts }
    return (parts[name] ?? facts.unlistedDistrict(name)).replacing(assumed)
  }

  /// The part of each district, published or worked out; between its bounds where a weight is not known.
  func parts(of allocation: Allocate) -> [String: Value] {
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let data = assumed.filter { !Unknown.isFigure($0.key) }
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
    var result: [String: Value] = [:]
    for (index, district) in facts.districts.enumerated() {
      if let stated = rows[index].published {
        result[district] = .decimal(stated)
      } else if let parts {
        result[district] = .decimal(Exact(parts[index]))
      } else if let unknowns {
        result[district] = rows[index].open(
          unknowns, total: total, figure: "\(allocation.name)[\(district)]")
      } else {
        result[district] = unknownAmount("facts")
      }
    }
    return result
  }

  /// What is known of one district's part.
  private struct Row {
    var weight: Exact?
    var cap: Exact?
    var published: Exact?
    var publishedNeeds: [Unknown] = []

    /// The part where something that it rests on is missing: no less than nothing, and no more than the whole and its own cap.
    ///
    /// What can be tried value by value stays as it is, and so does what a published figure rests on as well: that is bound by no
    /// total.
    func open(_ unknowns: UnknownSet, total: Exact?, figure: String) -> Value {
      if weight.map({ $0 <= .zero }) ?? false { return .decimal(.zero) }
      let needs = unknowns.elements
      guard !needs.allSatisfy({ $0.isTriable && !Unknown.isFigure($0.path) }),
        !needs.contains(where: publishedNeeds.contains),
        let most = [total, cap].compactMap({ $0 }).min()?.floor.asInt
      else { return .unknown(unknowns) }
      if most <= 0 { return .decimal(.zero) }
      return .unknown(
        UnknownSet(Unknown(figure: figure, from: needs.flatMap(\.paths), in: 0...most)))
    }
  }
}
