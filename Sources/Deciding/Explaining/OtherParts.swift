import Diagnostics
import Expression
import Policy

extension Explanation {
  /// What is said of the other parts of a limit that are full as well: whoever is told of one only would come back for the next.
  func otherParts(of rule: Rule, _ decision: Decision) -> Bilingual {
    var words = Bilingual(zh: "", en: "")
    guard case .limit(let limit) = rule.constraint else { return words }
    let outer = context.extras
    defer { context.extras = outer }
    for other in decision.otherParts {
      context.extras = [.decimal(other.measured), .decimal(other.limit)]
      let template = limit.parts[other.part].message ?? rule.message
      let text = template.rendered(context.shown).text ?? template.text
      words.zh += "；同时，" + text.zh
      words.en += "; at the same time " + text.en
    }
    return words
  }
}
