import Diagnostics
import Expression

/// A program of a rule with what is known of it beforehand; held by reference, so that passing it along costs nothing.
final class Term: Sendable {
  let program: Program
  /// Its place among the terms that have one value for a whole competition, resting on facts and parameters alone; nil where
  /// it looks at the subject.
  let fixed: Int?
  /// Where its values are kept by class, if it rests on a few fields of the application and on what is fixed.
  let classed: Classed?

  struct Classed {
    /// The place of the fields among ``PolicyTerms/classedFields``.
    let fields: Int
    /// Its place among the terms of that kind.
    let number: Int
  }

  /// The circles that it counts, if it rests on them and on what is fixed alone.
  let circles: [Int]?

  init(
    _ program: Program, fixed: Int? = nil, classed: Classed? = nil, circles: [Int]? = nil
  ) {
    self.program = program
    self.fixed = fixed
    self.classed = classed
    self.circles = circles
  }
}

/// What a demand on one application is decided by.
enum RequireTerms: Sendable {
  case condition(Term)
  case measure(Term, Require.Relation, limit: Term, within: Term?)
}

/// What one rule is decided by.
final class RuleTerms: Sendable {
  final class Part: Sendable {
    let applies: Term?
    /// Whom it holds to; the others that it speaks of take places and are held to nothing. Nil: all.
    let binds: Term?
    let used: Term?
    let atMost: Term?
    let reviewUpTo: Term?
    let take: Limit.Take
    let over: [Limit.Scope]
    let isAdvisory: Bool
    let reviewWithoutNumber: Bool
    /// It has no place to give, whoever asks, so that nobody competes for one: a condition on facts written as a limit that is
    /// always 0 and counts nothing. A limit that does count (`used`) is one of places, though it may be of none: who is exempt
    /// from it is exempt from a limit.
    let givesNothing: Bool
    let rule: Int
    let part: Int
    /// Its place among the parts of all limits.
    let number: Int

    init(
      _ source: Limit.Part, of policy: Policy, rule: Int, part: Int, number: Int,
      term: (Program) -> Term
    ) {
      applies = source.applies.map(term)
      binds = source.binds.map(term)
      used = source.used.map(term)
      atMost = source.atMost.map(term)
      reviewUpTo = source.reviewUpTo.map(term)
      take = source.take
      over = source.over
      isAdvisory = source.isAdvisory
      reviewWithoutNumber = source.reviewWithoutNumber
      givesNothing =
        source.used == nil && source.reviewUpTo == nil
        && source.atMost.flatMap(policy.constant).map { $0 <= .zero } ?? false
      self.rule = rule
      self.part = part
      self.number = number
    }
  }

  enum Demand: Sendable {
    case require(RequireTerms)
    case limit([Part])
    case spacing(circle: Int, countsApplicant: Bool, atMost: Term)
  }

  let index: Int
  let modality: Modality
  /// Whether it can only be decided at the application's turn: limits, circles, and whatever demands a circle.
  let isCompetitive: Bool
  let categories: WordSet<Category>?
  let applies: Term?
  let demand: Demand
  let exemptions: [(clause: Int, term: Term)]
  let exceptions: [(clause: Int, term: Term)]
  /// The circles that its outcome rests on, its exemptions and exceptions included.
  let circles: [Int]
  /// Whether what it demands or speaks of counts a circle, exceptions aside.
  let demandsCircle: Bool
  /// Whether it can be told without counting anything whether it applies and whether an exemption holds.
  let standsAlone: Bool
  /// Whether it can be told without counting anything which parts of a limit apply.
  private let partsStandAlone: Bool
  /// The names that it rests on, directly or through others, and `reading.NAME` for each reading.
  private let names: Set<String>
  /// What it cites.
  let citations: [Citation]
  /// What is said of the figures with a lost formula that it rests on.
  let reconstructed: [Bilingual]
  /// Whether what is said of the arithmetic and of the way out is the same for every application.
  let hasFixedArithmetic: Bool
  let hasFixedRemedy: Bool
  /// Whether some that it speaks of take places without being held to anything.
  let hasUnbound: Bool
  /// The field that a finding points at, where the profile names one.
  let pointsAt: ApplicationField?

  fileprivate init(
    _ rule: Rule, _ index: Int, of policy: Policy, _ names: ProfileNames, _ terms: inout TermMaker
  ) {
    self.index = index
    modality = rule.modality
    categories = rule.categories
    if case .limit(let limit) = rule.constraint {
      hasUnbound = limit.parts.contains { $0.binds != nil }
    } else {
      hasUnbound = false
    }
    hasFixedArithmetic = names.isFixed(rule.arithmetic?.programs ?? [])
    hasFixedRemedy = names.isFixed(rule.remedy?.programs ?? [])
    pointsAt = rule.pointsAt.flatMap { name in
      policy.catalogue.applicationEntries.firstIndex { $0.name == name }.map(ApplicationField.init)
    }
    var own = names.reached(from: rule.programs)
    var spaced: [Int] = []
    var parts: [Program] = []
    switch rule.constraint {
    case .spacing(let spacing):
      spaced = [spacing.circle]
      own.formUnion(names.reached(from: [], policy.circles[spacing.circle].name))
    case .limit(let limit):
      parts = limit.parts.flatMap { [$0.applies, $0.binds].compactMap(\.self) }
    case .require: break
    }
    partsStandAlone = names.countNothing(parts)
    demandsCircle = policy.circles.indices.contains {
      spaced.contains($0) || own.contains(policy.circles[$0].name)
    }
    isCompetitive = rule.isCompetitive || demandsCircle
    reconstructed = policy.reconstructed(
      policy.figures.indices.filter { own.contains(policy.figures[$0].name) })
    citations = rule.basis.map { policy.citation($0) }
    standsAlone = names.countNothing(
      (rule.applies.map { [$0] } ?? []) + rule.exemptions.map { policy.exemptions[$0].program })
    own.formUnion(
      names.reached(
        from: rule.exemptions.map { policy.exemptions[$0].program }
          + rule.exceptions.map { policy.exceptions[$0].program }))
    circles = policy.circles.indices.filter {
      spaced.contains($0) || own.contains(policy.circles[$0].name)
    }
    self.names = own
    applies = rule.applies.map { terms.make($0) }
    exemptions = rule.exemptions.map { ($0, terms.make(policy.exemptions[$0].program)) }
    exceptions = rule.exceptions.map { ($0, terms.make(policy.exceptions[$0].program)) }
    switch rule.constraint {
    case .require(let require):
      switch require.test {
      case .condition(let program): demand = .require(.condition(terms.make(program)))
      case .measure(let measure, let relation, let limit, let within, _):
        demand = .require(
          .measure(
            terms.make(measure), relation, limit: terms.make(limit),
            within: within.map { terms.make($0) }))
      }
    case .limit(let limit):
      demand = .limit(
        limit.parts.enumerated().map { part, source in
          terms.parts += 1
          return Part(source, of: policy, rule: index, part: part, number: terms.parts - 1) {
            terms.make($0)
          }
        })
    case .spacing(let spacing):
      demand = .spacing(
        circle: spacing.circle, countsApplicant: spacing.countsApplicant,
        atMost: terms.make(spacing.atMost))
    }
  }
}

extension Policy {
  /// The number that a program comes to under every reading and whatever the facts: one of literals and of parameters without
  /// alternatives.
  fileprivate func constant(_ program: Program) -> Exact? {
    if let value = program.constantValue { return value.exact }
    let isFixed = program.references.variables.allSatisfy { name in
      parameters.contains { $0.name == name && $0.alternatives.isEmpty }
    }
    guard isFixed else { return nil }
    let context = EvaluationContext(
      policy: self, settings: Settings(self), facts: Facts(catalogue),
      registry: Registry(catalogue))
    return try? context.measure(program).exact
  }
}

extension RuleTerms {
  /// Whether another setting may make it come to something else.
  func isTouched(by flip: Flip, of policy: Policy) -> Bool { flip.isAmong(names, of: policy) }

  /// Whether what it comes to and takes can be told from what its application, its limits and its circles come to.
  var canBeFollowed: Bool { partsStandAlone }
}

/// The rules of a profile with what they rest on, worked out once a screening.
final class PolicyTerms: Sendable {
  /// Those about applications.
  let rules: [RuleTerms]
  /// Those about plans and their districts.
  let planRules: [RuleTerms]
  /// By rule of the profile: its place among them.
  private let places: [Int?]
  let priorities: [Term]
  let circles: [CircleTerms]
  /// By figure and by condition: whether it has one value for a whole competition.
  let fixedFigures: [Bool]
  let fixedConditions: [Bool]
  let fixedCount: Int
  /// The fields that terms rest on together, each combination once.
  let classedFields: [[ClassedField]]
  let classedCount: Int
  let partCount: Int
  /// The names that the order of merit rests on.
  let orderNames: Set<String>
  /// By provision.
  let citations: [Citation]
  let implications: [Policy.Implication]

  struct CircleTerms: Sendable {
    let term: Term
    /// Whether whom it counts depends on the category that is looked at.
    let usesCategory: Bool
    /// The fields of a neighbour that it looks at; nil where it may look at all.
    let neighbourFields: [Int]?
    /// The fields of the applicant that it looks at; nil where it may look at others, or at something else that changes.
    let applicantFields: [ClassedField]?
  }

  init(_ policy: Policy) {
    let names = ProfileNames(policy)
    var terms = TermMaker(names)
    var rules: [RuleTerms] = []
    var planRules: [RuleTerms] = []
    for (index, rule) in policy.rules.enumerated() {
      let made = RuleTerms(rule, index, of: policy, names, &terms)
      if rule.subject == .application { rules.append(made) } else { planRules.append(made) }
    }
    self.rules = rules
    self.planRules = planRules
    places = policy.rules.indices.map { index in rules.firstIndex { $0.index == index } }
    citations = policy.provisions.indices.map { policy.citation($0) }
    implications = policy.implications
    priorities = policy.priorities.map { terms.make($0.program) }
    circles = policy.circles.map { circle in
      CircleTerms(
        term: terms.make(circle.program),
        usesCategory: names.reached(from: [circle.program]).contains("category"),
        neighbourFields: Self.fields(
          of: "neighbour", policy.catalogue.neighbour, in: circle.program),
        applicantFields: Self.looksElsewhere(circle.program, policy)
          ? nil : Self.classedFields(in: [circle.program], policy.catalogue))
    }
    fixedFigures = policy.figures.map { names.isFixed($0.sources) }
    fixedConditions = policy.conditions.map { names.isFixed([$0.program]) }
    var ordering = policy.priorities.map(\.program)
    for rule in rules where rule.isCompetitive {
      ordering += (rule.applies.map { [$0] } ?? []).map(\.program)
      ordering += rule.exemptions.map(\.term.program)
      if case .limit(let parts) = rule.demand {
        ordering += parts.flatMap { [$0.applies, $0.binds].compactMap { $0?.program } }
      }
    }
    orderNames = names.reached(from: ordering)
    fixedCount = terms.fixedCount
    classedFields = terms.classedFields
    classedCount = terms.classedCount
    partCount = terms.parts
  }

  /// A rule of the profile; nil where it is not about applications.
  func rule(_ index: Int) -> RuleTerms? { places[index].map { rules[$0] } }

  /// By rule of the profile: whether it may come to something else under another setting; true of what cannot be followed.
  func touched(by flip: Flip, of policy: Policy) -> [Bool] {
    var touched = [Bool](repeating: true, count: policy.rules.count)
    for rule in rules {
      touched[rule.index] = !rule.canBeFollowed || rule.isTouched(by: flip, of: policy)
    }
    return touched
  }

  private static func looksElsewhere(_ program: Program, _ policy: Policy) -> Bool {
    program.references.variables.contains { name in
      name != "neighbour" && name != "application" && name != "reading"
        && !policy.parameters.contains { $0.name == name }
    }
  }

  /// The fields of the application that programs look at, in the order of the catalogue; nil where one of them is not told
  /// apart, or there are too many.
  fileprivate static func classedFields(
    in programs: [Program], _ catalogue: Catalogue
  ) -> [ClassedField]? {
    var found: Set<ClassedField> = []
    for program in programs {
      guard let fields = fields(of: "application", catalogue.application, in: program) else {
        return nil
      }
      for field in fields {
        guard let field = ClassedField(index: field, catalogue) else { return nil }
        found.insert(field)
      }
    }
    let sorted = found.sorted { $0.index < $1.index }
    return ApplicationClasses.canTellApart(sorted) ? sorted : nil
  }

  /// The fields of a record that a program looks at; nil where it may look at all.
  private static func fields(
    of name: String, _ shape: RecordShape, in program: Program
  ) -> [Int]? {
    var fields: [Int] = []
    for path in program.references.paths {
      let parts = path.split(separator: ".", maxSplits: 2)
      guard let first = parts.first, first == name else { continue }
      guard parts.count > 1, let field = shape.index(of: String(parts[1].prefix { $0 != "[" }))
      else { return nil }
      if !fields.contains(field) { fields.append(field) }
    }
    return program.references.variables.contains(name) && fields.isEmpty ? nil : fields
  }
}

/// What the names of a profile rest on, directly or through figures, conditions and circles.
private struct ProfileNames {
  private var inner: [String: [String]] = [:]
  /// The programs of figures and conditions.
  private var programs: [String: [Program]] = [:]
  /// Circles, tallies and apportionments, which differ from subject to subject.
  private let varying: Set<String>
  private let catalogue: Catalogue
  private let circles: [String]

  init(_ policy: Policy) {
    catalogue = policy.catalogue
    circles = policy.circles.map(\.name)
    varying = Set(
      policy.circles.map(\.name) + policy.tallies.map(\.name) + policy.allocations.map(\.name))
    for tally in policy.tallies { inner[tally.name] = Self.names(tally.program) }
    for allocation in policy.allocations {
      inner[allocation.name] = allocation.programs.flatMap(Self.names)
    }
    for figure in policy.figures {
      inner[figure.name] = figure.sources.flatMap(Self.names)
      programs[figure.name] = figure.sources
    }
    for condition in policy.conditions {
      inner[condition.name] = Self.names(condition.program)
      programs[condition.name] = [condition.program]
    }
    for circle in policy.circles {
      inner[circle.name] =
        Self.names(circle.program)
        + [circle.radius, circle.accuracy].compactMap { $0.map { policy.parameters[$0].name } }
    }
  }

  /// The names that a program uses, and `reading.NAME` for each reading.
  private static func names(_ program: Program) -> [String] {
    let prefix = Flip.readingPrefix
    let paths = program.references.paths.filter { $0.hasPrefix(prefix) }
    let isWhole = paths.isEmpty && program.references.variables.contains("reading")
    return program.references.variables + paths + (isWhole ? [prefix] : [])
  }

  func reached(from programs: [Program], _ names: String...) -> Set<String> {
    var open = programs.flatMap(Self.names) + names
    var seen: Set<String> = []
    while let name = open.popLast() {
      if seen.insert(name).inserted { open += inner[name] ?? [] }
    }
    return seen
  }

  /// The circles that a program counts, where it looks at nothing else that changes; nil where it does.
  func circlesAlone(_ program: Program) -> [Int]? {
    var open = program.references.variables
    var seen: Set<String> = []
    var found: Set<Int> = []
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      if let circle = circles.firstIndex(of: name) {
        found.insert(circle)
      } else if varying.contains(name) {
        return nil
      } else {
        open += inner[name] ?? []
      }
    }
    return seen.isDisjoint(with: ["application", "district"])
      && hangOnNothingElse(seen.subtracting(circles)) ? found.sorted() : nil
  }

  func countNothing(_ programs: [Program]) -> Bool {
    reached(from: programs).isDisjoint(with: varying)
  }

  /// Whether they look at nothing that changes from one application to the next. The year does not: applications compete
  /// within one.
  func isFixed(_ programs: [Program]) -> Bool {
    let names = reached(from: programs)
    return names.isDisjoint(with: ["application", "district"]) && hangOnNothingElse(names)
  }

  /// The fields of the application that a program rests on, beside what is fixed; nil where it rests on more than can be told
  /// apart by class.
  func classedFields(_ program: Program) -> [ClassedField]? {
    let names = reached(from: [program])
    guard hangOnNothingElse(names) else { return nil }
    guard
      var fields = PolicyTerms.classedFields(
        in: [program] + names.sorted().flatMap { programs[$0] ?? [] }, catalogue)
    else { return nil }
    // The figures of a district are those of the application's.
    if names.contains("district"), let district = ClassedField.district(catalogue),
      !fields.contains(district)
    {
      fields.append(district)
    }
    return ApplicationClasses.canTellApart(fields) ? fields : nil
  }

  /// Whether names look at nothing that changes but the application and its district.
  private func hangOnNothingElse(_ names: Set<String>) -> Bool {
    names.isDisjoint(with: ["plan", "plan_district", "category", "neighbour"])
      && names.isDisjoint(with: varying)
      && names.isDisjoint(with: PolicyNames.extras.map(\.name))
  }
}

private struct TermMaker {
  private let names: ProfileNames
  var fixedCount = 0
  var classedFields: [[ClassedField]] = []
  var classedCount = 0
  var parts = 0

  init(_ names: ProfileNames) { self.names = names }

  mutating func make(_ program: Program) -> Term {
    if names.isFixed([program]) {
      fixedCount += 1
      return Term(program, fixed: fixedCount - 1)
    }
    guard let fields = names.classedFields(program) else {
      return Term(program, circles: names.circlesAlone(program))
    }
    var place = classedFields.count
    if let known = classedFields.firstIndex(of: fields) {
      place = known
    } else {
      classedFields.append(fields)
    }
    classedCount += 1
    return Term(program, classed: Term.Classed(fields: place, number: classedCount - 1))
  }
}
