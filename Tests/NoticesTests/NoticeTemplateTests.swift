import Diagnostics
import Testing

@testable import Notices

@Suite struct NoticeTemplateTests {
  private func fault(_ text: String, _ name: String = "notice") -> NoticeTemplate.Problem? {
    do throws(NoticeTemplate.Problem) {
      _ = try NoticeTemplate(text, name: name, form: .html, path: "t/notice.html")
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("好\n{{nmae}}", 2, 1, "did you mean `name`"),
    ("{{#findings}}\n{{quote}}\n{{/findings}}", 2, 1, "unknown placeholder `quote`"),
    ("a\n\n长长 {{#draft}}x", 3, 4, "is not closed"),
    ("{{#draft}}{{/expired}}", 1, 11, "expected `{{/draft}}`"),
    ("{{/draft}}", 1, 1, "closes no open section"),
    ("{{#name}}{{/name}}", 1, 1, "opens no section"),
    ("x\n{{findings}}", 2, 1, "is a section"),
    ("{{{name}}}", 1, 1, "is not supported"),
    ("{{&name}}", 1, 1, "is not supported"),
    ("{{> notice}}", 1, 1, "is not supported"),
    ("{{=<% %>=}}", 1, 1, "is not supported"),
    ("{{% CONTENT_TYPE:HTML}}", 1, 1, "is not supported"),
    ("{{name", 1, 1, "expected `}}`"),
    ("{{name\n}}", 1, 1, "expected `}}`"),
    ("{{}}", 1, 1, "expected a name"),
    ("{{upper(name)}}", 1, 1, "unknown placeholder"),
    ("{{score}}", 1, 1, "unknown placeholder"),
  ])
  func `a template that would not come out whole is an error with its line`(
    text: String, line: Int, column: Int, message: String
  ) throws {
    let problem = try #require(fault(text))
    #expect(problem.place == NoticeTemplate.Place(line: line, column: column))
    #expect(problem.message.en.contains(message), "\(problem.message.en)")
    #expect(!problem.message.zh.isEmpty)
  }

  @Test(arguments: ["score", "location", "lon", "particulars", "findings", "inputs.path"])
  func `the list for publication cannot name what is personal or scored`(name: String) {
    #expect(fault("{{#rows}}{{\(name)}}{{/rows}}", "public-list") != nil)
  }

  @Test(arguments: NoticeForm.allCases, NoticeSchema.names)
  func `the built-in templates are right`(form: NoticeForm, name: String) throws {
    let text = try #require(BuiltInTemplates.text(name, form))
    _ = try NoticeTemplate(text, name: name, form: form, path: name)
  }

  @Test(arguments: [
    "<script>", "\"\u{301}x", "<\u{338}b>", "&amp;", "'", "{{title}}", "\u{202E}", "a\nb\u{0}",
  ])
  func `no value acts on the page, marks on its letters or not`(value: String) throws {
    let html = try NoticeTemplate("<a title=\"{{name}}\">", name: "notice", form: .html, path: "")
      .render(["name": .text(value)])
    let inner = html.unicodeScalars.dropFirst(10).dropLast(2)
    #expect(!inner.contains { "<>\"'\u{202E}\n\u{0}".unicodeScalars.contains($0) }, "\(html)")
    let text = try NoticeTemplate("{{name}}", name: "notice", form: .text, path: "")
      .render(["name": .text(value)])
    #expect(!text.unicodeScalars.contains { "\u{202E}\n\u{0}".unicodeScalars.contains($0) })
  }

  @Test(arguments: ["\n", "\r\n"])
  func `a tag of a section or a comment alone on its line takes the line with it`(end: String)
    throws
  {
    let lines = [
      "{{#draft}}", "  {{! a word }}  ", "一 {{name}}", "{{/draft}}", "{{^draft}}", "no",
      "{{/draft}}", "",
      "\t{{#inputs}}", "- {{path}}{{#draft}}!{{/draft}}", "{{/inputs}}", "end",
    ]
    let template = try NoticeTemplate(
      lines.joined(separator: end), name: "notice", form: .text, path: "")
    let text = template.render([
      "draft": .flag(true), "name": .text("a"),
      "inputs": .list([["path": .text("x")], ["path": .text("y")]]),
    ])
    #expect(text == ["一 a", "", "- x!", "- y!", "end"].joined(separator: end))
  }

  @Test func `what a value has in double braces is text`() throws {
    let template = try NoticeTemplate("{{name}}", name: "notice", form: .text, path: "")
    #expect(template.render(["name": .text("{{title}}"), "title": .text("no")]) == "{{title}}")
  }

  @Test func `names of files are plain, tell ids apart and lead nowhere else`() {
    let ids = [
      "HB-2026-001", "../../x", "..", "a/b", "a_b", "a", "A", "申-1", "", "\u{0}",
      String(repeating: "长", count: 500), "con", ".hidden", "a/b",
    ]
    let names = NoticeNames.of(Array(ids.dropLast()))
    #expect(names[0] == "notice-HB-2026-001")
    #expect(names[7] == "notice-申-1")
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    for name in names {
      #expect(name.hasPrefix("notice-") && !name.contains("/") && name.utf8.count < 200)
      #expect(!name.utf8.contains(0))
    }
    #expect(NoticeNames.of(["a/b", "x"])[0] == NoticeNames.of(["x", "a/b"])[1])
    let forged = names[1].dropFirst("notice-".count)
    #expect(Set(NoticeNames.of(["../../x", String(forged)])).count == 2)
  }
}
