import Diagnostics

/// What the ledger gave of each limit, held against the limit itself.
///
/// The checker counts what was used before by the figures that the profile names, which the ledger adds to. Where a profile names none,
/// or counts something that no place adds to, two rounds would give one place twice: then it is the ledger's own count that holds.
struct Given {
  /// All that it came to before this round's first entry, and what it came to when the facts in force were counted, by
  /// ``FigurePath/given(_:_:_:)``.
  private var now: [String: Int]
  private let counted: [String: Int]

  init(now: [String: Int], counted: [String: Int]) {
    self.now = now
    self.counted = counted
  }

  /// Counts an entry that is about to be written.
  ///
  /// - Throws: ``Refusal`` where the ledger has given more of the limit than the checker counted, and the limit does not allow it.
  mutating func hold(_ entry: LedgerEntry) throws {
    guard let path = entry.givenPath, !entry.isAdvisory else { return }
    let all = now[path, default: 0]
    now[path] = all + entry.take
    guard entry.isBound, !entry.isWaived, let most = entry.limitWhole else { return }
    let before: Int
    if entry.isCounted {
      before = all - counted[path, default: 0]
    } else if entry.isYearly {
      before = all
    } else {
      return
    }
    if before > entry.usedWhole ?? Int.max, before + entry.take > most {
      throw Refusal(
        .conflict,
        zh:
          "台账中“\(entry.rule ?? "")”在 \(entry.scope ?? "") 已给出 \(before)，政策档案计算已用名额时未计入（只计 \(entry.usedWhole ?? 0)）；再给将超过上限 \(most)，未作任何登记：请由政策岗在档案的 `used` 中写明按何数计算",
        en:
          "the ledger has given \(before) of \(entry.rule ?? "") in \(entry.scope ?? ""), which the profile does not count as used (it counts \(entry.usedWhole ?? 0)); more would exceed the limit of \(most), and nothing was written: a policy officer has to say in the profile's `used` what is counted",
        cases: [entry.filed ?? ""], limits: ["\(entry.rule ?? "") \(entry.scope ?? "")"])
    }
  }
}
