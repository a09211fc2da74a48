import Diagnostics
import Reading

/// Rows of a table as the records that a YAML file would have.
enum Rows {
  /// How a column becomes a field.
  enum Column: Sendable {
    case single(String)
    /// Words separated by `;`.
    case list(String)
    /// A field inside another (`location.lon`).
    case inside(String, String)
  }
}
