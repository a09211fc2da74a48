package import Diagnostics

/// The clauses of a sentence some of whose values are missing.
package enum SentenceParts {
  /// Stands where a value is missing; no text has it.
  package static let gap = "\u{FFFC}"

  /// A sentence without its gaps: parentheses and clauses that have one are left out; nil where the first clause has one.
  package static func known(_ text: String, in language: Language) -> String? {
    let kept = clauses(withoutParentheses(text, language), language)
    guard let first = kept.first, !first.text.contains(gap) else { return nil }
    var result = first.text
    for (index, clause) in kept.enumerated().dropFirst() where !clause.text.contains(gap) {
      result += kept[index - 1].separator + clause.text
    }
    return result
  }

  private static func withoutParentheses(_ text: String, _ language: Language) -> String {
    let (open, close): (Character, Character) = language == .zh ? ("（", "）") : ("(", ")")
    var result = ""
    var inner = ""
    var depth = 0
    for character in text {
      if character == open { depth += 1 }
      if depth > 0 { inner.append(character) } else { result.append(character) }
      guard character == close, depth > 0 else { continue }
      depth -= 1
      if depth == 0 {
        if !inner.contains(gap) { result += inner }
        while inner.contains(gap), result.last == " " { result.removeLast() }
        inner = ""
      }
    }
    return result + inner
  }

  /// The clauses, each with the mark after it. A comma of English is one only before a space: `1,000` is a number.
  private static func clauses(
    _ text: String, _ language: Language
  ) -> [(text: String, separator: String)] {
    let marks: [Character] = language == .zh ? ["，", "；"] : [",", ";"]
    var all: [(text: String, separator: String)] = []
    var clause = ""
    var depth = 0
    let characters = Array(text)
    var index = 0
    while index < characters.count {
      let character = characters[index]
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if character == "（" || character == "(" { depth += 1 }
      if character == "）" || character == ")" { depth -= 1 }
      if depth == 0, marks.contains(character), language == .zh || next == " " {
        all.append((clause, language == .zh ? String(character) : "\(character) "))
        clause = ""
        index += language == .zh ? 1 : 2
      } else {
        clause.append(character)
        index += 1
      }
    }
    return all + [(clause, "")]
  }
}
