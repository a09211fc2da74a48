import ArgumentParser
import PlanlintKit

/// What the program says of a wrong call or of itself, in the language of the call.
enum ChineseUsage {
  /// The language before any settings are read: that of `--lang`, else of the locale, else Chinese.
  static func isChinese(_ arguments: [String]) -> Bool {
    for (index, argument) in arguments.enumerated() {
      let value =
        argument == "--lang"
        ? arguments.dropFirst(index + 1).first
        : argument.hasPrefix("--lang=") ? String(argument.dropFirst("--lang=".count)) : nil
      // A word that is no language says nothing of one.
      if let value, Configuration.languages.contains(value) { return value == "zh" }
    }
    return Terminal.localeLanguage?.value != "en"
  }

  /// A help page or an error of usage as ArgumentParser words it, in Chinese.
  static func translated(_ message: String) -> String {
    if let path = ChineseHelp.path(inHelp: message), let help = try? ChineseHelp(of: path) {
      return help.page()
    }
    var lines: [String] = []
    for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
      if let rest = after("Error: ", line) {
        lines.append("错误：" + sentence(String(rest)))
      } else if line.hasPrefix("Help: ") {
        // The option by itself, in English; the page has it in Chinese.
        continue
      } else if let rest = after("Usage: ", line) {
        lines.append(
          "用法：" + rest.replacing("<options>", with: "选项").replacing("<subcommand>", with: "<命令>"))
      } else if let rest = after("  See '", line), let end = rest.firstIndex(of: "'") {
        lines.append("  详见 `\(rest[..<end])`。")
      } else {
        lines.append(String(line))
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func after(_ start: String, _ text: some StringProtocol) -> Substring? {
    text.hasPrefix(start) ? Substring(text.dropFirst(start.count)) : nil
  }

  /// The parser's own sentences; others stay as they are.
  private static func sentence(_ text: String) -> String {
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    // `Unknown option '--fromat'. Did you mean '--format'?` has five parts, the second and fourth between the marks.
    guard quoted.count >= 3 else { return text }
    switch quoted[0] {
    case "Unknown option ":
      let meant = quoted.count >= 5 ? "；是否为 `\(quoted[3])`？" : ""
      return "没有选项 `\(quoted[1])`\(meant)"
    case "Missing value for ": return "`\(quoted[1])` 之后应有取值"
    case "Missing expected argument ": return "缺少 `\(quoted[1])`"
    case "Unexpected argument ": return "多余的参数 `\(quoted[1])`"
    case "The value ":
      guard quoted.count >= 5 else { return text }
      return "`\(quoted[3])` 的取值 `\(quoted[1])` 无效"
    default: return text
    }
  }
}

extension ValidationError {
  /// An error of usage in the language of the call.
  init(zh: String, en: String) {
    self.init(ChineseUsage.isChinese(CommandLine.arguments) ? zh : en)
  }
}
