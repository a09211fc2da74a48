import Diagnostics
package import Reading

/// What is wrong with the fields and words that a tenant declares beside those that stand already.
extension OwnCatalogue {
  package func check(_ context: inout FieldContext) {
    checkWords(&context)
    for owner in Owner.allCases { checkFields(of: owner, &context) }
    checkNeighbours(&context)
  }

  private func checkWords(_ context: inout FieldContext) {
    for table in Vocabularies.builtIn {
      var known = table
      for word in words where word.vocabulary == table.field {
        let labels = [word.label.zh] + word.names
        if word.vocabulary != PlanShape.noIndicators.field,
          word.figure != nil
        {
          context.fault(
            word.range, zh: "只有指标有类型、单位、最小值和最大值",
            en: "expected a type, a unit and bounds of indicators alone")
        }
        if let taken = known.entries.first(where: { $0.word == word.word }) {
          context.fault(
            word.range, zh: "词 `\(word.word)` 已有（\(taken.label.zh)），请另取名称",
            en: "the word `\(word.word)` stands already (\(taken.label.en)); choose another")
        } else if let label = labels.first(where: { known.index(meaning: $0) != nil }),
          let index = known.index(meaning: label)
        {
          context.fault(
            word.range, zh: "`\(label)` 已是词 `\(known.entries[index].word)` 的名称",
            en: "`\(label)` is a name of the word `\(known.entries[index].word)` already")
        } else if known.entries.count == VocabularyTable.capacity {
          context.fault(
            word.range, zh: "词表 `\(table.field)` 至多 \(VocabularyTable.capacity) 个词",
            en: "expected at most \(VocabularyTable.capacity) words in `\(table.field)`")
          break
        } else {
          known = known.adding([
            (VocabularyTable.Entry(word: word.word, label: word.label), word.names)
          ])
        }
      }
    }
  }

  /// The most fields that a record may have in all.
  static let fieldLimit = 120

  private func checkFields(of owner: Owner, _ context: inout FieldContext) {
    let builtIn = Catalogue.builtIn
    let taken: [String: Bilingual]
    let columns: ColumnTable?
    switch owner {
    case .application: (taken, columns) = (names(builtIn.application), builtIn.applicationColumns)
    case .institution:
      taken = Dictionary(
        builtIn.institutionEntries.map { ($0.name, $0.field.meaning) },
        uniquingKeysWith: { first, _ in first })
      columns = builtIn.registryColumns
    case .facts: (taken, columns) = (names(builtIn.facts), nil)
    case .district: (taken, columns) = (names(builtIn.district), nil)
    case .plan: (taken, columns) = (names(builtIn.plan), nil)
    case .planDistrict: (taken, columns) = (names(builtIn.planDistrict), nil)
    }
    let own = fields.filter { $0.owner == owner }.map(\.field)
    if let excess = own.dropFirst(max(0, Self.fieldLimit - taken.count)).first {
      context.fault(
        excess.name.range, zh: "字段过多：连同已有字段至多 \(Self.fieldLimit) 个",
        en: "expected at most \(Self.fieldLimit) fields with those that stand already")
    }
    var headers: [String: String] = [:]
    for field in own {
      let name = field.name.value
      let standing =
        taken[name]
        ?? (columns?.columns.contains { $0.field == name } == true || name == "location"
          ? Bilingual(zh: "表格的列", en: "a column of tables") : nil)
      if let standing {
        context.fault(
          field.name.range, zh: "字段 `\(name)` 已有（\(standing.zh)），请另取名称",
          en: "the field `\(name)` stands already (\(standing.en)); choose another name")
      }
      guard let columns else { continue }
      for header in [Located(field.meaning.zh, field.name.range)] + field.headers {
        let meant: String?
        switch columns.meaning(of: header.value) {
        case .column(let column, _), .annotation(let column, _): meant = column.field
        case .ambiguous(let found): meant = found.first?.field
        case .unused, .own, .unknown: meant = headers[CellText.key(header.value).lowercased()]
        }
        headers[CellText.key(header.value).lowercased()] = name
        guard let meant, meant != name else { continue }
        context.fault(
          header.range, zh: "列名 `\(header.value)` 已指 `\(meant)`，请另取名称",
          en: "the header `\(header.value)` means `\(meant)` already; choose another")
      }
    }
  }

  private func names(_ shape: RecordShape) -> [String: Bilingual] {
    Dictionary(
      shape.fields.map { ($0.name, $0.meaning) }, uniquingKeysWith: { first, _ in first })
  }

  /// A condition on a neighbour sees institutions of the registry and applications alike, so that one name means one thing.
  private func checkNeighbours(_ context: inout FieldContext) {
    let applicants = fields.filter { $0.owner == .application }.map(\.field)
    for (owner, field) in fields where owner == .institution {
      let name = field.name.value
      if let applicant = applicants.first(where: { $0.name.value == name }) {
        if applicant.isLike(field) { continue }
        context.fault(
          field.name.range, zh: "字段 `\(name)` 与申请的同名字段类型不同，二者应一致或各取名称",
          en:
            "the field `\(name)` is declared otherwise for applications; let both be alike or choose another name"
        )
      } else if Catalogue.builtIn.institutionEntry(name) == nil,
        let standing = Catalogue.builtIn.application.fields.first(where: { $0.name == name })
      {
        context.fault(
          field.name.range, zh: "字段 `\(name)` 在申请中已有（\(standing.meaning.zh)），请另取名称",
          en:
            "the field `\(name)` stands already for applications (\(standing.meaning.en)); choose another name"
        )
      }
    }
  }
}
