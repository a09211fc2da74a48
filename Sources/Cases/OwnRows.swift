package import Diagnostics
import Reading

/// Finds the registry's own rows of applicants, and what applications leave out and these rows say (semantics.md 4.8).
package enum OwnRows {
  /// By application: the row that it names, else the one with its credit code, else the only one with its name and kind in its
  /// district.
  package static func find(of applications: [Application], in registry: Registry) -> [Int: Int] {
    var found: [Int: Int] = [:]
    for (index, application) in applications.enumerated() {
      if let institution = application.institution {
        found[index] = registry.row(of: institution)
        continue
      }
      let ofCode = application.uscc.map { registry.rows(ofCreditCode: $0) } ?? []
      let ofName = registry.rows(named: application.name).filter { row in
        let institution = registry.institutions[row]
        return application.kind == institution.kind && application.district != nil
          && application.district == institution.district
      }
      if ofCode.count == 1 {
        found[index] = ofCode[0]
      } else if ofName.count == 1, ofCode.isEmpty || ofCode.contains(ofName[0]) {
        found[index] = ofName[0]
      }
    }
    return found
  }

  /// Adds a fault for each institution that asks twice for one category.
  static func checkOnce(
    _ applications: [Application], _ rows: [Int: Int], _ files: [SourceFile],
    _ registry: Registry, isSeparate: Bool, _ faults: inout FaultCollector
  ) {
    var first = FirstAsking<String>()
    for (index, application) in applications.enumerated() {
      // Without a registry what an application says of itself is all there is.
      guard let id = rows[index].map({ registry.institutions[$0].id }) ?? application.institution
      else { continue }
      let key = (isSeparate ? "\(application.source.file)\u{1F}" : "") + id
      guard let other = first.earlier(key, index, application.requests) else { continue }
      let earlier = applications[other]
      faults.add(
        Fault(
          files[application.source.file], application.source.range(of: .institution),
          zh:
            "申请 `\(application.id)` 与 `\(earlier.id)` 属同一机构（名册 `\(id)`）且申请同一类别，似为重复申请",
          en:
            "the applications `\(application.id)` and `\(earlier.id)` are of one institution (`\(id)` in the registry) and ask for the same category: expected each institution once"
        ))
      if faults.isFull { return }
    }
  }

  /// Takes from its own row what an application says nothing of: its id there, what it is designated for, its designated beds.
  ///
  /// - Returns: what a clerk has to be told of it.
  package static func fill(
    _ applications: inout [Application], _ rows: [Int: Int], _ files: [SourceFile],
    _ registry: Registry, _ catalogue: Catalogue
  ) -> Note? {
    var values: [NotedValue] = []
    var named: [String] = []
    var path: String?
    for index in applications.indices {
      guard let row = rows[index] else { continue }
      let institution = registry.institutions[row]
      let application = applications[index]
      var taken = Bilingual(zh: "", en: "")
      func add(_ zh: String, _ en: String) {
        taken.zh += (taken.zh.isEmpty ? "" : "、") + zh
        taken.en += (taken.en.isEmpty ? "" : ", ") + en
      }
      if application.institution == nil {
        applications[index].institution = institution.id
        add("名册编号 \(institution.id)", "its id in the registry \(institution.id)")
      }
      let held = institution.heldCategories
      if application.source.fields[.designatedFor] == nil, !held.words.isEmpty {
        applications[index].designatedFor = held
        let labels = held.words.map { catalogue.words.category[$0].label }
        add(
          "已有定点类别 \(labels.map(\.zh).joined(separator: "、"))",
          "the categories it holds \(labels.map(\.en).joined(separator: ", "))")
      }
      if application.source.fields[.existingBeds] == nil, let beds = institution.heldBeds, beds > 0
      {
        applications[index].existingBeds = beds
        add("已有定点床位 \(beds) 张", "its designated beds \(beds)")
      }
      if taken.zh.isEmpty { continue }
      path = path ?? files[application.source.file].path
      named.append(application.id)
      values.append(
        NotedValue(
          application.source.range(of: .id), zh: "申请未填的\(taken.zh)，取自名册中本机构的记录",
          en: "taken from its own row of the registry: \(taken.en)"))
    }
    guard let path, !named.isEmpty else { return nil }
    let shown = named.prefix(namedLimit)
    let more = named.count > shown.count
    return Note(
      path: path,
      zh:
        "申请 \(shown.joined(separator: "、"))\(more ? " 等 \(named.count) 件" : "") 未填的名册编号、已有定点类别或已有定点床位，取自名册中本机构的记录",
      en:
        "what \(shown.joined(separator: ", "))\(more ? " and \(named.count - shown.count) more" : "") leave out of their registry id, categories held or designated beds is taken from their own rows of the registry"
    ).about(values)
  }

  /// So many applications a note names.
  private static let namedLimit = 12
}

extension Institution {
  /// What it is designated for at present; nothing where its agreement is terminated.
  package var heldCategories: WordSet<Category> {
    status == .terminated ? WordSet<Category>() : categories
  }

  /// Its designated beds; nil where they are not known. A place without inpatient designation has none.
  package var heldBeds: Int? { heldCategories.contains(.inpatient) ? beds : 0 }
}
