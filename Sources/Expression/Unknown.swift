/// One missing item of data: where it would be, and what it could be.
package struct Unknown: Sendable, Hashable {
  /// The path that a user would fill in (`facts.districts[相山区].occupancy`).
  package let path: String
  package let domain: Domain

  package init(path: String, domain: Domain) {
    self.path = path
    self.domain = domain
  }

  /// The values that a missing item could take.
  package enum Domain: Sendable, Hashable {
    case bool
    case oneOf([String])
    case integers(low: Int, high: Int)
    case number(minimum: Exact?, maximum: Exact?)
    case opaque
  }
}
