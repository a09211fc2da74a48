package import Diagnostics
package import Policy

extension RunObserver {
  /// Tells which profile is applied and why, and how its text is read.
  package func note(_ policy: Policy, why: @autoclosure () -> Bilingual) {
    note(
      {
        let why = why()
        return Bilingual(
          zh: "政策档案 \(policy.id)（\(policy.from) 至 \(policy.to)）：\(why.zh)",
          en: "profile \(policy.id) (\(policy.from) to \(policy.to)): \(why.en)")
      }())
    note(Self.readings(of: policy))
  }

  /// The readings and parameters that the text leaves open, as they are taken.
  private static func readings(of policy: Policy) -> Bilingual {
    let readings =
      policy.readings.map { "\($0.name) = \($0.value)" }
      + policy.parameters.filter { !$0.alternatives.isEmpty }.map { "\($0.name) = \($0.value)" }
    if readings.isEmpty {
      return Bilingual(
        zh: "\(policy.id) 的原文没有两种读法", en: "\(policy.id) has no text that could be read otherwise")
    }
    return Bilingual(
      zh: "\(policy.id) 的读法：" + readings.joined(separator: "，"),
      en: "readings of \(policy.id): " + readings.joined(separator: ", "))
  }
}
