import Diagnostics

/// A word of the language and where it stands.
struct Token: Sendable {
  let kind: Kind
  let range: ByteRange

  enum Kind: Sendable, Equatable {
    case identifier(String)
    /// A name in backticks, allowed as a field only.
    case quotedIdentifier(String)
    case int(String)
    case uint(String)
    case decimal(String)
    case string(String)
    case bytes([UInt8])
    /// An operator or a bracket.
    case symbol(String)
    case end
  }
}
