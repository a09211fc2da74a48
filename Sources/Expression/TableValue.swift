/// A map whose entries are looked up one by one, so that one that is missing can be unknown.
///
/// To the checker it is a `map`; it can be read by key and asked for a key, but not walked through.
package protocol TableValue: Sendable {
  /// The value at a key, unknown or what its absence means where there is none.
  func value(forKey key: Value) -> Value
  /// Whether a key is there: a truth value, or unknown.
  func presence(forKey key: Value) -> Value
  /// Whether a table that is there has a key: a truth value; unknown where the table itself is absent.
  func statement(forKey key: Value) -> Value
  /// The value of the greatest number among the keys.
  var latest: Value { get }
}
