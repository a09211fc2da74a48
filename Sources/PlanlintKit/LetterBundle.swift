/// All letters to applicants as one document to print, each on sheets of its own.
///
/// Of pages the first gives the head; the contents of the others follow it. A page number would count over all of them and not
/// within a letter, so that none is printed. Texts stand with a form feed between them.
public struct LetterBundle: Sendable {
  /// What the file is called; no letter has this name.
  public static let name = "all-notices"

  private let form: LetterForm
  private var text = ""
  private var count = 0

  /// A bundle of letters of a form, without any yet.
  public init(_ form: LetterForm) { self.form = form }

  /// Adds a letter to an applicant; the list for publication is passed over.
  public mutating func add(_ letter: Letter) {
    if letter.subject == nil { return }
    defer { count += 1 }
    switch form {
    case .text: text += (count == 0 ? "" : "\u{0C}") + letter.text
    case .html:
      let page = letter.text
      let tag = page.firstRange(of: "<body")
      let start = tag.flatMap { page[$0.upperBound...].firstIndex(of: ">") }
      if count == 0 { text += Self.head(of: page, start) }
      let end = page.ranges(of: "</body>").last?.lowerBound ?? page.endIndex
      let body = start.map { page.index(after: $0) } ?? page.startIndex
      text += "<div class=\"letter\">" + page[body..<max(body, end)] + "</div>\n"
    }
  }

  /// The whole document; nil where there is no letter.
  public var letter: Letter? {
    if count == 0 { return nil }
    return Letter(
      subject: nil, fileName: "\(Self.name).\(form.fileExtension)",
      text: form == .html ? text + "</body>\n</html>\n" : text)
  }

  private static let style = """
    <style>
    .letter { break-after: page; } .letter:last-child { break-after: auto; }
    @page { @bottom-center { content: none; } }
    </style>

    """
  private static let title = "<title>告知书（全部）</title>"

  /// Everything up to the contents of a page, with what divides the letters; of a template without a body a head of our own.
  private static func head(of page: String, _ start: String.Index?) -> String {
    guard let start, let end = page.firstRange(of: "</head>"), end.lowerBound < start else {
      return "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
        + title + "\n" + style + "</head>\n<body>\n"
    }
    var head = String(page[..<end.lowerBound])
    if let from = head.firstRange(of: "<title>"), let to = head.firstRange(of: "</title>"),
      from.lowerBound < to.lowerBound
    {
      head.replaceSubrange(from.lowerBound..<to.upperBound, with: title)
    }
    return head + style + page[end.lowerBound...start] + "\n"
  }
}
