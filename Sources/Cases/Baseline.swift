package import Diagnostics
package import Reading

/// A baseline file: the findings of an earlier run, which are no news.
///
/// Written by `--write-baseline` as JSON; records are many, so that they are read one at a time.
package struct Baseline: Sendable {
  /// What the first line of a baseline says, with the version of its form.
  package static let format = "planlint-baseline/1"

  package let file: SourceFile
  package let tenant: Located<String>
  package let subjects: Located<Subjects>
  package let findings: [KnownFinding]

  /// What a run looks at: a baseline of applications says nothing of plans.
  package enum Subjects: String, Sendable, CaseIterable {
    case applications
    case plans

    package init(_ type: SubjectType) {
      switch type {
      case .application: self = .applications
      case .city, .district: self = .plans
      }
    }
  }

  package init(reading file: SourceFile) throws(Faults) {
    self.file = file
    var context = FieldContext(file)
    var findings: [KnownFinding] = []
    let format = DocumentFormat(of: file)
    guard format != .csv else { throw Faults(Self.noBaseline(file)) }
    let head = try Document.read(file, format: format, streaming: "findings") {
      (node: Node) throws(Faults) in
      if let finding = Self.finding.read(node, &context) { findings.append(finding) }
    }
    // Of another kind of file or another version nothing else is worth saying.
    guard let found = head["format"]?.scalar else { throw Faults(Self.noBaseline(file)) }
    if found.text != Self.format {
      throw Faults(Self.otherFormat(file, head["format"]?.range ?? head.range, found.text))
    }
    let read = Self.head.read(head, &context)
    try context.faults.check()
    guard let read else { throw Faults(Self.noBaseline(file)) }
    tenant = read.tenant
    subjects = read.subjects
    self.findings = findings
  }

  private static let head = FieldReader<(tenant: Located<String>, subjects: Located<Subjects>)>
    .record { record in
      _ = record.required("format", .text)
      let tenant = record.required("tenant", .text)
      let subjects = record.required("subjects", .oneOf(Subjects.self))
      _ = record.required("findings", FieldReader<Node>.anything)
      guard let tenant, let subjects else { return nil }
      return (tenant, subjects)
    }

  private static let finding = FieldReader<KnownFinding> { node, context in
    let file = context.file
    return FieldReader<KnownFinding>.record { record in
      let subject = record.required("subject", Self.subject)
      let rule = record.required("rule", .text)
      let category = record.optional("category", .text)
      let path = record.optional("path", .anyText)
      let outcome = record.required("outcome", .oneOf(recordedOutcomes))
      let count = record.optional("count", .integer(in: 1...1_000_000), default: 1)
      let profile = record.optional("profile", .anyText)
      let message = record.optional("message", Self.message)
      guard let subject, let rule, let outcome = outcome.flatMap({ Outcome(rawValue: $0.value) })
      else { return nil }
      return KnownFinding(
        key: FindingKey(
          subjectType: subject.value.type, subject: subject.value.id, rule: rule.value,
          category: category?.value, valuePath: path?.value ?? ""),
        outcome: outcome, count: count.value, subjectName: subject.value.name,
        profile: profile?.value ?? "", message: message?.value ?? Bilingual(zh: "", en: ""),
        location: Location(file: file, range: rule.range))
    }.read(node, &context)
  }

  private static let recordedOutcomes =
    Outcome.allCases.filter(\.isRecordedInBaselines).map(\.rawValue)

  private static let subject = FieldReader<(type: SubjectType, id: String, name: String)>.record {
    record in
    let type = record.required("type", .oneOf(SubjectType.self))
    let id = record.required("id", .text)
    let name = record.optional("name", .anyText)
    guard let type, let id else { return nil }
    return (type.value, id.value, name?.value ?? "")
  }

  private static let message = FieldReader<Bilingual>.record { record in
    Bilingual(
      zh: record.optional("zh", .anyText)?.value ?? "",
      en: record.optional("en", .anyText)?.value ?? "")
  }

  /// A baseline of another tenant, or of another kind of subject, says nothing of a report.
  package func check(tenant expected: String, subjects wanted: Subjects) throws(Faults) {
    var faults = FaultCollector()
    if tenant.value != expected {
      faults.add(
        Fault(
          file, tenant.range,
          zh: "基线的统筹地区应为 `\(expected)`，实际为 \(Quoting.code(tenant.value))",
          en: "expected a baseline of `\(expected)`, found one of \(Quoting.code(tenant.value))"))
    }
    if subjects.value != wanted {
      faults.add(
        Fault(
          file, subjects.range,
          zh: "应为 `\(wanted.rawValue)` 的基线，实际为 `\(subjects.value.rawValue)` 的基线",
          en:
            "expected a baseline of `\(wanted.rawValue)`, found one of `\(subjects.value.rawValue)`"
        ))
    }
    try faults.check()
  }

  private static func otherFormat(_ file: SourceFile, _ range: ByteRange, _ found: String) -> Fault
  {
    let code = Quoting.code(found)
    return Fault(
      file, range, zh: "应为 `\(format)`，实际为 \(code)，请用 `--write-baseline` 重新生成",
      en: "expected `\(format)`, found \(code); write it again with `--write-baseline`")
  }

  private static func noBaseline(_ file: SourceFile) -> Fault {
    Fault(
      file, ByteRange(start: 0, end: 0),
      zh: "应为 `--write-baseline` 写出的基线文件（`\"format\": \"\(format)\"`）",
      en:
        "expected a baseline as `--write-baseline` writes it (`\"format\": \"\(format)\"`), found none"
    )
  }
}

extension Report {
  /// The report with what a baseline knows marked; as it is where there is none.
  package func compared(with baseline: Baseline?) -> Report {
    guard let baseline else { return self }
    return compared(with: baseline.findings, path: baseline.file.path)
  }
}
