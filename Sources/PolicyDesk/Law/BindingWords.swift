package import Diagnostics

/// The words by which a Chinese document says how binding a sentence is, as semantics.md 7 assigns them.
///
/// 原则上 is in principle; 不得, 不再, 应, 须 bind; 可 and 酌情 allow; 优先 and 鼓励 put first; 力争 aims; what is 不受…限制 is exempt. A
/// sentence without any of them binds as it stands.
package struct BindingWords: Sendable {
  /// The words found, in the order of the table, by what they mean.
  package private(set) var found: [(word: String, modality: Modality)] = []
  /// A formula, or a word that is explained.
  private let defines: Bool
  /// Every sentence of it says what a word or a figure is, and none can ask for anything.
  private let onlyDefines: Bool
  /// It tells the state of things.
  private let describes: Bool
  /// It states a figure.
  private let counts: Bool

  package init(_ quotes: [String]) {
    var text = quotes.joined(separator: "\n").filter { !$0.isWhitespace || $0 == "\n" }
    defines = quotes.contains(where: Self.defines)
    onlyDefines = quotes.allSatisfy { DefiningForm($0).cannotBind }
    describes = quotes.contains { DefiningForm($0).describes }
    counts = quotes.contains {
      $0.unicodeScalars.contains { $0.properties.numericType == .decimal }
    }
    for word in Self.inert { text = text.replacing(word, with: "＿") }
    text = Self.withoutAllowedSupport(text)
    // A word inside another one that binds otherwise is none of its own: 不可, 方可, 可优先.
    for (word, modality) in Self.table where text.contains(word) {
      found.append((word, modality))
      if word.count > 1 { text = text.replacing(word, with: "＿") }
    }
    if Self.exempts(text) { found.append(("不受限制", .exemption)) }
  }

  /// What the sentence may be taken for without a reading: the strongest kind of word decides, and words of one strength leave a choice.
  package var modalities: Set<Modality> {
    let all = Set(found.map(\.modality))
    if all.contains(.exemption) { return [.exemption] }
    if all.contains(.inPrinciple) { return [.inPrinciple] }
    if found.contains(where: { $0.word == Self.allowedFirst }) { return [.priority] }
    var result = all
    if found.contains(where: { $0.word == Self.favours }) {
      result.formUnion([.priority, .may])
    }
    if defines { result.insert(.definition) }
    if all.isEmpty {
      result.formUnion(counts ? [.must, .data, .definition] : [.must])
      if onlyDefines || describes { result.remove(.must) }
      if onlyDefines { result.insert(.definition) }
    }
    return result
  }

  /// What a sentence is taken for at first sight, for a skeleton; nil where none of the words stands in it.
  package var guess: Modality? {
    let all = modalities
    guard !found.isEmpty else { return nil }
    return [.exemption, .inPrinciple, .must, .may, .priority, .target].first(where: all.contains)
  }

  /// Sentences that bind, by the words of the table and by a bound that they set.
  package static func binds(_ sentence: String) -> Bool {
    let words = BindingWords([sentence])
    return words.found.contains { !faint.contains($0.word) }
  }

  private static let allowedFirst = "可优先"
  /// It may allow something or put it first.
  private static let favours = "支持"
  /// Too common to tell a sentence that binds from one that does not.
  private static let faint: Set<String> = ["要", "适当", "确保", "严格", "努力", "支持", "重点"]

  /// Longer words before those that they hold.
  private static let table: [(String, Modality)] = [
    ("不占用", .exemption), ("不纳入", .exemption),
    ("原则上", .inPrinciple),
    ("方可", .must), ("不可", .must), ("不得", .must), ("不再", .must), ("必须", .must),
    ("严禁", .must), ("不超过", .must), ("不低于", .must), ("不少于", .must), ("不高于", .must),
    ("约束性", .must), ("确保", .must), ("严格", .must), ("要求", .must),
    (allowedFirst, .priority),
    ("可以", .may), ("酌情", .may), ("适当", .may),
    ("优先", .priority), ("鼓励", .priority),
    ("力争", .target), ("努力", .target), ("预期性", .target), ("全面建成", .target),
    ("基本形成", .target),
    (favours, .priority), ("重点", .priority),
    ("须", .must), ("应", .must), ("要", .must), ("可", .may),
  ]

  /// Words that hold one of the table's and bind or allow nothing.
  private static let inert = [
    "许可", "认可", "可能", "可靠", "可及", "可持续", "可承", "可新增量", "可新增数", "可新增的", "可静态", "可办",
    "可负担", "相应", "供应", "适应", "对应", "应用", "应急", "反应", "响应", "效应", "应对", "重要", "主要", "需要",
    "要素", "纲要", "摘要", "概要", "相关要求", "有关要求", "重点建设项目", "重点项目", "重点工程",
  ]

  /// Support that may be given (可酌情予以支持) is allowed and puts nothing first.
  private static func withoutAllowedSupport(_ text: String) -> String {
    var clause = ""
    var result = ""
    for character in text {
      if "，。；,;\n".contains(character) {
        result += clause + String(character)
        clause = ""
        continue
      }
      clause.append(character)
      if clause.hasSuffix(favours), ["可", "酌情", "适当"].contains(where: clause.contains) {
        clause.removeLast(favours.count)
        clause.append("＿")
      }
    }
    return result + clause
  }

  private static func exempts(_ text: String) -> Bool {
    text.split { "，。；,;\n".contains($0) }.contains { clause in
      guard let start = clause.firstRange(of: "不受") else { return false }
      return clause[start.upperBound...].contains("限制")
    }
  }

  private static func defines(_ quote: String) -> Bool {
    let head = quote.prefix(30)
    return ["=", "：", ":", "＝"].contains(where: { head.contains($0) })
      || ["指", "界定为", "确定为"].contains(where: { quote.contains($0) })
  }
}

extension Modality {
  /// The words by which an answer in Chinese says that it takes a sentence for this.
  package var namedBy: [String] {
    switch self {
    case .must: ["应当", "必须", "约束性"]
    case .inPrinciple: ["原则"]
    case .may: ["可以", "酌情", "允许", "裁量"]
    case .priority: ["优先", "鼓励"]
    case .exemption: ["豁免", "不受", "不占用"]
    case .target: ["目标", "预期"]
    case .definition: ["定义", "界定"]
    case .data: ["数据", "现状"]
    }
  }
}
