import Cases
package import Diagnostics
import Expression
import Policy
import Reading

/// The values of missing data that pass, each missing datum for itself.
extension Trials {
  /// So many missing data of one finding are tried.
  private static let pathLimit = 8
  /// So many values of one of them.
  private static let valueLimit = 60

  /// What of each missing datum would make a rule pass while the others are missing as they are.
  package func values(_ target: WhatIf.Target) -> [Cure] {
    guard let rule = competition.terms.rule(target.rule),
      competition.records.rules(of: index).items.enumerated().contains(where: { number, item in
        WhatIf.Target(item) == target
          && competition.outcome(number, of: member).outcome == .unknown
      })
    else { return [] }
    lookAtItself()
    decider.choose(target.category)
    let leaves = decider.leaves(of: rule)
    return leaves.prefix(Self.pathLimit).flatMap { values(of: $0, target, rule) }
  }

  private func values(
    of leaf: Unknown, _ target: WhatIf.Target, _ rule: RuleTerms
  ) -> [Cure] {
    guard case .data(let path) = leaf.origin, let give = giving(path),
      let values = samples(of: leaf, target, rule), values.count <= Self.valueLimit
    else { return [] }
    switch leaf.domain {
    case .number, .integers:
      return ranges(path, leaf.domain, values.compactMap(\.exact), give, target)
    case .bool, .oneOf, .opaque:
      return words(path, values.map { ($0, give($0)) }, target)
    }
  }

  /// How the application comes out with a value at a path; nil where nothing can be put there.
  private func giving(_ path: String) -> ((Value) -> Trial?)? {
    let own = "applications[\(application.id)]."
    if path.hasPrefix(own) {
      let name = String(path.dropFirst(own.count))
      guard let entry = policy.catalogue.applicationEntry(name) else { return nil }
      switch entry.role {
      // The registry's row of its own may be another then.
      case .district
      where whatIf.batch.registry.isPresent
        && competition.records.batch.ownRow(of: index) == nil
        && whatIf.batch.registry.institutions.contains(where: { $0.name == application.name }):
        return nil
      case .district:
        return { value in
          guard case .string(let district) = value else { return nil }
          return self.trial { $0.district = district }
        }
      case nil:
        guard let slot = entry.slot else { return nil }
        let count = policy.catalogue.slotCount
        return { value in
          guard let cell = entry.store.cell(of: value) else { return nil }
          return self.trial { $0.values.set(slot, cell, of: count) }
        }
      default: return nil
      }
    }
    guard path.hasPrefix("facts.") else { return nil }
    return { value in
      self.whatIf.competition(giving: value, at: path).map { self.trial(in: $0, self.application) }
    }
  }

  /// Values that stand for all that a missing datum could have, as far as the rules on the application go; nil where they cannot be
  /// told.
  private func samples(
    of leaf: Unknown, _ target: WhatIf.Target, _ rule: RuleTerms
  ) -> [Value]? {
    let items = decider.records.rules(of: index).items
    for isWhole in [true, false] {
      lookAtItself()
      decider.choose(target.category)
      var resolver = Resolver(decider.context) { [decider] () throws(EvaluationError) in
        // The other rules are gone through for what they compare: what the whole application comes to changes there.
        if isWhole, decider.context.comparisons != nil {
          for item in items where WhatIf.Target(item) != target {
            decider.choose(item.category)
            _ = try? decider.attempt(item.rule)
          }
        }
        decider.choose(target.category)
        return try decider.attempt(rule)
      }
      if let values = resolver.samples(of: leaf) { return values }
    }
    return nil
  }

  // MARK: Words

  private func words(
    _ path: String, _ tried: [(Value, Trial?)], _ target: WhatIf.Target
  ) -> [Cure] {
    var groups: [(verdict: Verdict, words: [String])] = []
    for (value, trial) in tried {
      guard let trial, trial.passes(target), let word = Self.word(value) else { continue }
      if let known = groups.firstIndex(where: { $0.verdict == trial.verdict }) {
        groups[known].words.append(word)
      } else {
        groups.append((trial.verdict, [word]))
      }
    }
    let all = tried.compactMap { Self.word($0.0) }
    return groups.map { verdict, words in
      // Of many the few are named that do not do.
      let others = all.filter { !words.contains($0) }
      let isShorter = groups.count == 1 && !others.isEmpty && others.count * 3 < words.count
      let labels = (isShorter ? others : words).map { label($0, at: path) }
      return cure(
        path, verdict, words: words,
        Bilingual(
          zh: "\(isShorter ? "不" : "")为\(labels.map(\.zh).joined(separator: "或"))",
          en:
            "is \(isShorter ? "none of " : "")\(labels.map(\.en).joined(separator: isShorter ? ", " : " or "))"
        ))
    }
  }

  /// As it is written.
  private static func word(_ value: Value) -> String? {
    switch value {
    case .string(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// What a word of an application's field is called.
  private func label(_ word: String, at path: String) -> Bilingual {
    if word == "true" { return Bilingual(zh: "是", en: "true") }
    if word == "false" { return Bilingual(zh: "否", en: "false") }
    let name = path.split(separator: ".").last.map(String.init) ?? ""
    guard let entry = policy.catalogue.applicationEntry(name),
      case .word(let table) = entry.field.shape,
      let known = table.entries.first(where: { $0.word == word })
    else { return Bilingual(zh: word, en: word) }
    return known.label
  }

  // MARK: Numbers

  /// Values that were tried, in the order of size, each with what came of it.
  private struct Line {
    var points: [(value: Exact, trial: Trial?)]
    var isWhole: Bool
    var attempt: (Exact) -> Trial?
    var target: WhatIf.Target

    func verdict(_ trial: Trial?) -> Verdict? {
      trial.flatMap { $0.passes(target) ? $0.verdict : nil }
    }

    /// Where values end to come out as one that passes does, looking from it to the next one that does not; nil where no single bound
    /// tells. The bound and what is beside it are tried.
    func bound(from inside: Exact, to outside: Exact, _ verdict: Verdict)
      throws(ExactError) -> (value: Exact, isOpen: Bool)?
    {
      var (inside, outside) = (inside, outside)
      if isWhole {
        while try inside.subtracting(outside).magnitude() > Exact(1) {
          let middle = try inside.adding(outside).divided(by: Exact(2)).floor
          if self.verdict(attempt(middle)) == verdict { inside = middle } else { outside = middle }
        }
        return (inside, false)
      }
      let gap = try outside.subtracting(inside)
      let fine = try gap.divided(by: Exact(1_000))
      let (nearInside, nearOutside) = (try inside.adding(fine), try outside.subtracting(fine))
      let middle = try inside.adding(try gap.divided(by: Exact(2)))
      let passing = [nearInside, middle, nearOutside].map { self.verdict(attempt($0)) == verdict }
      if passing == [true, true, true] { return (outside, true) }
      return passing == [false, false, false] ? (inside, false) : nil
    }
  }

  private func ranges(
    _ path: String, _ domain: Unknown.Domain, _ values: [Exact],
    _ give: @escaping (Value) -> Trial?,
    _ target: WhatIf.Target
  ) -> [Cure] {
    var ends: (low: Exact?, high: Exact?) = (nil, nil)
    var isWhole = isWhole(path)
    switch domain {
    case .number(let low, let high): ends = (low, high)
    case .integers(let low, let high): (ends, isWhole) = ((Exact(low), Exact(high)), true)
    default: break
    }
    var points = Set(values)
    if isWhole { points = Set(values.flatMap { [$0.floor, $0.ceiling] }) }
    let inside = points.filter { point in
      (ends.low.map { point >= $0 } ?? true) && (ends.high.map { point <= $0 } ?? true)
    }.sorted()
    let line = Line(
      points: inside.map { ($0, give(.decimal($0))) }, isWhole: isWhole,
      attempt: { give(.decimal($0)) }, target: target)
    var found: [Cure] = []
    var start = 0
    while start < line.points.count {
      guard let verdict = line.verdict(line.points[start].trial) else {
        start += 1
        continue
      }
      var end = start
      while end + 1 < line.points.count, line.verdict(line.points[end + 1].trial) == verdict {
        end += 1
      }
      if let range = try? range(start...end, ends, line, verdict) {
        found.append(cure(path, verdict, range: range, Self.phrase(range)))
      }
      start = end + 1
    }
    return found
  }

  private func range(
    _ run: ClosedRange<Int>, _ ends: (low: Exact?, high: Exact?), _ line: Line, _ verdict: Verdict
  ) throws(ExactError) -> Cure.Range? {
    let (first, last) = (line.points[run.lowerBound].value, line.points[run.upperBound].value)
    var range = Cure.Range(low: nil, isLowOpen: true, high: nil, isHighOpen: true)
    if run.lowerBound > 0 {
      let outside = line.points[run.lowerBound - 1].value
      guard let bound = try line.bound(from: first, to: outside, verdict) else { return nil }
      (range.low, range.isLowOpen) = (bound.value.description, bound.isOpen)
    } else if ends.low != nil {
      (range.low, range.isLowOpen) = (first.description, false)
    }
    if run.upperBound + 1 < line.points.count {
      let outside = line.points[run.upperBound + 1].value
      guard let bound = try line.bound(from: last, to: outside, verdict) else { return nil }
      (range.high, range.isHighOpen) = (bound.value.description, bound.isOpen)
    } else if ends.high != nil {
      (range.high, range.isHighOpen) = (last.description, false)
    }
    return range
  }

  /// Whether only whole numbers may stand at a path.
  private func isWhole(_ path: String) -> Bool {
    let shape: Shape?
    if path.hasPrefix("facts.") {
      shape = policy.catalogue.factsShape(at: path)
    } else {
      let name = path.split(separator: ".").last.map(String.init) ?? ""
      shape = policy.catalogue.applicationEntry(name)?.field.shape
    }
    switch shape {
    case .count, .whole, .year: return true
    default: return false
    }
  }

  /// `不低于 70 且低于 80`.
  private static func phrase(_ range: Cure.Range) -> Bilingual {
    if let low = range.low, low == range.high { return Bilingual(zh: "为 \(low) ", en: "is \(low)") }
    let low = range.low.map { low in
      Bilingual(
        zh: "\(range.isLowOpen ? "高于" : "不低于") \(low)",
        en: "\(range.isLowOpen ? "above" : "at least") \(low)")
    }
    let high = range.high.map { high in
      Bilingual(
        zh: "\(range.isHighOpen ? "低于" : "不高于") \(high)",
        en: "\(range.isHighOpen ? "below" : "at most") \(high)")
    }
    let both = [low, high].compactMap(\.self)
    return Bilingual(
      zh: both.map(\.zh).joined(separator: " 且") + " ",
      en: "is " + both.map(\.en).joined(separator: " and "))
  }

  // MARK: Both

  private func cure(
    _ path: String, _ verdict: Verdict, words: [String] = [], range: Cure.Range? = nil,
    _ phrase: Bilingual
  ) -> Cure {
    let datum = MissingDatum(path: path, whatIf.batch.registry, policy.catalogue)
    let whole = Self.whole(verdict)
    let name = datum.nameAlone
    var cure = Cure(
      .value, path: path, verdict: verdict, holder: MissingDatum.Holder(ofPath: path),
      message: Bilingual(
        zh: "\(name.zh)\(phrase.zh)时符合本条；\(whole.zh)",
        en: "it would pass if this \(phrase.en): \(name.en); \(whole.en)"))
    cure.words = words
    cure.range = range
    return cure
  }
}

extension MissingDatum {
  /// The name without the words that it may have.
  fileprivate var nameAlone: Bilingual {
    guard name.zh.hasSuffix("，择一）"), let zh = name.zh.lastIndex(of: "（"),
      let en = name.en.lastIndex(of: "(")
    else { return name }
    var english = name.en[..<en]
    while english.last == " " { english.removeLast() }
    return Bilingual(zh: String(name.zh[..<zh]), en: String(english))
  }
}
