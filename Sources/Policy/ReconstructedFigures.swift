package import Diagnostics

extension Policy {
  /// What is said of the figures with a lost formula that something rests on.
  package func reconstructed(_ reach: PolicyGraph.Reach) -> [Bilingual] {
    reach.figures.compactMap { index in
      let figure = figures[index]
      return figure.reconstructed.map { confidence in
        Self.reconstruction(Bilingual(zh: figure.name, en: figure.name), confidence)
      }
    }
  }

  private static func reconstruction(_ name: Bilingual, _ confidence: String) -> Bilingual {
    Bilingual(
      zh: "\(name.zh)：原文公式为图片，按文意推定（可信度：\(Self.confidence(confidence))）",
      en:
        "the formula of \(name.en) is lost in the source and reconstructed (confidence: \(confidence))"
    )
  }

  /// How sure a reconstructed formula is, in Chinese; what is none of the usual words stands as it is.
  package static func confidence(_ word: String) -> String {
    switch word {
    case "very high": "很高"
    case "high": "高"
    case "medium": "中"
    case "low": "低"
    default: word
    }
  }

  /// What is said of the shares with a lost formula that an apportionment goes by.
  package func reconstructedShares(of allocation: Allocate) -> [Bilingual] {
    allocation.shares.compactMap { share in
      share.reconstructed.map {
        Self.reconstruction(share.label ?? Bilingual(zh: allocation.name, en: allocation.name), $0)
      }
    }
  }
}
