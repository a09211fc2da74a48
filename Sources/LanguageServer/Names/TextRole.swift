import Policy
import PolicyDesk

/// What the text of a field is, beyond what a schema says: an expression, a message, or the name of something.
enum TextRole: Equatable {
  case expression(PolicyNames.Place)
  /// A text with `{expressions}`.
  case message
  case provision
  case parameter
  case circle
  case exemption
  case exception
  /// The id of a rule, where it is given.
  case ruleID
  /// A rule that is spoken of.
  case rule
  /// A field of applications.
  case applicationField

  static func == (a: TextRole, b: TextRole) -> Bool {
    switch (a, b) {
    case (.expression, .expression), (.message, .message), (.provision, .provision),
      (.parameter, .parameter), (.circle, .circle), (.exemption, .exemption),
      (.exception, .exception), (.ruleID, .ruleID), (.rule, .rule),
      (.applicationField, .applicationField):
      true
    default: false
    }
  }

  /// - Parameter keys: those on the way to the text, lists passed over.
  static func of(_ keys: [String], in kind: FileSchema) -> TextRole? {
    guard let section = keys.first, let field = keys.last else { return nil }
    switch kind {
    case .policy: return ofProfile(section, field, keys)
    case .policyTests: return section == "tests" && keys.count == 2 && field == "rule" ? .rule : nil
    case .waivers: return keys.count == 2 && field == "rule" ? .rule : nil
    default: return nil
    }
  }

  private static func ofProfile(_ section: String, _ field: String, _ keys: [String]) -> TextRole? {
    if field == "basis" { return .provision }
    if keys.contains("answers") { return nil }
    switch section {
    case "conditions": return keys.count == 2 ? .expression(.condition) : nil
    case "figures": return field == "value" || field == "first" ? .expression(.condition) : nil
    case "circles":
      if field == "within" || field == "accuracy" { return .parameter }
      return field == "where" ? .expression(.circle) : nil
    case "tallies": return field == "where" ? .expression(.circle) : nil
    case "allocations":
      let formulas = ["total", "city", "weight", "of", "least", "cap", "published", "part"]
      return formulas.contains(field) ? .expression(.condition) : nil
    case "exemptions", "exceptions", "priorities":
      return field == "when" ? .expression(.condition) : nil
    case "rules": return ofRule(field, keys)
    default: return nil
    }
  }

  private static let formulas: Set<String> = [
    "for", "that", "measure", "at_least", "at_most", "above", "below", "equals", "within", "binds",
    "used", "review_up_to",
  ]

  private static func ofRule(_ field: String, _ keys: [String]) -> TextRole? {
    if field == "zh" || field == "en" {
      let texts = ["message", "arithmetic", "remedy"]
      return keys.dropLast().last.map(texts.contains) ?? false ? .message : nil
    }
    if formulas.contains(field) { return .expression(.condition) }
    switch field {
    case "id" where keys.count == 2: return .ruleID
    case "circle": return .circle
    case "exempt": return .exemption
    case "except": return .exception
    case "points_at": return .applicationField
    default: return nil
    }
  }
}
