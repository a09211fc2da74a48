import Expression

/// Apportionments as numbers that conditions can use: the part of the district that is looked at.
extension EvaluationContext {
  func allocation(_ index: Int) -> Value {
    let name: String
    switch districtName.replacing(assumed) {
    case .string(let district): name = district
    case let other: return other
    }
    if let known = allocations[index], assumed.isEmpty {
      return known[name] ?? facts.unlistedDistrict(name)
    }
    let parts = parts(of: policy.allocations[index])
    if assumed.isEmpty { allocations[index] = parts }
    return parts[name] ?? facts.unlistedDistrict(name)
  }

  /// The part of each district, published or worked out; unknown where a district's weight is.
  func parts(of allocation: Allocate) -> [String: Value] {
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    var unknowns: UnknownSet?
    var weights: [Exact] = []
    var caps: [Exact?] = []
    var published: [Exact?] = []
    func number(_ program: Program) -> Exact? {
      let value = inner.nested(program)
      if case .unknown(let set) = value { unknowns = unknowns?.union(set) ?? set }
      return value.exact
    }
    inner.lookAtDistrict(nil, year: year, plan: plan, assumed)
    let total = number(allocation.total)
    for district in facts.districts {
      inner.lookAtDistrict(district, year: year, plan: plan, assumed)
      weights.append(number(allocation.weight) ?? .zero)
      caps.append(allocation.cap.flatMap(number))
      published.append(allocation.published.flatMap { inner.nested($0).exact })
    }
    if failure == nil { failure = inner.failure }
    var parts: [Int]?
    if unknowns == nil, let total {
      do {
        parts = try Allocate.parts(of: total, weights: weights, caps: caps)
      } catch {
        failure = .overflow
      }
    }
    var result: [String: Value] = [:]
    for (index, district) in facts.districts.enumerated() {
      if let stated = published[index] {
        result[district] = .decimal(stated)
      } else if let parts {
        result[district] = .decimal(Exact(parts[index]))
      } else {
        result[district] = unknowns.map(Value.unknown) ?? unknownAmount("facts")
      }
    }
    return result
  }
}
