import Cases
package import Diagnostics
import Expression
import Policy

/// The most beds that pass.
extension Trials {
  /// So many answers below the one that the cut points give are tried before none is told.
  private static let stepLimit = 24
  /// From so many beds on they are not tried one by one.
  private static let eachLimit = 64

  /// The greatest number of beds below the one asked for with which a rule would stand in the way no more.
  package func beds(_ target: WhatIf.Target) -> Cure? {
    guard let asked = application.beds, asked > 1, application.requests.contains(.inpatient),
      restsOnBeds(target)
    else { return nil }
    var tried = 0
    for beds in candidates(target, below: asked) {
      look { $0.beds = beds }
      guard let outcome = outcome(of: target), !outcome.isOpenToCure else { continue }
      tried += 1
      if tried > Self.stepLimit { return nil }
      guard let trial = trial(beds: beds), trial.passes(target) else { continue }
      return most(from: beds, trial, target, below: asked)
    }
    return nil
  }

  private func trial(beds: Int) -> Trial? { trial { $0.beds = beds } }

  /// Goes up from a number that passes as long as the next one does.
  private func most(
    from beds: Int, _ trial: Trial, _ target: WhatIf.Target, below asked: Int
  ) -> Cure? {
    var (beds, trial) = (beds, trial)
    for _ in 0..<Self.stepLimit {
      guard beds + 1 < asked, let next = self.trial(beds: beds + 1), next.passes(target) else {
        return Cure(
          .beds, path: "applications[\(application.id)].beds", value: String(beds),
          verdict: trial.verdict, holder: .applicant,
          message: Bilingual(
            zh: "床位减为 \(beds) 张（申请 \(asked) 张）即符合本条，为可行的最大值；\(Self.whole(trial.verdict).zh)",
            en:
              "with \(beds) beds instead of \(asked), the most that pass; \(Self.whole(trial.verdict).en)"
          ),
          letter: Bilingual(
            zh: "如将申请床位由 \(asked) 张减为 \(beds) 张，按现有资料试算可符合该项要求",
            en: "with \(beds) beds instead of \(asked) this would hold by the data at hand"))
      }
      (beds, trial) = (beds + 1, next)
    }
    return nil
  }

  /// Numbers of beds to try, the greatest first: between two of them that are neighbours nothing changes.
  private func candidates(_ target: WhatIf.Target, below asked: Int) -> [Int] {
    let all = 1..<asked
    if asked <= Self.eachLimit { return all.reversed() }
    if let points = cutPoints(of: target, in: all) { return points.sorted(by: >) }
    // What is not linear in the beds is tried from the top downwards, in steps that grow.
    var points: Set<Int> = []
    var (step, beds) = (1, asked - 1)
    while beds > 0 {
      points.insert(beds)
      if points.count % 8 == 0 { step *= 2 }
      beds -= step
    }
    return points.union([1]).sorted(by: >)
  }

  /// Where the comparisons of a rule change sides, and the numbers beside; nil where one is not linear in the beds.
  private func cutPoints(of target: WhatIf.Target, in all: Range<Int>) -> Set<Int>? {
    var samples = CutSamples(
      .init(minimum: Exact(all.lowerBound), maximum: Exact(all.upperBound - 1), isWhole: true))
    defer { decider.context.comparisons = nil }
    func whole(_ points: [Exact]) -> [Exact] { points.map(\.floor) + points.map(\.ceiling) }
    do {
      var points = whole(try samples.start())
      for _ in 0..<Resolver.roundLimit {
        for point in points where !samples.has(point) {
          guard let beds = point.asInt, all.contains(beds) else { continue }
          look { $0.beds = beds }
          decider.context.comparisons = []
          guard outcome(of: target) != nil, let comparisons = decider.context.comparisons else {
            return nil
          }
          samples.add(comparisons, at: point, 0)
          decider.context.comparisons = nil
        }
        guard let next = try samples.points() else { return nil }
        points = whole(next).filter { point in point.asInt.map(all.contains) ?? false }
        if points.allSatisfy(samples.has) {
          return Set(try samples.chosen(next).compactMap(\.asInt).filter(all.contains))
        }
      }
      return nil
    } catch {
      return nil
    }
  }

  /// Whether the beds asked for have a say in a rule.
  private func restsOnBeds(_ target: WhatIf.Target) -> Bool {
    guard let rule = competition.terms.rule(target.rule) else { return false }
    if case .limit(let parts) = rule.demand, parts.contains(where: { $0.take == .beds }) {
      return true
    }
    return policy.looksAt(["beds", Application.newBedsName], rule)
  }
}

extension Policy {
  /// Whether a rule looks at one of some fields of the application.
  func looksAt(_ names: [String], _ rule: RuleTerms) -> Bool {
    let source = rules[rule.index]
    let programs = source.programs + clausePrograms(source)
    guard
      let fields = graph.fields(of: "application", catalogue.application, programs, rule.reach)
    else { return true }
    return fields.contains { names.contains(catalogue.application.fields[$0].name) }
  }
}

extension Trials {
  /// What the whole application would come to, as the end of a sentence.
  package static func whole(_ verdict: Verdict) -> Bilingual {
    let isAdmitted = verdict == .admissible
    return Bilingual(
      zh: "\(isAdmitted ? "" : "但")整件申请此时\(verdict.word.zh)",
      en: "\(isAdmitted ? "" : "but ")the whole application would then \(state(verdict))")
  }

  private static func state(_ verdict: Verdict) -> String {
    switch verdict {
    case .admissible, .compliant: "be admissible"
    case .refused, .noncompliant: "be refused"
    case .review: "need a person"
    case .incomplete: "lack data"
    }
  }
}
