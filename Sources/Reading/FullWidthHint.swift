import Diagnostics

/// Full-width marks where YAML wants those of ASCII.
enum FullWidthHint {
  /// For a line that cannot be read, or a text that stands where a mapping was expected; nil where it holds none that could matter.
  static func of(_ text: String) -> Bilingual? {
    let mark = text.first { "：，｛｝［］【】＃".contains($0) }
    // A colon of ASCII before it has ended the name: what follows is text.
    guard let mark, let form = forms[mark] else { return nil }
    if mark == "：", let colon = text.firstRange(of: ": "), let own = text.firstIndex(of: mark),
      colon.lowerBound < own, !text[..<own].contains("{")
    {
      return nil
    }
    return Bilingual(
      zh: "；`\(mark)` 是全角符号，请改用半角的 `\(form)`", en: "; `\(mark)` is full-width: write `\(form)`")
  }

  private static let forms: [Character: String] = [
    "：": ": ", "，": ", ", "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]", "＃": "#",
  ]
}
