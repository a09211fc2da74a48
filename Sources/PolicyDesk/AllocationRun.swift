import Cases
package import Checks
import Deciding
package import Diagnostics
package import Expression
package import Policy
import Reading

/// The quotas that a plan's formulas give, from the facts of a city.
package struct AllocationRun: Sendable {
  /// One apportionment of the profile.
  package struct Column: Sendable {
    package var name: String
    package var unit: String
    package var citation: Citation
    /// The total before it is rounded down, exact; nil where it is not known.
    package var total: String?
    /// What a plan file says of the city as a whole, exact.
    package var city: String?
    package var category: Bilingual?
    /// `planned` or `annual_new`, where it fills a field of a plan.
    package var field: String?
    package var word: String?
    /// A part a district, in the order of the facts; nil where it is not known.
    package var parts: [String?]
    /// Between what a part lies that is not known, where that much can be told.
    package var ranges: [ClosedRange<Int>?]
    /// What the districts of the city have that the facts leave out, all together; nil where none is left out.
    package var elsewhere: ClosedRange<Int>?
    /// What is missing to know it.
    package var needs: [String]
    package var reconstructed: [Bilingual]
  }

  package struct Table: Sendable {
    package var tenant: String
    package var profile: ProfileIdentity
    package var year: Int
    package var districts: [String]
    /// The districts of the city that the facts do not list, where the tenant lists its districts.
    package var unlisted: [String]
    package var columns: [Column]
    /// The fields of a plan that the formulas look at (`coefficient`), with what they used in their place, exact.
    package var assumed: [(field: String, value: String)]
  }

  package let library: PolicyLibrary
  package let options: CheckOptions

  package init(_ library: PolicyLibrary, _ options: CheckOptions) {
    self.library = library
    self.options = options
  }

  package func run(year: Int?) throws(Faults) -> Table {
    var loader = InputLoader(options)
    guard let path = options.facts ?? options.defaults.facts else {
      throw Faults(
        Fault(
          path: "", zh: "请用 `--facts` 指定基础数据文件",
          en: "expected `--facts` with the facts to work from"))
    }
    let file = try options.sources.load(path)
    // A table that has more than every tenant has needs the city on the command line.
    let format = DocumentFormat(of: file)
    let named =
      format.isTable
      ? (try? Facts(reading: file))?.city?.value
      : try Document.read(file, format: format)["city"]?.scalar?.text
    loader.catalogue = try library.catalogue(options, cities: [named])
    let published = try loader.facts(path)
    let tenant = try library.tenant(
      options, files: published.file.map { [($0, published.city)] } ?? [])
    var registry = Registry(loader.catalogue)
    if let path = options.registry ?? options.defaults.registry {
      registry = try loader.registry(path)
        .callingDistricts(by: published.canonicalDistrict)
    }
    var facts = published.countingStock(registry)
    facts.tenantDistricts = tenant.districts
    guard let year = year ?? facts.year else {
      let whole = ByteRange(start: 0, end: 0)
      throw Faults(
        facts.file.map {
          Fault(
            $0, whole, zh: "基础数据应有 `year`，或用 `--year` 指定年份",
            en: "expected `year` in the facts, or `--year`")
        } ?? Fault(path: path, zh: "请用 `--year` 指定年份", en: "expected `--year`"))
    }
    let entry: Tenant.ProfileEntry
    if let name = options.profile {
      entry = try library.entry(named: name, of: tenant)
    } else if let day = CalendarDay(year: max(year, 1), month: 12, day: 31),
      let found = tenant.profile(on: day)
    {
      entry = found.entry
    } else {
      throw Faults(Fault(path: "", zh: "没有适用的政策档案", en: "no profile applies"))
    }
    let policy = try library.policy(entry, of: tenant)
    guard !policy.allocations.isEmpty else {
      throw Faults(
        Fault(
          path: policy.source.path, zh: "该政策档案没有按公式分配的指标",
          en: "the profile apportions nothing by formula"))
    }
    let context = EvaluationContext(
      policy: policy, settings: Settings(policy), facts: facts, registry: registry)
    context.lookAtDistrict(nil, year: year)
    var columns: [Column] = []
    for allocation in policy.allocations {
      let given = allocation.gives.map { policy.catalogue.words.category[$0.category] }
      do {
        let total = try context.measure(allocation.total)
        let city =
          try allocation.city.map { program throws(EvaluationError) in
            try context.measure(program)
          } ?? total
        let apportioned = try context.checkedParts(of: allocation)
        let parts = apportioned.districts
        var needs: [String] = []
        for district in facts.districts {
          if case .unknown(let set)? = parts[district] {
            for need in set.elements.flatMap(\.paths) where !needs.contains(need) {
              needs.append(need)
            }
          }
        }
        columns.append(
          Column(
            name: allocation.name, unit: allocation.unit,
            citation: policy.citation(allocation.basis), total: total.exact?.description,
            city: city.exact?.description,
            category: given?.label, field: allocation.gives?.field.rawValue, word: given?.word,
            parts: facts.districts.map { parts[$0]?.exact?.description },
            ranges: facts.districts.map { parts[$0]?.range },
            elsewhere: apportioned.elsewhere, needs: needs,
            reconstructed: policy.reconstructed(allocation)))
      } catch {
        throw Faults(
          Fault(
            policy.source, allocation.range, zh: "`\(allocation.name)` 无法计算：\(error.message.zh)",
            en: "`\(allocation.name)` cannot be computed: \(error.message.en)"))
      }
    }
    return Table(
      tenant: tenant.id, profile: policy.identity(asOf: nil, options.digest), year: year,
      districts: facts.districts,
      unlisted: facts.districts.isEmpty
        ? []
        : tenant.districts.filter { district in
          facts.canonicalDistrict(district.name) == nil
            && district.code.flatMap { facts.canonicalDistrict($0) } == nil
        }.map(\.name),
      columns: columns, assumed: try assumed(policy, context))
  }

  /// What the formulas took where a plan would have said: figures that begin with a field of the plan and go on without one.
  private func assumed(
    _ policy: Policy, _ context: EvaluationContext
  ) throws(Faults) -> [(field: String, value: String)] {
    let reached = policy.graph.reach([], names: policy.allocations.map(\.name)).figures
    var assumed: [(field: String, value: String)] = []
    for field in policy.catalogue.plan.fields {
      guard case .number = field.shape else { continue }
      for index in reached {
        let figure = policy.figures[index]
        guard figure.sources.count > 1, figure.sources.first?.source == "plan.\(field.name)" else {
          continue
        }
        do {
          guard let value = try context.firstKnown(figure.sources),
            // A plan is written in decimals.
            Exact(decimal: value.description) != nil
          else { continue }
          assumed.append((field.name, value.description))
        } catch {
          throw Faults(
            Fault(
              policy.source, figure.range,
              zh: "`\(figure.name)` 无法计算：\(error.message.zh)",
              en: "`\(figure.name)` cannot be computed: \(error.message.en)"))
        }
        break
      }
    }
    return assumed
  }
}

extension AllocationRun.Column {
  /// What is apportioned: the total rounded down.
  package var whole: String? { wholeTotal?.description }

  /// What of it no district of the facts has, where everything is known; less than nothing where published parts exceed it.
  package var left: String? {
    if let elsewhere {
      return elsewhere.count == 1
        ? "\(elsewhere.lowerBound)" : "\(elsewhere.lowerBound)–\(elsewhere.upperBound)"
    }
    guard var left = wholeTotal else { return nil }
    for part in parts {
      guard let text = part, let part = Exact(written: text),
        let rest = try? left.subtracting(part)
      else { return nil }
      left = rest
    }
    return left.description
  }

  private var wholeTotal: Exact? { total.flatMap { Exact(written: $0) }?.floor }
}

extension AllocationRun.Table {
  /// The table as a plan file that `planlint plan` accepts; parts that are not known are left out.
  ///
  /// It carries what the formulas rest on beside the figures of the profile: the paths of facts and registry, and what they took
  /// for a field of the plan.
  package func planFile(facts: String, registry: String?) -> String {
    func quoted(_ text: String) -> String {
      var result = "\""
      for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
      return result + "\""
    }
    /// Rounded down, as parts are.
    func whole(_ text: String) -> String {
      Exact(written: text)?.floor.description ?? "0"
    }
    func fields(_ name: String) -> [AllocationRun.Column] { columns.filter { $0.field == name } }
    var lines = [
      "planlint: plan/1", "city: \(tenant)", "scope: city", "year: \(year)",
      "facts: \(quoted(facts))",
    ]
    if let registry { lines.append("registry: \(quoted(registry))") }
    lines += assumed.map { "\($0.field): \($0.value)" }
    for (key, field) in [("totals", "planned"), ("annual_new", "annual_new")] {
      let entries = fields(field).compactMap { column in
        column.word.flatMap { word in column.city.map { "\(word): \(whole($0))" } }
      }
      if !entries.isEmpty { lines.append("\(key): {\(entries.joined(separator: ", "))}") }
    }
    lines.append("districts:")
    for (index, district) in districts.enumerated() {
      var parts = ["district: \(quoted(district))"]
      for field in ["planned", "annual_new"] {
        let entries = fields(field).compactMap { column in
          column.word.flatMap { word in column.parts[index].map { "\(word): \($0)" } }
        }
        if !entries.isEmpty { parts.append("\(field): {\(entries.joined(separator: ", "))}") }
      }
      lines.append("  - {\(parts.joined(separator: ", "))}")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Exact {
  /// A number as its description has it: a decimal, or a fraction of two.
  package init?(written text: String) {
    if let decimal = Exact(decimal: text) {
      self = decimal
      return
    }
    let parts = text.split(separator: "/")
    guard parts.count == 2, let top = Exact(decimal: parts[0]),
      let bottom = Exact(decimal: parts[1]), let value = try? top.divided(by: bottom)
    else { return nil }
    self = value
  }
}

extension Value {
  /// Between which whole numbers a figure lies that is not known.
  fileprivate var range: ClosedRange<Int>? {
    guard case .unknown(let set) = self, set.elements.count == 1,
      case .integers(let low, let high)? = set.elements.first?.domain
    else { return nil }
    return low...high
  }
}

extension EvaluationContext {
  /// The first of several sources that is a known number.
  func firstKnown(_ sources: [Program]) throws(EvaluationError) -> Exact? {
    for source in sources {
      if case .known(let value) = try measure(source) { return value }
    }
    return nil
  }

  /// The parts of every district, an error of anything that they rest on thrown.
  func checkedParts(of allocation: Allocate) throws(EvaluationError) -> Parts {
    let parts = parts(of: allocation)
    try rethrowFailure()
    return parts
  }
}

extension Policy {
  package func reconstructed(_ allocation: Allocate) -> [Bilingual] {
    reconstructed(graph.reach([allocation.total] + allocation.shares.flatMap(\.programs)))
      + reconstructedShares(of: allocation)
  }
}
