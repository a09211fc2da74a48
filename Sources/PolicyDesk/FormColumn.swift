import Cases
import Diagnostics
import Expression
import Policy
import Reading
import Workbooks

/// One column of a sheet to be filled in: its name, what it takes, and what is said of it.
struct FormColumn {
  enum Taking {
    case text, code, degrees, day, number, wholeNumber, percent, flag
    case word(VocabularyTable)
    case words(VocabularyTable)
    /// Names that may stand there, and others as well.
    case names([String])
    case list(RecordShape)
  }

  enum Need { case always, withInpatient, whereKnown, whereThereIsOne, zeroWhereBlank }

  var header: String
  var taking: Taking
  var need: Need
  var unit: String?
  var source: Bilingual?
  /// The rules that look at it.
  var rules: [String]
  var example = ""

  var style: CellStyle {
    switch taking {
    case .number, .wholeNumber, .percent: .number
    default: .entry
    }
  }

  /// As wide as its name, in Latin letters, in two lines at most.
  var width: Double {
    let name = header.unicodeScalars.reduce(0) { $0 + ($1.value < 0x80 ? 1 : 2) }
    let cells = example.unicodeScalars.reduce(0) { $0 + ($1.value < 0x80 ? 1 : 2) }
    let usual: Int =
      switch taking {
      case .words, .list: 26
      case .code: 22
      default: 12
      }
    return Double(max(usual, cells + 2, name <= 16 ? name + 2 : (name + 1) / 2 + 2))
  }

  // MARK: What is said of it

  /// What has to be written there.
  func expected(_ language: Language) -> String {
    switch (taking, language) {
    case (.text, .zh): "文字"
    case (.text, .en): "text"
    case (.code, .zh): "编号或代码，按原样填写（已设为文本格式，开头的 0 和位数不会丢失）"
    case (.code, .en): "a code as it is (the cells are text, so that no digit is lost)"
    case (.degrees, .zh): "十进制度数，如 116.794200，保留全部小数位"
    case (.degrees, .en): "decimal degrees with all their decimals, as 116.794200"
    case (.day, .zh): "日期，形如 2026-03-02"
    case (.day, .en): "a day, as 2026-03-02"
    case (.number, .zh): "数字"
    case (.number, .en): "a number"
    case (.wholeNumber, .zh): "整数"
    case (.wholeNumber, .en): "a whole number"
    case (.percent, .zh): "百分数，如 78 或 78%；不大于 1 的须写百分号"
    case (.percent, .en): "per cent, as 78 or 78%; of at most 1 with its sign"
    case (.flag, .zh): "是 或 否"
    case (.flag, .en): "是 (yes) or 否 (no)"
    case (.word, .zh): "从下拉列表中选一项"
    case (.word, .en): "one word of the list"
    case (.words, .zh): "从下拉列表中选；有几项的，以分号（；）分隔"
    case (.words, .en): "words of the list, several with ； between them"
    case (.names, .zh): "从下拉列表中选，或按实际名称填写"
    case (.names, .en): "a name of the list, or another"
    case (.list(let item), .zh):
      "写作 [{\(item.fields.map { "\($0.name): …" }.joined(separator: ", "))}]，各项依次为\(item.fields.map(\.label.zh).joined(separator: "、"))"
    case (.list(let item), .en):
      "as [{\(item.fields.map { "\($0.name): …" }.joined(separator: ", "))}]"
    }
  }

  /// Whether it may be left empty, and what that means.
  func blank(_ language: Language) -> String {
    if need == .whereKnown, rules.isEmpty { return language == .zh ? "可以留空" : "may be empty" }
    return switch (need, language) {
    case (.always, .zh): "必填"
    case (.always, .en): "required"
    case (.withInpatient, .zh): "申请住院类别的必填，其余留空"
    case (.withInpatient, .en): "required where inpatient is asked for, empty elsewhere"
    case (.whereKnown, .zh): "不掌握的留空，不要填 0；需要它的规则按资料不足处理"
    case (.whereKnown, .en):
      "empty where it is not known, never 0; rules that need it then lack data"
    case (.whereThereIsOne, .zh): "没有的留空"
    case (.whereThereIsOne, .en): "empty where there is none"
    case (.zeroWhereBlank, .zh): "没有的留空，按 0 计"
    case (.zeroWhereBlank, .en): "empty where there is none, which counts as 0"
    }
  }

  /// The rules that look at it, with the places of the document that they stand on.
  func grounds(_ policy: Policy) -> String {
    let shown = 6
    let names = rules.prefix(shown).map { id -> String in
      guard let rule = policy.rules.first(where: { $0.id == id }),
        let basis = rule.basis.first
      else { return id }
      return "\(id) \(policy.citation(basis).place)"
    }
    return names.joined(separator: "、") + (rules.count > shown ? " 等 \(rules.count) 条" : "")
  }

  /// The remark on its name.
  func remark(_ policy: Policy, _ language: Language) -> String {
    let isChinese = language == .zh
    let colon = isChinese ? "：" : ": "
    var lines = [(isChinese ? "填写" : "expected") + colon + expected(language)]
    if let unit { lines.append((isChinese ? "单位" : "unit") + colon + unit) }
    lines.append((isChinese ? "留空" : "empty") + colon + blank(language))
    if let source { lines.append((isChinese ? "来源" : "source") + colon + source[language]) }
    let grounds = grounds(policy)
    if !grounds.isEmpty { lines.append((isChinese ? "用于" : "needed by") + colon + grounds) }
    return lines.joined(separator: "\n")
  }
}

extension FormColumn {
  /// A column of a table by what the catalogue says of its field.
  init(_ column: ColumnTable.Column, _ field: RecordShape.Field?, need: Need, rules: [String]) {
    header = column.names.first ?? column.field
    self.need = need
    self.rules = rules
    unit = field.flatMap { Self.unit(of: $0) }
    source = field?.source
    switch (column.cell, field?.shape) {
    case (_, .word(let table)?) where table.isOpen:
      taking = .names(table.entries.map(\.label.zh))
    case (_, .word(let table)?): taking = .word(table)
    case (_, .list(.word(let table), _)?): taking = .words(table)
    case (_, .list(.record(let item), _)?): taking = .list(item)
    case (.code, _): taking = .code
    case (.degrees, _): taking = .degrees
    case (.day, _): taking = .day
    case (.percent, _): taking = .percent
    case (.number, _): taking = .number
    case (.wholeNumber, _): taking = .wholeNumber
    case (.flag, _): taking = .flag
    default: taking = .text
    }
    if header.last != "）", let unit, !unit.isEmpty { header += "（\(unit)）" }
  }

  /// The unit of a number, as its label or its declaration says.
  static func unit(of field: RecordShape.Field) -> String? {
    if let unit = field.unit {
      let word = UnitWord.of(unit)?.word.zh ?? unit
      return word.isEmpty ? nil : word
    }
    let label = field.meaning.zh
    guard label.last == "）", let open = label.lastIndex(of: "（") else {
      return field.name.hasSuffix("beds") ? "张" : nil
    }
    return String(label[label.index(after: open)...].dropLast())
  }

  /// How its absence reads.
  static func need(_ absence: Absence) -> Need {
    switch absence {
    case .required: .always
    case .means(.decimal), .meansZero: .zeroWhereBlank
    case .means, .meansNone: .whereThereIsOne
    case .unknown: .whereKnown
    }
  }
}
