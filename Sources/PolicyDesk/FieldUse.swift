package import Cases
import Expression
package import Policy

/// Which rules of a profile look at which field of an input.
package struct FieldUse: Sendable {
  /// By path without indices (`facts.terminated.outpatient`); the districts of facts and plans stand under `district` and
  /// `plan_district`. Rules in the order of the profile.
  private var rules: [String: [String]] = [:]
  private var categories: [String: WordSet<Category>?] = [:]
  private let table: VocabularyTable

  package init(_ policy: Policy) {
    table = policy.catalogue.words.category
    for rule in policy.rules {
      let use = PolicyUse(policy, rules: [rule])
      var paths = use.paths
      if !use.reach.circles.isEmpty { paths.append("application.location") }
      if case .limit(let limit) = rule.constraint {
        for part in limit.parts {
          if part.over.contains(.district) { paths.append("application.district") }
          if part.over.contains(.street) { paths.append("application.street") }
          if part.take == .beds { paths.append("application.new_beds") }
        }
      }
      add(paths, rule.id, rule.categories)
    }
    for allocation in policy.allocations where allocation.gives != nil {
      let use = PolicyUse(policy, rules: [], more: [allocation.name])
      let category = allocation.gives.map { WordSet([$0.category]) }
      add(use.paths, "planlint allocate", category)
    }
    if policy.merit.contains(where: { $0.key == .score }) {
      add(["application.score"], policy.rules.filter(\.isCompetitive).map(\.id))
    }
  }

  private mutating func add(_ paths: [String], _ ids: [String]) {
    for id in ids { add(paths, id, nil) }
  }

  private mutating func add(_ paths: [String], _ id: String, _ categories: WordSet<Category>?) {
    func add(_ path: String) {
      if rules[path]?.contains(id) != true { rules[path, default: []].append(id) }
      if let known = self.categories[path] {
        self.categories[path] = .some(known.flatMap { known in categories.map(known.union) })
      } else {
        self.categories[path] = .some(categories)
      }
    }
    for path in paths {
      let parts = path.replacing("[]", with: "").split(separator: ".").map(String.init)
      switch (parts.first, parts.dropFirst().first) {
      case ("facts", "districts"): add((["district"] + parts.dropFirst(2)).joined(separator: "."))
      case ("plan", "districts"):
        add((["plan_district"] + parts.dropFirst(2)).joined(separator: "."))
      case ("application", "new_beds"):
        add("application.beds")
        add("application.replaces")
      default: add(parts.joined(separator: "."))
      }
      if parts.first == "district" { add("application.district") }
    }
  }

  /// The rules that look at a field, at something inside it, or at the record around it as a whole.
  package func rules(of field: String) -> [String] {
    var found: [String] = []
    for path in rules.keys.sorted()
    where path == field || path.hasPrefix(field + ".") || field.hasPrefix(path + ".") {
      for rule in rules[path] ?? [] where !found.contains(rule) { found.append(rule) }
    }
    return found
  }

  /// The categories that rules look at of a table by category.
  package func categories(of path: String) -> [Category] {
    var found = WordSet<Category>()
    for category: Category in table.all()
    where rules["\(path).\(table[category].word)"] != nil {
      found.insert(category)
    }
    // A rule that asks for its own category asks for those it speaks of.
    if let own = categories[path] { found = found.union(own ?? WordSet(table.all())) }
    return found.isEmpty ? table.all() : found.words
  }
}
