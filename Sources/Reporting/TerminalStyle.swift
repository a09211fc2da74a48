import Diagnostics

/// Colours of a terminal, or none; the only escape sequences that a report ever contains.
struct TerminalStyle {
  var isColored: Bool

  func severity(_ text: String, _ outcome: Outcome) -> String {
    let code =
      switch outcome {
      case .fail: "1;31"
      case .review: "1;33"
      case .unknown: "1;35"
      case .note: "1;36"
      case .waived: "1;34"
      case .pass, .exempt: "1;32"
      case .notApplicable: "2"
      }
    return wrap(text, code)
  }

  func verdict(_ text: String, _ verdict: Verdict) -> String {
    let code =
      switch verdict {
      case .refused, .noncompliant: "1;31"
      case .review: "1;33"
      case .incomplete: "1;35"
      case .admissible, .compliant: "1;32"
      }
    return wrap(text, code)
  }

  func gutter(_ text: String) -> String { wrap(text, "34") }
  func strong(_ text: String) -> String { wrap(text, "1") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[" + code + "m" + text + "\u{1B}[0m" : text
  }
}
