import Cases
package import Checks
import Deciding
package import Diagnostics
import Expression
import Policy
import Reading
package import Spatial

/// Where a newcomer of a kind would pass today, by every circle that the profile has, and what else stands for or against it.
package struct GapsRun: Sendable {
  /// What is asked for beside the inputs.
  package struct Ask: Sendable {
    /// A kind of institution; nil takes retail pharmacies.
    package var kind: String?
    /// Categories of designation; none takes the ordinary one of the kind.
    package var categories: [String] = []
    /// Fields of the newcomer (`area`, `grade`).
    package var settings: [(field: String, value: String)] = []
    /// The path of a GeoJSON file; nil takes the hull of the registry.
    package var within: String?

    package init() {}
  }

  package let library: PolicyLibrary
  package let options: CheckOptions

  package init(_ library: PolicyLibrary, _ options: CheckOptions) {
    self.library = library
    self.options = options
  }

  /// How far straight sides may leave the circles that they stand for.
  package static let deviationMetres = 0.8
  /// So much larger are the circles that they stand for, so that no side, nor a corner that is rounded, lies within the real ones; with
  /// that all lies within a metre of these.
  private static let marginMetres = 0.9
  /// Gaps have so many of their nearest institutions named.
  private static let nearestLimit = 3

  /// - Throws: any fault of an input; no registry, no day of decision, and nothing to look in.
  package func run(_ ask: Ask) throws(Faults) -> GapReport {
    let inputs = try load(ask)
    let policy = inputs.policy
    let newcomer = inputs.newcomer
    let boundary: AreaBoundary
    if let given = inputs.boundary {
      boundary = given
    } else {
      boundary = try hull(inputs.registry)
    }
    let plane = ConformalPlane(around: boundary.middle)
    let words = inputs.catalogue.words
    var report = GapReport(
      version: options.version, tenant: inputs.tenant.id, tenantName: inputs.tenant.title,
      profile: policy.identity(asOf: inputs.day, options.digest), asOf: inputs.day.description,
      kind: .init(
        words.kind[newcomer.application.kind].word, words.kind[newcomer.application.kind].label),
      categories: newcomer.application.requests.words.map {
        .init(words.category[$0].word, words.category[$0].label)
      },
      boundary: .init(
        path: ask.within,
        areas: boundary.areas.map { area in
          .init(
            name: area.name,
            district: area.name.flatMap { name in
              inputs.facts.districts.contains(inputs.facts.canonicalDistrict(name) ?? "")
                ? inputs.facts.canonicalDistrict(name) : nil
            },
            polygons: area.polygons.map { $0.map { $0.map(GapReport.Place.init) } },
            areaSquareMetres: area.areaSquareMetres(in: plane))
        }))
    report.inputs = inputs.digests
    report.assumptions = inputs.assumptions
    let terms = PolicyTerms(policy)
    let scenarios = try GapScenarios(inputs, terms)
    let registry = scenarios.registry
    for scenario in scenarios.maps {
      report.scenarios.append(
        try map(
          scenario, boundary, report.boundary, plane, registry, number: report.scenarios.count))
    }
    let tables = scenarios.maps.map(\.table)
    let items = Self.items(tables)
    report.rules = items.map { rule($0.item, $0.table) }
    for index in report.scenarios.indices {
      report.scenarios[index].limits = items.map { found in
        tables[index].items.first { $0.item.isSame(as: found.item) }.flatMap {
          tables[index].limit(of: $0.item)
        }
      }
    }
    report.readings = readings(items.map(\.item.rule), tables)
    report.unplaced = unplaced(tables, registry)
    let counted = Set(scenarios.maps.flatMap { $0.table.rows.map(\.row) }).sorted()
    report.institutions = counted.compactMap { row in
      registry.places[row].map {
        .init(
          id: registry.institutions[row].id, name: registry.institutions[row].name,
          place: .init($0.rounded))
      }
    }
    let crowded = counted.compactMap { registry.places[$0] }.first ?? boundary.middle
    let places = try GapPlaces(
      inputs, terms, at: crowded, circleRules: report.rules.filter { $0.exception == nil })
    report.places = places.rows
    report.elsewhere = places.outcomes
    let shown = Set(places.rows.map(\.rule) + places.outcomes.flatMap(\.findings).map(\.rule))
      .subtracting(report.rules.map(\.rule))
    for rule in policy.rules where shown.contains(rule.id) {
      for citation in rule.basis.prefix(1).map({ policy.citation($0) })
      where !report.law.contains(citation) {
        report.law.append(citation)
      }
    }
    return report
  }

  // MARK: Where

  private func hull(_ registry: Registry) throws(Faults) -> AreaBoundary {
    if let hull = AreaBoundary(hullOf: registry.places.compactMap(\.self)) { return hull }
    throw Faults(
      Fault(
        path: registry.file?.path ?? "",
        zh: "名册中有坐标的机构不足以围成一个范围，请用 `--within` 给出范围（GeoJSON）",
        en:
          "the places of the registry enclose no area; expected `--within` with an area in GeoJSON"
      ))
  }

  // MARK: One map

  private func map(
    _ scenario: GapScenarios.Map, _ boundary: AreaBoundary, _ named: GapReport.Boundary,
    _ plane: ConformalPlane, _ registry: Registry, number: Int
  ) throws(Faults) -> GapReport.Scenario {
    let table = scenario.table
    var result = GapReport.Scenario(
      combinations: scenario.combinations, limits: [])
    let discs = table.discs(in: plane, marginMetres: Self.marginMetres)
    var failure: Faults?
    var needs: [String] = []
    let outcomes: [Outcome] = [.fail, .pass, .review, .unknown]
    func value(_ counts: CoverageCounts) -> Int {
      do throws(Faults) {
        let answered = try table.answer(counts)
        if answered.outcome == .unknown {
          for path in answered.needs.flatMap(\.paths) where !needs.contains(path) {
            needs.append(path)
          }
        }
        return outcomes.firstIndex(of: answered.outcome) ?? 1
      } catch {
        failure = failure ?? error
        return 0
      }
    }
    var found: [(outcome: Outcome, area: Int, polygon: RegionPolygon)] = []
    let counted = PointIndex(table.rows.map { registry.places[$0.row] })
    for (number, area) in boundary.areas.enumerated() {
      if let district = named.areas[number].district, !scenario.mayBe(district) { continue }
      guard
        let regions = DiscCoverage.regions(of: discs, in: area.corners(in: plane), value: value)
      else {
        throw Faults(
          Fault(
            path: named.path ?? "", zh: "范围与圆的交点无法确定，请检查范围的各环是否相交",
            en: "circles and area cannot be cut apart; check whether rings of the area cross"))
      }
      for label in 1..<outcomes.count {
        let (polygons, tooSmall) = RegionPolygon.polygons(
          of: regions[label] ?? [], in: plane, deviatingAtMost: Self.deviationMetres)
        if label == 1 { result.tooSmall += tooSmall }
        found += polygons.map { (outcomes[label], number, $0) }
      }
    }
    if let failure { throw failure }
    // Nobody looks for the middle of the strips along the circles, which take the longest.
    let poles = Parallel.map(found.count) { [found] in
      found[$0].polygon.pole(in: plane, mostProbes: found[$0].outcome == .pass ? 3_000 : 60)
    }
    let order = found.indices.sorted { left, right in
      let (a, b) = (found[left], found[right])
      if a.polygon.areaSquareMetres != b.polygon.areaSquareMetres {
        return a.polygon.areaSquareMetres > b.polygon.areaSquareMetres
      }
      let (p, q) = (poles[left].at, poles[right].at)
      return (p.longitude, p.latitude, left) < (q.longitude, q.latitude, right)
    }
    let ofMap = number == 0 ? "" : "\(number + 1)-"
    var counts: [Outcome: Int] = [:]
    for index in order {
      let (outcome, area, polygon) = found[index]
      counts[outcome, default: 0] += 1
      let prefix = outcome == .pass ? "G" : outcome == .review ? "R" : "U"
      switch outcome {
      case .pass: result.freeSquareMetres += polygon.areaSquareMetres
      case .review: result.reviewSquareMetres += polygon.areaSquareMetres
      default: result.unknownSquareMetres += polygon.areaSquareMetres
      }
      let pole = poles[index]
      result.gaps.append(
        GapReport.Gap(
          id: "\(ofMap)\(prefix)\(counts[outcome] ?? 0)", outcome: outcome,
          areaSquareMetres: polygon.areaSquareMetres,
          rings: polygon.rings.map { $0.map(GapReport.Place.init) }, pole: .init(pole.at),
          clearanceMetres: pole.metres,
          nearest: nearest(to: pole.at, counted, table, registry), area: area))
    }
    result.needs = needs
    return result
  }

  private func nearest(
    to place: Coordinate, _ index: PointIndex, _ table: CircleTable, _ registry: Registry
  ) -> [GapReport.Nearest] {
    guard let first = index.nearest(to: place, where: { _ in true }) else { return [] }
    var reach = max(first.distanceMetres, 500)
    var hits: [PointIndex.Neighbour] = []
    // A few tries: where there are fewer than wanted far and wide, those are enough.
    for _ in 0..<4 {
      hits = index.within(reach, of: place)
      if hits.count >= Self.nearestLimit { break }
      reach *= 2
    }
    return hits.prefix(Self.nearestLimit).map { hit in
      let institution = registry.institutions[table.rows[hit.index].row]
      return GapReport.Nearest(
        id: institution.id, name: institution.name, district: institution.district,
        distanceMetres: hit.distanceMetres)
    }
  }

  // MARK: What is said of the rules

  /// The rules of all maps, each once, in the order of the profile, with a map that has it.
  private static func items(
    _ tables: [CircleTable]
  ) -> [(item: ApplicableRules.Item, table: CircleTable)] {
    var found: [(item: ApplicableRules.Item, table: CircleTable)] = []
    for table in tables {
      for (item, _) in table.items where !found.contains(where: { $0.item.isSame(as: item) }) {
        found.append((item, table))
      }
    }
    return found.sorted {
      ($0.item.rule.index, $0.item.category?.rawValue ?? 0)
        < ($1.item.rule.index, $1.item.category?.rawValue ?? 0)
    }
  }

  private func rule(_ item: ApplicableRules.Item, _ table: CircleTable) -> GapReport.CircleRule {
    let policy = table.policy
    let rule = policy.rules[item.rule.index]
    let clauses =
      item.rule.demandsCircle
      ? []
      : rule.exceptions.map { policy.exceptions[$0] }
        + rule.exemptions.map { policy.exemptions[$0] }
    let deciding = clauses.filter { !policy.graph.reach([$0.program]).circles.isEmpty }
    let circles =
      item.rule.demandsCircle
      ? item.rule.circles : policy.graph.reach(deciding.map(\.program)).circles
    let uses = table.uses.indices.filter { circles.contains(table.uses[$0].circle) }
    var countsApplicant = false
    if case .spacing(_, let counts, _) = item.rule.demand { countsApplicant = counts }
    let basis = rule.basis + deciding.map(\.basis) + circles.map { policy.circles[$0].basis }
    var seen: Set<Int> = []
    return GapReport.CircleRule(
      rule: rule.id, name: rule.name, modality: rule.modality,
      category: item.category.map {
        let entry = policy.catalogue.words.category[$0]
        return .init(entry.word, entry.label)
      }, exception: deciding.first?.label, countsApplicant: countsApplicant,
      radiiMetres: uses.map { table.uses[$0].radiusMetres },
      accuracyMetres: uses.map { table.uses[$0].accuracyMetres }.max() ?? 0,
      counted: table.rows.count { row in uses.contains { row.counts[$0] != .no } },
      citations: basis.filter { seen.insert($0).inserted }.map { policy.citation($0) })
  }

  private func readings(
    _ rules: [RuleTerms], _ tables: [CircleTable]
  ) -> [GapReport.ReadingInForce] {
    var reach: PolicyGraph.Reach?
    for rule in rules { reach = reach?.union(rule.reach) ?? rule.reach }
    guard let reach, let policy = tables.first?.policy else { return [] }
    let switches = reach.readings.map { index in
      let reading = policy.readings[index]
      return GapReport.ReadingInForce(
        name: reading.name,
        value: reading.words[reading.value] ?? Bilingual(zh: reading.value, en: reading.value),
        explanation: reading.explanation, citation: policy.citation(reading.basis))
    }
    let radii = Set(tables.flatMap(\.uses).map { policy.circles[$0.circle].radius })
    let numbers = reach.parameters.compactMap { index -> GapReport.ReadingInForce? in
      let parameter = policy.parameters[index]
      guard let reading = parameter.reading, radii.contains(index) else { return nil }
      return GapReport.ReadingInForce(
        name: parameter.name,
        value: Bilingual(zh: parameter.value.description, en: parameter.value.description),
        explanation: reading, citation: policy.citation(parameter.basis))
    }
    return numbers + switches
  }

  private func unplaced(_ tables: [CircleTable], _ registry: Registry) -> [GapReport.Unplaced] {
    var counts: [(district: String?, count: Int)] = []
    for row in Set(tables.flatMap(\.unplaced)).sorted() {
      let district = registry.institutions[row].district
      if let index = counts.firstIndex(where: { $0.district == district }) {
        counts[index].count += 1
      } else {
        counts.append((district, 1))
      }
    }
    return counts.map { GapReport.Unplaced(district: $0.district, count: $0.count) }
  }
}

extension GapReport.Place {
  package init(_ coordinate: Coordinate) {
    self.init(longitude: coordinate.longitude, latitude: coordinate.latitude)
  }
}

extension ApplicableRules.Item {
  fileprivate func isSame(as other: ApplicableRules.Item) -> Bool {
    rule.index == other.rule.index && category == other.category
  }
}
