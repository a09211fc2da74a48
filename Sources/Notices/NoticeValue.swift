/// A value that a template can name.
///
/// A template sees names and text alone: what a value may hold is fixed here and in ``NoticeSchema``, so that a template is
/// checked before anything is written.
package enum NoticeValue: Sendable {
  /// Text of an input or of planlint; shown, never acting on what shows it.
  case text(String)
  /// Markup that planlint made itself (a drawing); empty in plain text.
  case markup(String)
  /// Shows a section or leaves it out.
  case flag(Bool)
  /// Repeats a section.
  case list([NoticeFields])
}

/// Values by name.
package typealias NoticeFields = [String: NoticeValue]
