import Cases
import Deciding
import Policy
import Diagnostics
import Reading

/// A tiny invented city: a profile of a few lines, facts, registry and applications, decided and ready to be asked.
///
/// Tests give the parts that matter to them as YAML; the rest of a profile is filled in here. The provisions are `MUST`,
/// `PRINCIPLE`, `MAY`, `FREE` (an exemption) and `FIRST` (a priority).
struct InventedCity {
  let batch: Batch
  let screening: Screening

  /// What no test is about.
  static let head = """
    planlint: policy/1
    id: nowhere/2026
    in_force: {from: 2026-01-01, to: 2027-12-31}
    document:
      title: 无有市规划
      status: draft
      sha256: 0000000000000000000000000000000000000000000000000000000000000000
    provisions:
      MUST: {at: 一, modality: must, quote: 应当}
      PRINCIPLE: {at: 二, modality: in_principle, quote: 原则上}
      MAY: {at: 三, modality: may, quote: 可}
      FREE: {at: 四, modality: exemption, quote: 不受限制}
      FIRST: {at: 五, modality: priority, quote: 优先}

    """

  static let replacements =
    "replacements: {basis: MUST, value: recognised, alternatives: [not_recognised], zh: 接替, en: replacing}\n"

  static let merit =
    "merit: [{by: exempt}, {by: priority}, {by: score}, {by: submitted}, {by: id}]\n"

  /// A rule with what every rule has to have.
  static func rule(_ id: String, _ body: String, basis: String = "MUST") -> String {
    """
      - id: \(id)
        name: \(id.lowercased())
        subject: application
        basis: \(basis)
        message: {zh: 规则, en: rule}
    \(indented(body, by: 4))

    """
  }

  static func policy(_ parts: String, rules: [String], merit: String = Self.merit) -> String {
    head + parts + "\n" + replacements + merit + "rules:\n" + rules.joined()
  }

  static func indented(_ text: String, by spaces: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: spaces) + $0 }.joined(
      separator: "\n")
  }

  /// - Parameters:
  ///   - facts: the lines of a facts file after its header; nil: none given.
  ///   - registry: the rows of a registry as a YAML list; nil: none given.
  ///   - applications: a YAML list; kind, requests, name and day of submission are filled in where a line has none.
  init(
    _ policy: String, facts: String? = nil, registry: String? = nil, waivers: String? = nil,
    outsideSpan: Set<Int> = [], whatIf: Bool = false, _ applications: [String]
  ) throws {
    try self.init(
      try Policy(reading: SourceFile(path: "policy.yaml", text: policy)), facts: facts,
      registry: registry, waivers: waivers, outsideSpan: outsideSpan, whatIf: whatIf, applications)
  }

  init(
    _ policy: Policy, facts: String? = nil, registry: String? = nil, waivers: String? = nil,
    outsideSpan: Set<Int> = [], whatIf: Bool = false, _ applications: [String]
  ) throws {
    let text =
      "planlint: applications/1\ncity: nowhere\ndatum: wgs84\napplications:\n"
      + applications.map { "  - {\(Self.completed($0))}\n" }.joined()
    let file = SourceFile(path: "applications.yaml", text: text)
    let read = try ApplicationFile.read(file, index: 0)
    batch = try Batch(
      applications: read.applications, files: [file],
      facts: try facts.map {
        try Facts(
          reading: SourceFile(path: "facts.yaml", text: "planlint: facts/1\ncity: nowhere\n" + $0))
      } ?? Facts(),
      registry: try registry.map {
        try Registry(reading: SourceFile(path: "registry.yaml", text: $0))
      } ?? Registry(),
      waivers: try waivers.map {
        try Waivers(
          reading: SourceFile(
            path: "waivers.yaml", text: "planlint: waivers/1\nwaivers:\n" + $0))
      })
    screening = try Screening(
      policy, profile: 0, batch: batch, members: Array(batch.applications.indices),
      outsideSpan: outsideSpan, keepNotApplicable: true,
      whatIf: whatIf ? Self.isInForce : nil)
  }

  /// The span of ``head``.
  private static let isInForce: @Sendable (CalendarDay) -> Bool? = {
    (2026...2027).contains($0.year)
  }

  static func completed(_ application: String) -> String {
    var result = application
    for (key, value) in [
      ("name:", "某机构"), ("kind:", "retail_pharmacy"), ("requests:", "[retail_pharmacy]"),
      ("submitted:", "2026-03-02"),
    ] where !application.contains(key) { result += ", \(key) \(value)" }
    return result
  }

  // MARK: Asking

  func index(_ id: String) -> Int? { batch.applications.firstIndex { $0.id == id } }

  func verdict(_ id: String) -> Verdict? { index(id).flatMap { screening.verdict(of: $0) } }

  func result(_ id: String) -> SubjectResult? { index(id).flatMap { screening.result(of: $0) } }

  /// What would make a rule pass, where that was asked for.
  func cures(_ id: String, _ rule: String) -> [Cure] {
    index(id).flatMap { screening.result(of: $0, tellsCures: true) }?.findings.first {
      $0.rule == rule && $0.outcome != .note
    }?.cures ?? []
  }

  /// The outcome of a rule, notes aside.
  func outcome(_ id: String, _ rule: String, _ category: String? = nil) -> Outcome? {
    index(id).flatMap { index in
      screening.ruleOutcomes(of: index).first {
        $0.rule == rule && $0.outcome != .note && (category == nil || $0.category == category)
      }?.outcome
    }
  }

  func finding(_ id: String, _ rule: String) -> Finding? {
    result(id)?.findings.first { $0.rule == rule && $0.outcome != .note }
  }

  /// The outcomes of one rule by application, in the order of the input: `A pass, B fail`.
  func outcomes(_ rule: String) -> String {
    batch.applications.map { "\($0.id) \(outcome($0.id, rule)?.rawValue ?? "-")" }.joined(
      separator: ", ")
  }
}
