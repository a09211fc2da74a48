import Expression
package import Policy

/// The values that a run decides with: each parameter and reading of the profile, as stated or flipped.
package struct Settings: Sendable {
  var parameters: [Value]
  var readings: [String]

  package init(_ policy: Policy) {
    parameters = policy.parameters.map { .decimal($0.value) }
    readings = policy.readings.map(\.value)
  }
}
