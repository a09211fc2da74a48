import Foundation
import TestSupport
import Testing

@Suite("The manual page")
struct ManualTests {
  private func page() throws -> String {
    let folder = try TemporaryFolder()
    let result = try Program.run(["manual"], in: folder.path)
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

  @Test("formatters take it without a complaint", arguments: ["mandoc", "groff"])
  func formatted(_ formatter: String) throws {
    guard
      let path = ["/usr/bin", "/bin", "/usr/local/bin"].map({ "\($0)/\(formatter)" })
        .first(where: FileManager.default.isExecutableFile)
    else { return }
    let folder = try TemporaryFolder()
    try folder.write(try page(), to: "planlint.1")
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments =
      formatter == "mandoc"
      ? ["-Tlint", "-Wwarning", folder.path + "/planlint.1"]
      : ["-man", "-Tutf8", "-k", "-ww", "-z", folder.path + "/planlint.1"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && said.isEmpty, "\(said)")
  }
}
