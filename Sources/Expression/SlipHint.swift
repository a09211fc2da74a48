import Diagnostics

/// What was probably meant where an expression holds what another language, or a Chinese keyboard, writes.
enum SlipHint {
  /// For a character that begins no token.
  static func of(character: String) -> Bilingual? {
    switch character {
    case "=": Bilingual(zh: "；判断相等请写 `==`", en: "; equality is written `==`")
    case "&": Bilingual(zh: "；“并且”请写 `&&`", en: "; AND is written `&&`")
    case "|": Bilingual(zh: "；“或者”请写 `||`", en: "; OR is written `||`")
    default:
      halfWidth[character].map { form in
        Bilingual(zh: "；请改用半角的 `\(form)`", en: "; expected `\(form)` in its place")
      }
    }
  }

  /// For a word where an operator or a value was expected.
  static func of(word: String) -> Bilingual? {
    switch word.lowercased() {
    case "and": Bilingual(zh: "；“并且”请写 `&&`", en: "; AND is written `&&`")
    case "or": Bilingual(zh: "；“或者”请写 `||`", en: "; OR is written `||`")
    case "not": Bilingual(zh: "；“非”请写 `!`", en: "; NOT is written `!`")
    case "is": Bilingual(zh: "；判断相等请写 `==`", en: "; equality is written `==`")
    default: nil
    }
  }

  private static let halfWidth: [String: String] = [
    "：": ":", "，": ",", "（": "(", "）": ")", "‘": "'", "’": "'", "“": "'", "”": "'", "＝": "==",
    "＞": ">", "＜": "<", "≥": ">=", "≤": "<=", "≠": "!=", "！": "!", "＋": "+", "－": "-", "—": "-",
    "×": "*", "＊": "*", "÷": "/", "／": "/", "？": "?", "［": "[", "］": "]", "【": "[", "】": "]",
    "｛": "{",
    "｝": "}", "．": ".", "。": ".", "＆": "&&", "｜": "||", "、": ",", "；": ",", "０": "0", "１": "1",
    "２": "2",
    "３": "3", "４": "4", "５": "5", "６": "6", "７": "7", "８": "8", "９": "9", "％": "%", "\u{3000}": " ",
  ]
}
