import Checks
package import Diagnostics
import Policy
package import PolicyDesk
import Reading

/// What `policy check` finds in a profile, kept while the text goes on being changed until it is looked for again.
package struct Inspection: Sendable {
  /// The text that was inspected.
  package private(set) var file: SourceFile
  /// In the profile and in its tenant's file.
  package private(set) var findings: [PolicyFinding]

  /// Looks for everything; nil where it was not wanted to the end, or where there is no profile to inspect.
  package init?(
    _ analysis: Analysis, tests: PolicyTests?, while isWanted: () -> Bool
  ) {
    guard let policy = analysis.policy, let tenant = analysis.tenant,
      let entry = tenant.profiles.first(where: { $0.id == policy.id })
    else { return nil }
    let own = tests?.profile.value == policy.id ? tests : nil
    guard
      let findings = PolicyInspection.findings(
        of: SelectedPolicy(tenant: tenant, entry: entry, policy: policy), tests: own,
        while: isWanted)
    else { return nil }
    file = analysis.file
    self.findings = findings
  }

  /// Moves what stands behind an edit, and leaves out what stands in it.
  package mutating func move(_ path: String, edit: ByteRange, to length: Int) {
    findings = findings.compactMap { finding in
      guard finding.location.file.path == path else { return finding }
      var finding = finding
      let range = finding.location.range
      if range.start >= edit.end {
        finding.location.range.start += length - edit.count
        finding.location.range.end += length - edit.count
      } else if range.end > edit.start {
        return nil
      }
      return finding
    }
  }
}
