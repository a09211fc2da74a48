package import Cases
package import Diagnostics
import Expression
package import Policy

/// What findings say in words.
extension Explanation {
  /// The ids of undecided applications that a sentence names; the finding has more.
  private static let namedLimit = 12
  /// The bytes that are added to a message at most often.
  private static let messageRoom = 64

  /// Why a decision is left to a person, where it is.
  package func causes(_ decision: Decision) -> [ReviewCause] {
    guard decision.outcome == .review || decision.ruling != nil else { return [] }
    if decision.lacksNumber { return [.noNumber] }
    if decision.restsOnRank { return [.rank] }
    if decision.restsOnDoubts { return [.doubts] }
    var causes: [ReviewCause] = []
    if let exception = decision.considered.first(where: {
      $0.kind == .exception && $0.holds == .yes
    }) {
      causes.append(.exception(policy.exceptions[exception.clause].label))
    }
    if !decision.hangsOn.isEmpty {
      causes.append(.waiting(decision.hangsOn.count + decision.moreHangsOn))
    }
    let circles = ([decision.circle].compactMap(\.self) + decision.considered.flatMap(\.circles))
      .map(\.evidence)
    let worst = circles.flatMap { circle in
      circle.withinAccuracy.named.map { (circle.radiusMetres, $0.uncertaintyMetres) }
    }.max { $0.1 < $1.1 }
    if causes.isEmpty || decision.considered.allSatisfy({ $0.holds != .yes }), let worst {
      causes.append(.accuracy(radius: Metres.text(worst.0), band: Metres.text(worst.1)))
    }
    return causes.isEmpty ? [.open] : causes
  }

  /// Whether a way out is told: not where nothing is refused yet, nor where what it would advise holds already.
  static func hasRemedy(_ finding: Finding) -> Bool {
    switch finding.outcome {
    case .fail, .waived: true
    case .review:
      !finding.causes.contains {
        if case .exception = $0 { return true }
        if case .accuracy = $0 { return true }
        return false
      }
    case .pass, .exempt, .note, .notApplicable, .unknown: false
    }
  }

  /// Gives a finding its message, and its gist where that is another.
  package func say(
    _ decision: Decision, _ rule: Rule, _ application: Application, _ template: Template,
    in finding: inout Finding
  ) {
    let word = finding.outcomeWord
    if decision.outcome == .notApplicable {
      let why = whyNotApplicable(rule, decision, application)
      finding.message = Bilingual(zh: word.zh + "：" + why.zh, en: word.en + ": " + why.en)
      return
    }
    let gist: Bilingual
    var letter: Bilingual?
    if decision.outcome == .exempt, let exemption = decision.exemption {
      let clause = policy.exemptions[exemption]
      let place = policy.citation(clause.basis).place
      gist = Bilingual(
        zh: "属于\(clause.label.zh)（\(place)），不适用本条",
        en: "\(clause.label.en) (\(place)): this rule does not apply")
    } else if decision.takesNone, decision.outcome == .pass {
      (gist, letter) = takesNone(rule, decision, application)
      finding.takesOver = letter != nil
    } else {
      let own = sentence(decision, template.rendered(context.shown), application)
      let others = otherParts(of: rule, decision)
      gist = Bilingual(zh: own.0.zh + others.zh, en: own.0.en + others.en)
      letter = own.letter.map { Bilingual(zh: $0.zh + others.zh, en: $0.en + others.en) }
    }
    var zh = ""
    var en = ""
    zh.reserveCapacity(gist.zh.utf8.count + Self.messageRoom)
    en.reserveCapacity(gist.en.utf8.count + Self.messageRoom)
    zh += word.zh
    zh += "："
    zh += gist.zh
    en += word.en
    en += ": "
    en += gist.en
    var isMore = false
    if let ranks = decision.openRank {
      zh += "；名次待定，按择优顺序可能排第 \(ranks.lowerBound) 至第 \(ranks.upperBound)"
      en +=
        "; its place in the order of merit is open, from \(ranks.lowerBound) to \(ranks.upperBound)"
      isMore = true
    } else if let rank = decision.rank, decision.outcome == .fail || decision.outcome == .review,
      !decision.lacksNumber
    {
      zh += "，按择优顺序排第 \(rank)"
      en += "; number \(rank) in the order of merit"
      isMore = true
    }
    for cause in finding.causes {
      let why = why(cause, decision)
      zh += "；" + why.zh
      en += "; " + why.en
      isMore = true
    }
    finding.message = Bilingual(zh: zh, en: en)
    if isMore || letter != nil { finding.gist = letter ?? gist }
  }

  /// A cause in words, with the ids of those that are waited for.
  private func why(_ cause: ReviewCause, _ decision: Decision) -> Bilingual {
    guard case .waiting(let count) = cause else { return cause.words }
    let named = decision.hangsOn.prefix(Self.namedLimit).map {
      batch.applications[competition.members[$0]].id
    }
    let rest = count - named.count
    return Bilingual(
      zh: "取决于尚未定论的申请 " + named.joined(separator: "、") + (rest > 0 ? " 等 \(count) 件" : ""),
      en: "it hangs on the undecided " + named.joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : ""))
  }

  /// The rule's own sentence; where values of it are missing, what is known of it and what is missing.
  /// For letters another where data of other applications are missing.
  private func sentence(
    _ decision: Decision, _ rendered: Template.Rendered, _ application: Application
  ) -> (Bilingual, letter: Bilingual?) {
    let isOpen = decision.outcome == .unknown
    if !isOpen, rendered.isWhole, let text = rendered.text { return (text, nil) }
    let data = (isOpen ? decision.needs : rendered.missing).map {
      MissingDatum(path: $0, batch.registry, batch.catalogue, subject: application.id)
    }
    func told(_ names: [Bilingual]) -> Bilingual {
      isOpen
        ? MissingSentence.open(rendered, names)
        : MissingSentence.settled(rendered, decision.outcome, names)
    }
    let text = told(data.map(\.name))
    return (text, data.contains(where: \.isOfAnother) ? told(data.map(\.letterName)) : nil)
  }

  /// Why a rule does not speak of an application.
  private func whyNotApplicable(
    _ rule: Rule, _ decision: Decision, _ application: Application
  ) -> Bilingual {
    if let categories = rule.categories,
      !categories.words.contains(where: application.requests.contains)
    {
      let words = categories.words.map { policy.catalogue.words.category[$0].label }
      return Bilingual(
        zh: "本条针对\(words.map(\.zh).joined(separator: "、"))，本申请未申请",
        en: "it speaks of \(words.map(\.en).joined(separator: ", ")), which is not asked for")
    }
    return Bilingual(
      zh: "本申请不属于本条所规范的情形", en: "the application is none of those that the rule speaks of")
  }

  /// Why an application takes nothing of a limit: with the id of the institution that it replaces, and with its name alone.
  private func takesNone(
    _ rule: Rule, _ decision: Decision, _ application: Application
  ) -> (Bilingual, letter: Bilingual?) {
    let isOfBeds = part(rule, decision)?.take == .beds
    let holds =
      decision.category.map(application.designatedFor.contains)
      ?? (!application.designatedFor.isEmpty
        && application.requests.isSubset(of: application.designatedFor))
    guard let leaving = application.replaces, isOfBeds || !holds else {
      return isOfBeds
        ? (Bilingual(zh: "不新增床位", en: "adds no beds"), nil)
        : (
          Bilingual(
            zh: "已具有该类别定点资格，不占用名额", en: "it holds the category already and takes no place"), nil
        )
    }
    func told(_ who: Bilingual) -> Bilingual {
      if isOfBeds, let beds = application.beds {
        return Bilingual(
          zh: "接替\(who.zh)的 \(beds) 张床位，不新增床位",
          en: "it takes over \(beds) beds of \(who.en) and adds none")
      }
      return Bilingual(
        zh: "接替退出的\(who.zh)，不占用名额", en: "it replaces \(who.en), which leaves, and takes no place")
    }
    let name = batch.registry.row(of: leaving).map { batch.registry.institutions[$0].name }
    return (
      told(Bilingual(zh: " \(leaving) ", en: leaving)),
      name.map { told(Bilingual(zh: $0, en: $0)) }
        ?? told(Bilingual(zh: "定点机构", en: "an institution"))
    )
  }

  /// What was found of a clause, with ids for reports and without for letters.
  func explained(
    _ clause: Policy.Clause, _ considered: Decision.Considered, _ application: Application
  ) -> (message: Bilingual, detail: String) {
    guard let circle = considered.circles.first else {
      if considered.kind == .exemption, considered.holds == .no, restsOnClaims(clause) {
        let claimed = batch.catalogue.claims(of: application)
        if claimed.isEmpty {
          return (
            Bilingual(zh: "\(clause.label.zh)：未申报", en: "\(clause.label.en): not claimed"), "未申报"
          )
        }
        let zh = "申报的情形（\(claimed.map(\.zh).joined(separator: "、"))）不在其列"
        return (
          Bilingual(
            zh: "\(clause.label.zh)：\(zh)",
            en:
              "\(clause.label.en): what is claimed (\(claimed.map(\.en).joined(separator: ", "))) is not among them"
          ), zh
        )
      }
      return (clause.label, "")
    }
    let radius = Metres.text(circle.evidence.radiusMetres)
    if let nearest = circle.evidence.nearest {
      let who = name(of: nearest.who)
      let distance = Metres.text(nearest.distanceMetres)
      var detail = "最近的所指机构为\(who.name)，\(distance) 米（半径 \(radius) 米）"
      if case .application = nearest.who { detail = "半径 \(radius) 米内已有排在先的申请机构" }
      return (
        Bilingual(
          zh: "\(clause.label.zh)：最近的为 \(who.id)，\(distance) 米（半径 \(radius) 米）",
          en:
            "\(clause.label.en): the nearest is \(who.id), \(distance) m away (radius \(radius) m)"),
        detail
      )
    }
    if !batch.registry.isPresent {
      return (
        Bilingual(
          zh: "\(clause.label.zh)：未提供名册，无从核对",
          en: "\(clause.label.en): no registry was given to check it by"), "须由受理单位对照定点机构名册核对"
      )
    }
    if application.site == nil {
      let zh = "机构位置坐标未报，无法核对"
      return (
        Bilingual(
          zh: "\(clause.label.zh)：\(zh)",
          en:
            "\(clause.label.en): the place of the institution is not stated, so it cannot be checked"
        ), zh
      )
    }
    if !circle.evidence.missing.isEmpty {
      let zh = "半径 \(radius) 米内的机构资料不全"
      return (
        Bilingual(
          zh: "\(clause.label.zh)：\(zh)",
          en: "\(clause.label.en): what lies within \(radius) m is not fully known"), zh
      )
    }
    let zh = "半径 \(radius) 米内没有所指机构"
    return (
      Bilingual(
        zh: "\(clause.label.zh)：\(zh)",
        en: "\(clause.label.en): no such institution within \(radius) m"), zh
    )
  }

  package func remedy(_ rule: Rule, _ index: Int, isFixed: Bool) -> Bilingual? {
    guard isFixed else { return rule.remedy?.rendered(context.shown).text }
    if let known = fixedRemedy[index] { return known }
    let remedy = rule.remedy?.rendered(context.shown).text
    fixedRemedy[index] = .some(remedy)
    return remedy
  }

  private func ownArithmetic(_ rule: Rule, _ index: Int, isFixed: Bool) -> Bilingual? {
    guard isFixed else { return rule.arithmetic?.rendered(context.shown).text }
    if let known = fixedArithmetic[index] { return known }
    let arithmetic = rule.arithmetic?.rendered(context.shown).text
    fixedArithmetic[index] = .some(arithmetic)
    return arithmetic
  }

  package func arithmetic(
    _ rule: Rule, _ index: Int, _ decision: Decision, _ quota: Quota?, isFixed: Bool
  ) -> Bilingual? {
    let own =
      decision.outcome == .note
      ? nil : ownArithmetic(rule, index, isFixed: isFixed) ?? quota?.sentence
    guard let usage = decision.usage, decision.outcome != .exempt else { return own }
    func sum(
      _ words: (used: String, taken: String, own: String, to: String), then rest: String?
    ) -> String {
      var text = ""
      text.reserveCapacity(112 + (rest?.utf8.count ?? 0))
      func add(_ low: String, _ high: @autoclosure () -> String, isRange: Bool) {
        text += low
        if isRange {
          text += words.to
          text += high()
        }
      }
      text += words.used
      text += usage.used.description
      text += words.taken
      add(
        usage.takenLow.description, usage.takenHigh.description,
        isRange: usage.takenLow != usage.takenHigh)
      text += words.own
      text += usage.take.description
      if let measured = decision.measured {
        text += " = "
        add(
          measured.low.description, measured.high.description,
          isRange: measured.low != measured.high)
      }
      if let rest { text += rest }
      return text
    }
    return Bilingual(
      zh: sum(("已用 ", " + 本批已取得 ", " + 本申请 ", "～"), then: own.map { "；" + $0.zh }),
      en: sum(
        ("used ", " + taken in this batch ", " + this application ", " to "),
        then: own.map { "; " + $0.en }
      ))
  }
}
