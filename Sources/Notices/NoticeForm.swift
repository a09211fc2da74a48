import Diagnostics

import Reporting

/// What a notice is written as.
package enum NoticeForm: String, Sendable, CaseIterable {
  /// One page, self-contained, for a printer.
  case html
  /// Plain text, for a mail or a document system.
  case text

  package var fileExtension: String {
    switch self {
    case .html: "html"
    case .text: "txt"
    }
  }

  /// A value as it may stand in a template of this form.
  func safe(_ text: String) -> String {
    switch self {
    case .html: MarkupText.escaped(text)
    case .text: VisibleText.of(text)
    }
  }
}
