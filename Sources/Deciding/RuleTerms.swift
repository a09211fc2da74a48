package import Cases
package import Diagnostics
package import Expression
package import Policy

/// A program of a rule with what is known of it beforehand; held by reference, so that passing it along costs nothing.
package final class Term: Sendable {
  package let program: Program
  /// Its place among the terms that have one value for a whole competition, resting on facts and parameters alone; nil where
  /// it looks at the subject.
  package let fixed: Int?
  /// Where its values are kept by class, if it rests on a few fields of the application and on what is fixed.
  let classed: Classed?

  package struct Classed {
    /// The place of the fields among ``PolicyTerms/classedFields``.
    package let fields: Int
    /// Its place among the terms of that kind.
    package let number: Int
  }

  /// The circles that it counts, if it rests on them and on what is fixed alone.
  package let circles: [Int]?

  package init(
    _ program: Program, fixed: Int? = nil, classed: Classed? = nil, circles: [Int]? = nil
  ) {
    self.program = program
    self.fixed = fixed
    self.classed = classed
    self.circles = circles
  }
}

/// What a demand on one application is decided by.
package enum RequireTerms: Sendable {
  case condition(Term)
  case measure(Term, Require.Relation, limit: Term, within: Term?)
}

/// What one rule is decided by.
package final class RuleTerms: Sendable {
  package final class Part: Sendable {
    package let applies: Term?
    /// Whom it holds to; the others that it speaks of take places and are held to nothing. Nil: all.
    package let binds: Term?
    package let used: Term?
    package let atMost: Term?
    package let reviewUpTo: Term?
    package let take: Limit.Take
    package let over: [Limit.Scope]
    package let isAdvisory: Bool
    package let reviewWithoutNumber: Bool
    /// It has no place to give, whoever asks, so that nobody competes for one: a condition on facts written as a limit that is
    /// always 0 and counts nothing. A limit that does count (`used`) is one of places, though it may be of none: who is exempt
    /// from it is exempt from a limit.
    let givesNothing: Bool
    package let rule: Int
    package let part: Int
    /// Its place among the parts of all limits.
    package let number: Int
    /// What of the registry counts as used, where it is counted there and not stated.
    package let tallies: [Int]

    package init(
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
      let named = source.used?.references.variables ?? []
      tallies = policy.tallies.indices.filter { named.contains(policy.tallies[$0].name) }
    }
  }

  package enum Demand: Sendable {
    case require(RequireTerms)
    case limit([Part])
    case spacing(circle: Int, countsApplicant: Bool, atMost: Term)
  }

  package let index: Int
  package let modality: Modality
  /// Whether its text refuses what does not keep to it: what is only allowed or aimed at refuses nothing.
  package var couldRefuse: Bool { modality == .must || modality == .inPrinciple }
  /// Whether it can only be decided at the application's turn: limits, circles, and whatever demands a circle.
  package let isCompetitive: Bool
  package let categories: WordSet<Category>?
  package let applies: Term?
  package let demand: Demand
  package let exemptions: [(clause: Int, term: Term)]
  package let exceptions: [(clause: Int, term: Term)]
  /// The circles that its outcome rests on, its exemptions and exceptions included.
  package let circles: [Int]
  /// Whether what it demands or speaks of counts a circle, exceptions aside.
  package let demandsCircle: Bool
  /// Whether it can be told without counting anything whether it applies and whether an exemption holds.
  let standsAlone: Bool
  /// Whether it can be told without counting anything which parts of a limit apply.
  private let partsStandAlone: Bool
  /// What it rests on, its exemptions and exceptions included.
  package let reach: PolicyGraph.Reach
  /// The same where it applies and no exemption holds.
  let boundReach: PolicyGraph.Reach
  /// What it cites.
  package let citations: [Citation]
  /// What is said of the figures with a lost formula that it rests on.
  package let reconstructed: [Bilingual]
  /// Whether what is said of the arithmetic and of the way out is the same for every application.
  let hasFixedArithmetic: Bool
  let hasFixedRemedy: Bool
  /// Whether some take places without being held to anything: those that a part speaks of and does not bind, or whom it will count
  /// among the used.
  var hasUnbound: Bool {
    guard case .limit(let parts) = demand else { return false }
    return parts.contains { $0.binds != nil } || countsOthers
  }
  /// Whether what is used is counted in the registry, so that it may be by some whom it does not speak of.
  var countsOthers: Bool {
    guard case .limit(let parts) = demand else { return false }
    return parts.contains { !$0.tallies.isEmpty && !$0.over.contains(.category) }
  }
  /// The field that a finding points at, where the profile names one.
  package let pointsAt: ApplicationField?
  /// The place among ``PolicyTerms/classedFields`` of the fields that its outcome rests on, if it rests on them, on its category, on what
  /// its ``circles`` count and on what is fixed alone; nil where it rests on more, as on what is given away.
  let classedFields: Int?
  /// The same of its exceptions, on which alone it rests where its demand is not met.
  let classedExceptionFields: Int?

  fileprivate init(
    _ rule: Rule, _ index: Int, of policy: Policy, _ terms: inout TermMaker
  ) {
    let graph = policy.graph
    self.index = index
    modality = rule.modality
    categories = rule.categories
    hasFixedArithmetic = graph.reach(rule.arithmetic?.programs ?? []).isFixed
    hasFixedRemedy = graph.reach(rule.remedy?.programs ?? []).isFixed
    pointsAt = rule.pointsAt.flatMap { name in
      policy.catalogue.applicationEntries.firstIndex { $0.name == name }.map(ApplicationField.init)
    }
    var parts: [Program] = []
    if case .limit(let limit) = rule.constraint {
      parts = limit.parts.flatMap { [$0.applies, $0.binds].compactMap(\.self) }
    }
    partsStandAlone = !graph.reach(parts).counts
    let own = policy.demandReach(rule)
    demandsCircle = !own.circles.isEmpty
    isCompetitive = rule.isCompetitive || demandsCircle
    reconstructed = policy.reconstructed(own)
    citations = rule.basis.map { policy.citation($0) }
    standsAlone = !graph.reach(
      (rule.applies.map { [$0] } ?? []) + rule.exemptions.map { policy.exemptions[$0].program }
    ).counts
    reach = own.union(graph.reach(policy.clausePrograms(rule)))
    boundReach = policy.demandReach(rule, whereApplied: true).union(
      graph.reach(rule.exceptions.map { policy.exceptions[$0].program }))
    circles = reach.circles
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
    if case .limit = rule.constraint {
      classedFields = nil
    } else {
      classedFields = terms.classedFields(
        rule.programs + policy.clausePrograms(rule), beside: circles)
    }
    classedExceptionFields = terms.classedFields(
      rule.exceptions.map { policy.exceptions[$0].program }, beside: circles)
  }
}

extension Policy {
  /// The number that a program comes to under every reading and whatever the facts: one of literals and of parameters without
  /// alternatives.
  fileprivate func constant(_ program: Program) -> Exact? {
    if let value = program.constantValue { return value.exact }
    let reach = graph.reach([program])
    guard reach.looksAtParametersAlone,
      reach.parameters.allSatisfy({ parameters[$0].alternatives.isEmpty })
    else { return nil }
    let context = EvaluationContext(
      policy: self, settings: Settings(self), facts: Facts(catalogue),
      registry: Registry(catalogue))
    return try? context.measure(program).exact
  }
}

extension RuleTerms {
  /// Whether what it comes to and takes can be told from what its application, its limits and its circles come to.
  var canBeFollowed: Bool { partsStandAlone }
}

/// The rules of a profile with what they rest on, worked out once a screening.
package final class PolicyTerms: Sendable {
  /// Those about applications.
  package let rules: [RuleTerms]
  /// Those about plans and their districts.
  let planRules: [RuleTerms]
  /// By rule of the profile: its place among them.
  private let places: [Int?]
  package let priorities: [Term]
  package let circles: [CircleTerms]
  /// By figure and by condition: whether it has one value for a whole competition.
  let fixedFigures: [Bool]
  let fixedConditions: [Bool]
  package let fixedCount: Int
  /// The fields that terms rest on together, each combination once.
  let classedFields: [[ClassedField]]
  let classedCount: Int
  package let partCount: Int
  /// What the order of merit rests on.
  let orderReach: PolicyGraph.Reach
  /// By provision.
  package let citations: [Citation]
  package let implications: [Policy.Implication]
  package let replacements: Int?

  package struct CircleTerms: Sendable {
    package let term: Term
    /// Whether whom it counts depends on the category that is looked at.
    package let usesCategory: Bool
    /// The fields of a neighbour that it looks at; nil where it may look at all.
    let neighbourFields: [Int]?
    /// The fields of the applicant that it looks at; nil where it may look at others, or at something else that changes.
    let applicantFields: [ClassedField]?
  }

  package init(_ policy: Policy) {
    let graph = policy.graph
    var terms = TermMaker(policy)
    var rules: [RuleTerms] = []
    var planRules: [RuleTerms] = []
    for (index, rule) in policy.rules.enumerated() {
      let made = RuleTerms(rule, index, of: policy, &terms)
      if rule.subject == .application { rules.append(made) } else { planRules.append(made) }
    }
    self.rules = rules
    self.planRules = planRules
    places = policy.rules.indices.map { index in rules.firstIndex { $0.index == index } }
    citations = policy.provisions.indices.map { policy.citation($0) }
    implications = policy.implications
    replacements = policy.replacements
    priorities = policy.priorities.map { terms.make($0.program) }
    circles = policy.circles.map { circle in
      let reach = graph.reach([circle.program])
      return CircleTerms(
        term: terms.make(circle.program), usesCategory: reach.contains(.category),
        neighbourFields: graph.fields(
          of: "neighbour", policy.catalogue.neighbour, [circle.program], reach),
        applicantFields: reach.looksAtTwoAlone
          ? Self.classedFields(in: [circle.program], reach, graph, policy.catalogue) : nil)
    }
    fixedFigures = policy.figures.map { graph.reach($0.sources).isFixed }
    fixedConditions = policy.conditions.map { graph.reach([$0.program]).isFixed }
    var ordering = policy.priorities.map(\.program)
    for rule in rules where rule.isCompetitive {
      ordering += (rule.applies.map { [$0] } ?? []).map(\.program)
      ordering += rule.exemptions.map(\.term.program)
      if case .limit(let parts) = rule.demand {
        ordering += parts.flatMap { [$0.applies, $0.binds].compactMap { $0?.program } }
      }
    }
    orderReach = graph.reach(ordering)
    fixedCount = terms.fixedCount
    classedFields = terms.classedFields
    classedCount = terms.classedCount
    partCount = terms.parts
  }

  /// A rule of the profile; nil where it is not about applications.
  package func rule(_ index: Int) -> RuleTerms? { places[index].map { rules[$0] } }

  /// By rule of the profile: whether it may come to something else under another setting; true of what cannot be followed.
  ///
  /// - Parameter knowsWhomRulesBind: whether all that are decided in turn are known to apply to the same, exempting the same.
  func touched(by flip: Flip, knowsWhomRulesBind: Bool) -> [Bool] {
    var touched = [Bool](repeating: true, count: places.count)
    for rule in rules {
      // Of a limit whose places others take as well, whom it binds is not all.
      let isDemandAlone =
        knowsWhomRulesBind && rule.isCompetitive && rule.standsAlone && !rule.hasUnbound
      touched[rule.index] =
        !rule.canBeFollowed || flip.touches(isDemandAlone ? rule.boundReach : rule.reach)
    }
    return touched
  }

  /// The fields of the application that programs look at, in the order of ``ClassedField``; nil where one of them is not told
  /// apart, or there are too many.
  fileprivate static func classedFields(
    in programs: [Program], _ reach: PolicyGraph.Reach, _ graph: PolicyGraph,
    _ catalogue: Catalogue
  ) -> [ClassedField]? {
    guard let fields = graph.fields(of: "application", catalogue.application, programs, reach)
    else {
      return nil
    }
    var found: Set<ClassedField> = []
    for field in fields {
      guard let field = ClassedField(index: field, catalogue) else { return nil }
      found.insert(field)
    }
    let sorted = found.sorted { $0.index < $1.index }
    return ApplicationClasses.canTellApart(sorted) ? sorted : nil
  }
}

extension PolicyGraph.Reach {
  /// Whether it is the same for every application and plan of one year: applications compete within one.
  var isFixed: Bool {
    !contains(anyOf: [.application, .district]) && hangsOnNothingElse
  }

  /// Whether it changes with nothing but the application and its district.
  var hangsOnNothingElse: Bool {
    !contains(anyOf: [.plan, .planDistrict, .category, .neighbour]) && !counts && !looksAtExtras
  }

  /// The circles that it counts, where it looks at nothing else that changes; nil where it does. What a circle's own condition
  /// looks at is in its counts.
  func circlesAlone(_ programs: [Program], _ graph: PolicyGraph) -> [Int]? {
    let outside = graph.reach(programs, without: circles)
    guard !outside.contains(anyOf: [.application, .district, .plan, .planDistrict, .category]),
      !outside.contains(.neighbour), outside.tallies.isEmpty, outside.allocations.isEmpty,
      !outside.looksAtExtras
    else { return nil }
    return circles
  }
}

private struct TermMaker {
  private let graph: PolicyGraph
  private let catalogue: Catalogue
  var fixedCount = 0
  var classedFields: [[ClassedField]] = []
  var classedCount = 0
  var parts = 0

  init(_ policy: Policy) {
    graph = policy.graph
    catalogue = policy.catalogue
  }

  mutating func make(_ program: Program) -> Term {
    let reach = graph.reach([program])
    if reach.isFixed {
      fixedCount += 1
      return Term(program, fixed: fixedCount - 1)
    }
    guard reach.hangsOnNothingElse, let fields = fields([program], reach) else {
      return Term(program, circles: reach.circlesAlone([program], graph))
    }
    classedCount += 1
    return Term(
      program, classed: Term.Classed(fields: place(of: fields), number: classedCount - 1))
  }

  /// The place of the fields of the application that programs rest on, beside some circles, the category and what is fixed; nil where
  /// they rest on more than can be told apart by class.
  mutating func classedFields(_ programs: [Program], beside circles: [Int]) -> Int? {
    let reach = graph.reach(programs, without: circles)
    guard !reach.contains(anyOf: [.plan, .planDistrict, .neighbour]), reach.tallies.isEmpty,
      reach.allocations.isEmpty, !reach.looksAtExtras
    else { return nil }
    return fields(programs, reach).map { place(of: $0) }
  }

  private mutating func place(of fields: [ClassedField]) -> Int {
    if let known = classedFields.firstIndex(of: fields) { return known }
    classedFields.append(fields)
    return classedFields.count - 1
  }

  /// The fields of the application that programs rest on; nil where they cannot be told apart by class.
  private func fields(_ programs: [Program], _ reach: PolicyGraph.Reach) -> [ClassedField]? {
    guard var fields = PolicyTerms.classedFields(in: programs, reach, graph, catalogue)
    else { return nil }
    // The figures of a district are those of the application's.
    if reach.contains(.district), let district = ClassedField.district(catalogue),
      !fields.contains(district)
    {
      fields.append(district)
    }
    return ApplicationClasses.canTellApart(fields) ? fields : nil
  }
}
