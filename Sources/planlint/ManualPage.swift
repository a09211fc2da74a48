import ArgumentParser
import FoundationEssentials
import PlanlintKit

/// The manual page planlint(1) in mdoc, made from what the commands say of themselves in one language.
struct ManualPage {
  /// The day of the page: that of the last change to what commands take, so that the same program gives the same page.
  private static let date = "November 30, 2026"

  private let isChinese: Bool

  init(in language: Language) { isChinese = language == .zh }

  // MARK: The page

  func page() throws -> String {
    let root = try CommandDescription.all()
    var lines = [".Dd \(Self.date)", ".Dt PLANLINT 1", ".Os"]
    if isChinese {
      // The few spaces would grow wide where lines are made equally long, and only other words be broken; groff heads the page at the
      // section that it knows as the first.
      lines += [".ad l", ".nh", ".nr doc-hyphen-flags 0", ".ds doc-section-name 名称"]
    }
    lines += [".Sh " + text("名称", "NAME"), ".Nm planlint"]
    lines.append(".Nd " + name(root))
    lines.append(".Sh " + text("概要", "SYNOPSIS"))
    lines += synopsis
    lines.append(".Sh " + text("说明", "DESCRIPTION"))
    lines += paragraphs(more(root, [])) {
      !$0.hasPrefix(text("退出码：", "Exit codes:")) && !$0.hasPrefix(text("环境变量：", "Environment:"))
    }
    lines.append(".Sh " + text("命令", "COMMANDS"))
    for command in root.subcommands ?? [] where command.commandName != "help" {
      lines += section(command, in: [])
    }
    return (lines + closing).joined(separator: "\n") + "\n"
  }

  /// The ways of calling it. Formatters begin a line with each `.Nm` in the English section alone, so that a list does it in Chinese.
  private var synopsis: [String] {
    let option = ".Op Ar " + text("选项", "option") + " ..."
    let files = isChinese ? ".Ar 文件 ..." : ".Ar"
    let calls = [
      [".Nm", ".Op Cm check", option, files], [".Nm", ".Cm plan", option, files],
      [
        ".Nm", ".Ar " + text("命令", "command"), option,
        ".Op Ar " + text("参数", "argument") + " ...",
      ],
    ]
    if !isChinese { return calls.flatMap(\.self) }
    return [".Bl -item -compact"] + calls.flatMap { [".It"] + $0 } + [".El"]
  }

  private func section(_ command: CommandDescription, in path: [String]) -> [String] {
    if command.shouldDisplay == false { return [] }
    let path = path + [command.commandName]
    let inner = command.subcommands?.filter { $0.commandName != "help" } ?? []
    if !inner.isEmpty { return inner.flatMap { section($0, in: path) } }
    var lines = [".Ss " + path.joined(separator: " ")]
    lines += wrapped(abstract(command, path))
    for paragraph in more(command, path).split(separator: "\n\n") {
      lines.append(".Pp")
      lines += wrapped(String(paragraph))
    }
    let arguments = command.shownArguments.filter { argument in
      argument.names?.contains { $0.name == "help" || $0.name == "version" } != true
    }
    if arguments.isEmpty { return lines }
    lines.append(".Bl -tag -width Ds")
    for argument in arguments {
      let value = Self.escaped(argument.valueName ?? "")
      if argument.isPositional {
        lines.append(".It Ar \(value)" + (argument.isRepeating ? " ..." : ""))
      } else {
        let names = (argument.names ?? []).map {
          $0.kind == "long" ? "Fl -\($0.name)" : "Fl \($0.name)"
        }
        lines.append(
          ".It " + names.joined(separator: " , ")
            + (argument.kind == "option" ? " Ar \(value)" : ""))
      }
      let chinese = isChinese ? ChineseHelp.text(of: argument, in: path) : nil
      lines += wrapped(chinese ?? argument.abstract ?? "")
    }
    lines.append(".El")
    return lines
  }

  // MARK: What commands say

  private func abstract(_ command: CommandDescription, _ path: [String]) -> String {
    (isChinese ? ChineseHelp.text(of: path) : nil) ?? command.abstract ?? ""
  }

  private func more(_ command: CommandDescription, _ path: [String]) -> String {
    (isChinese ? ChineseHelp.text(of: path, isMore: true) : nil) ?? command.discussion ?? ""
  }

  /// What the program is, as a part of the line with its name.
  private func name(_ root: CommandDescription) -> String {
    let text = abstract(root, [])
    // Indices of pages take it as it stands, marks and all.
    if isChinese { return Self.escaped(text.hasSuffix("。") ? String(text.dropLast()) : text) }
    return Self.escaped(text.prefix(1).lowercased() + text.dropFirst().prefix { $0 != "." })
  }

  private func text(_ zh: String, _ en: String) -> String { isChinese ? zh : en }

  // MARK: What is the same for all commands

  private var closing: [String] { environment + files + exitStatus + examples }

  private var environment: [String] {
    let heading = [".Sh " + text("环境变量", "ENVIRONMENT"), ".Bl -tag -width Ds"]
    let policies = [".It Ev PLANLINT_POLICIES"]
    let locale = [".It Ev LC_ALL , LC_MESSAGES , LANG"]
    let colour = [".It Ev NO_COLOR , FORCE_COLOR"]
    if isChinese {
      return heading + policies + ["政策档案目录，以", ".Fl -policies", "为优先。"] + locale
        + ["提示和报告的语言，以", ".Fl -lang", "为优先。区域设置以", ".Ql en", breakable("开头的为英文，其余为中文。")]
        + colour + wrapped("前者一律不用颜色，后者一律用颜色。") + [".El"]
    }
    return heading + policies
      + ["The folder of policy profiles, unless", ".Fl -policies", "names one."] + locale
      + [
        "The language of messages and reports, unless", ".Fl -lang",
        "says so: Chinese but for a locale that begins with", ".Ql en .",
      ] + colour + ["Colours never, or always.", ".El"]
  }

  private var files: [String] {
    let heading = [".Sh " + text("文件", "FILES"), ".Bl -tag -width Ds"]
    let profiles = [".It Pa policies/<tenant>/"]
    let settings = [".It Pa \(Configuration.fileName)"]
    if isChinese {
      return heading + profiles
        + [
          breakable("政策档案。先在工作目录中查找，再在程序所在目录及其上级的"), ".Pa policies", "或",
          ".Pa share/planlint/policies", "中查找。",
        ] + settings + wrapped("目录的默认设置。从第一个输入所在目录起向上查找，至其 git 仓库根目录为止。参见")
        + [".Cm config Ns No 。", ".El"]
    }
    return heading + profiles
      + [
        "The profiles: looked for in the working directory, then beside the program or above it,",
        "as", ".Pa policies", "or", ".Pa share/planlint/policies .",
      ] + settings
      + [
        "What the checks of a folder have in common: looked for from the folder of the first input upwards, to the root of",
        "its git repository.", "See", ".Cm config .", ".El",
      ]
  }

  private var exitStatus: [String] {
    let heading = [".Sh " + text("退出状态", "EXIT STATUS"), ".Bl -tag -width Ds"]
    if isChinese {
      return heading + [".It 0"] + wrapped("全部符合；其他命令：没有发现。") + [".It 1"]
        + wrapped("至少一件不符合；其他命令：有所发现。") + [".It 2"]
        + wrapped("用法有误、输入无法读取或有误、政策档案有误，未作任何判定。") + [".It 3"]
        + [breakable("没有不符合，但有需人工裁量或资料不足的；加"), ".Fl -fail-on Ar fail", "时为 0。", ".El"]
    }
    return heading
      + [
        ".It 0", "All is admissible or compliant; of other commands: nothing was found.",
        ".It 1", "At least one subject fails; of other commands: something was found.",
        ".It 2", "Wrong call, unreadable or invalid input, broken profile.", "Nothing was decided.",
        ".It 3", "Nothing fails, but something needs a person or more data; 0 with",
        ".Fl -fail-on Ar fail .", ".El",
      ]
  }

  private var examples: [String] {
    [
      ".Sh " + text("示例", "EXAMPLES"),
      text(
        "写出某统筹地区的输入文件，填写后依据其规划检查：",
        "Write the inputs of a city, fill them in, and hold them against its plan:"),
      ".Bd -literal -offset indent", "planlint init --city huaibei 2026",
      "planlint 2026/applications.yaml", ".Ed", ".Pp",
      text("同时生成供人阅读的报告和供程序使用的报告：", "Make a report for people and one for a program:"),
      ".Bd -literal -offset indent",
      "planlint applications.yaml --format html=report.html --format json=report.json", ".Ed",
    ]
  }

  // MARK: Text

  private func paragraphs(_ text: String, where isWanted: (String) -> Bool) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n\n").map(String.init) where isWanted(paragraph) {
      if !lines.isEmpty { lines.append(".Pp") }
      lines += wrapped(paragraph)
    }
    return lines
  }

  private static let width = 76

  /// Text in lines that are not too long; a sentence begins a line, as mdoc wants it. Chinese stays on one line, since formatters make a
  /// space of a line's end.
  private func wrapped(_ text: String) -> [String] {
    if isChinese { return text.isEmpty ? [] : [breakable(text)] }
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.utf8.count + word.utf8.count >= Self.width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      if word.hasSuffix(".") {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map(Self.escaped)
  }

  /// Chinese with a mark wherever a line may be broken: formatters know spaces alone.
  private func breakable(_ text: String) -> String {
    var line = ""
    var isAfterSpace = true
    for piece in ChineseHelp.pieces(text) {
      if piece == " " {
        line += piece
        isAfterSpace = true
      } else {
        let isBreakable = !isAfterSpace && !piece.hasPrefix(".")
        let piece = line.isEmpty ? Self.escaped(piece) : piece.replacing("\\", with: "\\e")
        line += (isBreakable ? "\\:" : "") + piece
        isAfterSpace = false
      }
    }
    return line
  }

  /// Text that no macro or escape is made of.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }
}
