package import Diagnostics
import Expression
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
    /// What is missing to know it.
    package var needs: [String]
    package var reconstructed: [Bilingual]
  }

  package struct Table: Sendable {
    package var tenant: String
    package var profile: ProfileIdentity
    package var year: Int
    package var districts: [String]
    package var columns: [Column]
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
    let published = try Facts(reading: try loader.load(path, role: "facts"))
    let tenant = try library.tenant(
      options, files: published.file.map { [($0, published.city)] } ?? [])
    var registry = Registry()
    if let path = options.registry ?? options.defaults.registry {
      registry = try loader.registry(path)
        .callingDistricts(by: published.canonicalDistrict)
    }
    let facts = published.countingStock(registry)
    let year = year ?? facts.year ?? 0
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
      do {
        let total = try context.measure(allocation.total)
        let city =
          try allocation.city.map { program throws(EvaluationError) in
            try context.measure(program)
          } ?? total
        let parts = try context.checkedParts(of: allocation)
        var needs: [String] = []
        for district in facts.districts {
          if case .unknown(let set)? = parts[district] {
            for need in set.elements.map(\.path) where !needs.contains(need) { needs.append(need) }
          }
        }
        columns.append(
          Column(
            name: allocation.name, unit: allocation.unit,
            citation: policy.citation(allocation.basis), total: total.exact?.description,
            city: city.exact?.description,
            category: allocation.gives?.category.label, field: allocation.gives?.field.rawValue,
            word: allocation.gives?.category.word,
            parts: facts.districts.map { parts[$0]?.exact?.description }, needs: needs,
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
      districts: facts.districts, columns: columns)
  }
}

extension AllocationRun.Table {
  /// The table as a plan file that `planlint plan` accepts; parts that are not known are left out.
  package func planFile(facts: String) -> String {
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
      let value = Exact(decimal: text) ?? Self.fraction(text)
      return value?.floor.description ?? "0"
    }
    func fields(_ name: String) -> [AllocationRun.Column] { columns.filter { $0.field == name } }
    var lines = [
      "planlint: plan/1", "city: \(tenant)", "scope: city", "year: \(year)",
      "facts: \(quoted(facts))",
    ]
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

  private static func fraction(_ text: String) -> Exact? {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let top = Exact(decimal: parts[0]),
      let bottom = Exact(decimal: parts[1])
    else { return nil }
    return try? top.divided(by: bottom)
  }
}

extension EvaluationContext {
  /// The parts of every district, an error of anything that they rest on thrown.
  func checkedParts(of allocation: Allocate) throws(EvaluationError) -> [String: Value] {
    let parts = parts(of: allocation)
    try rethrowFailure()
    return parts
  }
}

extension Policy {
  func reconstructed(_ allocation: Allocate) -> [Bilingual] {
    reconstructed(
      figures(
        reachedFrom: [allocation.total, allocation.weight].flatMap(\.references.variables)))
  }
}
