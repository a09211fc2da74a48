import Foundation
import TestSupport
import Testing

@Suite("The beginning of a profile")
struct PolicyInitTests {
  private static let document = """
    江口市医疗保障定点医药机构资源配置
    规划（2026-2030年）
    （征求意见稿）

    一、总量
    （一）床位
    全市床位总量原则上不超过每千人七张。本地区人口众多。
    1.乡镇卫生院不受本规划限制。
    二、药店
    药店不得超过三家；夜间售药的药店优先。

    """

  private func made(
    _ text: String, _ arguments: [String] = []
  ) throws -> (result: Program.Result, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "document.txt")
    let result = try Program.run(
      ["policy", "init", "--city", "jiangkou", "document.txt"] + arguments, in: folder.path)
    return (result, folder)
  }

  @Test(
    "every sentence that binds is quoted with its place, and the whole loads, verifies and passes")
  func makes() throws {
    let (result, folder) = try made(Self.document)
    defer { folder.remove() }
    #expect(result.code == 0, "\(result.errors)")
    let profile = try folder.read("policies/jiangkou/2026-2030.yaml")
    for text in [
      "title: '江口市医疗保障定点医药机构资源配置规划（2026-2030年）（征求意见稿）'", "status: draft",
      "at: 一(一)\n    modality: in_principle  # guessed from 原则上, to be checked\n    quote: '全市床位总量原则上不超过每千人七张'",
      "at: 一(一)1\n    modality: exemption", "at: 二\n    modality: must",
      "at: 二\n    modality: priority",
    ] {
      #expect(profile.contains(text), "\(text)\n\(profile)")
    }
    #expect(!profile.contains("人口众多"))
    #expect(try folder.read("policies/jiangkou/tenant.yaml").contains("names: [江口, 江口市]"))
    let todo = try folder.read("policies/jiangkou/todo.md")
    #expect(todo.count(where: { $0 == "\n" }) == 10, "\(todo)")
    try folder.write(Self.document, to: "sources/jiangkou.txt")
    for tool in [["check"], ["verify", "--sources", "sources"], ["test"], ["coverage"]] {
      let run = try Program.run(
        ["policy"] + tool + ["--policies", "policies"], in: folder.path)
      #expect(run.code == 0, "\(tool) \(run.output)\(run.errors)")
    }
    // Nothing that is there is replaced without a word.
    let again = try Program.run(
      ["policy", "init", "--city", "jiangkou", "document.txt"], in: folder.path)
    #expect(again.code == 2)
    #expect(again.errors.contains("is there already"))
  }

  @Test("a text without headings, with Windows line ends, is taken as a whole")
  func withoutHeadings() throws {
    let (result, folder) = try made(
      "江口市药店规划\r\n药店不得超过三家。\r\n", ["--years", "2026-2028", "--code", "990200"])
    defer { folder.remove() }
    #expect(result.code == 0, "\(result.errors)")
    #expect(try folder.read("policies/jiangkou/2026-2028.yaml").contains("at: 全文"))
    #expect(try folder.read("policies/jiangkou/todo.md").contains("no headings were found"))
    #expect(try folder.read("policies/jiangkou/tenant.yaml").contains("codes: [\"990200\"]"))
  }

  @Test(
    "what is no text of a plan is an error that says what to do",
    arguments: [
      ("", "there is no text in the file"), ("\u{FEFF} \n", "there is no text in the file"),
      ("江口市规划（2026-2030）\n人口众多。\n", "no sentence that binds was found"),
      ("江口市规划\n药店不得超过三家。\n", "give them with `--years 2026-2030`"),
    ])
  func hostile(_ text: String, _ message: String) throws {
    let (result, folder) = try made(text)
    defer { folder.remove() }
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/policies"))
  }

  @Test("another encoding and a Word file are told apart from text")
  func encodings() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    // 江口 in GB18030.
    try folder.write([0xBD, 0xAD, 0xBF, 0xDA, 0x0A], to: "gb.txt")
    try folder.write([0x50, 0x4B, 3, 4, 0], to: "plan.docx")
    for (name, message) in [
      ("gb.txt", "iconv -f GB18030 -t UTF-8"), ("plan.docx", "save it as text"),
    ] {
      let result = try Program.run(["policy", "init", "--city", "jiangkou", name], in: folder.path)
      #expect(result.code == 2)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
    let usage = try Program.run(["policy", "init", "--city", "JK", "gb.txt"], in: folder.path)
    #expect(usage.code == 2)
    #expect(usage.errors.contains("expected small Latin letters"))
  }
}
