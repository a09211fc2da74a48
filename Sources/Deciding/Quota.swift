package import Cases
package import Diagnostics
import Expression
package import Policy

/// Where the quota comes from that a limit or plan is held to: published, fixed by the document, or worked out, and how.
package struct Quota {
  package var sentence: Bilingual
  /// What is said of the shares with a lost formula that it was worked out by.
  package var reconstructed: [Bilingual] = []
}

extension EvaluationContext {
  /// What is said of the quota that a rule holds to; nil where its bound is no apportionment and has one source alone.
  ///
  /// - Parameter part: the part of a limit that is shown.
  package func quota(of rule: Rule, part: Int?) -> Quota? {
    let bound: Program?
    switch rule.constraint {
    case .limit(let limit):
      bound = part.flatMap { limit.parts.indices.contains($0) ? limit.parts[$0].atMost : nil }
    case .require(let require):
      if case .measure(_, _, let limit, _, _) = require.test { bound = limit } else { bound = nil }
    case .spacing: bound = nil
    }
    guard let bound, case .string(let district) = districtName, assumed.isEmpty else { return nil }
    let source = quotaSources[bound.source] ?? quotaSource(of: bound)
    quotaSources[bound.source] = source
    if case .none = source { return nil }
    let key = QuotaKey(bound: bound.source, category: chosen, district: district)
    if let known = quotas[key] { return known }
    let quota: Quota? =
      switch source {
      case .none: nil
      case .allocation(let index): self.quota(policy.allocations[index], district)
      case .oneOf(let figure): self.source(of: policy.figures[figure])
      case .byCategory(let allocations):
        self.quota(of: chosen, among: allocations, district)
      }
    quotas[key] = .some(quota)
    return quota
  }

  /// The one that a figure has for the category that is looked at.
  private func quota(of category: Category?, among allocations: [Int], _ district: String) -> Quota?
  {
    let fitting = allocations.filter { policy.allocations[$0].gives?.category == category }
    guard let one = fitting.first, fitting.count == 1 else { return nil }
    return quota(policy.allocations[one], district)
  }

  private func quotaSource(of bound: Program) -> QuotaSource {
    let name = bound.source.filter { !$0.isWhitespace }
    if let index = policy.allocations.firstIndex(where: { $0.name == name }) {
      return .allocation(index)
    }
    guard let index = policy.figures.firstIndex(where: { $0.name == name }) else { return .none }
    let figure = policy.figures[index]
    if figure.sources.count > 1 { return .oneOf(figure: index) }
    let named = figure.sources.flatMap(\.references.variables)
    let fitting = policy.allocations.indices.filter {
      named.contains(policy.allocations[$0].name) && policy.allocations[$0].gives?.category != nil
    }
    return fitting.isEmpty ? .none : .byCategory(fitting)
  }

  /// Which of its sources a figure was taken from; nil where that says neither who published it nor how it came about.
  private func source(of figure: Policy.Figure) -> Quota? {
    for source in figure.sources {
      guard let value = nested(source).exact else { continue }
      let unit = UnitWord.of(figure.unit)?.word ?? Bilingual(zh: figure.unit, en: figure.unit)
      let number = Bilingual(
        zh: "\(Words.show(value)) \(unit.zh)", en: "\(Words.show(value)) \(unit.en)")
      let path = source.source.filter { !$0.isWhitespace }
      if path.hasPrefix("district.planned.") || path.hasPrefix("facts.planned.") {
        return Quota(
          sentence: Bilingual(
            zh: "\(number.zh)为已公布的规划数量", en: "\(number.en): the published quota"))
      }
      if !policy.reconstructed(policy.graph.reach([source])).isEmpty {
        return Quota(
          sentence: Bilingual(
            zh: "\(number.zh)系按公式测算", en: "\(number.en): worked out by the formula"))
      }
      guard policy.isFixedByDocument(source) else { return nil }
      return Quota(
        sentence: Bilingual(zh: "\(number.zh)为文件所定", en: "\(number.en): fixed by the document"))
    }
    return nil
  }

  private func quota(_ allocation: Allocate, _ district: String) -> Quota? {
    guard let index = facts.districts.firstIndex(of: district) else { return nil }
    guard failure == nil, let rows = givenRows(of: allocation) else { return nil }
    let row = rows.districts[index]
    if let stated = row.published {
      let number = Words.show(stated)
      return Quota(
        sentence: Bilingual(
          zh: "\(number) 家为已公布的规划数量", en: "\(number) is the published quota"))
    }
    guard let total = rows.total?.floor, let part = parts(of: allocation).districts[district],
      let shares = try? shares(rows, row, of: allocation)
    else { return nil }
    let whole = Words.show(total)
    var zh = "按公式测算：\(whole) ×" + (shares.zh.hasPrefix("（") ? "" : " ") + shares.zh
    var en = "worked out by the formula: \(whole) x \(shares.en)"
    if let least = row.least, least > .zero {
      zh = "每区先得 \(Words.show(least)) 家，其余按公式分配：\(shares.zh)"
      en = "\(Words.show(least)) each, and the rest by the formula: \(shares.en)"
    } else if let exact = shares.exact, let product = try? total.multiplied(by: exact) {
      let shown = Words.show(product)
      let sign = shown.hasPrefix(Words.rounded) ? " " : " = "
      zh += (shares.zh.hasSuffix("）") ? String(sign.dropFirst()) : sign) + shown
      en += sign + shown
    }
    if let known = part.exact {
      zh += "，按最大余数法取整为 \(Words.show(known)) 家"
      en += ", by largest remainder \(Words.show(known))"
    } else if case .unknown(let set) = part, set.elements.count == 1,
      case .integers(let low, let high)? = set.elements.first?.domain
    {
      zh += "，其他区县未列，取整后为 \(low) 至 \(high) 家"
      en += "; the other districts not being listed, it is from \(low) to \(high)"
    }
    return Quota(
      sentence: Bilingual(zh: zh, en: en), reconstructed: policy.reconstructedShares(of: allocation)
    )
  }

  /// The shares of a district as they are computed: a fraction each, with what it counts.
  private func shares(
    _ rows: AllocationRows, _ row: AllocationRows.Row, of allocation: Allocate
  ) throws(ExactError) -> (zh: String, en: String, exact: Exact?) {
    var terms: (zh: [String], en: [String]) = ([], [])
    var exact: Exact? = .zero
    for (way, share) in allocation.shares.enumerated() {
      let sum = try rows.sum(way)
      let city: Exact? =
        rows.isWhole ? (sum.isAll ? sum.known : nil) : rows.wholes[way].map { max($0, sum.known) }
      let label = label(of: share.weight)
      func number(_ value: Exact?, _ zh: String, _ en: String) -> (zh: String, en: String) {
        value.map { (Words.show($0), Words.show($0)) } ?? (zh, en)
      }
      let own = number(row.weights[way], "（缺）", "(missing)")
      let whole = number(city, "全市数（缺）", "the city's (missing)")
      let part = share.part == nil ? "" : rows.fractions[way].map { Words.show($0) } ?? "?"
      terms.zh.append(
        (part.isEmpty ? "" : "\(part) × ") + "\(label.zh)\(own.zh) ÷ \(whole.zh)")
      terms.en.append((part.isEmpty ? "" : "\(part) x ") + "\(label.en)\(own.en) / \(whole.en)")
      if let before = exact, let weight = row.weights[way], let city, city > .zero,
        let fraction = rows.fractions[way]
      {
        exact = try before.adding(try fraction.multiplied(by: weight).divided(by: city))
      } else {
        exact = nil
      }
    }
    let isOne = terms.zh.count == 1
    let zh = terms.zh.joined(separator: " + ")
    let en = terms.en.joined(separator: " + ")
    return (isOne ? zh : "（\(zh)）", isOne ? en : "(\(en))", exact)
  }

  /// What a weight counts, where it is a figure of the district.
  private func label(of weight: Program) -> (zh: String, en: String) {
    let path = weight.source.filter { !$0.isWhitespace }
    guard path.hasPrefix("district."),
      let field = policy.catalogue.district.fields.first(where: { "district.\($0.name)" == path })
    else { return ("", "") }
    return (field.meaning.zh + " ", field.meaning.en + " ")
  }
}

/// What is known of a bound from the profile alone, before any figures.
package enum QuotaSource {
  /// No quota, or one with a source that its rule tells itself.
  case none
  case allocation(Int)
  /// The first source of a figure that has a value.
  case oneOf(figure: Int)
  /// A figure that has an apportionment for each of several categories.
  case byCategory([Int])
}

/// What a sentence on a quota hangs on.
package struct QuotaKey: Hashable {
  package var bound: String
  package var category: Category?
  package var district: String
}

extension Policy {
  /// Whether a figure is made of the document's own numbers: what it looks at of a year's facts and of a district chooses among
  /// them, being true or false or a word, and counts nothing.
  fileprivate func isFixedByDocument(_ source: Program) -> Bool {
    let reach = graph.reach([source])
    guard !reach.counts, !reach.looksAtExtras,
      !reach.contains(anyOf: [.application, .plan, .planDistrict, .neighbour])
    else { return false }
    return [("facts", catalogue.facts), ("district", catalogue.district)].allSatisfy {
      name, shape in
      guard let fields = graph.fields(of: name, shape, [source], reach) else { return false }
      return fields.allSatisfy {
        switch shape.fields[$0].shape {
        case .flag, .word: true
        default: false
        }
      }
    }
  }
}
