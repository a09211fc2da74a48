import Cases
import Diagnostics
import Policy
import PolicyDesk
import Reading

/// Three cases of a rule, inside, at and outside its limit, with everything that the rule looks at still to be filled in.
struct TestSkeleton {
  let id: String
  /// As the profile has it.
  let rule: Node
  let profile: Node
  /// Nil where the profile has a fault; then less is known of what the rule looks at.
  let policy: Policy?
  /// Where the dashes of cases stand.
  let column: Int
  let language: Language

  var text: String {
    PolicyTests.Side.allCases.map { lines($0).map { indent + $0 + "\n" }.joined() }.joined(
      separator: "\n")
  }

  private var indent: String { String(repeating: " ", count: column) }

  private func lines(_ side: PolicyTests.Side) -> [String] {
    let subject = isOfPlan ? "plan" : "A"
    var lines = ["# \(language == .zh ? "限值" : "limit"): \(limit)"]
    lines += [
      "- name: \(YAMLScalar.quoted(name + " " + word(side)))", "  rule: \(id)",
      "  side: \(side.rawValue)",
    ]
    lines += isOfPlan ? plan : applications
    lines.append("  expect: {\(subject): {\(id): \(outcome(side))}}")
    return lines
  }

  private var name: String { rule["name"]?.scalar?.text ?? id }

  private func word(_ side: PolicyTests.Side) -> String {
    switch side {
    case .inside: language == .zh ? "限值之内" : "inside the limit"
    case .at: language == .zh ? "恰在限值" : "at the limit"
    case .outside: language == .zh ? "超出限值" : "outside the limit"
    }
  }

  private var isOfPlan: Bool {
    rule["subject"]?.scalar?.text.hasPrefix("plan") ?? false
  }

  /// The bound as it is written, with the values of the parameters in it.
  private var limit: String {
    let demands = [rule["require"], rule["limit"], rule["spacing"], rule["limits"]?.items?.first]
    for demand in demands.compactMap(\.self) {
      for key in ["at_most", "at_least", "above", "below", "equals", "that"] {
        guard let text = demand[key]?.scalar?.text else { continue }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let values = ProfileItem.all(["parameters"], of: profile).filter { line.contains($0.name) }
          .map { "\($0.name) = \($0.detail(language))" }
        return ([key + " " + line] + values).joined(separator: "; ")
      }
    }
    return "-"
  }

  /// A bound that is reached is kept, but where it has to be passed.
  private func outcome(_ side: PolicyTests.Side) -> String {
    let isStrict = rule["require"]?["above"] != nil || rule["require"]?["below"] != nil
    switch side {
    case .inside: return "pass"
    case .at: return isStrict ? "fail" : "pass"
    case .outside: return "fail"
    }
  }

  /// The fields that the rule rests on, besides those that every application has.
  private func fields(of root: String) -> [String] {
    guard let policy, let rule = policy.rules.first(where: { $0.id == id }) else { return [] }
    var seen: Set<String> = ["id", "name", "kind", "requests"]
    return PolicyUse(policy, rules: [rule]).paths.compactMap { path in
      let parts = path.split(separator: ".")
      guard parts.count > 1, parts[0] == root else { return nil }
      let field = String(parts[1].prefix { $0 != "[" })
      // What may be left out says something by its absence.
      switch policy.catalogue.applicationEntry(field)?.field.absence {
      case .means, .meansNone, .meansZero: return nil
      case .required, .unknown, nil: break
      }
      return seen.insert(field).inserted ? field : nil
    }
  }

  private var category: String? {
    (rule["categories"]?.items?.first ?? rule["categories"])?.scalar?.text
  }

  private var applications: [String] {
    let category = category ?? "retail_pharmacy"
    let kind =
      category.hasSuffix("pharmacy") || category == "dual_channel"
      ? "retail_pharmacy" : category == "outpatient" ? "clinic" : "hospital"
    var lines = [
      "  applications:", "    - id: A", "      name: A", "      kind: \(kind)",
      "      requests: [\(category)]",
    ]
    var fields = fields(of: "application")
    if category == "inpatient", !fields.contains("beds") { fields.insert("beds", at: 0) }
    lines += fields.map { "      \($0):" }
    return lines
  }

  private var plan: [String] {
    let fields = fields(of: "plan").filter { !["planlint", "city", "year"].contains($0) }
    return fields.isEmpty ? ["  plan: {}"] : ["  plan:"] + fields.map { "    \($0):" }
  }
}
