import Diagnostics

extension MissingDatum {
  /// What stands at a path (`applications[HB-1].area`, `facts.districts[相山区].occupancy`, `registry[P1].lon`), by the
  /// meanings that the shapes of the inputs give their fields. What no shape knows keeps its path.
  init(path: String, _ registry: Registry) {
    let steps = PathSteps(path)
    switch steps.root {
    case "applications":
      self.init(path: path, name: Self.ofApplication(steps.fields), holder: .applicant)
    case "registry":
      let id = steps.item ?? ""
      let name = registry.institutions.first { $0.id == id }?.name
      let who = name.map { "\($0)（\(id)）" } ?? id
      let what =
        steps.fields.first.map { Self.locationFields.contains($0) } == true
        ? Bilingual(zh: "经纬度坐标及坐标系", en: "coordinates and their datum")
        : Bilingual(zh: "登记信息", en: "entry")
      self.init(
        path: path,
        name: Bilingual(zh: "定点机构名册中\(who)的\(what.zh)", en: "\(who) in the registry: \(what.en)"),
        holder: .authority)
    default:
      self.init(path: path, name: Self.ofFacts(steps), holder: .authority)
    }
  }

  private static let locationFields: Set<String> = ["location", "lon", "lat", "datum"]

  private static func ofApplication(_ fields: [String]) -> Bilingual {
    guard let first = fields.first else { return Bilingual(zh: "申请信息", en: "the application") }
    if locationFields.contains(first) {
      return Bilingual(
        zh: "机构位置的经纬度坐标及所用坐标系", en: "the coordinates of the institution and their datum")
    }
    let meaning = Application.shape.fields.first { $0.name == first }
    guard let meaning else { return Bilingual(zh: first, en: first) }
    guard case .word(let table) = meaning.shape else { return meaning.meaning }
    // The words that it may have tell an applicant what to write.
    return Bilingual(
      zh: meaning.meaning.zh + "（" + table.entries.map(\.label.zh).joined(separator: "、") + "，择一）",
      en: meaning.meaning.en + " (" + table.entries.map(\.label.en).joined(separator: ", ") + ")")
  }

  private static func ofFacts(_ steps: PathSteps) -> Bilingual {
    var shape = FactsShape.city
    var zh = steps.item.map { [$0] } ?? []
    var en = zh
    for field in steps.fields {
      if field == "districts" {
        shape = FactsShape.district
        continue
      }
      if PathSteps.isYear(field) {
        zh.append(field + " 年")
        en.append(field)
        continue
      }
      guard let known = shape.fields.first(where: { $0.name == field }) else {
        let category = Category(word: field)?.label
        zh.append(category?.zh ?? field)
        en.append(category?.en ?? field)
        continue
      }
      zh.append(known.meaning.zh)
      en.append(known.meaning.en)
      if case .record(let inner) = known.shape { shape = inner }
    }
    if zh.isEmpty {
      return steps.fields.isEmpty
        ? Bilingual(zh: "基础数据", en: "the year's figures")
        : Bilingual(zh: "各区县基础数据", en: "the figures of the districts")
    }
    return Bilingual(
      zh: (steps.item == nil ? "全市" : "") + zh.joined(separator: " "),
      en: en.joined(separator: ", ") + (steps.item == nil ? " of the city" : ""))
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
