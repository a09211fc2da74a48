package import Expression

/// Two numbers that were compared, and where.
package struct Comparison {
  package let program: String
  package let node: Int
  package let left: Exact
  package let right: Exact
}
