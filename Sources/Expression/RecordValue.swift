/// A record of the host's, read by the index of a field.
///
/// It is bound to classes, so that passing one along costs a reference count and no copy of the record.
package protocol RecordValue: AnyObject, Sendable {
  var recordType: RecordType { get }

  /// The value of the field at an index of ``RecordType/fields``; `.unknown` where it is missing, `.null` where it is none.
  func value(at field: Int) -> Value

  /// What `has()` says of the field: `.bool`, or `.unknown` where its absence does not mean none.
  func presence(of field: Int) -> Value

  /// Whether a record that is there has the field: a truth value; unknown where the record itself is absent.
  func statement(of field: Int) -> Value
}

extension RecordValue {
  package func statement(of field: Int) -> Value { presence(of: field) }
}
