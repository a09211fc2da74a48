import Expression

/// What of a profile the verdicts, messages and quotas rest on, directly or through other definitions.
struct PolicyUse: Sendable {
  /// Parameters, figures, conditions, circles, tallies and allocations.
  let names: Set<String>
  let readings: Set<String>
  /// What is looked at of applications, facts and plans, as ``References/paths`` has it, sorted.
  let paths: [String]
  let exemptions: Set<Int>
  let exceptions: Set<Int>
  /// Priorities count only where the order of merit looks at them.
  let hasPriorities: Bool

  /// Of the whole profile.
  init(_ policy: Policy) {
    self.init(
      policy, rules: policy.rules,
      hasPriorities: policy.merit.contains { $0.key == .priority },
      more: policy.allocations.filter { $0.gives != nil }.map(\.name))
  }

  /// Of some rules, with their exemptions and exceptions, and of other names.
  init(_ policy: Policy, rules: [Rule], hasPriorities: Bool = false, more: [String] = []) {
    exemptions = Set(rules.flatMap(\.exemptions))
    exceptions = Set(rules.flatMap(\.exceptions))
    self.hasPriorities = hasPriorities
    var programs = rules.flatMap(\.allPrograms)
    programs += exemptions.map { policy.exemptions[$0].program }
    programs += exceptions.map { policy.exceptions[$0].program }
    if hasPriorities { programs += policy.priorities.map(\.program) }
    var open = more
    for case .spacing(let spacing) in rules.map(\.constraint) {
      open.append(policy.circles[spacing.circle].name)
    }
    var names: Set<String> = []
    var readings: Set<String> = []
    var paths: Set<String> = []
    let inner = Self.definitions(policy)
    func look(into program: Program) {
      open += program.references.variables
      paths.formUnion(program.references.paths)
      for path in program.references.paths where path.hasPrefix("reading.") {
        let rest = path.dropFirst("reading.".count)
        readings.insert(String(rest.prefix { $0 != "." && $0 != "[" }))
      }
    }
    programs.forEach(look)
    while let name = open.popLast() {
      guard names.insert(name).inserted, let definition = inner[name] else { continue }
      open += definition.names
      definition.programs.forEach(look)
    }
    self.names = names
    self.readings = readings
    self.paths = paths.sorted()
  }

  private typealias Definition = (names: [String], programs: [Program])

  /// What each named thing is made of.
  private static func definitions(_ policy: Policy) -> [String: Definition] {
    var inner: [String: Definition] = [:]
    for figure in policy.figures { inner[figure.name] = ([], figure.sources) }
    for condition in policy.conditions { inner[condition.name] = ([], [condition.program]) }
    for tally in policy.tallies { inner[tally.name] = ([], [tally.program]) }
    for allocation in policy.allocations {
      inner[allocation.name] = ([], allocation.programs)
    }
    for circle in policy.circles {
      let parameters = [circle.radius] + (circle.accuracy.map { [$0] } ?? [])
      inner[circle.name] = (parameters.map { policy.parameters[$0].name }, [circle.program])
    }
    return inner
  }
}

extension Rule {
  /// Everything that it works out, its messages included.
  var allPrograms: [Program] {
    var templates = [message] + [arithmetic, remedy].compactMap(\.self) + notes.map(\.message)
    var programs = programs
    if case .limit(let limit) = constraint {
      templates += limit.parts.compactMap(\.message)
      programs += limit.parts.compactMap(\.reviewUpTo)
    }
    return programs + templates.flatMap(\.programs)
  }
}
