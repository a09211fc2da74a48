import PolicyDesk

/// Whose fields a mapping holds, by its place: of an application, an institution, the facts, a district, a plan or its district.
enum RecordOwner {
  /// - Parameter keys: those on the way to the mapping, lists passed over.
  static func of(_ keys: [String], in kind: FileSchema, isTop: Bool) -> String? {
    switch kind {
    case .policyTests: ofTests(keys.first == "tests" ? Array(keys.dropFirst()) : keys)
    case .applications: keys == ["applications"] || isTop ? "application" : nil
    case .registry: keys == ["institutions"] || isTop ? "institution" : nil
    case .facts: isTop ? "facts" : keys == ["districts"] ? "district" : nil
    case .plan: isTop ? "plan" : keys == ["districts"] ? "plan_district" : nil
    default: nil
    }
  }

  private static func ofTests(_ keys: [String]) -> String? {
    switch keys {
    case ["facts"]: "facts"
    case ["facts", "districts"]: "district"
    case ["application"], ["applications"]: "application"
    case ["registry"], ["registry", "institutions"]: "institution"
    case ["plan"]: "plan"
    case ["plan", "districts"]: "plan_district"
    default: nil
    }
  }

  /// - Parameter path: the way to the record in an expression, `[]` for an item of a list.
  static func of(path: ArraySlice<String>) -> String? {
    switch Array(path) {
    case ["application"]: "application"
    case ["neighbour"]: "institution"
    case ["facts"]: "facts"
    case ["district"], ["facts", "districts", "[]"]: "district"
    case ["plan"]: "plan"
    case ["plan_district"], ["plan", "districts", "[]"]: "plan_district"
    default: nil
    }
  }
}
