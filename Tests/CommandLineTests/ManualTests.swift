import Foundation
import TestSupport
import Testing

@Suite("The manual page")
struct ManualTests {
  private func page(_ language: String = "en") throws -> String {
    let folder = try TemporaryFolder()
    let result = try Program.run(["manual", "--lang", language], in: folder.path)
    #expect(result.code == 0 && result.errors.isEmpty)
    return result.output
  }

  @Test("it has every command and its options")
  func complete() throws {
    let page = try page()
    let help = try Program.run(["--help"], in: TemporaryFolder().path).output
    let commands = help.matches(of: #/(?m)^  ([a-z]+)(?: \(default\))?  /#).map { String($0.1) }
    #expect(commands.count >= 8)
    for command in commands where !["help", "policy", "registry"].contains(command) {
      #expect(page.contains("\n.Ss \(command)\n"), "\(command)")
    }
    #expect(page.contains("\n.Ss policy diff\n"))
    #expect(page.contains("\n.Ss registry check\n"))
    for text in [
      ".It Fl -city Ar id", ".It Fl -waivers Ar file", ".It Ar file ...", ".Sh EXIT STATUS",
    ] {
      #expect(page.contains(text), "\(text)")
    }
  }

  /// The lines that name what there is: commands, options and what they take, variables, files and exit codes.
  private func names(_ page: String) -> [String] {
    page.split(separator: "\n").filter {
      $0.hasPrefix(".Ss ") || $0.hasPrefix(".It ")
    }.map(String.init)
  }

  @Test func `the Chinese page has the same commands and options, and is Chinese`() throws {
    let page = try page("zh")
    #expect(names(page) == names(try self.page()))
    #expect(page.contains("\n.Sh 名称\n.Nm planlint\n.Nd "))
    for title in ["概要", "说明", "命令", "环境变量", "文件", "退出状态", "示例"] {
      #expect(page.contains("\n.Sh \(title)\n"), "\(title)")
    }
    var isExample = false
    for line in page.split(separator: "\n") {
      if line.hasPrefix(".Bd") || line.hasPrefix(".Ed") { isExample = line.hasPrefix(".Bd") }
      if line.hasPrefix(".") || isExample { continue }
      let isChinese = line.unicodeScalars.contains { $0.value >= 0x2E80 }
      #expect(isChinese, "\(line)")
    }
  }

  @Test(arguments: [
    ([], "zh_CN.UTF-8", true), ([], "en_US.UTF-8", false), (["--lang", "zh"], "en_US.UTF-8", true),
    (["--lang", "en"], "zh_CN.UTF-8", false),
  ])
  func `its language is that of the option, else that of the locale`(
    _ arguments: [String], _ locale: String, _ isChinese: Bool
  ) throws {
    let result = try Program.run(
      ["manual"] + arguments, in: TemporaryFolder().path, environment: ["LANG": locale])
    #expect(result.code == 0)
    #expect(result.output.contains(".Sh 名称") == isChinese)
    #expect(result.output.contains(".Sh NAME") != isChinese)
  }

  private func path(of program: String) -> String? {
    ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(program)" }
      .first(where: FileManager.default.isExecutableFile)
  }

  private func run(_ path: String, _ arguments: [String]) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MANWIDTH": "80"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, said)
  }

  @Test(
    "formatters take it without a complaint", arguments: ["mandoc", "groff"], ["en", "zh"])
  func formatted(_ formatter: String, _ language: String) throws {
    guard let path = path(of: formatter) else { return }
    let folder = try TemporaryFolder()
    try folder.write(try page(language), to: "planlint.1")
    let file = folder.path + "/planlint.1"
    let (code, said) = try run(
      path,
      formatter == "mandoc"
        ? ["-Tlint", "-Wwarning", file] : ["-man", "-Tutf8", "-k", "-ww", "-z", file])
    // mandoc knows the headings of English pages alone.
    let complaints = said.split(separator: "\n").filter {
      language == "en" || !$0.contains("first section is not") && !$0.contains("outside NAME")
    }
    #expect(complaints.isEmpty && (code == 0 || language == "zh"), "\(said)")
  }

  @Test("man shows it in lines that fit", arguments: ["en", "zh"])
  func shown(_ language: String) throws {
    guard let path = path(of: "man") else { return }
    let folder = try TemporaryFolder()
    try folder.write(try page(language), to: "planlint.1")
    let (code, said) = try run(path, ["--warnings", "-l", folder.path + "/planlint.1"])
    #expect(code == 0)
    #expect(said.contains(language == "zh" ? "统筹地区" : "The city"))
    #expect(!said.contains("warning:"))
    for line in said.split(separator: "\n") {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
      #expect(columns <= 82 || !line.contains("。"), "\(line)")
    }
  }
}
