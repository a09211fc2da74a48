import Glibc
package import PolicyDesk

/// What a document is, told by its place and by the keys at its margin.
package enum DocumentKind: Sendable {
  /// - Parameters:
  ///   - hasTenant: whether `tenant.yaml` lies beside it.
  /// - Returns: nil where it is none of planlint's files.
  package static func of(path: String, text: DocumentText, hasTenant: Bool) -> FileSchema? {
    let keys = topKeys(text)
    // What a file says of itself goes before everything.
    if let format = keys.first(where: { $0.key == "planlint" })?.value,
      let slash = format.firstIndex(of: "/"),
      let known = FileSchema(rawValue: String(format[..<slash]))
    {
      return known
    }
    let name = FilePath.name(of: path)
    if name == "tenant.yaml" { return .tenant }
    if name == "planlint.yaml" { return .settings }
    if name.hasSuffix(".tests.yaml") { return .policyTests }
    if hasTenant, name.hasSuffix(".yaml") { return .policy }
    let names = Set(keys.map(\.key))
    for (kind, telling) in telling where !names.isDisjoint(with: telling) { return kind }
    return nil
  }

  /// Keys that no other file has at its margin.
  private static let telling: [(FileSchema, Set<String>)] = [
    (.policyTests, ["tests"]), (.policy, ["provisions", "rules", "merit"]),
    (.applications, ["applications"]), (.waivers, ["waivers", "rulings"]),
    (.plan, ["procedure", "annual_new", "direction", "totals", "indicators"]),
    (.facts, ["residents", "insured", "districts"]), (.registry, ["institutions"]),
  ]

  /// As many lines are looked at.
  private static let lines = 20_000

  /// The keys at the margin, in YAML or one deep in JSON, with what stands after them on their line.
  static func topKeys(_ text: DocumentText) -> [(key: String, value: String)] {
    var keys: [(key: String, value: String)] = []
    for number in 0..<min(text.lineCount, lines) {
      let line = text.line(number)
      guard let first = line.first(where: { text.bytes[$0] != 0x20 && text.bytes[$0] != 0x7B }),
        first == line.lowerBound || text.bytes[first] == UInt8(ascii: "\"")
      else { continue }
      let content = text.text(first..<line.upperBound)
      guard let colon = content.firstIndex(of: ":") else { continue }
      let trimmed = { (part: Substring) in
        String(part.filter { $0 != "\"" && $0 != "," && $0 != " " && $0 != "'" })
      }
      let key = trimmed(content[..<colon])
      if key.isEmpty || key.hasPrefix("#") || key.hasPrefix("-") { continue }
      let rest = content[content.index(after: colon)...].prefix { $0 != "#" && $0 != "," }
      keys.append((key, trimmed(rest)))
    }
    return keys
  }
}
