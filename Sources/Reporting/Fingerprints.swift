import Diagnostics

/// What tells a finding from all others and stays the same when lines move: tenant, rule, category, subject and the value's
/// path, never the line.
enum Fingerprints {
  /// The version of the key below; a change of the key is a new version.
  static let name: StaticString = "planlint/v1"

  /// One digest a finding, in the order of the findings; those with the same key are numbered.
  static func of(_ result: SubjectResult, tenant: String) -> [String] {
    var seen: [String: Int] = [:]
    return result.findings.map { finding in
      let parts = [
        tenant, finding.rule, finding.category ?? "", result.type.rawValue, result.id,
        finding.valuePath,
      ]
      let key = parts.joined(separator: "\u{1F}")
      let number = (seen[key] ?? 0) + 1
      seen[key] = number
      return FNV1a128.hex(number == 1 ? key : key + "\u{1F}\(number)")
    }
  }
}
