package import Diagnostics
import Reading
import Spatial

/// What a check is given beside its applications.
package struct CheckOptions: Sendable {
  /// Of planlint, for the report.
  package var version: String
  /// The digest of an input, in hexadecimal.
  package var digest: @Sendable (SourceFile) -> String
  package var city: String?
  package var facts: String?
  package var registry: String?
  package var waivers: String?
  /// `YYYY-MM-DD`.
  package var asOf: String?
  /// The datum of locations that name none.
  package var datum: String?
  /// A profile to apply whatever the dates say.
  package var profile: String?
  /// The findings of an earlier run, which are no news.
  package var baseline: String?
  package var isSeparate = false
  package var keepsNotApplicable = false

  package init(version: String, digest: @escaping @Sendable (SourceFile) -> String) {
    self.version = version
    self.digest = digest
  }

  /// The day of decision that the options name.
  func decisionDay() throws(Faults) -> CalendarDay? {
    guard let asOf else { return nil }
    if let day = CalendarDay(asOf) { return day }
    throw Faults(
      Fault(
        path: "--as-of", zh: "应为形如 `2026-03-02` 的日期，实际为 `\(asOf)`",
        en: "expected a day written like `2026-03-02`, found `\(asOf)`"))
  }

  /// The datum that the options name.
  func assumedDatum() throws(Faults) -> Datum? {
    guard let datum else { return nil }
    if let known = Datum(rawValue: datum) { return known }
    let names = Datum.allCases.map(\.rawValue)
    let nearest = NearestName.of(datum, among: names)
    throw Faults(
      Fault(
        path: "--datum",
        zh: "应为 \(names.joined(separator: "、")) 之一，实际为 `\(datum)`"
          + (nearest.map { "，是否应为 `\($0)`" } ?? ""),
        en: "expected one of \(names.joined(separator: ", ")), found `\(datum)`"
          + (nearest.map { "; did you mean `\($0)`" } ?? "")))
  }
}

/// Loads inputs once each and remembers their digests.
struct InputLoader {
  let digest: @Sendable (SourceFile) -> String
  private(set) var digests: [InputDigest] = []

  init(_ options: CheckOptions) { digest = options.digest }

  mutating func load(_ path: String, role: String) throws(Faults) -> SourceFile {
    let file = try InputFile.load(path: path)
    digests.append(InputDigest(path: file.path, role: role, sha256: digest(file)))
    return file
  }

  /// The baseline that the options name.
  mutating func baseline(
    _ options: CheckOptions, tenant: Tenant, subjects: Baseline.Subjects
  ) throws(Faults) -> Baseline? {
    guard let path = options.baseline else { return nil }
    let baseline = try Baseline(reading: try load(path, role: "baseline"))
    try baseline.check(tenant: tenant.id, subjects: subjects)
    return baseline
  }

  /// A path written in a file, as seen from that file.
  static func resolve(_ path: String, from file: SourceFile) -> String {
    if path.hasPrefix("/") { return path }
    guard let slash = file.path.lastIndex(of: "/") else { return path }
    return String(file.path[...slash]) + path
  }

  /// What the files of a batch say of one thing: the same, or nothing.
  static func agreed<Value: Equatable>(
    _ values: [(file: SourceFile, found: Located<Value>)], option: String, name: Bilingual
  ) throws(Faults) -> Value? {
    guard let first = values.first else { return nil }
    for other in values.dropFirst() where other.found.value != first.found.value {
      throw Faults(
        Fault(
          other.file, other.found.range,
          zh:
            "\(name.zh) `\(other.found.value)` 与 \(first.file.path) 的 `\(first.found.value)` 不一致，请用 `\(option)` 指定",
          en:
            "the \(name.en) `\(other.found.value)` differs from `\(first.found.value)` in \(first.file.path); settle it with `\(option)`"
        ))
    }
    return first.found.value
  }
}

extension PolicyLibrary {
  /// The tenant that the command line and the files mean; two that disagree, or none at all, are faults.
  func tenant(
    city: String?, files: [(file: SourceFile, city: Located<String>?)]
  ) throws(Faults) -> Tenant {
    var chosen: Tenant?
    if let city { chosen = try tenant(meaning: city) }
    for (file, named) in files {
      guard let named else { continue }
      let own: Tenant
      do {
        own = try tenant(meaning: named.value)
      } catch {
        throw Faults(
          error.faults.map { fault in
            fault.path.isEmpty
              ? Fault(file, named.range, zh: fault.message.zh, en: fault.message.en) : fault
          })
      }
      if let chosen, chosen.id != own.id {
        throw Faults(
          Fault(
            file, named.range,
            zh:
              "文件的统筹地区 `\(named.value)` 与\(city.map { "命令行的 `\($0)`" } ?? "其他文件的 `\(chosen.id)`")不一致",
            en:
              "the file's city `\(named.value)` is not \(city.map { "`\($0)`, which the command line names" } ?? "`\(chosen.id)`, which another file names")"
          ))
      }
      chosen = own
    }
    guard let chosen else {
      throw Faults(
        Fault(
          path: "",
          zh: "未指明统筹地区：请用 `--city` 指定，或在文件中写明 `city:`；已有：\(tenantIDs.joined(separator: "、"))",
          en:
            "no city is named: give `--city`, or `city:` in the file; known are \(tenantIDs.joined(separator: ", "))"
        ))
    }
    return chosen
  }

  /// The id of the place that a name means: of the one that the tenant covers, of the tenant where it covers none, or nil where it
  /// covers some and is named itself.
  func place(_ name: String?, _ tenant: Tenant) -> String? {
    if tenant.covers.isEmpty { return tenant.id }
    guard let name = name?.lowercased() else { return nil }
    return tenant.covers.first { place in
      ([place.id] + place.names + place.codes).contains { $0.lowercased() == name }
    }?.id
  }

  /// The facts' own city has to be the tenant's.
  func check(_ facts: Facts, _ tenant: Tenant) throws(Faults) {
    guard let file = facts.file, let city = facts.city else { return }
    _ = try self.tenant(city: tenant.id, files: [(file, city)])
  }

  /// The profile that was asked for by its id (`huaibei/2026-2028`, or `2026-2028`).
  func entry(named name: String, of tenant: Tenant) throws(Faults) -> Tenant.ProfileEntry {
    for entry in tenant.profiles where entry.id == name || entry.id == "\(tenant.id)/\(name)" {
      return entry
    }
    let nearest = NearestName.of(name, among: tenant.profiles.map(\.id))
    throw Faults(
      Fault(
        path: "",
        zh: "\(tenant.title.zh)没有政策档案 `\(name)`" + (nearest.map { "，是否应为 `\($0)`" } ?? ""),
        en:
          "\(tenant.id) has no profile `\(name)`; known are \(tenant.profiles.map(\.id).joined(separator: ", "))"
      ))
  }
}

extension Policy {
  /// The profile as a report names it. On a day of decision after its span it has expired.
  func identity(asOf: CalendarDay?, _ digest: (SourceFile) -> String) -> ProfileIdentity {
    let status: ProfileIdentity.Status =
      if document.isDraft { .draft } else if let asOf, asOf > to { .expired } else { .inForce }
    return ProfileIdentity(
      id: id, sha256: digest(source), status: status, from: from.description,
      to: to.description, document: document.title)
  }

  /// Its rules as reports list them, for one kind of subject.
  func descriptors(ofApplications: Bool) -> [RuleDescriptor] {
    rules.filter { ($0.subject == .application) == ofApplications }.map { rule in
      RuleDescriptor(
        id: rule.id, name: rule.name, modality: rule.modality, summary: summary(of: rule),
        reading: rule.basis.first.flatMap { provisions[$0].reading },
        citations: rule.basis.map { citation($0) })
    }
  }

  private func summary(of rule: Rule) -> Bilingual {
    let quote = rule.basis.first.map { provisions[$0].quotes.joined(separator: "……") } ?? ""
    return Bilingual(zh: quote, en: String(rule.name.map { $0 == "-" ? " " : $0 }))
  }
}
