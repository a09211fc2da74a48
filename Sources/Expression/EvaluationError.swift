package import Diagnostics

/// Why an expression came to no value.
package enum EvaluationError: Error, Sendable, Hashable {
  case divisionByZero
  /// The number does not fit its type.
  case overflow
  /// `%` of a number that is no integer.
  case notAnInteger
  case unboundVariable(String)
  case unboundFunction(String)
  /// No form of the function takes these types.
  case noSuchOverload(function: String, types: [String])
  case noSuchKey(String)
  case noSuchField(String)
  case indexOutOfRange(String)
  case unsupportedKey(String)
  case duplicateKey(String)
  /// A value that its function does not accept (`timestamp('yesterday')`).
  case invalidArgument(function: String, value: String)
  case invalidPattern(Bilingual)
  /// More steps than ``Limits/steps``; no operator absorbs it.
  case costExceeded(limit: Int)

  init(_ error: ExactError) {
    switch error {
    case .overflow: self = .overflow
    case .divisionByZero: self = .divisionByZero
    }
  }

  var isCostExceeded: Bool {
    if case .costExceeded = self { true } else { false }
  }

  package var message: Bilingual {
    switch self {
    case .divisionByZero: Bilingual(zh: "除数为零", en: "division by zero")
    case .overflow: Bilingual(zh: "数值超出可表示的范围", en: "the number does not fit")
    case .notAnInteger:
      Bilingual(zh: "`%` 只能用于整数", en: "expected integers on both sides of `%`")
    case .unboundVariable(let name):
      Bilingual(zh: "变量 `\(name)` 没有值", en: "the variable `\(name)` has no value")
    case .unboundFunction(let name):
      Bilingual(zh: "没有函数 `\(name)`", en: "there is no function `\(name)`")
    case .noSuchOverload(let function, let types):
      Bilingual(
        zh: "`\(function)` 不能用于 (\(types.joined(separator: ", ")))",
        en: "`\(function)` does not take (\(types.joined(separator: ", ")))")
    case .noSuchKey(let key): Bilingual(zh: "没有键 `\(key)`", en: "there is no key `\(key)`")
    case .noSuchField(let name):
      Bilingual(zh: "没有字段 `\(name)`", en: "there is no field `\(name)`")
    case .indexOutOfRange(let index):
      Bilingual(zh: "序号 \(index) 超出列表范围", en: "index \(index) is outside the list")
    case .unsupportedKey(let type):
      Bilingual(zh: "`\(type)` 不能作键", en: "a `\(type)` can be no key")
    case .duplicateKey(let key):
      Bilingual(zh: "键 `\(key)` 重复", en: "the key `\(key)` occurs twice")
    case .invalidArgument(let function, let value):
      Bilingual(
        zh: "`\(function)` 不接受 `\(value)`", en: "`\(function)` does not accept `\(value)`")
    case .invalidPattern(let reason):
      Bilingual(zh: "正则表达式有误：\(reason.zh)", en: "the pattern is not valid: \(reason.en)")
    case .costExceeded(let limit):
      Bilingual(
        zh: "表达式求值超过 \(limit) 步的上限",
        en: "the expression takes more than the \(limit) steps allowed")
    }
  }
}
