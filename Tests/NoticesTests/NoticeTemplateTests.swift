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
    ("好\n 甲\0", 2, 3, "U+0000"),
  ])
  func `a template that would not come out whole is an error with its line`(
    text: String, line: Int, column: Int, message: String
  ) throws {
    let problem = try #require(fault(text))
    #expect(problem.place == NoticeTemplate.Place(line: line, column: column))
    #expect(problem.message.en.contains(message), "\(problem.message.en)")
    #expect(!problem.message.zh.isEmpty)
  }

  @Test(arguments: ["", " \n\r\n\t"])
  func `a template without a letter is an error of the file`(_ text: String) throws {
    let problem = try #require(fault(text))
    #expect(problem.place == nil)
    #expect(problem.message.en.contains("expected the text of a letter"))
    #expect(problem.message.zh.contains("--write-templates"))
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

  private static let sample: NoticeFields = [
    "name": .text("甲"), "id": .text("<1>"), "draft": .flag(true), "expired": .flag(false),
    "number": .text("outer"), "title": .text("T"),
    "inputs": .list([["path": .text("a"), "role": .text("r")], ["path": .text("b")]]),
    "notes": .list([]),
    "findings": .list([
      ["rule": .text("R1"), "laws": .list([["at": .text("1")], ["at": .text("2")]])],
      ["rule": .text("R2"), "laws": .list([])],
    ]),
  ]

  private func rendered(_ text: String, _ form: NoticeForm = .text) throws -> String {
    try NoticeTemplate(text, name: "notice", form: form, path: "").render(Self.sample)
  }

  @Test(arguments: [
    ("no tags { } }} {", "no tags { } }} {"), ("{{name}}", "甲"), ("{{ name }}", "甲"),
    ("a{{name}}b{{title}}c", "a甲bTc"), ("  {{name}}\n", "  甲\n"), ("{{name}}\n{{title}}", "甲\nT"),
    ("{{name}}}", "甲}"), ("{{as_of}}|", "|"),
    ("{{#draft}}x{{/draft}}", "x"), ("{{#expired}}x{{/expired}}", ""),
    ("{{^draft}}x{{/draft}}", ""), ("{{^expired}}x{{/expired}}", "x"),
    ("{{# draft }}x{{/ draft }}", "x"), ("{{#in_force}}x{{/in_force}}", ""),
    ("{{^in_force}}x{{/in_force}}", "x"),
    ("{{#inputs}}{{path}},{{/inputs}}", "a,b,"), ("{{#notes}}x{{/notes}}", ""),
    ("{{^notes}}none{{/notes}}", "none"), ("{{^inputs}}none{{/inputs}}", ""),
    ("{{#inputs}}{{path}}{{role}}{{title}};{{/inputs}}", "arT;bT;"),
    (
      "{{#findings}}{{rule}}:{{#laws}}{{at}}{{rule}} {{/laws}}{{^laws}}-{{/laws}};{{/findings}}",
      "R1:1R1 2R1 ;R2:-;"
    ),
    ("{{#draft}}{{#draft}}{{#expired}}x{{/expired}}y{{/draft}}{{/draft}}", "y"),
    ("1{{! a # b { } ^ }}2", "12"), ("{{!}}", ""), ("  {{! a }} b", "   b"),
    ("a {{! b }}\n", "a \n"),
  ])
  func `values, sections, their contraries and comments are filled`(
    text: String, expected: String
  ) throws {
    #expect(try rendered(text) == expected)
  }

  @Test(arguments: [
    ("a\n{{#draft}}\nb\n{{/draft}}\nc", "a\nb\nc"), ("{{#draft}}\n{{/draft}}", ""),
    ("a\n  {{#draft}}\t\n b\n\t{{/draft}}  ", "a\n b\n"), ("a\n{{! b }}", "a\n"),
    ("a\r\n{{#draft}}\r\nb\r\n{{/draft}}\r\nc", "a\r\nb\r\nc"),
    ("{{#draft}}\n\n{{/draft}}\n", "\n"),
    ("{{#inputs}}\n- {{path}}\n{{/inputs}}\nend\n", "- a\n- b\nend\n"),
    // Two tags on a line, or anything beside one, leave the line.
    (" {{#draft}}x{{/draft}}\n", " x\n"), ("{{#draft}} {{/draft}}\n", " \n"),
    ("{{! a }} {{! b }}\n", " \n"), ("x {{#draft}}\ny\n{{/draft}}", "x \ny\n"),
    ("{{#draft}} .\n{{/draft}}", " .\n"), ("{{#draft}}\n{{name}}{{/draft}}\n.", "甲\n."),
    ("{{#draft}}\n{{/draft}}\n{{! c }}\n", ""), ("\r{{! a }}\n", "\r\n"),
  ])
  func `only a tag that is alone on its line takes the line with it`(
    text: String, expected: String
  ) throws {
    #expect(try rendered(text) == expected)
  }

  @Test func `values are escaped for the page and plain in text, markup is for the page alone`()
    throws
  {
    #expect(try rendered("{{id}}") == "<1>")
    #expect(try rendered("{{id}}", .html) == "&lt;1&gt;")
    let fields: NoticeFields = ["findings": .list([["drawing": .markup("<svg/>")]])]
    for (form, expected) in [(NoticeForm.html, "[<svg/>]"), (.text, "[]")] {
      let template = try NoticeTemplate(
        "{{#findings}}[{{drawing}}]{{/findings}}", name: "notice", form: form, path: "")
      #expect(template.render(fields) == expected)
    }
  }

  @Test func `the time that a template takes grows with its length`() throws {
    func time(_ count: Int) throws -> Duration {
      let text = String(repeating: "{{#draft}}\n {{name}} {{! a }}\n{{/draft}}\n", count: count)
      let clock = ContinuousClock()
      var least = Duration.seconds(60)
      for _ in 0..<3 {
        let begun = clock.now
        #expect(try rendered(text).utf8.count == 6 * count)
        least = min(least, clock.now - begun)
      }
      return least
    }
    // 40,000 tags; ten times as long would be a hundred times as slow if every tag looked at all others.
    let (short, long) = (try time(1_000), try time(10_000))
    #expect(long < short * 40, "\(short) and \(long)")
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
