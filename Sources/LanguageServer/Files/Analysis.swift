package import Cases
package import Diagnostics
package import Policy
package import PolicyDesk
package import Reading

/// What is known of the text of one document.
package struct Analysis: Sendable {
  package var kind: FileSchema
  package var file: SourceFile
  /// The tree as far as it can be read.
  package var node: Node?
  /// The fields and words of its tenant.
  package var catalogue: Catalogue
  package var faults: [Fault]
  package var notes: [Note] = []
  /// Of a profile that has no fault.
  package var policy: Policy?
  /// Of a tenant's file, or of the one beside.
  package var tenant: Tenant?
  package var tests: PolicyTests?
}
