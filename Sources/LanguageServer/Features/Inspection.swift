import Cases
import Checks
package import Diagnostics
import Policy
package import PolicyDesk
import Reading

/// What takes its time to find, kept while the text goes on being changed until it is looked for again: of a profile what `policy check`
/// finds, of tests what of their cases cannot be read.
package struct Inspection: Sendable {
  /// The text that was inspected.
  private let file: SourceFile
  private let catalogue: Catalogue
  /// In the document, or in its tenant's file.
  package private(set) var findings: [PolicyFinding]

  /// Whether there is anything to inspect.
  static func isFor(_ analysis: Analysis) -> Bool {
    switch analysis.kind {
    case .policy: entry(analysis) != nil
    case .policyTests: analysis.tests != nil
    default: false
    }
  }

  private static func entry(_ analysis: Analysis) -> Tenant.ProfileEntry? {
    analysis.policy.flatMap { policy in
      analysis.tenant?.profiles.first { $0.id == policy.id }
    }
  }

  /// Whether it is of the text as it stands.
  func isOf(_ analysis: Analysis) -> Bool {
    catalogue === analysis.catalogue && file.hasSameBytes(as: analysis.file)
  }

  /// Looks for everything; nil where it was not wanted to the end, or where there is nothing to inspect.
  ///
  /// - Parameter tests: those of a profile.
  package init?(
    _ analysis: Analysis, tests: PolicyTests?, while isWanted: () -> Bool
  ) {
    file = analysis.file
    catalogue = analysis.catalogue
    if let own = analysis.tests {
      guard let faults = own.inputFaults(analysis.catalogue, while: isWanted) else { return nil }
      findings = faults.compactMap { fault in
        fault.location.map {
          PolicyFinding(fault, Diagnosis.doesNotLoad, $0)
        }
      }
      return
    }
    guard let policy = analysis.policy, let tenant = analysis.tenant,
      let entry = Self.entry(analysis)
    else { return nil }
    let own = tests?.profile.value == policy.id ? tests : nil
    guard
      let findings = PolicyInspection.findings(
        of: SelectedPolicy(tenant: tenant, entry: entry, policy: policy), tests: own,
        while: isWanted)
    else { return nil }
    self.findings = findings
  }

  /// Moves what stands behind an edit, and leaves out what stands in it.
  package mutating func move(_ path: String, edit: ByteRange, to length: Int) {
    findings = findings.compactMap { finding in
      guard finding.location.file.path == path else { return finding }
      guard let range = finding.location.range.moved(by: edit, to: length) else { return nil }
      var finding = finding
      finding.location.range = range
      return finding
    }
  }
}
