/// The rules that speak of what an application asks for, category by category, in the order in which they are decided.
final class Agenda: Sendable {
  struct Item: Sendable {
    let rule: RuleTerms
    /// The category that it is decided for; nil where the rule speaks of none.
    let category: Category?
  }

  /// Those that look at the application alone come first.
  let items: [Item]
  /// Where those begin that places or circles have a say in.
  let firstInTurn: Int
  /// The rules that speak of none of the categories asked for, by their place in the profile.
  let silent: [Int]

  init(_ requests: WordSet<Category>, _ terms: PolicyTerms) {
    var alone: [Item] = []
    var inTurn: [Item] = []
    var silent: [Int] = []
    for rule in terms.rules {
      var categories: [Category?] = [nil]
      if let wanted = rule.categories { categories = requests.words.filter(wanted.contains) }
      if categories.isEmpty { silent.append(rule.index) }
      let items = categories.map { Item(rule: rule, category: $0) }
      if rule.isCompetitive { inTurn += items } else { alone += items }
    }
    items = alone + inTurn
    firstInTurn = alone.count
    self.silent = silent
  }

  /// Those that places or circles have a say in.
  var inTurn: ArraySlice<Item> { items[firstInTurn...] }
}
