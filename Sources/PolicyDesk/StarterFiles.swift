import Cases
package import Checks
package import Diagnostics
import Policy
import Reading

/// The inputs that a profile's rules need, with nothing filled in: `planlint init`.
///
/// Only fields that a rule looks at are there, each with what it is, where it is found and which rules need it. What is left blank
/// is never taken for a number or for nothing: a check names every blank of all files at once. What is deleted is unknown.
package struct StarterFiles: Sendable {
  package struct File: Sendable {
    package var name: String
    package var text: String
  }

  let policy: Policy
  let districts: [TenantDistrict]
  let city: String
  let title: Bilingual
  let year: Int
  let language: Language
  let use: FieldUse

  /// `year` nil takes the first of the profile's span: the clock is never asked.
  package init(
    _ library: PolicyLibrary, city name: String, profile: String?, year: Int?, language: Language
  ) throws(Faults) {
    let tenant = try library.tenant(meaning: name)
    let place = library.place(name, tenant)
    let entry: Tenant.ProfileEntry?
    if let profile {
      entry = try library.entry(named: profile, of: tenant)
    } else if let year, let day = CalendarDay(year: year, month: 12, day: 31) {
      entry = tenant.profile(on: day)?.entry
    } else {
      entry = tenant.profiles.last
    }
    guard let entry else {
      throw Faults(Fault(path: "", zh: "没有适用的政策档案", en: "no profile applies"))
    }
    policy = try library.policy(entry, of: tenant)
    districts = tenant.districts
    city = place ?? tenant.id
    title =
      tenant.covers.first { $0.id == place }.map {
        Bilingual(zh: $0.names.last ?? $0.id, en: $0.id)
      } ?? tenant.title
    self.year = year ?? entry.from.year
    self.language = language
    use = FieldUse(policy)
  }

  package var files: [File] {
    [
      File(name: "applications.yaml", text: text(applications)),
      File(name: "facts.yaml", text: text(facts)), File(name: "registry.csv", text: registry),
      File(name: "waivers.yaml", text: text(waivers)), File(name: "plan.yaml", text: text(plan)),
    ]
  }

  private func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }

  func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private func heading(_ zh: String, _ en: String) -> [String] {
    [
      say(
        "# \(title.zh)\(zh)，供政策档案 \(policy.id) 使用。",
        "# \(title.en): \(en), for the profile \(policy.id)."),
      say(
        "# 在冒号后填写。不掌握或不适用的请删去整行，不要填 0：planlint 会指出哪条规则缺少它。",
        "# Fill in after the colons. Delete the line of what is not known or does not apply, never put 0: planlint says which rule lacks it."
      ),
      say(
        "# 各项之后：含义；来源；用到它的规则。",
        "# After each: what it is; where it is found; the rules that need it."),
    ]
  }

  // MARK: Lines

  /// A field to be filled in, with its comment.
  private func blank(
    _ key: String, _ meaning: Bilingual?, path: String, source: Bilingual? = nil, indent: Int
  ) -> String {
    let start = String(repeating: " ", count: indent) + key + ":"
    let comment = comment(meaning, path, source)
    if comment.isEmpty { return start }
    return start + String(repeating: " ", count: max(2, 30 - start.count)) + "# " + comment
  }

  private func comment(_ meaning: Bilingual?, _ path: String, _ source: Bilingual?) -> String {
    let rules = use.rules(of: path)
    let shown = 6
    var names = rules.prefix(shown).joined(separator: say("、", ", "))
    if rules.count > shown {
      names += say(" 等 \(rules.count) 条", " and \(rules.count - shown) more")
    }
    return [meaning?[language], source?[language], names.isEmpty ? nil : names].compactMap(\.self)
      .joined(separator: say("；", "; "))
  }

  private func choices(_ table: VocabularyTable, indent: Int) -> String {
    let words = table.entries.map { "\($0.word) \($0.label[language])" }
    return String(repeating: " ", count: indent) + "# "
      + say("可填：", "one of: ") + words.joined(separator: say("，", ", "))
  }

  /// How a tenant's own field is written, where its name does not say so.
  private func hints(_ shape: Shape, indent: Int) -> [String] {
    let hint: String
    switch shape {
    case .flag: hint = "true / false"
    case .list(.record(let item), _):
      hint = "[{" + item.fields.map { "\($0.name): …" }.joined(separator: ", ") + "}]"
    default: return []
    }
    return [String(repeating: " ", count: indent) + "# " + say("写作 ", "as ") + hint]
  }

  /// The fields of a record that rules look at.
  private func fields(
    _ shape: RecordShape, path: String, source around: Bilingual? = nil, indent: Int,
    leaving: Set<String> = []
  ) -> [String] {
    var lines: [String] = []
    for field in shape.fields where !leaving.contains(field.name) {
      let fieldPath = "\(path).\(field.name)"
      if use.rules(of: fieldPath).isEmpty { continue }
      let start = String(repeating: " ", count: indent)
      let source = field.source ?? around
      let line = blank(field.name, field.label, path: fieldPath, source: source, indent: indent)
      switch field.shape {
      case .record(let inner):
        let inside = fields(inner, path: fieldPath, source: source, indent: indent + 2)
        if inside.isEmpty { continue }
        lines.append("\(start)\(field.name):  # \(field.meaning[language])")
        lines += inside
      case .byCategory where field.name == "stock" || field.name == "planned":
        // Counted or computed where it is not there.
        lines.append(line)
        let words = use.categories(of: fieldPath).map {
          "\(policy.catalogue.words.category[$0].word): …"
        }
        lines.append(start + say("# 写作 ", "# as ") + "{\(words.joined(separator: ", "))}")
      case .byCategory:
        lines.append(line)
        lines += entries(fieldPath, indent: indent + 2)
      case .byYear(let item):
        lines.append(line)
        for year in years(of: field.name) {
          lines.append("\(start)  \(year):")
          if case .byCategory = item { lines += entries(fieldPath, indent: indent + 4) }
        }
      case .word(let table), .list(.word(let table), _):
        lines.append(choices(table, indent: indent))
        lines.append(line)
      case .list where !field.isOwn: continue
      default:
        lines += hints(field.shape, indent: indent)
        lines.append(line)
      }
    }
    return lines
  }

  private func entries(_ path: String, indent: Int) -> [String] {
    use.categories(of: path).map { category in
      let category = policy.catalogue.words.category[category]
      let start = String(repeating: " ", count: indent) + category.word + ":"
      return start + String(repeating: " ", count: max(2, 30 - start.count))
        + "# \(category.label[language])"
    }
  }

  func years(of field: String) -> [Int] {
    switch field {
    case "terminated": [year - 1]
    case "admitted": [year]
    default: Array(policy.from.year...policy.to.year)
    }
  }

  /// A list of districts; one to be copied where the tenant does not list its own.
  private func list(_ shape: RecordShape, path: String, name: String, withCodes: Bool) -> [String] {
    var lines: [String] = []
    let rest = fields(shape, path: path, indent: 4, leaving: [name, "code"])
    if districts.isEmpty {
      lines.append(
        say("  # 每个区县一段，照此重复。", "  # One such part for every district."))
    }
    for district in districts.isEmpty ? [nil] : districts.map(Optional.some) {
      lines.append("  - \(name):" + (district.map { " \($0.name)" } ?? ""))
      if withCodes, let code = district?.code { lines.append("    code: \"\(code)\"") }
      lines += rest
    }
    return lines
  }

  // MARK: Files

  private var applications: [String] {
    var lines = heading("定点申请（applications/1）", "applications (applications/1)")
    lines += [
      "planlint: applications/1", "city: \(city)",
      say(
        "# as_of: \(year)-12-31  # 决定日期；缺省为最晚的申请日期",
        "# as_of: \(year)-12-31  # day of decision; default: the last submission"),
      "facts: facts.yaml", "registry: registry.csv",
      say(
        "datum:                        # 坐标系：wgs84、cgcs2000、gcj02（高德、腾讯）、bd09（百度）",
        "datum:                        # datum of the locations: wgs84, cgcs2000, gcj02 (Amap, Tencent) or bd09 (Baidu)"
      ),
      "applications:",
      say("  # 每件申请一段，照此重复。", "  # One such part for every application."),
    ]
    let entries = policy.catalogue.applicationEntries
    for entry in entries.filter(\.isRequired) { lines += field(of: entry) }
    for entry in entries where !entry.isRequired {
      let path = "application.\(entry.name)"
      if use.rules(of: path).isEmpty, entry.role != .beds, entry.role != .district { continue }
      switch entry.role {
      case .location:
        lines.append(
          blank(
            entry.name, Bilingual(zh: "机构位置，度", en: "where it lies, degrees"), path: path, indent: 4
          ))
        lines += [
          say("      lon:                     # 经度", "      lon:                     # longitude")
        ]
        lines += [
          say("      lat:                     # 纬度", "      lat:                     # latitude")
        ]
      case .beds:
        lines += [
          say(
            "    # 申请住院类别的必填，其余删去。",
            "    # Required where inpatient is requested; delete it elsewhere.")
        ]
        lines += self.field(of: entry)
      default: lines += self.field(of: entry)
      }
    }
    return lines
  }

  private func field(of entry: ApplicationEntry) -> [String] {
    var lines: [String] = []
    switch entry.field.shape {
    case .word(let table) where !table.entries.isEmpty, .list(.word(let table), _):
      lines.append(choices(table, indent: 4))
    case let shape where entry.field.isOwn: lines += hints(shape, indent: 4)
    default: break
    }
    let line = blank(
      entry.name, entry.field.label, path: "application.\(entry.name)", indent: 4)
    lines.append(entry.role == .id ? line.replacing("    id:", with: "  - id:") : line)
    return lines
  }

  private var facts: [String] {
    var lines = heading("基础数据（facts/1）", "the year's figures (facts/1)")
    lines += ["planlint: facts/1", "city: \(city)", "year: \(year)"]
    lines += fields(
      policy.catalogue.facts, path: "facts", indent: 0,
      leaving: ["planlint", "city", "year", "districts"])
    lines.append("districts:")
    lines += list(policy.catalogue.district, path: "district", name: "name", withCodes: true)
    return lines
  }

  private var registry: String {
    let columns = policy.catalogue.institutionEntries.filter { $0.role != .location }.map(\.name)
    return columns.joined(separator: ",") + ",x-note\n"
      + String(repeating: ",", count: columns.count)
      + say(
        "请从本行起填写现有定点机构；没有的删去本行\n",
        "fill in the institutions designated already from this line on; delete it where there are none\n"
      )
  }

  private var waivers: [String] {
    let rules = policy.rules.filter { $0.subject == .application && $0.modality == .inPrinciple }
      .map { "\($0.id) (\($0.name))" }
    return [
      say(
        "# \(title.zh)批准例外和裁量决定（waivers/1），检查时用 --waivers waivers.yaml 给出。",
        "# \(title.en): recorded waivers and rulings (waivers/1); give them with --waivers waivers.yaml."
      ),
      say(
        "# 批准例外（waivers）只能答复原则性规定：\(rules.isEmpty ? "本档案没有" : rules.joined(separator: "、"))。",
        "# Waivers answer rules in principle alone: \(rules.isEmpty ? "this profile has none" : rules.joined(separator: ", "))."
      ),
      say(
        "# 裁量决定（rulings）答复结果为需人工裁量的规则，结果写 pass（符合）或 fail（不符合），全批按此重新计算。",
        "# Rulings answer what is left to a person (review), with pass or fail; the whole batch is decided with them."
      ),
      say(
        "# 填写时删去 []，并去掉以下各行开头的 #。",
        "# To fill in, delete the [] and the # that begins the lines below."),
      "planlint: waivers/1", "waivers: []",
      say("#  - application:  # 申请编号", "#  - application:  # id of the application"),
      say("#    rule:         # 规则编号", "#    rule:         # id of the rule"),
      say("#    authority:    # 批准机关", "#    authority:    # the authority"),
      say("#    document:     # 批准文号", "#    document:     # its document"),
      say("#    reason:       # 批准理由", "#    reason:       # the reason"),
      say(
        "#    expires:      # 有效期至，如 \(year)-12-31",
        "#    expires:      # the last day, as \(year)-12-31"),
      "rulings: []",
      say("#  - application:  # 申请编号", "#  - application:  # id of the application"),
      say("#    rule:         # 规则编号", "#    rule:         # id of the rule"),
      say(
        "#    category:     # 申请有几个类别时，所裁量的类别",
        "#    category:     # where the application has several, the one that it speaks of"),
      say("#    outcome:      # pass 或 fail", "#    outcome:      # pass or fail"),
      say("#    authority:    # 裁量机关", "#    authority:    # the authority"),
      say("#    document:     # 文号", "#    document:     # its document"),
      say("#    reason:       # 理由", "#    reason:       # the ground"),
      say(
        "#    decided:      # 决定日期，如 \(year)-04-20",
        "#    decided:      # the day of the decision, as \(year)-04-20"),
    ]
  }

  private var plan: [String] {
    var lines = heading("资源配置规划或年度配置计划（plan/1）", "a plan (plan/1)")
    lines += [
      "planlint: plan/1", "city: \(city)",
      say(
        "scope: city                   # 区县计划写 district，并加一行 district: 区县名称",
        "scope: city                   # of a district's plan: district, and a line `district:` with its name"
      ),
      say(
        "year:                         # 计划年份", "year:                         # year of the plan"),
      "facts: facts.yaml",
    ]
    lines += fields(
      policy.catalogue.plan, path: "plan", indent: 0,
      leaving: ["planlint", "city", "scope", "district", "year", "facts", "registry", "districts"])
    let ofDistricts = fields(
      policy.catalogue.planDistrict, path: "plan_district", indent: 4, leaving: ["district"])
    if !ofDistricts.isEmpty {
      lines.append("districts:")
      lines += list(
        policy.catalogue.planDistrict, path: "plan_district", name: "district", withCodes: false)
    }
    return lines
  }
}
