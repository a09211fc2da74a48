package import Diagnostics

/// What the page calls a rule: a short name in words that leads to its law, and its id small beside it.
struct HTMLRuleNames {
  private let rules: [RuleDescriptor]
  /// Where each rule stands in the report's list. Looked up, never iterated.
  private var numbers: [String: Int] = [:]
  private let names: [Bilingual]
  private let links: [String]

  /// - Parameter address: where the law of a rule stands, by its id; without one at its number in the page.
  init(_ rules: [RuleDescriptor], address: ((String) -> String)? = nil) {
    self.rules = rules
    for (number, rule) in rules.enumerated() where numbers[rule.id] == nil {
      numbers[rule.id] = number
    }
    names = rules.map(\.shortName)
    links = zip(names, rules).enumerated().map { number, rule in
      "<a href=\"\(MarkupText.escaped(address?(rule.1.id) ?? "#r\(number)"))\">\(HTMLText.both(rule.0))</a> <small>\(MarkupText.escaped(rule.1.id))</small>"
    }
  }

  /// Where a rule stands in the report's list; the last place where it does not.
  func number(_ id: String) -> Int { numbers[id] ?? rules.count }

  /// A rule's name; its id where nothing is known of it.
  func name(_ id: String) -> Bilingual {
    numbers[id].map { names[$0] } ?? Bilingual(zh: id, en: id)
  }

  /// Its name as a link to its law, with its id.
  func link(_ id: String) -> String {
    numbers[id].map { links[$0] } ?? "<code>\(MarkupText.escaped(id))</code>"
  }

  /// Its name and its id.
  func label(_ id: String) -> String {
    let name = name(id)
    if name.zh == id { return MarkupText.escaped(id) }
    return HTMLText.both(name) + " <small>\(MarkupText.escaped(id))</small>"
  }

  /// The readable name of a finding where it is that of a part of its rule.
  func part(_ finding: Finding) -> String? {
    guard finding.hasOwnName else { return nil }
    if let number = numbers[finding.rule], rules[number].name == finding.name { return nil }
    return finding.name
  }
}

extension RuleDescriptor {
  /// More characters than this are cut.
  private static let shortLimit = 28
  /// A clause of fewer characters names nothing (原则上).
  private static let clauseLimit = 6

  /// What the rule is about in a few words: the deciding clause of its sentence.
  package var shortName: Bilingual { Bilingual(zh: Self.clause(of: summary.zh), en: summary.en) }

  /// What stands after the words left out, up to the first mark that is in no brackets.
  private static func clause(of sentence: String) -> String {
    var text = sentence[...]
    while let gap = text.firstRange(of: "……"), gap.upperBound < text.endIndex {
      text = text[gap.upperBound...]
    }
    var depth = 0
    var clause = ""
    for character in text {
      switch character {
      case "（", "(", "《", "“": depth += 1
      case "）", ")", "》", "”": depth = max(0, depth - 1)
      case "，", ",", "；", "。", "：":
        if depth == 0, clause.count >= clauseLimit { return cut(clause) }
      default: break
      }
      clause.append(character)
    }
    return cut(clause)
  }

  private static func cut(_ clause: String) -> String {
    var clause = clause
    // What stands in brackets at the end explains, and names nothing.
    if clause.hasSuffix("）"), let start = clause.lastIndex(of: "（"), start > clause.startIndex {
      clause = String(clause[..<start])
    }
    // The beginning of a sentence on those of which something holds.
    if clause.last == "的" { clause.removeLast() }
    return clause.count <= shortLimit ? clause : clause.prefix(shortLimit - 1) + "…"
  }
}
