import ArgumentParser

/// The help of a command in Chinese, with the texts of ``ChineseHelpTexts``.
struct ChineseHelp {
  private static let width = 80
  private static let indent = 2
  private static let column = 26

  /// The names after `planlint`.
  private let path: [String]
  private let command: CommandDescription

  /// Nil where there is no such command.
  init?(of path: [String]) throws {
    var command = try CommandDescription.all()
    for name in path {
      guard let next = command.subcommands?.first(where: { $0.commandName == name }) else {
        return nil
      }
      command = next
    }
    self.path = path
    self.command = command
  }

  /// The command whose help ArgumentParser would print: the names after `planlint` in its line of usage.
  static func path(inHelp text: String) -> [String]? {
    guard let usage = text.split(separator: "\n").first(where: { $0.hasPrefix("USAGE: ") }) else {
      return nil
    }
    var path: [String] = []
    var commands = PlanlintCommand.subcommands
    for word in usage.split(separator: " ").dropFirst(2) {
      guard let next = commands.first(where: { $0._commandName == word }) else { break }
      path.append(String(word))
      commands = next.configuration.subcommands
    }
    return path
  }

  /// The Chinese of a command's one line, or of what it says beyond.
  static func text(of path: [String], isMore: Bool = false) -> String? {
    ChineseHelpTexts.texts[path.joined(separator: " ") + (isMore ? "…" : "")]
  }

  /// The Chinese of an argument: the command's own, that of the group it belongs to, or the common one.
  static func text(of argument: CommandDescription.Argument, in path: [String]) -> String? {
    let name =
      argument.isPositional
      ? "<\(argument.valueName ?? "")>" : argument.preferredName?.dashed ?? ""
    for length in stride(from: path.count, through: 0, by: -1) {
      let key = (path.prefix(length) + [name == "-h" ? "--help" : name]).joined(separator: " ")
      if let text = ChineseHelpTexts.texts[key] { return text }
    }
    return nil
  }

  func page() -> String {
    var blocks = ["概述：" + wrapped(Self.text(of: path) ?? command.abstract ?? "", from: 6, by: 6)]
    if let more = Self.text(of: path, isMore: true) {
      blocks += more.split(separator: "\n\n").map { wrapped(String($0), from: 0, by: 0) }
    }
    blocks.append("用法：" + usage)
    let arguments = command.shownArguments
    if arguments.contains(where: \.isPositional) {
      blocks.append(rows("参数：", arguments.filter(\.isPositional)))
    }
    blocks.append(rows("选项：", arguments.filter { !$0.isPositional }))
    let subcommands = command.shownSubcommands
    if !subcommands.isEmpty {
      let lines = subcommands.map { each in
        row(each.commandName, Self.text(of: path + [each.commandName]) ?? each.abstract ?? "")
      }
      blocks.append((["命令："] + lines).joined(separator: "\n"))
      let name = (["planlint"] + path).joined(separator: " ")
      blocks.append("  各命令的详细说明见 `\(name) <命令> --help`。")
    }
    return blocks.joined(separator: "\n\n")
  }

  private var usage: String {
    var words = ["planlint"] + path + ["[选项]"]
    if !command.shownSubcommands.isEmpty { words.append("<命令>") }
    for argument in command.shownArguments where argument.isPositional {
      let name = "<\(argument.valueName ?? "")>" + (argument.isRepeating ? " …" : "")
      words.append(argument.isOptional ? "[\(name)]" : name)
    }
    return words.joined(separator: " ")
  }

  private func rows(_ title: String, _ arguments: [CommandDescription.Argument]) -> String {
    let lines = arguments.map { argument in
      let names = (argument.names ?? []).map(\.dashed).joined(separator: ", ")
      let value = "<\(argument.valueName ?? "")>"
      let name =
        argument.isPositional ? value : argument.kind == "option" ? "\(names) \(value)" : names
      return row(name, Self.text(of: argument, in: path) ?? argument.abstract ?? "")
    }
    return ([title] + lines).joined(separator: "\n")
  }

  /// A name and what it means beside it, or below where the name is long.
  private func row(_ name: String, _ text: String) -> String {
    let start = String(repeating: " ", count: Self.indent) + name
    let text = wrapped(text, from: Self.column, by: Self.column)
    let used = Self.columns(start)
    if used < Self.column {
      return start + String(repeating: " ", count: Self.column - used) + text
    }
    return start + "\n" + String(repeating: " ", count: Self.column) + text
  }

  // MARK: Lines

  private static func columns(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }

  /// Text in lines of at most so many columns: broken at spaces and between Chinese characters, never before a mark that closes.
  private func wrapped(_ text: String, from start: Int, by indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    var column = start
    for piece in Self.pieces(text) {
      let size = Self.columns(piece)
      if column + size > Self.width, !line.isEmpty {
        lines.append(line)
        (line, column) = ("", indent)
        if piece == " " { continue }
      }
      line += piece
      column += size
    }
    if !line.isEmpty { lines.append(line) }
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// Between which a line may be broken.
  static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var isWide = false
    for character in text {
      let wide = columns(String(character)) == 2
      let closes = "，。；：、）》”！？".contains(character)
      let opens = "（《“".contains(pieces.last?.last ?? "x")
      if character == " " || pieces.isEmpty || pieces.last == " " {
        pieces.append(String(character))
      } else if closes || opens || (!wide && !isWide) {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
      isWide = wide
    }
    return pieces
  }
}
