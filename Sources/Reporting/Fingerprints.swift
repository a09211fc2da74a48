import Diagnostics

/// What tells a finding from all others and stays the same when lines move: tenant, rule, category, subject and the value's
/// path, never the line.
enum Fingerprints {
  /// The version of the key below; a change of the key is a new version.
  static let name: StaticString = "planlint/v1"

  /// One digest a finding, in the order of the findings; those with the same key are numbered.
  static func of(_ result: SubjectResult, tenant: String) -> [String] {
    var seen: [FindingKey: Int] = [:]
    return result.findings.map { finding in
      let key = FindingKey(finding, of: result)
      let number = (seen[key] ?? 0) + 1
      seen[key] = number
      return of(key, number: number, tenant: tenant)
    }
  }

  /// The digest of a key; `number` tells those of the same key apart, from 1.
  static func of(_ key: FindingKey, number: Int, tenant: String) -> String {
    let parts = [
      tenant, key.rule, key.category ?? "", key.subjectType.rawValue, key.subject, key.valuePath,
    ]
    let text = parts.joined(separator: "\u{1F}")
    return FNV1a128.hex(number == 1 ? text : text + "\u{1F}\(number)")
  }
}
