import Diagnostics
import Expression
import Policy
import Reading

/// What a profile says of one of its names, from the tree of its text, so that it is known of a profile at fault too.
struct ProfileItem {
  let name: String
  let section: String
  private let node: Node
  private let profile: Node

  /// - Parameter profile: the tree of the whole profile.
  init?(_ name: String, in sections: [String], of profile: Node) {
    for section in sections {
      guard let entry = profile[section]?.entries?.first(where: { $0.key == name }) else {
        continue
      }
      self.name = name
      self.section = section
      node = entry.value
      self.profile = profile
      return
    }
    return nil
  }

  private static let names = [
    "parameters", "figures", "conditions", "circles", "tallies", "allocations",
  ]

  /// The item that a symbol names; of the law its provision.
  init?(_ symbol: Symbol, of profile: Node) {
    let sections =
      switch symbol.kind {
      case .law: ["provisions"]
      case .name: Self.names
      case .reading: ["readings"]
      case .exemption: ["exemptions"]
      case .exception: ["exceptions"]
      case .priority: ["priorities"]
      case .field, .word: [String]()
      }
    self.init(symbol.name, in: sections, of: profile)
  }

  /// What the section holds, in a word.
  var kind: Bilingual {
    switch section {
    case "provisions": Bilingual(zh: "条款", en: "provision")
    case "parameters": Bilingual(zh: "参数", en: "parameter")
    case "figures": Bilingual(zh: "计算数", en: "figure")
    case "conditions": Bilingual(zh: "条件", en: "condition")
    case "circles": Bilingual(zh: "圆", en: "circle")
    case "tallies": Bilingual(zh: "计数", en: "tally")
    case "allocations": Bilingual(zh: "分配", en: "allocation")
    case "readings": Bilingual(zh: "读法", en: "reading")
    case "exemptions": Bilingual(zh: "豁免", en: "exemption")
    case "exceptions": Bilingual(zh: "例外", en: "exception")
    default: Bilingual(zh: "优先", en: "priority")
    }
  }

  private func texts(_ key: String) -> [String] {
    guard let node = node[key] else { return [] }
    return node.items?.compactMap(\.scalar?.text) ?? [node.scalar?.text].compactMap(\.self)
  }

  private func text(_ key: String) -> String? { texts(key).first }

  /// One line beside the name: the place of a provision, a parameter's value, a formula.
  func detail(_ language: Language) -> String {
    switch section {
    case "provisions": [text("at"), modality(language)].compactMap(\.self).joined(separator: " · ")
    case "parameters": value(language)
    case "figures": texts("value").first ?? texts("first").first ?? ""
    case "conditions": node.scalar?.text ?? ""
    case "circles": text("within").map { radius($0, language) } ?? ""
    case "tallies": text("sum") ?? ""
    case "allocations": text("total") ?? ""
    case "readings": text("value") ?? ""
    default: label(language) ?? ""
    }
  }

  private func modality(_ language: Language) -> String? {
    text("modality").flatMap(Modality.init(rawValue:))?.word[language]
  }

  private func value(_ language: Language) -> String {
    let unit = text("unit") ?? ""
    let word = UnitWord.of(unit)?.word[language] ?? unit
    return [text("value") ?? "", word].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func radius(_ name: String, _ language: Language) -> String {
    let value = ProfileItem(name, in: ["parameters"], of: profile)?.value(language)
    return value.map { "\(name) = \($0)" } ?? name
  }

  private func label(_ language: Language) -> String? {
    node["name"]?[language.rawValue]?.scalar?.text
  }

  /// The sentence of a provision, or the first of several.
  var quote: String? { section == "provisions" ? text("quote") : nil }

  /// Everything that the profile says of it, in Markdown.
  func markdown(_ language: Language) -> String {
    let isChinese = language == .zh
    var lines = ["**\(name)** · \(kind[language])"]
    func code(_ text: String) { lines.append("```cel\n\(text)\n```") }
    func say(_ zh: String, _ en: String, _ text: String?) {
      if let text, !text.isEmpty { lines.append((isChinese ? zh + "：" : en + ": ") + text) }
    }
    switch section {
    case "provisions":
      lines.append(detail(language))
      lines += texts("quote").map { "> " + $0 }
    case "parameters":
      lines.append("`\(value(language))`")
      say("其他取值", "alternatives", texts("alternatives").joined(separator: isChinese ? "、" : ", "))
    case "conditions": code(node.scalar?.text ?? "")
    case "figures":
      (texts("value") + texts("first")).forEach(code)
      say("单位", "unit", text("unit"))
    case "circles":
      say("半径", "radius", text("within").map { radius($0, language) })
      say("坐标精度", "accuracy", text("accuracy").map { radius($0, language) })
      text("where").map(code)
    case "tallies": text("where").map(code)
    case "allocations":
      say("总量", "total", text("total").map { "`\($0)`" })
      say("权重", "weight", text("weight").map { "`\($0)`" })
      say("单位", "unit", text("unit"))
    case "readings":
      say("所取", "taken", text("value"))
      say("其他读法", "alternatives", texts("alternatives").joined(separator: isChinese ? "、" : ", "))
      text(language.rawValue).map { lines.append($0) }
    default:
      label(language).map { lines.append($0) }
      text("when").map(code)
    }
    say("读法", "reading", node["reading"]?[language.rawValue]?.scalar?.text)
    say("说明", "note", node["note"]?[language.rawValue]?.scalar?.text)
    for basis in texts("basis") {
      guard let provision = ProfileItem(basis, in: ["provisions"], of: profile) else { continue }
      lines.append("\(basis) · \(provision.detail(language))")
      lines += provision.texts("quote").map { "> " + $0 }
    }
    return lines.joined(separator: "\n\n")
  }

  /// Every name of some sections with its item, in the order of the profile.
  static func all(_ sections: [String], of profile: Node?) -> [ProfileItem] {
    guard let profile else { return [] }
    return sections.flatMap { section in
      (profile[section]?.entries ?? []).compactMap {
        ProfileItem($0.key, in: [section], of: profile)
      }
    }
  }

  /// All that expressions can call by its name alone.
  static func named(of profile: Node?) -> [ProfileItem] { all(names, of: profile) }
}
