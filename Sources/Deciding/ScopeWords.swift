import Cases
import Diagnostics
import Expression
import Policy

/// What people call the scope of a limit.
enum ScopeWords {
  /// The city, the names of the scope, and what a part of a limit counts by its own message.
  ///
  /// - Parameter names: those of the scope's key (a district, a year, a category).
  static func of(_ part: Limit.Part, _ names: [String], _ catalogue: Catalogue) -> Bilingual {
    var (zh, en): ([String], [String]) = ([], [])
    if part.over.contains(.city) {
      zh.append("全市")
      en.append("the whole city")
    }
    for name in names {
      let word = word(name, part, catalogue)
      zh.append(word.zh)
      en.append(word.en)
    }
    if let name = part.name {
      let counted = part.message?.lead ?? Bilingual(zh: "", en: "")
      zh.append(counted.zh.isEmpty ? name : counted.zh)
      en.append(counted.en.isEmpty ? name.replacing("-", with: " ") : counted.en)
    }
    return Bilingual(zh: zh.joined(separator: " "), en: en.joined(separator: ", "))
  }

  private static func word(_ name: String, _ part: Limit.Part, _ catalogue: Catalogue) -> Bilingual
  {
    if part.over.contains(.category),
      let entry = catalogue.words.category.entries.first(where: { $0.word == name })
    {
      return entry.label
    }
    if part.over.contains(.kind),
      let entry = catalogue.words.kind.entries.first(where: { $0.word == name })
    {
      return entry.label
    }
    let isYear = name.utf8.count == 4 && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return Bilingual(zh: isYear && part.over.contains(.year) ? name + " 年" : name, en: name)
  }
}
