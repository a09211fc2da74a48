import ArgumentParser

/// Options whose value is one of a few words.
enum Choice {
  /// A word that is none of them is a usage error with the nearest.
  static func check(_ value: String?, _ option: String, _ words: [String]) throws {
    guard let value, !words.contains(value) else { return }
    let known =
      words.count == 2
      ? words.map { "`\($0)`" }.joined(separator: " or ")
      : "one of " + words.joined(separator: ", ")
    let options = words.map { "`\($0)`" }.joined(separator: words.count == 2 ? " 或 " : "、")
    throw ValidationError(
      zh: "\(option)：应为 \(options)\(words.count == 2 ? "" : " 之一")，实际为 `\(value)`"
        + Suggestion.chinese(value, among: words),
      en: "\(option): expected \(known), found `\(value)`" + Suggestion.of(value, among: words))
  }
}
