import Diagnostics

/// The frame of a page that needs neither a network nor a script: both languages are in it, and the reader chooses by two radio
/// buttons. It has the style of ``HTMLPage``.
enum StaticPage {
  /// Everything up to the contents of the page.
  ///
  /// - Parameter style: what it has beyond the common style, with the digest that lets it act.
  static func open(
    _ title: Bilingual, _ language: Language, style: (text: String, digest: String)? = nil,
    to sink: inout ByteSink
  ) {
    let digests = [HTMLPage.styleDigest, style?.digest].compactMap(\.self)
    sink.write("<!DOCTYPE html>\n<html lang=\"\(language == .zh ? "zh-CN" : "en")\">\n<head>\n")
    sink.write("<meta charset=\"utf-8\">\n")
    sink.write(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        + digests.map { "'sha256-\($0)'" }.joined(separator: " ")
        + "; base-uri 'none'; form-action 'none'\">\n")
    sink.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    sink.write("<meta name=\"color-scheme\" content=\"light dark\">\n")
    sink.write("<title>" + MarkupText.escaped(title[language]) + "</title>\n<style>")
    sink.write(HTMLPage.style)
    sink.write("</style>\n")
    if let style { sink.write("<style>" + style.text + "</style>\n") }
    sink.write("</head>\n<body>\n")
    for choice in Language.allCases {
      let (id, name) = choice == .zh ? ("zh", "中文") : ("en", "English")
      sink.write(
        "<input type=\"radio\" name=\"language\" id=\"\(id)\"\(choice == language ? " checked" : "")>"
          + "<label for=\"\(id)\" lang=\"\(choice == .zh ? "zh-CN" : "en")\">\(name)</label>\n")
    }
    sink.write("<div class=\"page\">\n<header>\n<h1>" + HTMLText.both(title) + "</h1>\n")
  }

  /// The end of a page, with the version that wrote it.
  static func close(version: String, to sink: inout ByteSink) {
    sink.write("</main>\n<footer><p>" + MarkupText.escaped("planlint " + version))
    sink.write("</p></footer>\n</div>\n</body>\n</html>\n")
  }
}
