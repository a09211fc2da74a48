import Diagnostics
import Testing

@testable import Reporting

@Suite struct HTMLPiecesTests {
  /// What the page's script makes of it.
  private func read(_ text: String, _ pieces: String) -> String {
    let pieces = pieces.split(separator: "\n", omittingEmptySubsequences: false)
    var html = ""
    var parts = text.split(separator: "}", omittingEmptySubsequences: false)
    while parts.count > 2 {
      html += parts.removeFirst()
      let number = Int(parts.removeFirst(), radix: 36) ?? -1
      html += pieces.indices.contains(number) ? pieces[number] : "?"
    }
    return (html + parts.joined(separator: "}")).replacing("{", with: "<")
  }

  private func written(_ texts: [String]) -> (texts: [String], pieces: String) {
    var pieces = HTMLPieces()
    let texts = texts.map { text in
      var sink = ByteSink()
      pieces.write(Array(text.utf8), to: &sink)
      return String(decoding: sink.bytes, as: UTF8.self)
    }
    var sink = ByteSink()
    pieces.writeAll(to: &sink)
    return (texts, String(decoding: sink.bytes, as: UTF8.self))
  }

  @Test(arguments: [
    "", "1", "12.5", "<p>", "<p>半径 800.0 米内 3 家</p>", "</script><!-- 1 -->", "\u{202E}é\u{301}9",
    "<p class=\"message\">a</p>\n<p class=\"message\">a</p>\n", "&#39;800&#39;", "1.2.3.", "...",
  ])
  func `what is written comes out again, the first time and later`(html: String) {
    let (texts, pieces) = written([html, html, html, "<i>" + html, html])
    for (text, whole) in zip(texts, [html, html, html, "<i>" + html, html]) {
      #expect(!text.contains("<") && !text.contains("\n"))
      #expect(read(text, pieces) == whole.replacing("\n", with: " "))
    }
    #expect(!pieces.contains("<"))
  }

  @Test(arguments: ["{img src=x}", "}0}", "{b}}1}{/b}", "}}}{{{", "a long text with a } and a {"])
  func `braces of the text are no markup and no reference`(text: String) {
    let (texts, pieces) = written(
      Array(repeating: text + "<b>long enough to be a piece</b>", count: 4))
    for written in texts {
      let html = read(written, pieces)
      #expect(html.replacing("&#123;", with: "{").replacing("&#125;", with: "}").hasPrefix(text))
      #expect(html.split(separator: "<").count == 3)
    }
  }

  @Test func `what comes again is written once, and numbers do not make it another`() {
    let (texts, pieces) = written((0..<100).map { "<p>本年新增上限 \($0) 家，计入本申请为第 \($0 * 7).5 家</p>" })
    #expect(texts[99] == "}0}99}1}693.5}2}")
    #expect(pieces == "{p>本年新增上限 \n 家，计入本申请为第 \n 家{/p>")
  }

  @Test func `neither pieces nor what is remembered of others grow without end`() {
    var pieces = HTMLPieces()
    var sink = ByteSink { _ in true }
    for number in 0..<(2 * HTMLPieces.memory + 10) {
      // Its digits as letters.
      let name = String(number, radix: 10).utf8.map { $0 + 0x30 }
      for _ in 0..<2 { pieces.write(Array("somebody ".utf8) + name, to: &sink) }
    }
    #expect(pieces.count == HTMLPieces.limit)
    #expect(pieces.rememberedCount <= HTMLPieces.memory)
  }
}

@Suite struct LongHTMLTests {
  /// A report of so many applications of one kind, each named for a tag.
  private func html(_ count: Int, rule: String? = nil) -> String {
    var report = SampleReport.outcomes.report
    let (result, several) = (report.result, report.resultCount)
    report.resultCount = count
    report.result = { number in
      var one = result(number % several)
      one.id = "A-\(number)"
      one.name = "</script><b>{i}}0}\(number)"
      return one
    }
    var options = ReportOptions()
    if let rule { options.rules = [rule] }
    return written(report, as: .html, options: options)
  }

  private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  @Test func `a report of many applications shows its first page and keeps the others as text`() {
    let text = html(HTMLReporter.wholeLimit + 1)
    let waiting = HTMLReporter.wholeLimit + 1 - HTMLReporter.pageLength
    #expect(count("<details class=\"subject\"", in: text) == HTMLReporter.pageLength)
    #expect(count("<tr data-v=", in: text) == HTMLReporter.wholeLimit + 1)
    #expect(count("<script type=\"text/plain\">", in: text) == waiting)
    // Each of these, the pieces, and the script itself.
    #expect(count("</script>", in: text) == waiting + 2)
    #expect(count("<template", in: text) == 2 && count("<noscript>", in: text) == 1)
    // What waits holds no markup at all.
    for part in text.split(separator: "<script type=\"text/plain\">").dropFirst() {
      let inner = part.prefix(upTo: part.firstRange(of: "</script>")?.lowerBound ?? part.endIndex)
      #expect(!inner.contains("<") && !inner.contains("{i}") && inner.contains("A-"))
    }
  }

  @Test func `up to a limit all of it stands in the page, and can be read without scripts`() {
    let text = html(HTMLReporter.wholeLimit)
    #expect(count("<details class=\"subject\"", in: text) == HTMLReporter.wholeLimit)
    for part in ["<template", "text/plain", "class=\"pager\"", "<noscript"] {
      #expect(!text.contains(part), "\(part)")
    }
  }

  @Test func `of a long report of which a filter leaves nothing there is an empty table`() {
    let text = html(HTMLReporter.wholeLimit + 1, rule: "no-such-rule")
    #expect(text.contains("<tbody>\n</tbody>") && !text.contains("<template"))
  }
}
