import Expression
import Spatial

/// Circles as numbers that conditions can use, certain or with bounds.
extension Competition {
  /// Leaves with this prefix stand for the neighbours that missing data leave open, by the index of the circle.
  static let missingPrefix = "!circle/"

  func circleCount(_ index: Int) -> Value {
    let evidence = evidence(index)
    var low = evidence.sure.count
    if !evidence.missing.isEmpty {
      let leaf = Unknown(
        path: "\(Self.missingPrefix)\(index)",
        domain: .integers(low: 0, high: evidence.missing.count))
      guard let assumed = context.overrides[leaf.path]?.exact?.asInt else {
        return .unknown(UnknownSet(leaf))
      }
      low += assumed
    }
    let open = evidence.withinAccuracy.count + evidence.undecided.count
    if open > 0 {
      let leaf = Unknown(
        path: "\(Resolver.softPrefix)circle/\(index)",
        domain: .integers(low: low, high: low + open))
      return context.overrides[leaf.path] ?? .unknown(UnknownSet(leaf))
    }
    return .decimal(Exact(low))
  }

  func evidence(_ index: Int) -> CircleEvidence {
    if let found = circleCache[index] { return found }
    let evidence = countCircle(index)
    circleCache[index] = evidence
    return evidence
  }

  func countCircle(_ index: Int) -> CircleEvidence {
    let definition = policy.circles[index]
    let radius = context.settings.parameters[definition.radius].exact?.asDouble ?? 0
    let least = definition.accuracy.flatMap { context.settings.parameters[$0].exact?.asDouble } ?? 0
    var counter = CircleCounter(
      radiusMetres: radius, accuracyMetres: least, batch: batch, members: members,
      applicant: members[current])
    // What is assumed elsewhere has no say in whom a circle counts.
    let outer = context.overrides
    if !outer.isEmpty { context.overrides = [:] }
    defer { if !outer.isEmpty { context.overrides = outer } }
    return counter.count(
      isCounted: { neighbour in
        context.neighbour = .record(neighbour)
        defer { context.neighbour = .null }
        return (try? context.decide(definition.program)) ?? .no
      },
      admission: { application in
        position[application].map { results[$0].admission } ?? .pending
      },
      takers: { replacements.takers(ofRow: $0) })
  }
}
