import Cases
package import Diagnostics
import Expression
import Reading

/// The lowest score that passes, and the last rank.
extension Trials {
  /// How many scores or turns are tried one by one; of more, each half is tried first.
  private static let eachLimit = 32

  private static let highest = Exact(100)

  /// What of its place in the order of merit would make a rule pass: its score, else its rank.
  package func merit(_ target: WhatIf.Target) -> [Cure] {
    guard let rule = competition.terms.rule(target.rule), rule.isCompetitive else { return [] }
    if let cure = score(target, rule) { return [cure] }
    return rank(target, rule).map { [$0] } ?? []
  }

  // MARK: Score

  private func score(_ target: WhatIf.Target, _ rule: RuleTerms) -> Cure? {
    let year = application.submitted.year
    let others = Set(scores(in: year)).sorted()
    // Where nobody else has one, the order passes over it.
    guard order.ranksByScore, application.score.map({ $0 < Self.highest }) ?? !others.isEmpty,
      let step = Self.step(others + [application.score].compactMap(\.self))
    else { return nil }
    // With each of the others' scores the day and the id may decide; above it they do not.
    var candidates: Set<Exact> = [Self.highest]
    if application.score == nil { candidates.insert(.zero) }
    for score in others {
      candidates.insert(score)
      if let above = try? score.adding(step), above <= Self.highest { candidates.insert(above) }
    }
    let own = application.score
    let sorted = candidates.filter { candidate in own.map { candidate > $0 } ?? true }.sorted()
    guard
      let (number, trial) = first(
        of: sorted.count, passing: target,
        { number in
          self.trial(score: sorted[number])
        })
    else { return nil }
    let score = sorted[number]
    // Where it is just above another's, half as much above it has to do as well.
    let below = (try? score.subtracting(step)).flatMap {
      others.contains($0) || $0 == own ? $0 : nil
    }
    let half = below.flatMap { try? $0.adding(score).divided(by: Exact(2)) }
    let isAbove = half.flatMap { self.trial(score: $0) }?.passes(target) ?? false
    let bound = isAbove ? below ?? score : score
    var cure = Cure(
      .score, path: "applications[\(application.id)].score", value: score.description,
      verdict: trial.verdict, holder: .authority, message: Bilingual(zh: "", en: ""))
    cure.range = Cure.Range(
      low: bound.description, isLowOpen: isAbove, high: Self.highest.description,
      isHighOpen: false)
    cure.rank = rank(target, rule, withScore: score)
    let whole = Self.whole(trial.verdict)
    let place =
      cure.rank.map { Bilingual(zh: "（即排第 \($0) 位或更前）", en: " (rank \($0) or better)") }
      ?? Bilingual(zh: " ", en: "")
    cure.message = Bilingual(
      zh: "评估得分\(isAbove ? "高于" : "不低于") \(bound)\(place.zh)即符合本条；\(whole.zh)",
      en:
        "with an evaluation score \(isAbove ? "above" : "of at least") \(bound)\(place.en) it would pass; \(whole.en)"
    )
    return cure
  }

  private func trial(score: Exact) -> Trial? {
    if let known = triedScores[score] { return known }
    let trial = trial { $0.score = score }
    triedScores[score] = .some(trial)
    return trial
  }

  /// The scores of the others of a year.
  private func scores(in year: Int) -> [Exact] {
    competition.members.compactMap { other in
      guard other != index else { return nil }
      let application = whatIf.batch.applications[other]
      return application.submitted.year == year ? application.score : nil
    }
  }

  /// One unit of the last decimal that scores are written with, 0.1 at most; nil where there are too many.
  private static func step(_ scores: [Exact]) -> Exact? {
    var denominator = 10
    while scores.contains(where: { Int128(denominator) % $0.denominator != 0 }) {
      denominator *= 10
      if denominator > 1_000_000 { return nil }
    }
    return try? Exact(1).divided(by: Exact(denominator))
  }

  // MARK: Rank

  private func rank(_ target: WhatIf.Target, _ rule: RuleTerms) -> Cure? {
    guard case .limit(let parts) = rule.demand, !isRankOpen else { return nil }
    let year = application.submitted.year
    let turns = ranking.turns
    func isOfYear(_ turn: Int) -> Bool {
      whatIf.batch.applications[competition.members[turns[turn].member]].submitted.year == year
    }
    var first = turn
    while first > 0, isOfYear(first - 1) { first -= 1 }
    // The nearest before its own come first.
    let earlier = Array((first..<turn).reversed())
    guard
      let (number, trial) = self.first(
        of: earlier.count, passing: target, { trial(at: earlier[$0]) }),
      let rank = rank(in: parts, rule, target, at: earlier[number])
    else { return nil }
    let whole = Self.whole(trial.verdict)
    var cure = Cure(
      .rank, path: "applications[\(application.id)]", value: String(rank), verdict: trial.verdict,
      holder: .authority,
      message: Bilingual(
        zh: "择优排序在第 \(rank) 位或更前即符合本条；\(whole.zh)",
        en: "at rank \(rank) or better it would pass; \(whole.en)"))
    cure.rank = rank
    return cure
  }

  /// The rank that a limit would show of the application with a score.
  private func rank(_ target: WhatIf.Target, _ rule: RuleTerms, withScore score: Exact) -> Int? {
    guard case .limit(let parts) = rule.demand, !isRankOpen,
      let merit = try? merit(withScore: score), merit.openness == nil
    else { return nil }
    var changed = application
    changed.score = score
    return rank(in: parts, rule, target, at: order.turn(of: changed, merit))
  }

  private func merit(withScore score: Exact) throws -> Ranking.Merit {
    look { $0.score = score }
    decider.look(at: member, turn: 0, as: decider.applicant)
    var applicabilities: [Decider.Applicability] = []
    return try Ranking.merit(decider, &applicabilities)
  }

  /// The rank that a limit shows of the application as it is at a turn: in the scope that is full at its own.
  private func rank(
    in parts: [RuleTerms.Part], _ rule: RuleTerms, _ target: WhatIf.Target, at turn: Int
  ) -> Int? {
    decider.turn(to: competition.records)
    func usage(_ part: RuleTerms.Part, at turn: Int) -> Decider.Usage? {
      decider.look(at: member, turn: turn)
      decider.choose(target.category)
      if let applies = part.applies {
        guard case .yes? = try? decider.context.decide(applies) else { return nil }
      }
      return (try? decider.usage(part, rule)) ?? nil
    }
    return parts.lazy.filter { !$0.isAdvisory }.compactMap { part -> Int? in
      guard let own = usage(part, at: self.turn), own.take > 0, own.fails || own.isOpen else {
        return nil
      }
      return usage(part, at: turn).map { $0.competed + 1 }
    }.min()
  }

  // MARK: The first that passes

  /// The first of some trials that passes, where those after one that passes do as well: the last is tried first, then few one by
  /// one, of many the half.
  private func first(
    of count: Int, passing target: WhatIf.Target, _ trial: (Int) -> Trial?
  ) -> (Int, Trial)? {
    func passing(_ number: Int) -> Trial? {
      trial(number).flatMap { $0.passes(target) ? $0 : nil }
    }
    guard count > 0, var found = passing(count - 1) else { return nil }
    // Where the whole competition is decided again for each, that is too much for all but a few.
    if count <= (isRankOpen ? 4 : Self.eachLimit) {
      for number in 0..<(count - 1) {
        if let found = passing(number) { return (number, found) }
      }
      return (count - 1, found)
    }
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if let trial = passing(middle) { (found, high) = (trial, middle) } else { low = middle + 1 }
    }
    return (high, found)
  }
}
