import Cases
package import Diagnostics
import Expression
import Policy
import Reading

/// What of its requests could be left out, and the year in which it could come again.
extension Trials {
  /// What the application would come to without each of its requests, where it makes several.
  package func withdrawals() -> [(trial: Trial, cure: Cure)] {
    let requests = application.requests.words
    guard requests.count > 1 else { return [] }
    return requests.compactMap { category in
      guard let trial = trial({ $0 = $0.withdrawing(category) }) else { return nil }
      let word = policy.catalogue.words.category[category]
      let whole = Self.whole(trial.verdict)
      let cure = Cure(
        .withdraw, path: "applications[\(application.id)].requests", value: word.word,
        verdict: trial.verdict, holder: .applicant,
        message: Bilingual(
          zh: "不申请\(word.label.zh)即不涉及本条；\(whole.zh)",
          en: "without the request for \(word.label.en) it would not arise; \(whole.en)"))
      return (trial, cure)
    }
  }

  /// So many later years are tried at most.
  private static let yearLimit = 10

  /// The first later year of which something is known in which the application, made on the same day, would pass.
  package func year(_ target: WhatIf.Target) -> Cure? {
    let day = application.submitted
    guard let rule = competition.terms.rule(target.rule), isOfYear(rule),
      let last = whatIf.batch.facts.lastYear, last > day.year
    else { return nil }
    for year in (day.year + 1)...min(last, day.year + Self.yearLimit) {
      guard let moved = day.moved(to: year), let isInForce = whatIf.isInForce(on: moved),
        isKnown(rule, target, on: moved), let trial = trial({ $0.submitted = moved }),
        trial.outcome(target) == .pass
      else { continue }
      let whole = Self.whole(trial.verdict)
      let span = Bilingual(
        zh: isInForce ? "" : "（该日不在本文件规划期内，适用何文件须另行确认）",
        en: isInForce
          ? "" : " (a day outside the span of this document, so what governs has to be confirmed)")
      var cure = Cure(
        .year, path: "applications[\(application.id)].submitted", value: moved.description,
        verdict: trial.verdict, holder: .applicant,
        message: Bilingual(
          zh: "按现有各年度数据，\(year) 年同日（\(moved)）申请即符合本条\(span.zh)；\(whole.zh)",
          en:
            "by the figures given of each year it would pass if submitted on \(moved)\(span.en); \(whole.en)"
        ))
      cure.letter = Bilingual(
        zh: "按现有各年度数据试算，\(year) 年提出申请的，可符合该项要求\(span.zh)",
        en:
          "by the figures given of each year this would hold for an application made in \(year)\(span.en)"
      )
      return cure
    }
    return nil
  }

  /// Whether a rule that limits places by year has a number for the year of a day: where nothing was published yet, nothing is known.
  private func isKnown(_ rule: RuleTerms, _ target: WhatIf.Target, on day: CalendarDay) -> Bool {
    guard case .limit(let parts) = rule.demand else { return true }
    look { $0.submitted = day }
    decider.choose(target.category)
    return parts.contains { part in
      if part.isAdvisory || !part.over.contains(.year) { return false }
      if let applies = part.applies {
        guard case .yes? = try? decider.context.decide(applies) else { return false }
      }
      let usage: Decider.Usage? = (try? decider.usage(part, rule)) ?? nil
      return usage.map { $0.take > 0 && $0.limit != nil } ?? false
    }
  }

  /// Whether the year of submission has a say in a rule.
  private func isOfYear(_ rule: RuleTerms) -> Bool {
    if case .limit(let parts) = rule.demand, parts.contains(where: { $0.over.contains(.year) }) {
      return true
    }
    return rule.reach.contains(.year)
  }
}

extension CalendarDay {
  /// The same day of another year; the last of February where that has no 29th.
  fileprivate func moved(to year: Int) -> CalendarDay? {
    CalendarDay(year: year, month: month, day: day)
      ?? CalendarDay(year: year, month: month, day: day - 1)
  }
}
