import Cases
import Checks
import Diagnostics
import PolicyDesk

/// Reads applications, facts, plans, waivers, registries and settings as a check does.
enum InputReading {
  /// - Parameter formatNames: the forms of reports that settings may name.
  static func read(_ analysis: inout Analysis, formatNames: [String]) {
    let (file, catalogue) = (analysis.file, analysis.catalogue)
    switch analysis.kind {
    case .applications:
      analysis.take { () throws(Faults) in
        try ApplicationFile.read(file, index: 0, catalogue)
      } into: {
        $0.notes = $1.notes
        $0.faults += repeatedIDs($1)
      }
    case .facts:
      analysis.take { () throws(Faults) in
        try Facts(reading: file, catalogue)
      } into: {
        $0.notes = $1.notes
      }
    case .plan:
      analysis.take { () throws(Faults) in try Plan(reading: file, catalogue) }
    case .waivers:
      analysis.take { () throws(Faults) in try Waivers(reading: file) }
    case .registry:
      analysis.take { () throws(Faults) in
        try Registry(reading: file, catalogue)
      } into: {
        $0.notes = $1.notes
      }
    case .settings:
      analysis.take { () throws(Faults) in try SettingsFile(reading: file, formatNames: formatNames)
      }
    case .policy, .policyTests, .tenant, .report: break
    }
  }

  /// Ids that two applications of a file have; a check tells of those of a whole batch.
  private static func repeatedIDs(_ read: ApplicationFile) -> [Fault] {
    var seen: [String: Application] = [:]
    var faults = FaultCollector()
    for application in read.applications {
      if let first = seen[application.id] {
        faults.add(Batch.repeated(application, first, [read.file]))
      } else {
        seen[application.id] = application
      }
    }
    return faults.faults
  }
}
