package import Cases
package import Diagnostics
import Expression
package import Reading

extension Policy {
  /// Reads, checks and compiles a profile; it is never half-used: any error throws.
  ///
  /// - Parameter catalogue: the fields and words of the profile's tenant.
  package convenience init(
    reading file: SourceFile, _ catalogue: Catalogue = .builtIn
  ) throws(Faults) {
    self.init(try ReadPolicy(file, catalogue).policy.get())
  }
}

/// A profile as far as it can be read: for editors, in which it is at fault most of the time.
package struct ReadPolicy: Sendable {
  /// The tree of the file without the items that are no YAML; nil where nothing is left.
  package let node: Node?
  /// The profile, or everything that is wrong with it.
  package let policy: Result<Policy, Faults>

  /// - Parameter catalogue: the fields and words of the profile's tenant.
  package init(_ file: SourceFile, _ catalogue: Catalogue) {
    var faults = FaultCollector()
    let (node, unread) = WrittenNames.read(file, &faults)
    self.node = node
    guard let node else {
      policy = .failure(faults.inOrder)
      return
    }
    var context = FieldContext(file)
    let source = PolicySource.reader(catalogue.words).read(node, &context)
    for fault in context.faults.faults
    where !(unread.hasSections && fault.location?.range == node.range) {
      faults.add(fault)
    }
    guard let source else {
      if faults.isEmpty {
        faults.add(Fault(file, node.range, zh: "应为政策档案", en: "expected a policy profile"))
      }
      policy = .failure(faults.inOrder)
      return
    }
    // What could not be read is known by name, so that nothing else is said to be missing for it.
    var compiler = PolicyCompiler(source, file, catalogue, written: unread.adding(node))
    var compiled: Policy?
    do {
      compiled = try compiler.compile()
    } catch {
      faults.add(error)
    }
    if let compiled, faults.isEmpty {
      policy = .success(compiled)
    } else {
      policy = .failure(faults.inOrder)
    }
  }
}

/// Turns a profile as written into one that can be applied: resolves names, compiles expressions, and gathers what is wrong.
package struct PolicyCompiler {
  let source: PolicySource
  let file: SourceFile
  private let catalogue: Catalogue
  var faults = FaultCollector()
  private let names: PolicyNames
  /// Names that the file gives to what could not be read, and to nothing else.
  private let unread: WrittenNames
  private let provisionIndex: [String: Int]
  let parameterIndex: [String: Int]
  private let circleIndex: [String: Int]
  /// What each definition rests on, once all are compiled.
  private(set) var graph: PolicyGraph

  init(
    _ source: PolicySource, _ file: SourceFile, _ catalogue: Catalogue, written: WrittenNames
  ) {
    func index<Value>(_ named: [KeyedValue<String, Value>]) -> [String: Int] {
      Dictionary(
        named.enumerated().map { ($1.key.value, $0) }, uniquingKeysWith: { first, _ in first })
    }
    self.source = source
    self.file = file
    self.catalogue = catalogue
    provisionIndex = index(source.provisions)
    parameterIndex = index(source.parameters)
    circleIndex = index(source.circles)
    names = PolicyNames(
      parameters: source.parameters.map(\.key.value),
      readings: source.allReadings.map {
        (name: $0.key.value, values: [$0.value.value.value] + $0.value.value.alternatives)
      },
      figures: source.figures.map(\.key.value), conditions: source.conditions.map(\.key.value),
      circles: source.circles.map(\.key.value), tallies: source.tallies.map(\.key.value),
      allocations: source.allocations.map(\.key.value), catalogue)
    graph = PolicyGraph(names, [])
    unread = written.without(
      names.all + source.provisions.map(\.key.value) + source.allReadings.map(\.key.value)
        + source.exemptions.map(\.key.value) + source.exceptions.map(\.key.value)
        + source.priorities.map(\.key.value))
  }

  package mutating func compile() throws(Faults) -> Policy {
    checkNames()
    let provisions = source.provisions.map { named in
      Policy.Provision(
        id: named.key.value, at: named.value.value.at.value,
        modality: named.value.value.modality.value,
        quotes: named.value.value.quotes.map(\.value), reading: named.value.value.reading,
        note: named.value.value.note, answers: named.value.value.answers,
        atRange: named.value.value.at.range, modalityRange: named.value.value.modality.range,
        quoteRanges: named.value.value.quotes.map(\.range), range: named.key.range)
    }
    let parameters = source.parameters.map { named in
      Policy.Parameter(
        name: named.key.value, value: named.value.value.value.value, unit: named.value.value.unit,
        basis: provision(named.value.value.basis),
        alternatives: named.value.value.alternatives.map(\.value),
        reading: named.value.value.reading, answers: named.value.value.answers,
        valueRanges: ([named.value.value.value] + named.value.value.alternatives).map(\.range),
        range: named.key.range)
    }
    let readings = source.allReadings.map { named in
      Policy.ReadingSwitch(
        name: named.key.value, basis: provision(named.value.value.basis),
        value: named.value.value.value, alternatives: named.value.value.alternatives,
        explanation: named.value.value.explanation,
        words: Dictionary(
          named.value.value.words.map { ($0.value, $0.word) },
          uniquingKeysWith: { first, _ in first }),
        range: named.key.range)
    }
    let figures = source.figures.map { named in
      let programs = named.value.value.sources.compactMap { program($0, .decimal) }
      return Policy.Figure(
        name: named.key.value, sources: programs, unit: named.value.value.unit,
        basis: provision(named.value.value.basis),
        reconstructed: named.value.value.reconstructed, range: named.key.range)
    }
    let conditions = source.conditions.compactMap { named -> Policy.Condition? in
      guard let program = program(named.value, .bool) else { return nil }
      return Policy.Condition(name: named.key.value, program: program, range: named.key.range)
    }
    let circles = source.circles.compactMap { named -> Policy.CircleDefinition? in
      let circle = named.value.value
      let program = program(circle.condition, .bool, .circle)
      let radius = parameter(circle.within)
      for name in [circle.within, circle.accuracy].compactMap(\.self) {
        if let index = parameterIndex[name.value],
          source.parameters[index].value.value.unit != "m"
        {
          fault(
            name.range, zh: "`\(name.value)` 的单位应为 `m`",
            en: "expected `\(name.value)` to have the unit `m`")
        }
      }
      checkMetres(circle.within, from: 1, to: 100_000)
      circle.accuracy.map { checkMetres($0, from: 0, to: 10_000) }
      let accuracy = circle.accuracy.flatMap { parameter($0) }
      let basis = provision(circle.basis)
      guard let program, let radius else { return nil }
      return Policy.CircleDefinition(
        name: named.key.value, radius: radius, accuracy: accuracy, program: program,
        basis: basis, range: named.key.range)
    }
    let tallies = source.tallies.compactMap { named -> Tally? in
      let tally = named.value.value
      let program = program(tally.condition, .bool, .circle)
      let basis = provision(tally.basis)
      guard let program else { return nil }
      return Tally(
        name: named.key.value, sum: tally.sum, over: tally.over, program: program, basis: basis,
        range: named.key.range)
    }
    let allocations = source.allocations.compactMap { allocation($0) }
    graph = PolicyGraph(
      names,
      Policy.definitions(
        figures: figures, conditions: conditions, circles: circles, tallies: tallies,
        allocations: allocations, parameters: parameters))
    checkCycles()
    checkDepth()
    let exemptions = clauses(source.exemptions)
    let exceptions = clauses(source.exceptions)
    let priorities = clauses(source.priorities)
    let implications = source.implications.map { implication in
      Policy.Implication(
        category: implication.category, by: implication.by, basis: provision(implication.basis))
    }
    let merit = source.merit.map { step in
      Policy.MeritStep(
        key: step.key, basis: step.basis.map { provision($0) }, missingIsLast: step.missingIsLast)
    }
    let rules = source.rules.compactMap { rule($0) }
    checkRules(rules)
    let silence = source.silence.map { silence in
      Policy.Silence(
        isReview: silence.isReview, basis: provision(silence.basis), reading: silence.reading)
    }
    try faults.check()
    return Policy(
      id: source.id, from: source.from, to: source.to, document: source.document,
      provisions: provisions, parameters: parameters, readings: readings, figures: figures,
      conditions: conditions, circles: circles, tallies: tallies, allocations: allocations,
      exemptions: exemptions, exceptions: exceptions, priorities: priorities,
      implications: implications,
      replacements: source.replacements == nil ? nil : readings.count - 1, silence: silence,
      merit: merit, rules: rules, source: file, names: names, graph: graph, catalogue: catalogue)
  }

  // MARK: Rules

  private mutating func rule(_ rule: PolicySource.Rule) -> Rule? {
    let basis = rule.basis.map { provision($0) }
    let applies = rule.applies.flatMap { program($0, .bool) }
    let exemptions = rule.exemptions.compactMap {
      name($0, source.exemptions, zh: "豁免", en: "exemption")
    }
    let exceptions = rule.exceptions.compactMap {
      name($0, source.exceptions, zh: "例外", en: "exception")
    }
    let constraint = constraint(rule.kind)
    let notes = rule.notes.compactMap { note($0) }
    let message = template(rule.message)
    let arithmetic = rule.arithmetic.flatMap { template($0) }
    let remedy = rule.remedy.flatMap { template($0) }
    if let pointsAt = rule.pointsAt, rule.subject == .application,
      catalogue.applicationEntry(pointsAt.value) == nil
    {
      unknown(
        pointsAt, among: catalogue.applicationEntries.map(\.name), zh: "字段", en: "field")
    }
    guard let constraint, let message, let first = basis.first else { return nil }
    if rule.subject != .application, case .require = constraint {
    } else if rule.subject != .application {
      fault(
        rule.id.range, zh: "计划规则只能是 `require`", en: "a rule about plans has to be a `require`")
    }
    return Rule(
      id: rule.id.value, name: rule.name, subject: rule.subject, basis: basis,
      modality: source.provisions.indices.contains(first)
        ? source.provisions[first].value.value.modality.value : .must,
      categories: rule.categories, applies: applies, constraint: constraint,
      exemptions: exemptions, exceptions: exceptions, notes: notes, message: message,
      arithmetic: arithmetic,
      remedy: remedy, pointsAt: rule.pointsAt?.value, answers: rule.answers,
      range: rule.id.range)
  }

  private mutating func require(_ demand: PolicySource.Demand) -> Require? {
    switch demand {
    case .that(let text): return program(text, .bool).map { Require(test: .condition($0)) }
    case .measure(let source):
      let measure = program(source.measure, .decimal)
      let limit = program(source.limit, .decimal)
      let within = source.within.flatMap { program($0, .decimal) }
      guard let measure, let limit else { return nil }
      return Require(
        test: .measure(measure, source.relation, limit: limit, within: within, unit: source.unit))
    }
  }

  private mutating func note(_ note: PolicySource.Note) -> RuleNote? {
    let applies = note.applies.flatMap { program($0, .bool) }
    let require = require(note.demand)
    let message = template(note.message)
    guard let require, let message else { return nil }
    return RuleNote(name: note.name, applies: applies, require: require, message: message)
  }

  private mutating func constraint(_ kind: PolicySource.Kind) -> Constraint? {
    switch kind {
    case .require(let demand): return require(demand).map { .require($0) }
    case .limit(let parts):
      return .limit(
        Limit(
          parts: parts.map { part in
            Limit.Part(
              name: part.name, applies: part.applies.flatMap { program($0, .bool) },
              binds: part.binds.flatMap { program($0, .bool) },
              take: part.take, over: part.over, used: part.used.flatMap { program($0, .decimal) },
              atMost: part.atMost.flatMap { program($0, .decimal) },
              reviewUpTo: part.reviewUpTo.flatMap { program($0, .decimal) },
              reviewWithoutNumber: part.reviewWithoutNumber, isAdvisory: part.isAdvisory,
              message: part.message.flatMap { template($0) })
          }))
    case .spacing(let source):
      let atMost = program(source.atMost, .decimal)
      guard let circle = circleIndex[source.circle.value] else {
        unknown(source.circle, among: self.source.circles.map(\.key.value), zh: "圆", en: "circle")
        return nil
      }
      return atMost.map {
        .spacing(Spacing(circle: circle, countsApplicant: source.countsApplicant, atMost: $0))
      }
    }
  }

  private mutating func allocation(
    _ named: PolicySource.Named<PolicySource.Allocation>
  ) -> Allocate? {
    let source = named.value.value
    let basis = provision(source.basis)
    let total = program(source.total, .decimal)
    let city = source.city.flatMap { program($0, .decimal) }
    let shares = source.shares.compactMap { share -> Allocate.Share? in
      let part = share.part.flatMap { program($0, .decimal) }
      let weight = program(share.weight, .decimal)
      let whole = share.of.flatMap { program($0, .decimal) }
      return weight.map {
        Allocate.Share(
          part: part, weight: $0, of: whole, reconstructed: share.reconstructed,
          label: share.label)
      }
    }
    let least = source.least.flatMap { program($0, .decimal) }
    let cap = source.cap.flatMap { program($0, .decimal) }
    let published = source.published.flatMap { program($0, .decimal) }
    guard let total, shares.count == source.shares.count else { return nil }
    return Allocate(
      name: named.key.value, basis: basis, total: total, city: city, shares: shares, least: least,
      cap: cap, published: published, unit: source.unit, gives: source.gives,
      range: named.key.range)
  }

  private mutating func clauses(_ named: [PolicySource.Named<PolicySource.Clause>])
    -> [Policy.Clause]
  {
    named.compactMap { named in
      let basis = provision(named.value.value.basis)
      guard let program = program(named.value.value.condition, .bool) else { return nil }
      return Policy.Clause(
        id: named.key.value, basis: basis, label: named.value.value.label, program: program,
        circles: graph.reach([program]).circles, answers: named.value.value.answers,
        range: named.key.range)
    }
  }

  // MARK: Expressions

  private mutating func program(
    _ text: Located<String>, _ type: Type, _ place: PolicyNames.Place = .condition
  ) -> Program? {
    compile(text.value, type, place, at: text.range, offset: nil)
  }

  private mutating func compile(
    _ text: String, _ type: Type?, _ place: PolicyNames.Place, at range: ByteRange, offset: Int?
  ) -> Program? {
    do {
      return try Expression.compile(text, as: type, in: names.environment(place))
    } catch {
      for problem in error.errors {
        let utf8 = Array(text.utf8)
        let inner = problem.range.start..<min(problem.range.end, utf8.count)
        if !inner.isEmpty, unread.contains(String(decoding: utf8[inner], as: UTF8.self)) {
          continue
        }
        fault(
          placed(problem.range, of: text, in: range, offset: offset), zh: problem.sentence.zh,
          en: problem.sentence.en, meant: problem.meant)
      }
      return nil
    }
  }

  /// Where a stretch of an expression stands in the file: exactly where the text can be followed there, else the whole value.
  private func placed(
    _ inner: ByteRange, of text: String, in range: ByteRange, offset: Int?
  ) -> ByteRange {
    ScalarText(file, range)?.place(of: inner, in: text, from: offset) ?? range
  }

  private mutating func template(_ message: PolicySource.Message) -> Template? {
    let zh = segments(message.zh)
    let en = segments(message.en)
    guard let zh, let en else { return nil }
    return Template(zh: zh, en: en, zhRange: message.zh.range, enRange: message.en.range)
  }

  private mutating func segments(_ text: Located<String>) -> [Template.Piece]? {
    guard let pieces = TemplateText.pieces(text.value) else {
      fault(
        text.range, zh: "花括号不成对；要写花括号本身请写两个",
        en: "expected every `{` to have its `}`; write two for a brace itself")
      return nil
    }
    var segments: [Template.Piece] = []
    for piece in pieces {
      switch piece {
      case .text(let text): segments.append(.text(text))
      case .expression(let expression, let offset):
        guard
          let program = compile(expression, nil, .message, at: text.range, offset: offset)
        else { return nil }
        segments.append(.expression(program))
      }
    }
    return segments
  }

  // MARK: Names

  private mutating func provision(_ name: Located<String>) -> Int {
    if let index = provisionIndex[name.value] { return index }
    unknown(name, among: source.provisions.map(\.key.value), zh: "条款", en: "provision")
    return 0
  }

  private mutating func parameter(_ name: Located<String>) -> Int? {
    if let index = parameterIndex[name.value] { return index }
    unknown(name, among: source.parameters.map(\.key.value), zh: "参数", en: "parameter")
    return nil
  }

  private mutating func name<Value>(
    _ name: Located<String>, _ named: [KeyedValue<String, Value>], zh: String, en: String
  ) -> Int? {
    if let index = named.firstIndex(where: { $0.key.value == name.value }) { return index }
    unknown(name, among: named.map(\.key.value), zh: zh, en: en)
    return nil
  }

  private mutating func unknown(
    _ name: Located<String>, among known: [String], zh: String, en: String
  ) {
    if unread.contains(name.value) { return }
    let nearest = NearestName.of(name.value, among: known)
    fault(
      name.range, zh: "没有\(zh) `\(name.value)`", en: "there is no \(en) `\(name.value)`",
      meant: nearest.map { Meant($0) })
  }

  mutating func fault(
    _ range: ByteRange, zh: String, en: String, meant: Meant? = nil, related: [RelatedPlace] = []
  ) {
    var fault = Fault(file, range, zh: zh, en: en, meant: meant)
    fault.related = related
    faults.add(fault)
  }
}
