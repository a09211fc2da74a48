import Diagnostics
import Reading

/// The unified social credit code (统一社会信用代码) of GB 32100-2015: 17 characters and a check character.
package enum CreditCode {
  /// Digits and letters but I, O, S, V and Z; a character's place is its value.
  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
  package static let length = 18

  package enum Problem: Equatable {
    case length(Int)
    /// A character that codes do not have.
    case character(Character)
    /// The check character that the first 17 ask for.
    case check(expected: Character)
  }

  /// What is wrong with a code in capitals; nil where nothing is.
  package static func problem(_ code: String) -> Problem? {
    guard code.count == length else { return .length(code.count) }
    var values: [Int] = []
    for character in code {
      guard let byte = character.asciiValue, let value = alphabet.firstIndex(of: byte) else {
        return .character(character)
      }
      values.append(value)
    }
    // The weights are the powers of 3, and the whole is a multiple of 31.
    var sum = 0
    var weight = 1
    for value in values.prefix(length - 1) {
      sum += value * weight
      weight = weight * 3 % 31
    }
    let check = (31 - sum % 31) % 31
    if values.last == check { return nil }
    return .check(expected: Character(Unicode.Scalar(alphabet[check])))
  }
}

extension FieldReader where Value == String {
  /// A unified social credit code whose check character is right; small letters are taken for capitals.
  static var creditCode: FieldReader<String> {
    FieldReader.code.then { found, context in
      let code = found.value.uppercased()
      guard let problem = CreditCode.problem(code) else { return code }
      let shown = Quoting.code(found.value)
      switch problem {
      case .length(let count):
        context.fault(
          found.range, zh: "统一社会信用代码应为 \(CreditCode.length) 位，实际为 \(count) 位：\(shown)",
          en:
            "expected a unified social credit code of \(CreditCode.length) characters, found \(count): \(shown)"
        )
      case .character(let character):
        let wrong = Quoting.code(String(character))
        context.fault(
          found.range, zh: "统一社会信用代码只用数字和大写字母（不含 I、O、S、V、Z），实际含有 \(wrong)：\(shown)",
          en:
            "expected a unified social credit code of digits and letters other than I, O, S, V and Z, found \(wrong) in \(shown)"
        )
      case .check(let expected):
        context.fault(
          found.range, zh: "统一社会信用代码 \(shown) 的校验码不符，末位应为 `\(expected)`，请核对全码",
          en:
            "the check character of the unified social credit code \(shown) is wrong: expected `\(expected)` at the end; check the whole code"
        )
      }
      return nil
    }.described { _ in .text(pattern: "^[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}$") }
  }
}
