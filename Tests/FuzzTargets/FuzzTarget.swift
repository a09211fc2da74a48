import PlanlintKit
import Reading

/// Something of planlint that reads bytes from outside, to be tried with any bytes.
///
/// A target never traps and never hangs; what else has to hold, ``tried(with:)`` tells. A fuzzer invents the bytes, and the tests try
/// those of `fixtures/fuzz` and the fixtures themselves.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Batches of applications, decided for Huaibei, in each form.
  case applicationsYAML = "applications-yaml"
  case applicationsJSON = "applications-json"
  case applicationsLines = "applications-jsonl"
  case applicationsTable = "applications-csv"
  case applicationsMap = "applications-geojson"
  case workbook
  /// The sheet of a workbook, as XML; its container and other parts are sound.
  case sheet
  case facts
  case factsTable = "facts-csv"
  case registry
  case plan
  case waivers
  /// A condition of a profile, compiled and evaluated with numbers missing.
  case condition
  case profile
  case tenant
  case template
  case settings
  case baseline
  /// A report that is to be decided again.
  case report

  /// Tries some bytes.
  package func tried(with bytes: [UInt8]) -> Trial {
    switch self {
    case .applicationsYAML: Trees.trial(of: bytes, .yaml) ?? Runs.check(bytes, .yaml)
    case .applicationsJSON: Trees.trial(of: bytes, .json) ?? Runs.check(bytes, .json)
    case .applicationsLines: Runs.check(bytes, .jsonLines)
    case .applicationsTable: Runs.check(bytes, .csv)
    case .applicationsMap: Runs.check(bytes, .geoJSON)
    case .workbook: Runs.check(bytes, .xlsx)
    case .sheet: Runs.check(Runs.workbook(sheet: bytes), .xlsx)
    case .facts: Runs.facts(bytes, .yaml)
    case .factsTable: Runs.facts(bytes, .csv)
    case .registry: Runs.registry(bytes)
    case .plan: Runs.plan(bytes)
    case .waivers: Runs.waivers(bytes)
    case .condition: Conditions.tried(with: bytes)
    case .profile: Profiles.tried(profile: bytes)
    case .tenant: Profiles.tried(tenant: bytes)
    case .template: Documents.template(bytes)
    case .settings: Documents.settings(bytes)
    case .baseline: Runs.baseline(bytes)
    case .report: Documents.report(bytes)
    }
  }

  /// How the paths of the fixtures and profiles end that it begins with, beside its own folder in `fixtures/fuzz`.
  package var seeds: [String] {
    switch self {
    case .applicationsYAML: ["applications.yaml"]
    case .applicationsJSON: ["applications.json"]
    case .applicationsTable: ["applications.csv"]
    case .workbook: [".xlsx"]
    case .facts: ["facts.yaml"]
    case .factsTable: ["facts.csv"]
    case .registry: ["registry.csv"]
    case .plan: ["plan.yaml"]
    case .waivers: ["waivers.yaml"]
    case .profile: ["xincheng/2026-2030.yaml", "policy/good/every-field.yaml"]
    case .tenant: ["xincheng/tenant.yaml", "tenant/good/every-field.yaml"]
    case .applicationsLines, .applicationsMap, .sheet, .condition, .template, .settings,
      .baseline, .report:
      []
    }
  }
}
