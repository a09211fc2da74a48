import Diagnostics
import Policy
import PolicyDesk
import Reading

extension Workspace {
  /// What is wrong with a document as far as reading it tells; what `policy check` finds comes later.
  package mutating func diagnoses(_ path: String) -> [Diagnosis] {
    guard let analysis = analysis(path) else { return [] }
    switch analysis.kind {
    case .policy:
      return (analysis.faults + listing(analysis)).compactMap {
        Diagnosis($0, in: path, code: Diagnosis.doesNotLoad)
      }
    case .policyTests:
      return (analysis.faults + tests(analysis)).compactMap {
        Diagnosis($0, in: path, code: Diagnosis.doesNotLoad)
      }
    case .tenant:
      return (analysis.faults + profiles(analysis)).compactMap {
        Diagnosis($0, in: path, code: Diagnosis.doesNotLoad)
      }
    default:
      return analysis.faults.compactMap { Diagnosis($0, in: path, code: Diagnosis.unreadable) }
        + analysis.notes.compactMap { Diagnosis($0, in: path) }
    }
  }

  /// A profile is one that its tenant lists, with the same span.
  private func listing(_ analysis: Analysis) -> [Fault] {
    guard let policy = analysis.policy, let tenant = analysis.tenant, let id = analysis.node?["id"]
    else { return [] }
    guard let entry = tenant.profiles.first(where: { $0.id == policy.id }) else {
      let known = tenant.profiles.map(\.id)
      let nearest = NearestName.of(policy.id, among: known)
      return [
        Fault(
          analysis.file, id.range,
          zh: "`tenant.yaml` 未列出政策档案 `\(policy.id)`",
          en: "`tenant.yaml` does not list the profile `\(policy.id)`",
          meant: nearest.map { Meant($0) })
      ]
    }
    if entry.from == policy.from, entry.to == policy.to { return [] }
    return [
      Fault(
        analysis.file, analysis.node?["in_force"]?.range ?? id.range,
        zh: "应与 `tenant.yaml` 所列起止日期 \(entry.from) 至 \(entry.to) 一致",
        en: "expected the span that `tenant.yaml` lists, \(entry.from) to \(entry.to)")
    ]
  }

  /// A tenant is called like its folder, and its profiles are there with the ids and spans that it lists.
  private mutating func profiles(_ analysis: Analysis) -> [Fault] {
    guard let tenant = analysis.tenant, analysis.faults.isEmpty else { return [] }
    let folder = FilePath.folder(of: analysis.file.path)
    var faults: [Fault] = []
    let name = FilePath.name(of: folder)
    if tenant.id != name {
      faults.append(
        Fault(
          analysis.file, tenant.idRange, zh: "`id` 应与目录名 `\(name)` 一致，实际为 `\(tenant.id)`",
          en: "expected `id` to be the folder's name `\(name)`, found `\(tenant.id)`"))
    }
    for entry in tenant.profiles {
      let path = "\(folder)/\(entry.file)"
      guard files.exists(path) else {
        faults.append(
          Fault(
            analysis.file, entry.fileRange, zh: "没有文件 `\(entry.file)`",
            en: "there is no file `\(entry.file)`"))
        continue
      }
      guard let policy = self.analysis(path)?.policy else { continue }
      if policy.id != entry.id || policy.from != entry.from || policy.to != entry.to {
        faults.append(
          Fault(
            analysis.file, entry.range, zh: "`\(entry.id)` 的编号或起止日期与 `\(entry.file)` 不一致",
            en: "the id or span of `\(entry.id)` differs from what `\(entry.file)` says"))
      }
    }
    return faults
  }

  /// Tests are those of the profile beside them, and name its rules.
  private mutating func tests(_ analysis: Analysis) -> [Fault] {
    guard let tests = analysis.tests, let path = profilePath(for: analysis.file.path),
      let policy = self.analysis(path)?.policy
    else { return [] }
    var faults: [Fault] = []
    if tests.profile.value != policy.id {
      faults.append(
        Fault(
          tests.file, tests.profile.range, zh: "政策档案编号与旁边的档案不同，实际为 `\(tests.profile.value)`",
          en: "the profile beside the tests is another one than `\(tests.profile.value)`",
          meant: Meant(policy.id)))
    }
    return faults + tests.unknownRules(policy)
  }
}
