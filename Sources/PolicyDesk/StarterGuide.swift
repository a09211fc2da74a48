import Cases
import Diagnostics
import Policy
import Reading
import Workbooks

/// The sheet 填表说明 of a form: how it is filled in, what each column takes, and the words that may stand there.
struct StarterGuide {
  let facts: FactsForm
  private(set) var rows: [[SheetCell]] = []
  /// By list of words: the first and the last row that holds them, from 1.
  private var lists: [String: ClosedRange<Int>] = [:]
  private let starter: StarterFiles

  init(
    _ starter: StarterFiles, applications: [FormColumn], registry: [FormColumn], facts: FactsForm
  ) {
    self.starter = starter
    self.facts = facts
    introduction()
    columns([
      ("申请", applications), ("名册", registry), ("基础数据", facts.columns.map(\.column)),
    ])
    words(applications + registry + facts.columns.map(\.column))
  }

  private func say(_ zh: String, _ en: String) -> String { starter.say(zh, en) }

  private mutating func introduction() {
    let policy = starter.policy
    let city = starter.title[starter.language]
    rows.append([SheetCell(say("\(city)定点申请填表说明", "\(city): how to fill in this workbook"), .title)]
    )
    let lines = [
      say(
        "本工作簿供政策档案 \(policy.id) 使用，依据\(policy.document.title)。",
        "For the profile \(policy.id), by \(policy.document.title)."),
      say(
        "1. 申请：每行一件申请。第二行为示例，首格为 示例 的行不计入申请，可以保留。黄色列名为必填。",
        "1. 申请: a row an application. The second row is an example: a row that begins with 示例 is none. Columns with a yellow name are required."
      ),
      say(
        "2. 名册：每行一家现有定点机构，含拟退出的机构。只有表头的，视为未提供名册；本地确无定点机构的，检查时用 --registry 指明本工作簿的名册工作表。",
        "2. 名册: a row an institution that is designated now, those that are leaving included. With nothing below its header it is not given; where there is truly none, name the sheet with --registry."
      ),
      say(
        "3. 基础数据：第一行为全市，以下每个区县一行。没有填写任何数据的，视为未提供基础数据。",
        "3. 基础数据: the first row is of the city, then one a district. With no figure in it, it is not given."
      ),
      say(
        "4. 不掌握或不适用的留空，不要填 0。编号、信用代码、日期和坐标各列已设为文本格式，请照原样填写，不要改动格式。",
        "4. Leave empty what is not known or does not apply, never put 0. Codes, days and coordinates are text: leave the format as it is."
      ),
      say(
        "5. 列名受保护，不能改动；各列可以加宽，可以插入和删除各行。",
        "5. Names of columns are protected. Columns can be made wider, rows added and taken away."
      ),
      say(
        "6. 填好后检查：planlint --city \(starter.city) 文件名.xlsx；带结论的工作簿：再加 --format xlsx=结果.xlsx。",
        "6. To check: planlint --city \(starter.city) FILE.xlsx; for a workbook with the verdicts add --format xlsx=RESULT.xlsx."
      ),
    ]
    for line in lines { rows.append([SheetCell(line)]) }
    if !facts.others.isEmpty {
      let names = facts.others.joined(separator: "、")
      rows.append([
        SheetCell(
          say(
            "7. 以下数据一格填不下，请用 YAML 格式的基础数据文件提供：\(names)。",
            "7. No cell can hold these figures; give them in a facts file in YAML: \(names)."))
      ])
    }
    rows.append([])
  }

  private mutating func columns(_ sheets: [(name: String, columns: [FormColumn])]) {
    rows.append([SheetCell(say("各列说明", "the columns"), .title)])
    rows.append(
      (starter.language == .zh
        ? ["工作表", "列", "填写内容", "单位", "可否留空", "资料来源", "用到它的规则和条款"]
        : [
          "sheet", "column", "expected", "unit", "may it be empty", "source", "rules that need it",
        ])
        .map { SheetCell($0, .header) })
    for (name, columns) in sheets {
      for column in columns {
        rows.append(
          [
            name, column.header, column.expected(starter.language), column.unit ?? "",
            column.blank(starter.language), column.source?[starter.language] ?? "",
            column.grounds(starter.policy),
          ].map { SheetCell($0, .wrapped) })
      }
    }
    rows.append([])
  }

  private mutating func words(_ columns: [FormColumn]) {
    rows.append([SheetCell(say("可填的词", "words"), .title)])
    for column in columns {
      guard let list = Self.list(column), lists[list.key] == nil, !list.words.isEmpty else {
        continue
      }
      rows.append([SheetCell(list.title, .strong)])
      lists[list.key] = (rows.count + 1)...(rows.count + list.words.count)
      for (word, meaning) in list.words {
        rows.append([SheetCell(""), SheetCell(word), SheetCell(meaning)])
      }
    }
  }

  /// The words of a column, each with what the program calls it.
  private static func list(
    _ column: FormColumn
  ) -> (key: String, title: String, words: [(word: String, code: String)])? {
    switch column.taking {
    case .word(let table), .words(let table):
      // Columns of the same words share one list.
      return (table.field, table.label.zh, table.entries.map { ($0.label.zh, $0.word) })
    case .names(let names):
      let title = String(column.header.prefix { $0 != "（" })
      return (title, title, names.map { ($0, "") })
    case .flag: return ("flag", "是否", [("是", "true"), ("否", "false")])
    default: return nil
    }
  }

  /// What a column offers, from the words of this sheet.
  func choice(_ column: FormColumn, at index: Int, rows: ClosedRange<Int>) -> SheetForm.Choice? {
    guard let list = Self.list(column), let place = lists[list.key] else { return nil }
    let isStrict =
      switch column.taking {
      case .word, .flag: true
      default: false
      }
    return SheetForm.Choice(
      column: index, rows: rows,
      source: "填表说明!$B$\(place.lowerBound):$B$\(place.upperBound)", isStrict: isStrict,
      prompt: column.expected(starter.language))
  }
}
