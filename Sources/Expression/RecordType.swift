/// The fields of a kind of record. Each instance is a type of its own.
package final class RecordType: Sendable, Hashable {
  package let name: String
  package let fields: [Field]
  private let indices: [String: Int]

  package struct Field: Sendable {
    package let name: String
    package let type: Type

    package init(_ name: String, _ type: Type) {
      self.name = name
      self.type = type
    }
  }

  /// Of two fields with one name, the first counts.
  package init(_ name: String, fields: [Field]) {
    self.name = name
    self.fields = fields
    indices = Dictionary(
      fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func index(of field: String) -> Int? { indices[field] }

  package static func == (left: RecordType, right: RecordType) -> Bool { left === right }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
