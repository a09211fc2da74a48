import Expression

/// What the rules of a profile rest on, directly or through figures, conditions and circles: worked out once a screening.
struct PolicyReach: Sendable {
  /// By circle: whether whom it counts depends on the category that is looked at.
  let circleUsesCategory: [Bool]
  /// By rule: the circles that its outcome rests on, its exemptions and exceptions included.
  let circles: [[Int]]
  /// By rule: whether what it demands or speaks of counts a circle, exceptions aside.
  let demandsCircle: [Bool]
  /// By rule: the figures that it rests on.
  let figures: [[Int]]
  /// By rule: every name that its outcome rests on, its exemptions and exceptions included.
  let names: [Set<String>]
  /// Every name that the order of merit rests on.
  let meritNames: Set<String>

  init(_ policy: Policy) {
    let names = Names(policy)
    circleUsesCategory = policy.circles.map { circle in
      names.reached(from: [circle.program]).contains("category")
    }
    var circles: [[Int]] = []
    var demandsCircle: [Bool] = []
    var figures: [[Int]] = []
    var allNames: [Set<String>] = []
    for rule in policy.rules {
      var own = names.reached(from: rule.programs)
      var spaced: [Int] = []
      if case .spacing(let spacing) = rule.constraint {
        spaced = [spacing.circle]
        own.formUnion(names.reached(from: [policy.circles[spacing.circle].program]))
      }
      let demanded = policy.circles.indices.filter {
        spaced.contains($0) || own.contains(policy.circles[$0].name)
      }
      demandsCircle.append(!demanded.isEmpty)
      figures.append(policy.figures.indices.filter { own.contains(policy.figures[$0].name) })
      own.formUnion(
        names.reached(
          from: rule.exemptions.map { policy.exemptions[$0].program }
            + rule.exceptions.map { policy.exceptions[$0].program }))
      // The radius and accuracy of a circle are parameters that its condition does not name.
      for circle in policy.circles.indices
      where spaced.contains(circle) || own.contains(policy.circles[circle].name) {
        own.insert(policy.parameters[policy.circles[circle].radius].name)
        if let accuracy = policy.circles[circle].accuracy {
          own.insert(policy.parameters[accuracy].name)
        }
      }
      allNames.append(own)
      circles.append(
        policy.circles.indices.filter {
          spaced.contains($0) || own.contains(policy.circles[$0].name)
        })
    }
    self.names = allNames
    meritNames = names.reached(from: policy.priorities.map(\.program))
    self.circles = circles
    self.demandsCircle = demandsCircle
    self.figures = figures
  }

  /// Whether a rule can only be decided at the application's turn: limits, circles, and whatever looks at a circle.
  func isCompetitive(_ rule: Int, of policy: Policy) -> Bool {
    policy.rules[rule].isCompetitive || demandsCircle[rule]
  }

  private struct Names {
    /// What each figure, condition and circle names itself.
    private var inner: [String: [String]] = [:]

    init(_ policy: Policy) {
      for figure in policy.figures {
        inner[figure.name] = figure.sources.flatMap(\.references.variables)
      }
      for condition in policy.conditions {
        inner[condition.name] = condition.program.references.variables
      }
      for tally in policy.tallies { inner[tally.name] = tally.program.references.variables }
      for allocation in policy.allocations {
        inner[allocation.name] = [
          allocation.total, allocation.weight, allocation.cap, allocation.published,
        ].compactMap(\.self).flatMap(\.references.variables)
      }
      for circle in policy.circles { inner[circle.name] = circle.program.references.variables }
    }

    func reached(from programs: [Program]) -> Set<String> {
      var open = programs.flatMap(\.references.variables)
      var seen: Set<String> = []
      while let name = open.popLast() {
        if seen.insert(name).inserted { open += inner[name] ?? [] }
      }
      return seen
    }
  }
}
