import Cases
package import Diagnostics
import Expression
import Policy
import Reading
import Spatial

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
    var data: [(path: String, leaf: Unknown)] = []
    for leaf in decider.leaves(of: rule) {
      for path in (try? decider.needs([leaf])) ?? []
      where data.count < Self.pathLimit && !data.contains(where: { $0.path == path }) {
        data.append((path, leaf))
      }
    }
    return data.flatMap { path, leaf in
      given(path, rule).map { values(of: path, $0, leaf, target, rule) } ?? []
    }
  }

  private func values(
    of path: String, _ given: GivenDatum, _ leaf: Unknown, _ target: WhatIf.Target,
    _ rule: RuleTerms
  ) -> [Cure] {
    let tried: [Value]
    switch given.domain {
    case .bool: tried = [.bool(false), .bool(true)]
    case .oneOf(let all): tried = all.map(Value.string)
    case .number, .integers, .days:
      guard let points = samples(of: path, given, leaf, target, rule) else { return [] }
      return ranges(path, given, points, target)
    case .opaque: return []
    }
    guard tried.count <= Self.valueLimit else { return [] }
    return words(path, tried.map { ($0, given.trial($0)) }, target)
  }

  /// Numbers that stand for all that a datum could be; nil where they cannot be told.
  private func samples(
    of path: String, _ given: GivenDatum, _ leaf: Unknown, _ target: WhatIf.Target,
    _ rule: RuleTerms
  ) -> [Exact]? {
    func find(_ start: [Exact]) -> [Exact]? {
      PieceSamples.find(from: start, isWhole: isWhole(path, given.domain)) {
        given.comparisons(given.domain.value(at: $0))
      }
    }
    let start = given.domain.startingPoints(around: application.submitted)
    guard given.isOwn else { return whatIf.samples(of: path) { find(start) } }
    // What is behind other missing data is seen where these are tried as well.
    if leaf.origin == .data(path), let values = samples(of: leaf, target, rule) {
      return find(values.compactMap(given.domain.number(of:)))
    }
    return find(start)
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
    if isOfDatum(path), let datum = Datum(rawValue: word) {
      return Bilingual(zh: datum.title, en: datum.title)
    }
    guard case .word(let table)? = shape(at: path),
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
    _ path: String, _ given: GivenDatum, _ points: [Exact], _ target: WhatIf.Target
  ) -> [Cure] {
    let domain = given.domain
    var ends: (low: Exact?, high: Exact?) = (nil, nil)
    var inside = points
    switch domain {
    case .number(let low, let high): ends = (low, high)
    case .integers(let low, let high): ends = (Exact(low), Exact(high))
    // Before and after there is no end to days, as far as anybody asks.
    case .days: inside = inside.filter { Self.days.contains($0.asInt ?? 0) }
    default: break
    }
    inside.removeAll { point in
      (ends.low.map { point < $0 } ?? false) || (ends.high.map { point > $0 } ?? false)
    }
    let attempt = { (number: Exact) in given.trial(domain.value(at: number)) }
    let line = Line(
      points: inside.map { ($0, attempt($0)) }, isWhole: isWhole(path, domain), attempt: attempt,
      target: target)
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
      if var range = try? range(start...end, ends, line, verdict) {
        if case .days = domain {
          range.low = range.low.map(Self.day)
          range.high = range.high.map(Self.day)
        }
        found.append(cure(path, verdict, range: range, Self.phrase(range, domain)))
      }
      start = end + 1
    }
    return found
  }

  /// The days of the years 1900 to 2199, by their number after 1970-01-01.
  private static let days = -25_567...84_005

  /// The day that a number counts, as it is written.
  private static func day(_ number: String) -> String {
    Int(number).flatMap { CalendarDay(daysSinceEpoch: $0) }?.description ?? number
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
  private func isWhole(_ path: String, _ domain: Unknown.Domain) -> Bool {
    switch domain {
    case .integers, .days: return true
    default: break
    }
    switch shape(at: path) {
    case .count, .whole, .year: return true
    default: return false
    }
  }

  /// Whether it is the datum of coordinates that stands at a path.
  private func isOfDatum(_ path: String) -> Bool {
    path.hasSuffix(".datum") && !path.hasPrefix("facts.")
  }

  /// What may stand at a path; nil where nothing says.
  private func shape(at path: String) -> Shape? {
    if path.hasPrefix("facts.") { return policy.catalogue.factsShape(at: path) }
    let name = path.split(separator: ".").last.map(String.init) ?? ""
    return path.hasPrefix("registry[")
      ? policy.catalogue.institutionEntry(name)?.field.shape
      : policy.catalogue.applicationEntry(name)?.field.shape
  }

  /// `不低于 70 且低于 80`, `不早于 2025-03-01`.
  private static func phrase(_ range: Cure.Range, _ domain: Unknown.Domain) -> Bilingual {
    if let low = range.low, low == range.high { return Bilingual(zh: "为 \(low) ", en: "is \(low)") }
    var isOfDays = false
    if case .days = domain { isOfDays = true }
    let low = range.low.map { low in
      isOfDays
        ? Bilingual(zh: "不早于 \(low)", en: "not before \(low)")
        : Bilingual(
          zh: "\(range.isLowOpen ? "高于" : "不低于") \(low)",
          en: "\(range.isLowOpen ? "above" : "at least") \(low)")
    }
    let high = range.high.map { high in
      isOfDays
        ? Bilingual(zh: "不晚于 \(high)", en: "not after \(high)")
        : Bilingual(
          zh: "\(range.isHighOpen ? "低于" : "不高于") \(high)",
          en: "\(range.isHighOpen ? "below" : "at most") \(high)")
    }
    let both = [low, high].compactMap(\.self)
    if both.isEmpty { return Bilingual(zh: "无论为何值", en: "is whatever it may be") }
    return Bilingual(
      zh: both.map(\.zh).joined(separator: " 且") + " ",
      en: "is " + both.map(\.en).joined(separator: " and "))
  }

  // MARK: Both

  private func cure(
    _ path: String, _ verdict: Verdict, words: [String] = [], range: Cure.Range? = nil,
    _ phrase: Bilingual
  ) -> Cure {
    let datum = MissingDatum(
      path: path, whatIf.batch.registry, policy.catalogue, subject: application.id)
    let whole = Self.whole(verdict)
    let name = datum.nameAlone(isOfDatum(path))
    var cure = Cure(
      .value, path: path, verdict: verdict, holder: datum.holder,
      message: Bilingual(
        zh: "\(name.zh)\(phrase.zh)时符合本条；\(whole.zh)",
        en: "it would pass if this \(phrase.en): \(name.en); \(whole.en)"))
    cure.words = words
    cure.range = range
    return cure
  }
}

extension MissingDatum {
  /// The name without the words that it may have; of coordinates, where their datum is what is missing, that of it.
  fileprivate func nameAlone(_ isOfDatum: Bool) -> Bilingual {
    if isOfDatum {
      return Bilingual(
        zh: name.zh.replacing("经纬度坐标及所用坐标系", with: "坐标所用坐标系")
          .replacing("经纬度坐标及坐标系", with: "坐标所用坐标系"),
        en: name.en.replacing("coordinates and their datum", with: "datum of the coordinates")
          .replacing(
            "the coordinates of the institution and their datum",
            with: "the datum of the institution's coordinates"))
    }
    guard name.zh.hasSuffix("，择一）"), let zh = name.zh.lastIndex(of: "（"),
      let en = name.en.lastIndex(of: "(")
    else { return name }
    var english = name.en[..<en]
    while english.last == " " { english.removeLast() }
    return Bilingual(zh: String(name.zh[..<zh]), en: String(english))
  }
}

extension Unknown.Domain {
  /// The number that a value of it is; nil where it is none.
  fileprivate func number(of value: Value) -> Exact? {
    if case .timestamp(let time) = value { return Exact(Int(time.seconds / 86_400)) }
    return value.exact
  }

  /// Numbers to begin with: its ends, or some that are as small and large as any will be, and some between.
  fileprivate func startingPoints(around day: CalendarDay) -> [Exact] {
    let (low, high): (Exact, Exact)
    switch self {
    case .number(let minimum, let maximum):
      low = minimum ?? Exact(-1_000)
      high = maximum ?? ((try? low.adding(Exact(1_000_000_000))) ?? low)
    case .integers(let least, let most): (low, high) = (Exact(least), Exact(most))
    case .days:
      let today = day.daysSinceEpoch
      return [-25_567, today - 3_653, today, today + 3_653, 84_005].map { Exact($0) }
    case .bool, .oneOf, .opaque: return []
    }
    let steps = [1, 100, 10_000, 1_000_000].compactMap { try? low.adding(Exact($0)) }
    return [low, high] + steps.filter { $0 < high }
  }
}
