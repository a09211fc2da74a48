import Foundation
import TestSupport
import Testing

@testable import planlint

@Suite("Help is there in both languages")
struct ChineseHelpTests {
  private static func walk(
    _ command: CommandDescription, _ path: [String], _ body: (CommandDescription, [String]) -> Void
  ) {
    body(command, path)
    for next in command.subcommands ?? [] where next.commandName != "help" {
      walk(next, path + [next.commandName], body)
    }
  }

  @Test func `every command and option has its Chinese, and no text is left over`() throws {
    var missing: [String] = []
    var used: Set<String> = ["help"]
    Self.walk(try CommandDescription.all(), []) { command, path in
      let name = path.joined(separator: " ")
      if ChineseHelp.text(of: path) == nil { missing.append(name) }
      used.insert(name)
      if command.discussion?.isEmpty == false {
        if ChineseHelp.text(of: path, isMore: true) == nil { missing.append(name + "…") }
        used.insert(name + "…")
      }
      for argument in command.arguments ?? [] {
        let label =
          argument.isPositional
          ? "<\(argument.valueName ?? "")>" : argument.preferredName?.dashed ?? ""
        if ChineseHelp.text(of: argument, in: path) == nil { missing.append("\(name) \(label)") }
        for length in 0...path.count {
          let key = (path.prefix(length) + [label == "-h" ? "--help" : label])
          used.insert(key.joined(separator: " "))
        }
      }
    }
    #expect(missing == [])
    #expect(ChineseHelpTexts.texts.keys.filter { !used.contains($0) }.sorted() == [])
  }

  @Test(arguments: ["check", "policy check", "init", "gaps"])
  func `a page fits a terminal and has what the English one has`(_ name: String) throws {
    let path = name.split(separator: " ").map(String.init)
    let zh = try Program.run(path + ["--help", "--lang", "zh"], in: Golden.root)
    #expect(zh.code == 0)
    #expect(zh.output.hasPrefix("概述："))
    let en = try Program.run(path + ["--help"], in: Golden.root).output
    let words = en.split { " ,.;:)`\n[]".contains($0) }.filter {
      $0.hasPrefix("--") && $0.count > 2
    }
    for option in words where !option.contains("=") {
      #expect(zh.output.contains(option), "\(option)")
    }
    for line in zh.output.split(separator: "\n") {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
      // Only what cannot be broken is wider: a long word, or a mark that may not begin a line.
      #expect(columns <= 84 || line.hasPrefix("用法："), "\(line)")
    }
  }

  @Test(
    arguments: [
      (["--fromat", "x", "a.yaml"], "错误：没有选项 `--fromat`；是否为 `--format`？"),
      (["check", "--city"], "错误：`--city <id>` 之后应有取值"),
      (["explain"], "错误：缺少 `<rule>`"),
      (["init", "--city", "huaibei", "--year", "abc", "x"], "错误：`--year <year>` 的取值 `abc` 无效"),
    ])
  func `a wrong call is told in Chinese`(_ arguments: [String], _ expected: String) throws {
    let result = try Program.run(arguments, in: Golden.root, environment: ["LANG": "zh_CN.UTF-8"])
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix(expected), "\(result.errors)")
    #expect(result.errors.contains("用法：planlint"))
    #expect(result.errors.contains("--help`。"))
  }
}
