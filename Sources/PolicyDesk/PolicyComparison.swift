import Cases
package import Checks
import Deciding
package import Diagnostics
import Policy
import Reading

/// Two versions of a profile side by side, as `planlint policy diff` shows them.
///
/// What is compared is what the YAML says, not how it is laid out: comments, quotes, aliases and the order of fields are no
/// difference.
package struct PolicyComparison: Sendable {
  /// One entry of a profile that only one version has, or that the two have differently.
  package struct Change: Sendable {
    package enum Kind: String, Sendable {
      case added
      case removed
      case changed
    }

    package var kind: Kind
    /// What kind of entry it is, in the words of the profile (`parameter`).
    package var section: Bilingual
    package var name: String
    /// In the new version; of what was removed, in the old one.
    package var location: Location
    /// The fields that differ.
    package var fields: [Field]
  }

  /// A field that differs.
  package struct Field: Sendable {
    /// From the entry inwards (`limit.at_most`); empty where the entry is a single value.
    package var path: String
    /// The values, where each is a short one or is not there at all.
    package var values: (old: String?, new: String?)?
  }

  /// An application that the two versions decide differently.
  package struct Flip: Sendable {
    package var application: String
    package var location: Location
    package var old: Verdict
    package var new: Verdict
    package var rules: [RuleChange]
  }

  package struct RuleChange: Sendable {
    package var rule: String
    package var category: String?
    /// Nil where the version has no such finding.
    package var old: Outcome?
    package var new: Outcome?
  }

  package struct Result: Sendable {
    package var changes: [Change]
    package var flips: [Flip]
    /// How many applications were decided.
    package var applications: Int
  }

  /// A version of the profile as it was written and as it is applied.
  private struct Version {
    let file: SourceFile
    let node: Node
    let policy: Policy

    init(
      _ path: String, _ sources: InputSources, _ library: () throws(Faults) -> PolicyLibrary
    ) throws(Faults) {
      file = try sources.load(path)
      node = try Document.read(file, format: .yaml)
      let catalogue = Self.catalogue(node, besides: path, sources, library)
      do {
        policy = try Policy(reading: file, catalogue ?? .builtIn)
      } catch {
        guard catalogue == nil else { throw error }
        let id = node["id"]
        throw Faults(
          error.faults + [
            Fault(
              file, id?.range ?? node.range,
              zh: "找不到该档案所属的统筹地区，其自有字段和词无从得知；请将 tenant.yaml 放在旁边，或用 `--policies` 指定政策目录",
              en:
                "the tenant of the profile was not found, so its own fields and words are not known; put its tenant.yaml beside it or name the folder of policies with `--policies`"
            )
          ])
      }
    }

    /// The fields and words of the profile's tenant: of the one beside the file, else of the library's that its id begins with;
    /// nil where neither is found.
    private static func catalogue(
      _ node: Node, besides path: String, _ sources: InputSources,
      _ library: () throws(Faults) -> PolicyLibrary
    ) -> Catalogue? {
      let id = node["id"]?.scalar?.text.prefix { $0 != "/" } ?? ""
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      if let file = try? sources.load(folder + "tenant.yaml"),
        let tenant = try? Tenant(reading: file), tenant.id == id
      {
        return tenant.catalogue
      }
      return (try? library().tenant(meaning: String(id)))?.catalogue
    }
  }

  private let old: Version
  private let new: Version

  /// Reads both versions; the faults of the two are thrown together.
  ///
  /// - Parameter library: where a tenant that does not lie beside its profile is looked for.
  package init(
    old: String, new: String, _ sources: InputSources = InputSources(),
    library: () throws(Faults) -> PolicyLibrary
  ) throws(Faults) {
    var faults = FaultCollector()
    var versions: [Version] = []
    for path in [old, new] {
      do {
        versions.append(try Version(path, sources, library))
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    self.old = versions[0]
    self.new = versions[1]
  }

  /// What differs, and with applications also which verdicts flip.
  ///
  /// - Parameter library: where the tenant of the profile is looked for, by the profile's id; called only where there are
  ///   applications.
  package func run(
    files: [String], _ options: CheckOptions, library: () throws(Faults) -> PolicyLibrary
  ) throws(Faults) -> Result {
    var result = Result(changes: changes, flips: [], applications: 0)
    if files.isEmpty { return result }
    let library = try library()
    let check = ApplicationCheck(library, options)
    var loader = InputLoader(options)
    let inputs = try check.applications(files, &loader)
    result.applications = inputs.applications.count
    let batch = try batch(inputs, check, &loader)
    let before = try screening(old.policy, batch)
    let after = try screening(new.policy, batch)
    for (index, application) in batch.applications.enumerated() {
      guard let was = before.verdict(of: index), let now = after.verdict(of: index), was != now
      else { continue }
      result.flips.append(
        Flip(
          application: application.id,
          location: Location(
            file: batch.files[application.source.file], range: application.source.range(of: .id)),
          old: was, new: now,
          rules: Self.differences(before.ruleOutcomes(of: index), after.ruleOutcomes(of: index))))
    }
    return result
  }

  // MARK: What is written

  /// The sections whose entries are looked at one by one, in the order of a profile.
  private static let sections: [(key: String, word: Bilingual)] = [
    ("provisions", Bilingual(zh: "条款", en: "provision")),
    ("parameters", Bilingual(zh: "参数", en: "parameter")),
    ("readings", Bilingual(zh: "读法", en: "reading")),
    ("figures", Bilingual(zh: "数据项", en: "figure")),
    ("conditions", Bilingual(zh: "条件", en: "condition")),
    ("circles", Bilingual(zh: "范围", en: "circle")),
    ("tallies", Bilingual(zh: "计数", en: "tally")),
    ("allocations", Bilingual(zh: "分配", en: "allocation")),
    ("exemptions", Bilingual(zh: "豁免", en: "exemption")),
    ("exceptions", Bilingual(zh: "例外", en: "exception")),
    ("priorities", Bilingual(zh: "优先", en: "priority")),
    ("merit", Bilingual(zh: "择优顺序", en: "merit")),
    ("rules", Bilingual(zh: "规则", en: "rule")),
  ]

  private var changes: [Change] {
    let head = Bilingual(zh: "抬头", en: "head")
    let names = Set(Self.sections.map(\.key))
    func fields(_ version: Version) -> [Item] {
      items(of: version.node, version).filter { !names.contains($0.name) }
    }
    var changes = compare(fields(old), fields(new), head)
    for (key, word) in Self.sections {
      changes += compare(items(of: old.node[key], old), items(of: new.node[key], new), word)
      if key == "merit" { changes += orderOfMerit(word) }
    }
    return changes
  }

  /// An entry of a section.
  private struct Item {
    var name: String
    var location: Location
    var node: Node
  }

  /// The entries of a mapping by key, or of a list by `id` or `by`; a name that occurs again is told apart by its number.
  private func items(of node: Node?, _ version: Version) -> [Item] {
    if let entries = node?.entries {
      return entries.map {
        Item(
          name: $0.key, location: Location(file: version.file, range: $0.keyRange), node: $0.value)
      }
    }
    var counts: [String: Int] = [:]
    return (node?.items ?? []).map { node in
      let named = node["id"] ?? node["by"]
      var name = named?.scalar?.text ?? ""
      // One provision may decide applications and plans alike.
      if let subject = node["subject"]?.scalar?.text, subject != RuleSubject.application.rawValue {
        name += " (\(subject))"
      }
      let count = counts[name, default: 0] + 1
      counts[name] = count
      return Item(
        name: count == 1 ? name : "\(name) #\(count)",
        location: Location(file: version.file, range: named?.range ?? node.range), node: node)
    }
  }

  /// What was added or changed in the order of the new version, then what was removed.
  private func compare(_ old: [Item], _ new: [Item], _ section: Bilingual) -> [Change] {
    let before = Dictionary(old.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Set(new.map(\.name))
    var changes: [Change] = []
    for item in new {
      guard let other = before[item.name] else {
        changes.append(
          Change(
            kind: .added, section: section, name: item.name, location: item.location, fields: []))
        continue
      }
      var fields: [Field] = []
      Self.differences(other.node, item.node, at: "", &fields)
      if fields.isEmpty { continue }
      changes.append(
        Change(
          kind: .changed, section: section, name: item.name, location: item.location,
          fields: fields))
    }
    for item in old where !after.contains(item.name) {
      changes.append(
        Change(
          kind: .removed, section: section, name: item.name, location: item.location, fields: []))
    }
    return changes
  }

  /// The order of the steps that both have decides too.
  private func orderOfMerit(_ section: Bilingual) -> [Change] {
    let before = items(of: old.node["merit"], old).map(\.name)
    let steps = items(of: new.node["merit"], new)
    let after = steps.map(\.name)
    let kept = (before.filter(after.contains), after.filter(before.contains))
    guard kept.0 != kept.1, let first = steps.first else { return [] }
    return [
      Change(
        kind: .changed, section: section, name: "merit", location: first.location,
        fields: [
          Field(
            path: "",
            values: (kept.0.joined(separator: " > "), kept.1.joined(separator: " > ")))
        ])
    ]
  }

  /// Values longer than this are named, not shown.
  private static let shownCharacters = 60

  private static func differences(
    _ old: Node?, _ new: Node?, at path: String, _ fields: inout [Field]
  ) {
    if let old = old?.entries, let new = new?.entries {
      func value(_ key: String, in entries: [Entry]) -> Node? {
        entries.first { $0.key == key }?.value
      }
      let keys = new.map(\.key) + old.map(\.key).filter { value($0, in: new) == nil }
      for key in keys {
        differences(
          value(key, in: old), value(key, in: new), at: path.isEmpty ? key : "\(path).\(key)",
          &fields)
      }
      return
    }
    if isSame(old, new) { return }
    func isShown(_ node: Node?) -> Bool {
      guard let node else { return true }
      guard let text = node.scalar?.text else { return false }
      return text.count <= shownCharacters && !text.contains("\n")
    }
    fields.append(
      Field(
        path: path,
        values: isShown(old) && isShown(new) ? (old?.scalar?.text, new?.scalar?.text) : nil))
  }

  /// Whether two values say the same, wherever and however they are written.
  private static func isSame(_ old: Node?, _ new: Node?) -> Bool {
    switch (old?.content, new?.content) {
    case (nil, nil): true
    case (.scalar(let old)?, .scalar(let new)?):
      old.text == new.text && (old.kind == .null) == (new.kind == .null)
    case (.list(let old)?, .list(let new)?):
      old.count == new.count && zip(old, new).allSatisfy { isSame($0, $1) }
    case (.map(let old)?, .map(let new)?):
      old.count == new.count
        && new.allSatisfy { entry in
          old.contains { $0.key == entry.key && isSame($0.value, entry.value) }
        }
    default: false
    }
  }

  // MARK: What comes of it

  private func batch(
    _ inputs: ApplicationCheck.Inputs, _ check: ApplicationCheck, _ loader: inout InputLoader
  ) throws(Faults) -> Batch {
    let options = check.options
    let library = check.library
    let tenant = try tenant(library)
    // Files and options that mean another city are faults.
    let meant = try library.tenant(
      named: options.city == nil
        ? NamedCity(
          name: tenant.id, source: Bilingual(zh: "政策档案", en: "the profile is for"), location: nil)
        : options.namedCity, files: inputs.heads.map { ($0.file, $0.head.city) })
    guard meant.id == tenant.id else {
      throw Faults(
        Fault(
          path: "--city", zh: "`\(meant.id)` 不是政策档案 `\(new.policy.id)` 的统筹地区",
          en: "`\(meant.id)` is not the city of the profile `\(new.policy.id)`"))
    }
    var path = options.facts
    if path == nil {
      path =
        try check.resolved(
          inputs.heads.map { ($0.file, $0.head.facts) }, "--facts", "基础数据文件", "facts file")
        ?? options.defaults.facts
    }
    let catalogue = inputs.catalogue
    var facts = Facts(catalogue)
    if let path { facts = try loader.facts(path) }
    facts = try library.placed(
      facts, in: tenant,
      named: options.city ?? inputs.heads.lazy.compactMap(\.head.city?.value).first)
    path = options.registry
    if path == nil {
      path =
        try check.resolved(
          inputs.heads.map { ($0.file, $0.head.registry) }, "--registry", "名册文件",
          "registry file") ?? options.defaults.registry
    }
    var registry = Registry(catalogue)
    if let path { registry = try loader.registry(path) }
    return try Batch(
      applications: inputs.applications, files: inputs.files, facts: facts, registry: registry,
      waivers: nil, catalogue: catalogue)
  }

  /// The tenant that the new version's id begins with.
  private func tenant(_ library: PolicyLibrary) throws(Faults) -> Tenant {
    try library.tenant(meaning: String(new.policy.id.prefix { $0 != "/" }))
  }

  /// All applications by one version, whatever its span; those outside it need a person, as `--profile` has it.
  private func screening(_ policy: Policy, _ batch: Batch) throws(Faults) -> Screening {
    let outside = batch.applications.indices.filter {
      let day = batch.applications[$0].submitted
      return day < policy.from || policy.to < day
    }
    return try Screening(
      policy, profile: 0, batch: batch, members: Array(batch.applications.indices),
      outsideSpan: Set(outside), keepNotApplicable: true)
  }

  /// The rules that came out differently, in the order of the new version, then those that only the old one has.
  private static func differences(_ old: [RuleOutcome], _ new: [RuleOutcome]) -> [RuleChange] {
    func isSame(_ a: RuleOutcome, _ b: RuleOutcome) -> Bool {
      a.rule == b.rule && a.category == b.category
        && ((a.outcome == .note) == (b.outcome == .note))
        && (a.outcome != .note || a.name == b.name)
    }
    var changes: [RuleChange] = []
    for outcome in new {
      let other = old.first { isSame($0, outcome) }?.outcome
      if other == outcome.outcome || (other == nil && outcome.outcome == .notApplicable) {
        continue
      }
      changes.append(
        RuleChange(
          rule: outcome.rule, category: outcome.category, old: other, new: outcome.outcome))
    }
    for outcome in old where outcome.outcome != .notApplicable {
      if new.contains(where: { isSame($0, outcome) }) { continue }
      changes.append(
        RuleChange(rule: outcome.rule, category: outcome.category, old: outcome.outcome, new: nil))
    }
    return changes
  }
}
