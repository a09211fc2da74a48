import Diagnostics

/// Text of the page in both languages, of which the reader sees one.
///
/// Each piece is marked with its language, so that a screen reader speaks it right and the style can hide the other one. What
/// is the same in both (ids, names, quotes, numbers) is written once, outside.
enum HTMLText {
  /// `<span class="z" lang="zh-CN">…</span><span class="e" lang="en">…</span>`, or once where both are the same.
  static func both(_ text: Bilingual, in element: String = "span", class more: String = "")
    -> String
  {
    let extra = more.isEmpty ? "" : " " + more
    let zh = MarkupText.escaped(text.zh)
    if text.zh == text.en, element == "span", more.isEmpty { return zh }
    return "<\(element) class=\"z\(extra)\" lang=\"zh-CN\">\(zh)</\(element)>"
      + "<\(element) class=\"e\(extra)\" lang=\"en\">\(MarkupText.escaped(text.en))</\(element)>"
  }

  /// The same of two sentences written here.
  static func both(_ zh: String, _ en: String) -> String { both(Bilingual(zh: zh, en: en)) }

  /// An element whose text cannot hold others (`option`, an SVG title): in the report's language, the script swaps it.
  static func swapped(_ element: String, _ text: Bilingual, _ language: Language) -> String {
    let zh = MarkupText.escaped(text.zh)
    let en = MarkupText.escaped(text.en)
    let name = element.prefix { $0 != " " }
    return "<\(element) data-zh=\"\(zh)\" data-en=\"\(en)\">\(language == .zh ? zh : en)</\(name)>"
  }

  /// The element's opening tag for what is written in one language.
  static func opening(_ element: String, _ language: Language) -> String {
    switch language {
    case .zh: "<\(element) class=\"z\" lang=\"zh-CN\">"
    case .en: "<\(element) class=\"e\" lang=\"en\">"
    }
  }

  /// The readings that a subject was decided by, and what rests on its claims alone.
  static func readings(of result: SubjectResult, to sink: inout ByteSink) {
    let readings = result.readings.map {
      Bilingual(
        zh: "读法：" + FindingFact.reading($0, .zh), en: "reading: " + FindingFact.reading($0, .en))
    }
    let claims = result.claims.map {
      Bilingual(zh: "仅据申报：" + $0.zh, en: "claimed: " + $0.en)
    }
    for text in readings + claims { sink.write(both(text, in: "p", class: "reading") + "\n") }
  }
}
