import Diagnostics
import Expression

/// Where the quota comes from that a limit or plan is held to: published, fixed by the document, or worked out, and how.
struct Quota {
  var sentence: Bilingual
  /// What is said of the shares with a lost formula that it was worked out by.
  var reconstructed: [Bilingual] = []
}

extension EvaluationContext {
  /// What is said of the quota that a rule holds to; nil where its bound is no apportionment and has one source alone.
  ///
  /// - Parameter part: the part of a limit that is shown.
  func quota(of rule: Rule, part: Int?) -> Quota? {
    let bound: Program?
    switch rule.constraint {
    case .limit(let limit):
      bound = part.flatMap { limit.parts.indices.contains($0) ? limit.parts[$0].atMost : nil }
    case .require(let require):
      if case .measure(_, _, let limit, _, _) = require.test { bound = limit } else { bound = nil }
    case .spacing: bound = nil
    }
    guard let bound, case .string(let district) = districtName, assumed.isEmpty else { return nil }
    let category = chosen.map { "\($0.rawValue)" } ?? ""
    let key = "\(bound.source)\u{1F}\(category)\u{1F}\(district)"
    if let known = quotas[key] { return known }
    guard let quota = quota(bound, district) else { return nil }
    quotas[key] = quota
    return quota
  }

  private func quota(_ bound: Program, _ district: String) -> Quota? {
    let name = bound.source.filter { !$0.isWhitespace }
    if let index = policy.allocations.firstIndex(where: { $0.name == name }) {
      return quota(policy.allocations[index], district)
    }
    guard let figure = policy.figures.first(where: { $0.name == name }) else { return nil }
    if figure.sources.count > 1 { return source(of: figure) }
    // By category: the one that the figure has for the one that is looked at.
    let named = figure.sources.flatMap(\.references.variables)
    let fitting = policy.allocations.filter {
      named.contains($0.name) && $0.gives?.category == chosen && chosen != nil
    }
    return fitting.count == 1 ? fitting.first.flatMap { quota($0, district) } : nil
  }

  /// Which of its sources a figure was taken from.
  private func source(of figure: Policy.Figure) -> Quota? {
    for source in figure.sources {
      guard let value = nested(source).exact else { continue }
      let number = Words.show(value)
      let path = source.source.filter { !$0.isWhitespace }
      if path.hasPrefix("district.planned.") || path.hasPrefix("facts.planned.") {
        return Quota(
          sentence: Bilingual(
            zh: "\(number) 家为已公布的规划数量", en: "\(number) is the published quota"))
      }
      let isComputed = !policy.reconstructed(policy.graph.reach([source])).isEmpty
      return Quota(
        sentence: isComputed
          ? Bilingual(zh: "\(number) 家系按公式测算", en: "\(number) is worked out by the formula")
          : Bilingual(zh: "\(number) 家为文件所定", en: "\(number) is fixed by the document"))
    }
    return nil
  }

  private func quota(_ allocation: Allocate, _ district: String) -> Quota? {
    guard let index = facts.districts.firstIndex(of: district) else { return nil }
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let rows = rows(of: allocation, inner, [:])
    guard failure == nil, inner.failure == nil else { return nil }
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
