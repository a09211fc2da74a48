import Checks
package import Diagnostics
import Reading

/// The beginning of a profile, made from the text of its document: a tenant, every sentence that binds as a provision, and what is
/// left to do.
///
/// What only a person can say is a guess that calls itself one, or stands in the to-do list. Until rules are written everything is left
/// to a person, so that nobody is refused or admitted by a skeleton.
package struct ProfileSkeleton: Sendable {
  package struct File: Sendable {
    package var name: String
    package var text: String
  }

  private struct Sentence {
    var id: String
    var place: String
    var quote: String
    /// Nil where none of the words says how binding it is.
    var words: BindingWords
  }

  private let id: String
  private let names: [String]
  private let code: String?
  private let years: ClosedRange<Int>
  private let title: String
  private let digest: String
  private let language: Language
  private let sentences: [Sentence]
  private let isFlat: Bool

  /// - Parameters:
  ///   - name: the city in Chinese; nil takes it from the title.
  ///   - years: the span; nil takes it from the title.
  package init(
    reading path: String, city id: String, name: String?, code: String?,
    years: ClosedRange<Int>?, digest: (SourceFile) -> String, language: Language
  ) throws(Faults) {
    let file = try InputFile.load(path: path)
    try Self.check(file)
    let text = SourceText(file)
    let lines = file.withBytes { String(decoding: $0, as: UTF8.self) }.split {
      $0 == "\n" || $0 == "\r\n"
    }.map(Self.plain).filter { !$0.isEmpty }
    let title = Self.title(lines)
    guard let span = years ?? Self.years(title) ?? Self.years(lines.prefix(12).joined()) else {
      throw Faults(
        Fault(
          path: file.path, zh: "标题中没有起止年份，请用 `--years 2026-2030` 注明",
          en: "the title names no years; give them with `--years 2026-2030`"))
    }
    self.id = id
    self.code = code
    self.years = span
    self.title = title
    self.digest = digest(file)
    self.language = language
    names = Self.names(name ?? Self.city(title))
    let outline = DocumentOutline(file)
    isFlat = outline.isFlat
    let prefix = id.filter(\.isLetter).prefix(2).uppercased()
    var sentences: [Sentence] = []
    var seen: Set<String> = []
    for range in text.sentences {
      let location = text.location(range)
      let quote = Self.plain(Substring(file.text(location.range)))
      guard quote.unicodeScalars.count >= Self.shortest, BindingWords.binds(quote),
        seen.insert(quote).inserted
      else { continue }
      let place = outline.places(of: location.range.start, parts: []).first ?? ""
      sentences.append(
        Sentence(
          id: "\(prefix)-\(Self.number(sentences.count + 1))",
          place: place.isEmpty ? (outline.isFlat ? "全文" : "首部") : place, quote: quote,
          words: BindingWords([quote])))
    }
    guard !sentences.isEmpty else {
      throw Faults(
        Fault(
          path: file.path, zh: "没有找到有约束力的条文（原则上、不得、应、可、优先等），请核对是否为规划文件的全文",
          en:
            "no sentence that binds was found (原则上, 不得, 应, 可, 优先 …); check that this is the whole text of the document"
        ))
    }
    self.sentences = sentences
  }

  /// Shorter ones are headings.
  private static let shortest = 8

  package var files: [File] {
    [
      File(name: "tenant.yaml", text: tenant), File(name: "\(span).yaml", text: profile.text),
      File(name: "\(span).tests.yaml", text: tests), File(name: "todo.md", text: todo),
    ]
  }

  private var span: String {
    years.count == 1 ? String(years.lowerBound) : "\(years.lowerBound)-\(years.upperBound)"
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
}

// MARK: Files

extension ProfileSkeleton {
  private var tenant: String {
    let code = code ?? Self.noCode
    return """
      # \(say("待核对：名称、英文名称和行政区划代码（GB/T 2260）。", "To be checked: the names, the English name and the GB/T 2260 codes."))
      planlint: tenant/1
      id: \(id)
      names: [\(names.joined(separator: ", "))]
      english: \(id.prefix(1).uppercased() + id.dropFirst())
      codes: ["\(code)"]
      profiles:
        - {id: \(id)/\(span), file: \(span).yaml, from: \(years.lowerBound)-01-01, to: \(years.upperBound)-12-31}

      """
  }

  private static let noCode = "000000"

  /// The profile, and the lines on which its provisions begin.
  private var profile: (text: String, lines: [Int]) {
    var lines = [
      "# \(title)", "planlint: policy/1", "id: \(id)/\(span)",
      "in_force: {from: \(years.lowerBound)-01-01, to: \(years.upperBound)-12-31}", "document:",
      "  title: \(Self.quoted(title))",
      "  status: \(title.contains("征求意见") ? "draft" : "in_force")", "  sha256: \"\(digest)\"",
      "", "provisions:",
    ]
    var places: [Int] = []
    for sentence in sentences {
      places.append(lines.count + 1)
      lines += [
        "  \(sentence.id):", "    at: \(sentence.place)",
        "    modality: \(modality(sentence).rawValue)  # \(guessed(sentence))",
        "    quote: \(Self.quoted(sentence.quote))", "    note:",
        "      zh: 待拟定规则；不能由机器判断的，在此说明理由。",
        "      en: A rule is still to be written, or the reason why no machine can decide it.",
      ]
    }
    let first = leading
    lines += [
      "", "merit:", "  - {by: score}", "  - {by: submitted}", "  - {by: id}", "",
      "# " + say("拟定规则之前，一律转人工裁量。", "Until rules are written everything is left to a person."),
      "rules:", "  - id: \(first.id)", "    name: left-to-a-person", "    subject: application",
      "    limit: {take: place, over: [city], otherwise: review}", "    message:",
      "      zh: 规则尚未拟定，转人工裁量：\(Self.message(first.quote))",
      "      en: the rules are still to be written; left to a person", "",
    ]
    return (lines.joined(separator: "\n"), places)
  }

  /// The first sentence that demands something, else the first.
  private var leading: Sentence {
    sentences.first { [.must, .inPrinciple].contains(modality($0)) } ?? sentences[0]
  }

  private func modality(_ sentence: Sentence) -> Modality { sentence.words.guess ?? .must }

  private func guessed(_ sentence: Sentence) -> String {
    let words = sentence.words.found.filter { $0.modality == modality(sentence) }.map(\.word)
    if words.isEmpty { return say("推定，请核对", "a guess, to be checked") }
    return say(
      "按“\(words.joined(separator: "”“"))”推定，请核对",
      "guessed from \(words.joined(separator: ", ")), to be checked")
  }

  private var tests: String {
    """
    # \(say("每条规则在限额之内、恰在限额、超出限额的用例写在这里。", "Cases inside, at and outside the limit of each rule belong here."))
    planlint: policy-tests/1
    profile: \(id)/\(span)

    facts:
      planlint: facts/1
      city: \(id)
      year: \(years.lowerBound)
      residents: 1000000
      districts:
        - {name: 甲区, residents: 1000000}

    registry: []

    application:
      name: 示例机构
      kind: retail_pharmacy
      requests: [retail_pharmacy]
      district: 甲区
      submitted: \(years.lowerBound)-03-02

    tests:
      - name: 拟定规则之前，一律转人工裁量
        rule: \(leading.id)
        applications: [{id: A}]
        expect: {A: {verdict: review, \(leading.id): review}}

    """
  }

  private var todo: String {
    let file = "\(span).yaml"
    var items: [String] = [
      say(
        "tenant.yaml：核对名称（\(names.joined(separator: "、"))）、英文名称"
          + (code == nil
            ? "；行政区划代码未知，现写作 \(Self.noCode)，须改为 GB/T 2260 代码" : "和行政区划代码"),
        "tenant.yaml: check the names (\(names.joined(separator: ", "))) and the English name"
          + (code == nil
            ? "; the GB/T 2260 code is not known: put it in the place of \(Self.noCode)"
            : " and the code")),
      say(
        "\(file)：核对标题、状态（draft 征求意见稿，in_force 已施行）和起止日期",
        "\(file): check the title, the status (draft or in_force) and the span"),
    ]
    if isFlat {
      items.append(
        say(
          "\(file)：原文没有可识别的标题，`at` 均写作“全文”，请逐条注明位置",
          "\(file): no headings were found, so that every `at` says 全文; give each its place"))
    }
    items.append(
      say(
        "\(file)：唯一的规则 `left-to-a-person` 把一切转人工裁量，写好规则后删去",
        "\(file): the only rule, `left-to-a-person`, leaves everything to a person; delete it when rules are written"
      ))
    for (sentence, line) in zip(sentences, profile.lines) {
      let start = SourceText.beginning(of: sentence.quote, scalars: 30)
      items.append(
        say(
          "\(file):\(line) \(sentence.id)（\(sentence.place)）：核对约束力 \(modality(sentence).rawValue)，拟定规则、豁免、例外或优先，或以 `note` 说明为何不能由机器判断：\(start)",
          "\(file):\(line) \(sentence.id) (\(sentence.place)): check the modality \(modality(sentence).rawValue); write a rule, exemption, exception or priority, or say in its `note` why no machine can decide it: \(start)"
        ))
    }
    items.append(
      say(
        "`planlint policy check`、`policy verify`、`policy coverage`、`policy test` 均通过",
        "`planlint policy check`, `policy verify`, `policy coverage` and `policy test` pass"))
    return "# \(say("待办", "To do")): \(title)\n\n"
      + items.map { "- [ ] \($0)\n" }.joined()
  }
}

// MARK: What the text tells

extension ProfileSkeleton {
  /// A text that is one, in UTF-8.
  private static func check(_ file: SourceFile) throws(Faults) {
    func fault(_ zh: String, _ en: String) -> Faults {
      Faults(Fault(path: file.path, zh: zh, en: en))
    }
    let bytes = file.withBytes { Array($0.prefix(8)) }
    if bytes.starts(with: [0x50, 0x4B]) || bytes.starts(with: [0x25, 0x50, 0x44, 0x46])
      || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    {
      throw fault(
        "应为纯文本，实际似为 Word 或 PDF 文件，请另存为文本（UTF-8）",
        "expected plain text, found what looks like a Word or PDF file; save it as text in UTF-8")
    }
    let isText = file.withBytes { bytes in
      !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    }
    guard isText else {
      throw fault(
        "应为 UTF-8 文本，实际似为其他编码（如 GB18030、UTF-16），请先转换：`iconv -f GB18030 -t UTF-8`",
        "expected text in UTF-8, found another encoding (GB18030 or UTF-16, for instance); convert it first: `iconv -f GB18030 -t UTF-8`"
      )
    }
    let isBlank = file.withBytes { String(decoding: $0, as: UTF8.self) }.unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || $0 == "\u{FEFF}"
    }
    if isBlank { throw fault("文件中没有文字", "there is no text in the file") }
  }

  /// A line or sentence without marks of what it was made from, without its number and its stop.
  private static func plain(_ line: Substring) -> String {
    var text = DocumentOutline.withoutMarks(line)
    while let last = text.last, last.isWhitespace || "。；;".contains(last) { text.removeLast() }
    return String(text)
  }

  /// The first lines up to one that speaks of what the document is.
  private static func title(_ lines: [String]) -> String {
    let words = ["规划", "方案", "办法", "细则", "意见", "通知"]
    for (index, line) in lines.prefix(40).enumerated()
    where words.contains(where: line.contains) && line.count < 80 && !line.contains("，") {
      var title = line
      // A title that goes over two lines names the city on the first.
      if !line.contains("市"), !line.contains("省"), index > 0 { title = lines[index - 1] + title }
      if title.hasPrefix("关于") { continue }
      // What stands in brackets may be on a line of its own.
      for next in lines.dropFirst(index + 1).prefix(2) where next.hasPrefix("（") && next.count < 30
      {
        if next.contains("征求意见") || years(next) != nil { title += next }
      }
      return title
    }
    return lines.first ?? ""
  }

  /// 2026-2028, in either kind of digits and dashes, or a single year that stands with 年 in brackets.
  private static func years(_ text: String) -> ClosedRange<Int>? {
    let numbers = text.split { !$0.isNumber || !$0.isASCII }.compactMap { Int($0) }
      .filter { (2000...2099).contains($0) }
    for (first, last) in zip(numbers, numbers.dropFirst()) where first < last && last - first <= 15
    {
      let between = text.firstRange(of: "\(first)").map { text[$0.upperBound...] } ?? ""
      let gap = between.prefix { !$0.isNumber }
      if gap.count <= 3, gap.contains(where: { "-—–－～~至".contains($0) }) { return first...last }
    }
    if text.contains("十五五") { return 2026...2030 }
    return text.contains("十四五") ? 2021...2025 : nil
  }

  private static func city(_ title: String) -> String? {
    guard let end = title.firstIndex(where: { "市省".contains($0) }) else { return nil }
    let name = title[...end].reversed().prefix { $0.isLetter && !$0.isASCII && $0 != "于" }
    return name.count >= 3 && name.count <= 6 ? String(name.reversed()) : nil
  }

  private static func names(_ name: String?) -> [String] {
    guard let name else { return ["待填"] }
    guard let last = name.last, "市省".contains(last), name.count > 2 else { return [name] }
    return [String(name.dropLast()), name]
  }

  private static func number(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  /// A sentence inside a message in plain YAML: without what would end it or be a placeholder.
  private static func message(_ quote: String) -> String {
    SourceText.beginning(
      of: String(
        quote.filter { !"{}:#'\"".contains($0) && !$0.isNewline && !$0.isNumber }), scalars: 40)
  }
}
