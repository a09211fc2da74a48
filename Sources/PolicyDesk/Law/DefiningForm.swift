/// The form of a sentence that says what something is or how things stand, and by which nobody is asked for anything.
///
/// A formula may do both: `实际值=床位数/参保人数` says what the actual value is, `年度新增计划量=（规划总量-实有数量）×系数` also binds whoever plans. It
/// binds only where it speaks of what is planned.
struct DefiningForm {
  private let sentence: String

  init(_ quote: String) { sentence = quote.filter { !$0.isWhitespace } }

  /// A word that is explained, a formula of figures that nobody plans, or the area of a land.
  var cannotBind: Bool { explains || computes || measuresLand }

  /// It counts what is there: 现有, 共计.
  var describes: Bool {
    ["现有", "共有", "共计", "截至", "截止到"].contains(where: sentence.contains) && !plans
  }

  /// 是指, 界定为, or a figure's name, a colon and what figure that is: `测算值：医保筹资可承担的每千人床位数`.
  private var explains: Bool {
    if ["是指", "系指", "界定为"].contains(where: sentence.contains) { return true }
    guard let colon = sentence.firstIndex(where: { "：:".contains($0) }) else { return false }
    let name = sentence[..<colon]
    let meaning = sentence[sentence.index(after: colon)...]
    return Self.endsInFigure(name) && Self.endsInFigure(meaning)
      && !meaning.contains(where: { "，；。".contains($0) })
  }

  private var computes: Bool {
    sentence.prefix(30).contains(where: { "=＝".contains($0) }) && !plans
  }

  private var measuresLand: Bool {
    ["平方千米", "平方公里"].contains(where: sentence.hasSuffix) && !plans
  }

  private var plans: Bool {
    ["规划", "计划", "配置", "新增", "调整", "分配", "总量", "控制", "目标", "上限", "下限", "到20"]
      .contains(where: sentence.contains)
  }

  /// The last word of what is counted or measured, not of what is asked for: 次数, 金额, 面积; never 4092家.
  private static func endsInFigure(_ text: Substring) -> Bool {
    let text = text.drop { "“《".contains($0) }
    return !(text.last?.isNumber ?? true)
      && ["数", "数量", "额", "额度", "值", "率", "频次", "能力", "费用", "面积", "比例", "水平", "系数", "之和", "之比"]
        .contains(where: text.hasSuffix)
  }
}
