import Diagnostics

extension MissingDatum {
  /// What stands at a path (`applications[HB-1].area`, `facts.districts[相山区].occupancy`, `registry[P1].lon`), by the
  /// meanings that the shapes of the inputs give their fields. What no shape knows keeps its path.
  ///
  /// - Parameter subject: the id of the application that is spoken of; a datum of another says whose it is.
  init(path: String, _ registry: Registry, _ catalogue: Catalogue, subject: String? = nil) {
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
      let what =
        steps.fields.first.map { Self.locationFields.contains($0) } == true
        ? Bilingual(zh: "经纬度坐标及坐标系", en: "coordinates and their datum")
        : Bilingual(zh: "登记信息", en: "entry")
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
    let meaning = catalogue.application.fields.first { $0.name == first }
    guard let meaning else { return Bilingual(zh: first, en: first) }
    guard case .word(let table) = meaning.shape, !table.isOpen else { return meaning.label }
    // The words that it may have tell an applicant what to write.
    return Bilingual(
      zh: meaning.meaning.zh + "（" + table.entries.map(\.label.zh).joined(separator: "、") + "，择一）",
      en: meaning.meaning.en + " (" + table.entries.map(\.label.en).joined(separator: ", ") + ")")
  }

  private static func ofPlan(_ steps: PathSteps, _ catalogue: Catalogue) -> Bilingual {
    let (zh, en) = words(steps, in: catalogue.plan, catalogue)
    if zh.isEmpty { return Bilingual(zh: "规划内容", en: "the plan") }
    return Bilingual(zh: zh.joined(), en: en.joined(separator: ", "))
  }

  private static func ofFacts(_ steps: PathSteps, _ catalogue: Catalogue) -> Bilingual {
    let (zh, en) = words(steps, in: catalogue.facts, catalogue)
    if zh.isEmpty {
      return steps.fields.isEmpty
        ? Bilingual(zh: "基础数据", en: "the year's figures")
        : Bilingual(zh: "各区县基础数据", en: "the figures of the districts")
    }
    return Bilingual(
      zh: (steps.item == nil ? "全市" : "") + zh.joined(),
      en: en.joined(separator: ", ") + (steps.item == nil ? " of the city" : ""))
  }

  /// What the steps of a path mean, one by one, by the shapes that they lead through.
  private static func words(
    _ steps: PathSteps, in start: RecordShape, _ catalogue: Catalogue
  ) -> (zh: [String], en: [String]) {
    var shape = start
    var zh = steps.item.map { [$0] } ?? []
    var en = zh
    for field in steps.fields {
      if field == "districts" {
        shape = start === catalogue.plan ? catalogue.planDistrict : catalogue.district
        continue
      }
      if PathSteps.isYear(field) {
        zh.append(" \(field) 年")
        en.append(field)
        continue
      }
      guard let known = shape.fields.first(where: { $0.name == field }) else {
        let categories = catalogue.words.category.entries
        let category = categories.first { $0.word == field }?.label
        zh.append(category?.zh ?? field)
        en.append(category?.en ?? field)
        continue
      }
      zh.append(known.label.zh)
      en.append(known.label.en)
      if case .record(let inner) = known.shape { shape = inner }
    }
    return (zh, en)
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
