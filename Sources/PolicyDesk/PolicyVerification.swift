package import Checks
package import Diagnostics
import Policy

/// The quotes and digests of the profiles held against the texts of their documents, as `planlint policy verify` does.
///
/// White space aside, every quote has to stand in `<sources>/<tenant>.txt` word for word and under the headings that `at` names, and
/// `document.sha256` has to be the digest of that file: nobody can then cite a sentence that the document does not hold.
package struct PolicyVerification: Sendable {
  private let library: PolicyLibrary
  private let sources: String
  private let digest: @Sendable (SourceFile) -> String

  package init(
    _ library: PolicyLibrary, sources: String, digest: @escaping @Sendable (SourceFile) -> String
  ) {
    self.library = library
    self.sources = sources
    self.digest = digest
  }

  package func run(cities: [String]) throws(Faults) -> [PolicyReport] {
    var faults = FaultCollector()
    var reports: [PolicyReport] = []
    for selected in try library.select(cities: cities) {
      do {
        reports.append(verify(selected.policy, try SourceText(of: selected, in: sources)))
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    return reports
  }

  private func verify(_ policy: Policy, _ text: SourceText) -> PolicyReport {
    var findings: [PolicyFinding] = []
    let found = digest(text.file)
    if policy.document.sha256.lowercased() != found {
      findings.append(Self.digestDiffers(policy, text, found))
    }
    var quotes = 0
    var missing = 0
    var asked: [AskedFinding] = []
    let outline = DocumentOutline(text.file)
    for provision in policy.provisions {
      var places: [[String]] = []
      for quote in provision.quotes {
        quotes += 1
        let wanted = SourceText.withoutWhiteSpace(quote)
        var next = text.index(of: wanted)
        if next == nil {
          missing += 1
          findings.append(Self.notFound(wanted, of: provision, policy, text))
        }
        while let found = next {
          places.append(
            outline.places(
              of: text.location(found..<(found + 1)).range.start,
              parts: policy.document.parts.map(\.letters)))
          next = text.index(of: wanted, from: found + wanted.utf8.count)
        }
      }
      Self.placeDiffers(provision, places, policy).map { asked.append($0) }
    }
    findings += policy.unanswered(asked, among: [.placeDiffers])
    findings = findings.enumerated().sorted {
      ($0.element.location.range.start, $0.offset) < ($1.element.location.range.start, $1.offset)
    }.map(\.element)
    return PolicyReport(
      profile: policy.id, findings: findings,
      summary: Bilingual(
        zh: "\(policy.provisions.count) 条条款、\(quotes) 处引文，\(missing) 处在原文中找不到",
        en: "\(policy.provisions.count) provisions, \(quotes) quotes, \(missing) not found"),
      counts: [
        ("provisions", policy.provisions.count), ("quotes", quotes), ("quotes_not_found", missing),
      ])
  }
}

extension PolicyVerification {
  /// A quote stands where the provision says: in one of the places that it names, the others saying the same in other words.
  ///
  /// A place that is named in vain while the quote stands in another one is a slip.
  ///
  /// - Parameter places: by what each place may be called where a quote of it stands.
  private static func placeDiffers(
    _ provision: Policy.Provision, _ places: [[String]], _ policy: Policy
  ) -> AskedFinding? {
    // What stands before the first heading is under none.
    let headed = places.filter { $0.contains { !$0.isEmpty } }
    let stated = Set(
      provision.at.split(separator: "/").map { DocumentOutline.canonical(String($0)) })
    let found = headed.map { Set($0.map(DocumentOutline.canonical)) }
    let named = stated.filter { place in found.contains { $0.contains(place) } }
    let other = zip(headed, found).first { named.isDisjoint(with: $1) }?.0
    guard named.count < stated.count, let shown = other?.first(where: { !$0.isEmpty }) else {
      return nil
    }
    return AskedFinding(
      .placeDiffers, of: provision.range, in: policy, at: provision.atRange,
      zh: "`\(provision.id)` 的引文在原文的 `\(shown)`，`at` 写的是 `\(provision.at)`",
      en:
        "the quote of `\(provision.id)` stands in `\(shown)` of the document, while `at` says `\(provision.at)`"
    )
  }

  private static func digestDiffers(
    _ policy: Policy, _ text: SourceText, _ found: String
  ) -> PolicyFinding {
    let written = policy.document.sha256
    let start = SourceText(policy.source).place(of: written)
    return PolicyFinding(
      .error, "digest-differs", Location(file: policy.source, range: start),
      zh: "`\(text.file.path)` 的 SHA-256 应为 `\(written)`，实际为 `\(found)`",
      en: "expected `\(text.file.path)` to have the SHA-256 `\(written)`, found `\(found)`")
  }

  private static func notFound(
    _ quote: String, of provision: Policy.Provision, _ policy: Policy, _ text: SourceText
  ) -> PolicyFinding {
    let location = Location(file: policy.source, range: provision.range)
    let (prefix, next) = text.longestPrefix(of: quote)
    let path = text.file.path
    if prefix.isEmpty {
      return PolicyFinding(
        .error, "quote-not-found", location,
        zh: "`\(provision.id)` 的引文 `\(quote)` 不在 `\(path)` 中，开头一字也找不到",
        en: "the quote `\(quote)` of `\(provision.id)` is not in `\(path)`, not even its beginning")
    }
    return PolicyFinding(
      .error, "quote-not-found", location,
      zh: "`\(provision.id)` 的引文 `\(quote)` 不在 `\(path)` 中；找到的最长开头为 `\(prefix)`，原文其后为 `\(next)`",
      en:
        "the quote `\(quote)` of `\(provision.id)` is not in `\(path)`; its longest beginning there is `\(prefix)`, which goes on with `\(next)`"
    )
  }
}

extension SourceText {
  /// The bytes of a text in the file; the file's beginning where it is not there.
  fileprivate func place(of text: String) -> ByteRange {
    guard let start = index(of: text) else { return ByteRange(start: 0, end: 0) }
    return location(start..<(start + text.utf8.count)).range
  }
}
