import Diagnostics
import Reporting

/// One finding as a letter tells it: without ids, codes and scores, and without other applicants.
struct NoticeFinding {
  /// The neighbours that a letter lists, nearest first.
  private static let neighbourLimit = 20

  private let finding: Finding

  init(_ finding: Finding) { self.finding = finding }

  /// What was found, with its outcome before it.
  var sentence: String {
    let word = finding.outcomeWord.zh
    guard let gist = finding.gist?.zh else { return finding.statement(.zh) }
    return ([word + "：" + gist] + finding.causes.map(Self.words)).joined(separator: "；")
  }

  private static func words(_ cause: ReviewCause) -> String {
    switch cause {
    case .noNumber: "文件未给出数量，由受理单位研究确定"
    case .exception(let name): "\(name.zh)成立，是否纳入由受理单位裁量"
    case .waiting(let count): "须待在先的 \(count) 件申请定论后确定"
    case .accuracy, .rank, .doubts: cause.words.zh
    case .open: "条文留有裁量余地，由受理单位裁量"
    }
  }

  func fields(number: Int) -> NoticeFields {
    var laws = finding.citations
    for consideration in finding.considered where consideration.holds != .no {
      if !laws.contains(consideration.citation) { laws.append(consideration.citation) }
    }
    let arithmetic = FindingFact.arithmetic(finding, .zh)
    let considered = finding.considered.map(Self.considered)
    let rank = finding.rank.map {
      "第 \($0) 位" + (finding.tieBreakKey.map { "；与前一位的先后依\($0.zh)确定" } ?? "")
    }
    var fields = neighbours
    fields["number"] = .text(String(number))
    fields["rule"] = .text(finding.rule)
    fields["outcome"] = .text(finding.outcomeWord.zh)
    fields["message"] = .text(sentence)
    fields["has_category"] = .flag(finding.category != nil)
    fields["category"] = .text(finding.category.map { Wording.category($0, .zh) } ?? "")
    fields["laws"] = .list(laws.filter { !$0.quote.isEmpty }.map(Self.law))
    fields["has_arithmetic"] = .flag(!arithmetic.isEmpty)
    fields["arithmetic"] = .text(arithmetic.joined(separator: "；"))
    fields["has_rank"] = .flag(rank != nil)
    fields["rank"] = .text(rank ?? "")
    fields["has_considered"] = .flag(!considered.isEmpty)
    fields["considered"] = .list(considered.map { ["consideration": .text($0)] })
    fields["has_waiver"] = .flag(finding.waiver != nil)
    fields["waiver"] = .text(finding.waiver.map { FindingFact.waiver($0, .zh) } ?? "")
    fields["has_ruling"] = .flag(finding.ruling != nil)
    fields["ruling"] = .text(finding.ruling.map(Self.ruling) ?? "")
    fields["has_hangs_on"] = .flag(!finding.hangsOn.isEmpty)
    fields["hangs_on"] = .text("\(finding.hangsOn.count + finding.moreHangsOn) 件")
    // The name of the figure before it is the profile's.
    let formula = finding.reconstructed.first?.zh.split(separator: "：", maxSplits: 1).last
    fields["reconstructed"] = .list(formula.map { [["formula": .text(String($0))]] } ?? [])
    return fields
  }

  /// The institutions around it, by name; of other applicants only how many count.
  private var neighbours: NoticeFields {
    var shown = finding
    shown.neighbours = finding.neighbours.filter { !$0.isApplicant }
    var radius = finding.circle.map { FixedDecimal.metres($0.radiusMetres) } ?? ""
    if radius.hasSuffix(".0") { radius.removeLast(2) }
    let rivals = finding.neighbours.count - shown.neighbours.count
    var lines = shown.neighbours.prefix(Self.neighbourLimit).map { neighbour in
      var text = (neighbour.name.isEmpty ? "定点机构" : neighbour.name) + "，"
      text += FixedDecimal.metres(neighbour.distanceMetres) + " 米"
      if neighbour.uncertaintyMetres > 0 {
        text += "（坐标误差 ±" + FixedDecimal.metres(neighbour.uncertaintyMetres) + " 米）"
      }
      return text
    }
    if rivals > 0 { lines.append("另有在先的本批申请机构 \(rivals) 家") }
    let more = shown.neighbours.count + finding.moreNeighbours - Self.neighbourLimit
    let drawing = shown.neighbours.isEmpty ? nil : CircleDrawing(shown)
    return [
      "has_neighbours": .flag(!lines.isEmpty), "radius": .text(radius),
      "drawing": .markup(drawing?.svg(.zh) ?? ""),
      "neighbours": .list(lines.map { ["neighbour": .text($0)] }),
      "has_more_neighbours": .flag(more > 0), "more_neighbours": .text(String(max(more, 0))),
    ]
  }

  /// An exemption or exception by name, and what came of it.
  private static func considered(_ consideration: Consideration) -> String {
    let state =
      switch consideration.holds {
      case .yes: "成立"
      case .no: "不成立"
      case .uncertain: "待核实"
      case .unknown: "资料不足，尚不能认定"
      }
    if consideration.detail == "未申报" { return consideration.name.zh + "：未申报" }
    return consideration.name.zh + "：" + state
      + (consideration.detail.isEmpty ? "" : "，" + consideration.detail)
  }

  /// Who decided, by which document, when, what and why.
  private static func ruling(_ ruling: Ruling) -> String {
    "\(ruling.authority)以\(ruling.document)于\(NoticeText.dayInWords(ruling.decided))决定：\(ruling.outcome.word.zh)。理由：\(ruling.reason)"
  }

  private static func law(_ citation: Citation) -> NoticeFields {
    [
      "law_document": .text("《\(citation.bareDocument)》"), "at": .text(citation.place),
      "quote": .text(citation.quote), "modality": .text(citation.modality.word.zh),
    ]
  }
}
