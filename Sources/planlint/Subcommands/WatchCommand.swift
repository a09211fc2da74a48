import ArgumentParser
import Glibc
import PlanlintKit

/// `planlint watch`: runs another command again whenever one of its files changes.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Check again whenever an input, the settings or a profile changes.",
    discussion: """
      What follows is a command of planlint with its options: `planlint watch --city huaibei applications.yaml` checks, \
      `planlint watch plan plan.yaml` and `planlint watch policy test --city huaibei` do as they do by themselves. Watched are the \
      files that it names, the facts and registry that those and the settings file name, and the profiles; not what it writes. \
      It goes on until it is ended (Ctrl-C), whatever the verdicts.

      Exit codes: 2 where there is nothing to watch or the command cannot be run.
      """)

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp(
      "A command of planlint with its options; without one `check`.", valueName: "command"))
  var command: [String] = []

  mutating func run() throws {
    if command == ["--help"] || command == ["-h"] { throw CleanExit.helpRequest(self) }
    if command.first == "watch" {
      throw ValidationError(zh: "`watch` 之后应为另一命令", en: "expected another command than `watch`")
    }
    if command.contains("-") {
      throw ValidationError(
        zh: "应为文件，实际为标准输入 `-`，只能读取一次",
        en: "expected files, found standard input, `-`, which can be read only once")
    }
    guard let program = InputOptions.executable else {
      throw ValidationError(
        zh: "找不到程序自身，无法再次运行",
        en: "planlint does not find its own program, so that it cannot run it again")
    }
    let language = language
    while true {
      let files = WatchedFiles(of: command)
      if files.paths.isEmpty || command.isEmpty && !files.hasInputs {
        throw ValidationError(
          zh: "没有可看的文件；示例见 `planlint watch --help`",
          en: "expected a file to watch; `planlint watch --help` has examples")
      }
      let notices = FolderNotices(of: files.folders)
      try Self.start(program, command)
      var changed: [String] = []
      while changed.isEmpty {
        notices.wait()
        changed = WatchedFiles(of: command).changed(since: files)
      }
      let names = changed.prefix(3).joined(separator: language == .zh ? "、" : ", ")
      let more = changed.count > 3 ? "…" : ""
      Terminal.printError(
        language == .zh
          ? "\n—— \(names)\(more) 有改动，重新运行 ——\n" : "\n-- \(names)\(more) changed; once more --\n")
    }
  }

  private var language: Language {
    let word = command.firstIndex(of: "--lang").flatMap { command.dropFirst($0 + 1).first }
    return Settings(configuration: nil).language(word)
  }

  /// Runs the program with other arguments and waits for its end.
  private static func start(_ program: String, _ arguments: [String]) throws {
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawn(&process, program, nil, nil, &words, environ)
    if code != 0 {
      Terminal.printError("\(program): error: \(String(cString: strerror(code)).lowercased())")
      throw ExitCode(2)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }
}
