package import Cases
import Diagnostics
import Policy

/// The rules that speak of what an application asks for, category by category, in the order in which they are decided.
package final class ApplicableRules: Sendable {
  package struct Item: Sendable {
    package let rule: RuleTerms
    /// The category that it is decided for; nil where the rule speaks of none.
    package let category: Category?
  }

  /// Those that look at the application alone come first.
  package let items: [Item]
  /// Where those begin that places or circles have a say in.
  let firstInTurn: Int
  /// The rules that speak of none of the categories asked for, by their place in the profile.
  package let silent: [Int]
  /// The limits among them whose places it may take all the same, being counted in the registry.
  let counting: [RuleTerms]
  private let requests: WordSet<Category>
  private let implied: WordSet<Category>

  /// - Parameter implied: what an application asks for with what it names.
  package init(_ requests: WordSet<Category>, implied: WordSet<Category>, _ terms: PolicyTerms) {
    let asked = requests.union(implied)
    var alone: [Item] = []
    var inTurn: [Item] = []
    var silent: [Int] = []
    var counting: [RuleTerms] = []
    for rule in terms.rules {
      var categories: [Category?] = [nil]
      if let wanted = rule.categories { categories = asked.words.filter(wanted.contains) }
      if categories.isEmpty {
        silent.append(rule.index)
        if rule.countsOthers { counting.append(rule) }
      }
      let items = categories.map { Item(rule: rule, category: $0) }
      if rule.isCompetitive { inTurn += items } else { alone += items }
    }
    items = alone + inTurn
    firstInTurn = alone.count
    self.silent = silent
    self.counting = counting
    self.requests = requests
    self.implied = implied
  }

  /// What is asked for, the categories that it implies among them.
  var asked: WordSet<Category> { requests.union(implied) }

  /// Whether they are those of whoever asks for this.
  func isOf(_ requests: WordSet<Category>, _ implied: WordSet<Category>) -> Bool {
    self.requests == requests && self.implied == implied
  }

  /// The categories asked for anew of which no rule speaks that could refuse them (semantics.md 4.10). Whoever asks for one that
  /// implies another is spoken of by the rules on that one too; a rule that is answered by an exemption has spoken.
  func unspoken(
    _ outcomes: some RandomAccessCollection<ItemOutcome>, held: WordSet<Category>
  )
    -> [Category]
  {
    var open = requests.words.filter { !held.contains($0) }
    for (item, outcome) in zip(items, outcomes) {
      if open.isEmpty { break }
      guard item.rule.couldRefuse, outcome.outcome != .notApplicable, outcome.outcome != .note
      else { continue }
      guard let category = item.category, !implied.contains(category) else { return [] }
      open.removeAll { $0 == category }
    }
    return open
  }

  /// Whether a rule is decided for it, or may count it.
  func takesPart(in rule: RuleTerms) -> Bool {
    items.contains { $0.rule.index == rule.index }
      || counting.contains { $0.index == rule.index }
  }

  /// Those that places or circles have a say in.
  var inTurn: ArraySlice<Item> { items[firstInTurn...] }
}

extension PolicyTerms {
  /// What an application asks for with what it names: nothing where it is no newcomer, holding one of those categories already.
  func implied(
    by requests: WordSet<Category>, designatedFor held: WordSet<Category>
  ) -> WordSet<Category> {
    var implied = WordSet<Category>()
    for implication in implications where !requests.contains(implication.category) {
      var group = implication.by
      group.insert(implication.category)
      if group.words.contains(where: held.contains) { continue }
      if requests.words.contains(where: implication.by.contains) {
        implied.insert(implication.category)
      }
    }
    return implied
  }
}
