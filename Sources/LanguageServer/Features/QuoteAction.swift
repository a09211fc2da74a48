import Checks
import Diagnostics
import Glibc
import Policy
import PolicyDesk
import Reading

/// Takes a sentence of the document over as the quote of a provision.
enum QuoteAction {
  /// As many sentences are offered.
  private static let most = 12

  /// - Parameter sources: the folder of the documents' texts.
  static func actions(
    at offset: Int, _ profile: Node, _ analysis: Analysis, sources: String?
  ) -> [CodeAction] {
    guard let sources,
      let provision = profile["provisions"]?.entries?.first(where: {
        $0.keyRange.start <= offset && offset <= max($0.value.range.end, $0.keyRange.end)
      }), let at = provision.value["at"]?.scalar?.text,
      let document = document(analysis, sources)
    else { return [] }
    let quote = provision.value["quote"]
    let quotes =
      quote?.items?.compactMap(\.scalar?.text) ?? [quote?.scalar?.text].compactMap(\.self)
    let written = quotes.map { SourceText.withoutWhiteSpace($0) }.filter { !$0.isEmpty }
    // What stands in the document needs no other.
    if !written.isEmpty, written.allSatisfy({ document.index(of: $0) != nil }) { return [] }
    let sentences = sentences(at, document, parts: parts(profile))
    let ranked =
      written.isEmpty
      ? sentences
      : Array(sentences.sorted { likeness($0, written) > likeness($1, written) }.prefix(3))
    return ranked.prefix(most).compactMap { sentence in
      change(provision, quote, sentence, analysis.file).map { change in
        let shown = SourceText.beginning(of: sentence, scalars: 24)
        return CodeAction(
          title: Bilingual(zh: "引用原文：\(shown)", en: "quote the document: \(shown)"),
          kind: .quickFix, changes: [change])
      }
    }
  }

  private static func document(_ analysis: Analysis, _ folder: String) -> SourceText? {
    let id = analysis.tenant?.id ?? FilePath.name(of: FilePath.folder(of: analysis.file.path))
    let path = "\(folder)/\(id).txt"
    guard access(path, F_OK) == 0, let file = try? InputFile.load(path: path) else { return nil }
    return SourceText(file)
  }

  private static func parts(_ profile: Node) -> [String] {
    profile["document"]?["parts"]?.entries?.map(\.key) ?? []
  }

  /// The sentences of the document at a place, which may be several (`P三(一)/R一`), without what ends them.
  private static func sentences(_ at: String, _ text: SourceText, parts: [String]) -> [String] {
    let outline = DocumentOutline(text.file)
    let wanted = Set(at.split(separator: "/").map { DocumentOutline.canonical(String($0)) })
    return text.sentences.compactMap { range in
      let start = text.location(range).range.start
      let places = outline.places(of: start, parts: parts).map(DocumentOutline.canonical)
      guard places.contains(where: wanted.contains) else { return nil }
      var sentence = String(decoding: text.bytes[range], as: UTF8.self)
      while let last = sentence.last, "。；".contains(last) { sentence.removeLast() }
      return sentence.isEmpty ? nil : sentence
    }
  }

  /// How many neighbouring pairs of characters two texts have in common.
  private static func likeness(_ sentence: String, _ quotes: [String]) -> Int {
    func pairs(_ text: String) -> Set<String> {
      let scalars = Array(text.unicodeScalars)
      return Set(zip(scalars, scalars.dropFirst()).map { "\($0)\($1)" })
    }
    let own = pairs(sentence)
    return quotes.map { pairs($0).intersection(own).count }.max() ?? 0
  }

  private static func change(
    _ provision: Entry, _ quote: Node?, _ sentence: String, _ file: SourceFile
  ) -> TextChange? {
    let scalar = YAMLScalar.text(sentence)
    if let quote, !quote.isBlank {
      // A list of quotes keeps the others.
      guard quote.items == nil else { return nil }
      return TextChange(path: file.path, range: quote.range, text: scalar)
    }
    let text = DocumentText(file)
    if let entry = provision.value.entries?.first(where: { $0.key == "quote" }) {
      let end = text.line(text.lineNumber(of: entry.keyRange.end)).upperBound
      return TextChange(
        path: file.path, range: ByteRange(start: entry.keyRange.end, end: end), text: ": " + scalar)
    }
    guard let last = provision.value.entries?.last, let first = provision.value.entries?.first
    else {
      return nil
    }
    let key = first.keyRange.start
    let line = text.line(text.lineNumber(of: key))
    if text.text(line.lowerBound..<key).contains("{") {
      let end = last.value.range.end
      return TextChange(
        path: file.path, range: ByteRange(start: end, end: end),
        text: ", quote: " + YAMLScalar.quoted(sentence))
    }
    let end = text.line(text.lineNumber(of: last.value.range.end)).upperBound
    let indent = String(repeating: " ", count: key - line.lowerBound)
    return TextChange(
      path: file.path, range: ByteRange(start: end, end: end), text: "\n\(indent)quote: \(scalar)")
  }
}

/// Text as a scalar of YAML.
enum YAMLScalar {
  /// Without quotes where it can stand so.
  static func text(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.first.map { !$0.isASCII } ?? false && !text.contains(": ")
      && !text.contains(" #") && !text.hasSuffix(":")
    return isPlain ? text : quoted(text)
  }

  static func quoted(_ text: String) -> String { JSONTree.text(text).compact }
}
