package import Diagnostics

/// The word that a finding's line begins with; the same in both languages, so that tools can look for it.
enum Severity: String {
  case error
  case review
  case unknown
  case note
  case pass
  case exempt
  case waived
  case notApplicable = "n.a."

  init(_ outcome: Outcome) {
    switch outcome {
    case .fail: self = .error
    case .review: self = .review
    case .unknown: self = .unknown
    case .note: self = .note
    case .pass: self = .pass
    case .exempt: self = .exempt
    case .waived: self = .waived
    case .notApplicable: self = .notApplicable
    }
  }
}

extension Finding {
  /// The rule's id and its readable name, which built-in findings have the same.
  var ruleTitle: String { hasOwnName ? rule + " " + name : rule }

  /// Whether the readable name says more than the id.
  var hasOwnName: Bool { !name.isEmpty && name != rule }

  /// The message with the outcome's word before it (原则上不符合：…), unless it begins so itself.
  package func statement(_ language: Language) -> String {
    let word = outcomeWord[language]
    let message = self.message[language]
    if message.hasPrefix(word) { return message }
    if message.isEmpty { return word }
    return word + (language == .zh ? "：" : ": ") + message
  }
}

extension SubjectResult {
  /// The id and the name, which plans may have the same.
  var title: String {
    name.isEmpty || name == id ? id : id + " " + name
  }
}
