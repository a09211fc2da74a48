package import Diagnostics

extension MissingDatum {
  /// What stands at a path (`applications[HB-1].area`, `facts.districts[相山区].occupancy`, `registry[P1].lon`), by the
  /// meanings that the shapes of the inputs give their fields. What no shape knows keeps its path.
  ///
  /// - Parameter subject: the id of the application that is spoken of; a datum of another says whose it is.
  package init(path: String, _ registry: Registry, _ catalogue: Catalogue, subject: String? = nil) {
    let steps = PathSteps(path)
    switch steps.root {
    case "applications":
      let name = Self.ofApplication(steps.fields, catalogue)
      self.init(path: path, name: name, holder: .applicant)
      if let subject, let owner = steps.item, owner != subject {
        self.name = Bilingual(
          zh: "申请 \(owner) 的\(name.zh)", en: "\(name.en), of the application \(owner)")
        holder = .authority
        isOfAnother = true
      }
    case "plan":
      self.init(path: path, name: Self.ofPlan(steps, catalogue), holder: .authority)
    case "registry" where steps.item == nil:
      self.init(
        path: path, name: Bilingual(zh: "定点机构名册", en: "the registry of designated institutions"),
        holder: .authority)
    case "registry":
      let id = steps.item ?? ""
      let who = registry.row(of: id).map { registry.institutions[$0].name } ?? id
      let what = Self.ofInstitution(steps.fields, catalogue)
      self.init(
        path: path,
        name: Bilingual(zh: "定点机构名册中\(who)的\(what.zh)", en: "\(who) in the registry: \(what.en)"),
        holder: .authority)
    default:
      self.init(path: path, name: Self.ofFacts(steps, catalogue), holder: .authority)
    }
  }

  private static let locationFields: Set<String> = ["location", "lon", "lat", "datum"]

  private static func ofApplication(_ fields: [String], _ catalogue: Catalogue) -> Bilingual {
    guard let first = fields.first else { return Bilingual(zh: "申请信息", en: "the application") }
    if locationFields.contains(first) {
      return Bilingual(
        zh: "机构位置的经纬度坐标及所用坐标系", en: "the coordinates of the institution and their datum")
    }
    return withChoices(fields, in: catalogue.application, catalogue)
      // As a neighbour it is asked for what institutions of the registry have.
      ?? withChoices(fields, in: catalogue.neighbour, catalogue) ?? Bilingual(zh: first, en: first)
  }

  private static func ofInstitution(_ fields: [String], _ catalogue: Catalogue) -> Bilingual {
    guard let first = fields.first else { return Bilingual(zh: "登记信息", en: "entry") }
    if locationFields.contains(first) {
      return Bilingual(zh: "经纬度坐标及坐标系", en: "coordinates and their datum")
    }
    return withChoices(fields, in: catalogue.neighbour, catalogue)
      ?? Bilingual(zh: "登记信息", en: "entry")
  }

  /// A field with the words that it may have, which tell people what to write; nil where the shape has no such field.
  private static func withChoices(
    _ fields: [String], in shape: RecordShape, _ catalogue: Catalogue
  ) -> Bilingual? {
    guard let first = shape.fields.first(where: { $0.name == fields.first }) else { return nil }
    guard fields.count == 1, case .word(let table) = first.shape, !table.isOpen else {
      return DatumMeaning(fields, in: shape, catalogue).name
    }
    return Bilingual(
      zh: first.meaning.zh + "（" + table.entries.map(\.label.zh).joined(separator: "、") + "，择一）",
      en: first.meaning.en + " (" + table.entries.map(\.label.en).joined(separator: ", ") + ")")
  }

  private static func ofPlan(_ steps: PathSteps, _ catalogue: Catalogue) -> Bilingual {
    let isOfDistrict = steps.fields.first == "districts"
    let meaning = DatumMeaning(
      steps.fields.dropFirst(isOfDistrict ? 1 : 0),
      in: isOfDistrict ? catalogue.planDistrict : catalogue.plan, catalogue)
    let whole = Bilingual(zh: "规划内容", en: "the plan")
    guard isOfDistrict, let district = steps.item else { return meaning.name ?? whole }
    return meaning.name(of: Bilingual(zh: district, en: district))
      ?? Bilingual(zh: "\(district)的\(whole.zh)", en: "what the plan says of \(district)")
  }

  private static func ofFacts(_ steps: PathSteps, _ catalogue: Catalogue) -> Bilingual {
    let isOfDistrict = steps.fields.first == "districts"
    let meaning = DatumMeaning(
      steps.fields.dropFirst(isOfDistrict ? 1 : 0),
      in: isOfDistrict ? catalogue.district : catalogue.facts, catalogue)
    guard isOfDistrict else {
      return meaning.name(of: Bilingual(zh: "全市", en: "the city"))
        ?? Bilingual(zh: "基础数据", en: "the year's figures")
    }
    guard let district = steps.item else {
      return Bilingual(zh: "各区县基础数据", en: "the figures of the districts")
    }
    return meaning.name(of: Bilingual(zh: district, en: district))
      ?? Bilingual(zh: "\(district)的基础数据", en: "the figures of \(district)")
  }
}

extension Catalogue {
  /// What may stand at a path of the facts; nil where no shape says.
  package func factsShape(at path: String) -> Shape? {
    let steps = PathSteps(path)
    guard steps.root == "facts" else { return nil }
    var shape = Shape.record(facts)
    for step in steps.fields {
      switch shape {
      case .record(let record):
        guard let field = record.shape(of: step) else { return nil }
        shape = field
      case .list(.record(let record), _):
        guard let field = record.shape(of: step) else { return nil }
        shape = field
      case .byYear(let item), .byCategory(let item, _): shape = item
      default: return nil
      }
    }
    return shape
  }
}

extension RecordShape {
  fileprivate func shape(of field: String) -> Shape? {
    fields.first { $0.name == field }?.shape
  }
}

/// What the fields of a path mean, by the shapes that they lead through, as an official would call it: the last field's own name
/// where that says enough, framed by what stands around it where it does not.
private struct DatumMeaning {
  /// Nil where the path names no field.
  private(set) var name: Bilingual?

  init(_ steps: some Sequence<String>, in start: RecordShape, _ catalogue: Catalogue) {
    var shape = start
    var frame: Bilingual?
    var list: Bilingual?
    var item: String?
    for step in steps {
      if PathSteps.isYear(step) {
        name = Self.framed(
          Bilingual(zh: step, en: step),
          frame ?? name.map { Bilingual(zh: "{} 年\($0.zh)", en: "\($0.en), {}") })
      } else if let field = shape.fields.first(where: { $0.name == step }) {
        name = Self.framed(field.label, frame)
        frame = field.frame
        switch field.shape {
        case .record(let inner): shape = inner
        case .list(.record(let inner), _):
          list = name
          shape = inner
        default: shape = Self.noFields
        }
      } else if let category = catalogue.words.category.entries.first(where: { $0.word == step }) {
        name = Self.framed(
          category.label, name.map { Bilingual(zh: "\($0.zh)（{}）", en: "\($0.en) ({})") })
      } else if list != nil, item == nil {
        item = step
      } else {
        name = Bilingual(zh: step, en: step)
      }
    }
    if let list, let last = name, last != list {
      name = Bilingual(
        zh: "\(list.zh)中\(item ?? "")的\(last.zh)",
        en: "\(list.en)" + (item.map { " (\($0))" } ?? "") + ": \(last.en)")
    }
  }

  private static let noFields = RecordShape("", [])

  private static func framed(_ name: Bilingual, _ frame: Bilingual?) -> Bilingual {
    guard let frame else { return name }
    return Bilingual(
      zh: frame.zh.replacing("{}", with: name.zh), en: frame.en.replacing("{}", with: name.en))
  }

  /// With whose it is; nil where the path names no field.
  func name(of whose: Bilingual) -> Bilingual? {
    guard let name else { return nil }
    let startsWithNumber = name.zh.utf8.first.map { $0 < 0x80 } ?? false
    return Bilingual(
      zh: whose.zh + (startsWithNumber ? " " : "") + name.zh,
      en: name.en + (name.en.contains(",") ? ", of " : " of ") + whose.en)
  }
}

/// A path cut into its root, the item in brackets, and the fields: `facts.districts[相山区].beds.tcm`.
private struct PathSteps {
  var root = ""
  /// What stands in the first brackets that are not about a year.
  var item: String?
  var fields: [String] = []

  init(_ path: String) {
    var step = ""
    var names: [String] = []
    var isInBrackets = false
    for character in path {
      switch (character, isInBrackets) {
      case ("[", false):
        isInBrackets = true
        if !step.isEmpty { names.append(step) }
        step = ""
      case ("]", true):
        isInBrackets = false
        if item == nil, !Self.isYear(step) { item = step } else { names.append(step) }
        step = ""
      case (".", false):
        if !step.isEmpty { names.append(step) }
        step = ""
      default: step.append(character)
      }
    }
    if !step.isEmpty { names.append(step) }
    root = names.first ?? path
    fields = Array(names.dropFirst())
  }

  static func isYear(_ step: String) -> Bool {
    step.utf8.count == 4 && step.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
