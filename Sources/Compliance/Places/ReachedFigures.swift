import Diagnostics
import Expression

extension Policy {
  /// What is said of the figures with a lost formula that a rule rests on.
  func reconstructed(_ rule: Rule) -> [Bilingual] {
    reconstructed(figures(reachedFrom: rule.programs.flatMap(\.references.variables)))
  }

  func reconstructed(_ indices: [Int]) -> [Bilingual] {
    indices.compactMap { index in
      let figure = figures[index]
      return figure.reconstructed.map { confidence in
        Self.reconstruction(Bilingual(zh: figure.name, en: figure.name), confidence)
      }
    }
  }

  static func reconstruction(_ name: Bilingual, _ confidence: String) -> Bilingual {
    Bilingual(
      zh: "\(name.zh)：原文公式为图片，按文意推定（可信度：\(Self.confidence(confidence))）",
      en:
        "the formula of \(name.en) is lost in the source and reconstructed (confidence: \(confidence))"
    )
  }

  /// What is said of the shares with a lost formula that an apportionment goes by.
  func reconstructedShares(of allocation: Allocate) -> [Bilingual] {
    allocation.shares.compactMap { share in
      share.reconstructed.map {
        Self.reconstruction(share.label ?? Bilingual(zh: allocation.name, en: allocation.name), $0)
      }
    }
  }

  /// How sure a reconstructed formula is, in Chinese; what is none of the usual words stands as it is.
  static func confidence(_ word: String) -> String {
    switch word {
    case "very high": "很高"
    case "high": "高"
    case "medium": "中"
    case "low": "低"
    default: word
    }
  }

  /// The figures that names lead to, directly or through others.
  func figures(reachedFrom names: [String]) -> [Int] {
    var open = names
    var seen: Set<String> = []
    var found: [Int] = []
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      if let figure = figures.firstIndex(where: { $0.name == name }) {
        found.append(figure)
        open += figures[figure].sources.flatMap(\.references.variables)
      } else if let condition = conditions.first(where: { $0.name == name }) {
        open += condition.program.references.variables
      } else if let circle = circles.first(where: { $0.name == name }) {
        open += circle.program.references.variables
      } else if let allocation = allocations.first(where: { $0.name == name }) {
        open += allocation.programs.flatMap(\.references.variables)
      }
    }
    return found.sorted()
  }
}

extension Rule {
  /// Everything that is evaluated to decide it, messages aside.
  var programs: [Program] {
    var programs = applies.map { [$0] } ?? []
    switch constraint {
    case .require(let require): programs += require.programs
    case .limit(let limit):
      for part in limit.parts {
        programs += [part.applies, part.binds, part.used, part.atMost, part.reviewUpTo].compactMap(
          \.self)
      }
    case .spacing(let spacing): programs.append(spacing.atMost)
    }
    return programs + notes.flatMap(\.programs)
  }
}
