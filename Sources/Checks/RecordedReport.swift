import Deciding
package import Diagnostics
import Policy
import Reading
import Spatial

/// A JSON or JSON Lines report, as far as it says what it was decided from and what came of it.
package struct RecordedReport: Sendable {
  package struct Subject: Sendable {
    package var type: String
    package var id: String
    package var name: String
    package var verdict: String
    package var findings: [(rule: String, category: String?, outcome: String)]
  }

  package let file: SourceFile
  /// Whether it is JSON Lines.
  package let isLines: Bool
  package private(set) var version = ""
  package private(set) var profiles: [(id: String, sha256: String)] = []
  package private(set) var inputs: [InputDigest] = []
  package private(set) var asOf = ""
  package private(set) var run = RunRecord(command: .check, files: [])
  /// What was shown of it: rules, outcomes, and whether all.
  package private(set) var rules: [String] = []
  package private(set) var outcomes: [String] = []
  package private(set) var showsAll = false
  /// How much of each subject it carries; nil: everything.
  package private(set) var detail: String?
  package private(set) var subjects: [Subject] = []

  package static func load(_ path: String) throws(Faults) -> RecordedReport {
    try RecordedReport(reading: try InputFile.load(path: path))
  }

  package init(reading file: SourceFile) throws(Faults) {
    self.file = file
    isLines = Self.isOfLines(file)
    var subjects: [Subject] = []
    var head: Node?
    do throws(Faults) {
      if isLines {
        _ = try Document.read(file, format: .jsonLines, streaming: "results") {
          (node: Node) throws(Faults) in
          if head == nil {
            head = node
          } else if let subject = Self.subject(node) {
            subjects.append(subject)
          }
        }
      } else {
        head = try Document.read(file, format: .json, streaming: "results") {
          (node: Node) throws(Faults) in
          if let subject = Self.subject(node) { subjects.append(subject) }
        }
      }
    } catch {
      throw Faults([Self.notOurs(file)] + error.faults)
    }
    guard let head, let format = Self.text(head["planlint"]?["format"]) else {
      throw Faults(Self.notOurs(file))
    }
    guard format == "report/1" else {
      throw Faults(
        Fault(
          path: file.path, zh: "应为 `report/1` 格式的报告，实际为 \(Quoting.code(format))",
          en: "expected a report of the form `report/1`, found \(Quoting.code(format))"))
    }
    self.subjects = subjects
    try read(head)
  }

  /// JSON Lines begin with a head that is one line; a JSON report stands on many.
  private static func isOfLines(_ file: SourceFile) -> Bool {
    file.withBytes { bytes in
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.count else {
        return false
      }
      return bytes[..<end].count > 2
    }
  }

  private static func notOurs(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "应为 planlint 的报告（--format json 或 jsonl）",
      en: "expected a report of planlint (--format json or jsonl)")
  }

  private static func text(_ node: Node?) -> String? {
    guard let node, !node.isNull else { return nil }
    return node.scalar?.text
  }

  private static func texts(_ node: Node?) -> [String] {
    (node?.items ?? []).compactMap(text)
  }

  private static func subject(_ node: Node) -> Subject? {
    guard let subject = node["subject"], let id = text(subject["id"]),
      let verdict = text(node["verdict"])
    else { return nil }
    return Subject(
      type: text(subject["type"]) ?? "", id: id, name: text(subject["name"]) ?? "",
      verdict: verdict,
      findings: (node["findings"]?.items ?? []).compactMap { finding in
        guard let rule = text(finding["rule"]), let outcome = text(finding["outcome"]) else {
          return nil
        }
        return (rule, text(finding["category"]), outcome)
      })
  }

  private mutating func read(_ head: Node) throws(Faults) {
    version = Self.text(head["planlint"]?["version"]) ?? ""
    asOf = Self.text(head["as_of"]) ?? ""
    let all = head["profiles"]?.items ?? [head["profile"]].compactMap(\.self)
    profiles = all.compactMap { profile in
      Self.text(profile["id"]).map { ($0, Self.text(profile["sha256"]) ?? "") }
    }
    inputs = (head["inputs"]?.items ?? []).compactMap { input in
      guard let path = Self.text(input["path"]), let role = Self.text(input["role"]) else {
        return nil
      }
      return InputDigest(path: path, role: role, sha256: Self.text(input["sha256"]) ?? "")
    }
    guard let recorded = head["run"] else {
      return fromInputs()
    }
    guard let command = Self.text(recorded["command"]).flatMap(RunRecord.Command.init) else {
      throw Faults(
        Fault(
          file, recorded.range, zh: "`run` 应写明 `command`：`check` 或 `plan`",
          en: "expected `run` to name its `command`, `check` or `plan`"))
    }
    run = RunRecord(command: command, files: Self.texts(recorded["files"]))
    run.options = Self.inputs(recorded["options"])
    run.defaults = Self.inputs(recorded["defaults"])
    run.isSeparate = Self.text(recorded["options"]?["separate"]) == "true"
    run.subjects = Self.texts(recorded["options"]?["subject"])
    detail = Self.text(recorded["options"]?["detail"])
    run.tellsWhatIf = Self.text(recorded["options"]?["what_if"]) == "true"
    showsAll = Self.text(recorded["options"]?["show"]) == "all"
    rules = Self.texts(recorded["options"]?["rule"])
    outcomes = Self.texts(recorded["options"]?["outcome"])
  }

  private static func inputs(_ node: Node?) -> RunRecord.Inputs {
    var inputs = RunRecord.Inputs()
    inputs.city = text(node?["city"])
    inputs.facts = text(node?["facts"])
    inputs.registry = text(node?["registry"])
    inputs.waivers = text(node?["waivers"])
    inputs.baseline = text(node?["baseline"])
    inputs.asOf = text(node?["as_of"])
    inputs.datum = text(node?["datum"])
    inputs.profile = text(node?["profile"])
    return inputs
  }

  /// What a report that does not keep its run was asked for, by the roles of its inputs.
  private mutating func fromInputs() {
    func paths(_ role: String) -> [String] {
      inputs.filter { $0.role == role }.map { $0.path == "<stdin>" ? "-" : $0.path }
    }
    let plans = paths("plan")
    run = RunRecord(
      command: plans.isEmpty ? .check : .plan,
      files: plans.isEmpty ? paths("applications") : plans)
    run.options.facts = paths("facts").first
    run.options.registry = paths("registry").first
    run.options.waivers = paths("waivers").first
    run.options.baseline = paths("baseline").first
  }

  // MARK: Held against what is decided now

  /// What differs from the same report decided again.
  package func difference(to now: RecordedReport) -> ReplayDifference {
    var changes: [ReplayDifference.Change] = []
    func note(_ subject: ReplayDifference.Change.Subject, _ before: String?, _ after: String?) {
      if before != after { changes.append(.init(subject, before: before, after: after)) }
    }
    note(.version, version, now.version)
    for (id, sha256) in profiles {
      note(.profile(id), sha256, now.profiles.first { $0.id == id }?.sha256)
    }
    for (id, sha256) in now.profiles where !profiles.contains(where: { $0.id == id }) {
      note(.profile(id), nil, sha256)
    }
    func same(_ input: InputDigest) -> (InputDigest) -> Bool {
      { $0.path == input.path && $0.role == input.role }
    }
    for input in inputs {
      note(
        .input(path: input.path, role: input.role), input.sha256,
        now.inputs.first(where: same(input))?.sha256)
    }
    for input in now.inputs where !inputs.contains(where: same(input)) {
      note(.input(path: input.path, role: input.role), nil, input.sha256)
    }
    let line = firstDifferentLine(from: now)
    return ReplayDifference(
      subjects: now.subjects.count, isSame: line == nil, changes: changes, flips: flips(to: now),
      firstLine: line)
  }

  private func firstDifferentLine(from now: RecordedReport) -> Int? {
    file.withBytes { before in
      now.file.withBytes { after in
        let length = min(before.count, after.count)
        var place = 0
        while place < length, before[place] == after[place] { place += 1 }
        if place == before.count, place == after.count { return nil }
        return before[..<place].count { $0 == UInt8(ascii: "\n") } + 1
      }
    }
  }

  private func flips(to now: RecordedReport) -> [ReplayDifference.Flip] {
    func key(_ subject: Subject, _ seen: inout [String: Int]) -> String {
      let name = "\(subject.type)\u{1F}\(subject.id)"
      seen[name, default: 0] += 1
      return "\(name)\u{1F}\(seen[name, default: 0])"
    }
    var seen: [String: Int] = [:]
    var later: [String: Subject] = [:]
    for subject in now.subjects { later[key(subject, &seen)] = subject }
    var flips: [ReplayDifference.Flip] = []
    var known: Set<String> = []
    seen = [:]
    for subject in subjects {
      let key = key(subject, &seen)
      known.insert(key)
      let after = later[key]
      if after?.verdict == subject.verdict { continue }
      flips.append(Self.flip(subject, after))
    }
    seen = [:]
    for subject in now.subjects where !known.contains(key(subject, &seen)) {
      flips.append(Self.flip(nil, subject))
    }
    return flips
  }

  private static func flip(_ before: Subject?, _ after: Subject?) -> ReplayDifference.Flip {
    let subject = before ?? after
    var rules: [ReplayDifference.Flip.Rule] = []
    func outcomes(_ subject: Subject?, _ rule: String, _ category: String?) -> String? {
      let found = subject?.findings.filter {
        $0.rule == rule && $0.category == category && $0.outcome != "note"
      }.map(\.outcome)
      return found.flatMap { $0.isEmpty ? nil : $0.joined(separator: ", ") }
    }
    for finding in (before?.findings ?? []) + (after?.findings ?? [])
    where finding.outcome != "note"
      && !rules.contains(where: { $0.rule == finding.rule && $0.category == finding.category })
    {
      rules.append(
        .init(
          rule: finding.rule, category: finding.category,
          before: outcomes(before, finding.rule, finding.category),
          after: outcomes(after, finding.rule, finding.category)))
    }
    rules.removeAll { $0.before == $0.after }
    return ReplayDifference.Flip(
      type: subject?.type ?? "", id: subject?.id ?? "", name: subject?.name ?? "",
      before: before?.verdict, after: after?.verdict,
      rules: before == nil || after == nil ? [] : rules)
  }

  /// Faults, and after them which of the inputs have changed since the report.
  ///
  /// Whoever wrote the report may have named any file in it: of one that lies outside the report's folder and is not what was read then
  /// nothing is quoted.
  package func adding(
    changesTo faults: Faults, _ digest: (SourceFile) -> String
  ) -> Faults {
    var all = faults.faults
    for input in inputs where input.path != "<stdin>" {
      guard let file = try? InputFile.load(path: input.path) else { continue }
      let now = digest(file)
      if now == input.sha256 { continue }
      let bounds = NamedPaths(settings: nil, allowsOutside: true)
      let report = Location(file: self.file, range: ByteRange(start: 0, end: 0))
      all = all.flatMap { fault in
        fault.path == input.path
          ? bounds.unquoted(Faults(fault), input.path, namedAt: report).faults : [fault]
      }
      all.append(
        Fault(
          path: input.path, zh: "自该报告以来已变（sha256 原为 \(input.sha256)，现为 \(now)）",
          en: "has changed since the report (sha256 was \(input.sha256), is \(now))"))
    }
    return Faults(all)
  }
}

extension CheckDefaults {
  /// What a settings file gave in a run that a report keeps.
  package init(_ recorded: RunRecord.Inputs, in file: SourceFile) {
    self.init()
    city = recorded.city.map {
      DefaultCity(value: $0, location: Location(file: file, range: ByteRange(start: 0, end: 0)))
    }
    facts = recorded.facts
    registry = recorded.registry
    asOf = recorded.asOf.flatMap { CalendarDay($0) }
    datum = recorded.datum.flatMap(Datum.init(rawValue:))
  }

  /// The same as a report keeps it.
  package var record: RunRecord.Inputs {
    var inputs = RunRecord.Inputs()
    inputs.city = city?.value
    inputs.facts = facts
    inputs.registry = registry
    inputs.asOf = asOf?.description
    inputs.datum = datum?.rawValue
    return inputs
  }
}
