/// The findings of a report held against those that a baseline records: which are known, how many are new, what is gone.
///
/// Made in one pass over the results. What it keeps is a byte a finding, so that a million subjects cost megabytes.
public struct BaselineComparison: Sendable {
  /// The baseline's path, as the user wrote it.
  public let path: String
  /// The findings of a recorded outcome that the baseline does not have, or has with a lesser one.
  public private(set) var newCount = 0
  /// Those that the baseline has.
  public private(set) var knownCount = 0
  /// The failures, reviews and unknowns that the baseline has and the report has no more, in the order of the baseline.
  public private(set) var fixed: [Fixed] = []
  /// Whether a new failure is among the findings.
  package private(set) var hasNewFailures = false
  /// Whether a new finding needs a person or more data.
  package private(set) var hasNewUndecided = false

  /// A record of the baseline that fewer findings answer than it counts.
  public struct Fixed: Sendable {
    /// What the baseline says of it.
    public package(set) var record: KnownFinding
    /// How many are gone; at least 1.
    public package(set) var count: Int
    /// The number of the first one gone among those of its key, from 1, as fingerprints number them.
    package var number: Int
  }

  /// How many are gone in all.
  public var fixedCount: Int { fixed.reduce(0) { $0 + $1.count } }

  /// Where the findings of each result begin in `isKnown`.
  private var starts: [Int] = []
  private var isKnown: [Bool] = []

  /// A finding of the report whose key the baseline has.
  private struct Candidate {
    var finding: Int
    var outcome: Outcome
  }

  /// Holds every result of a report against what a baseline records.
  package init(_ report: Report, knowing known: [KnownFinding], path: String) {
    self.path = path
    var groups: [FindingKey: Int] = [:]
    var records: [[Int]] = []
    for (index, finding) in known.enumerated() {
      if let group = groups[finding.key] {
        records[group].append(index)
      } else {
        groups[finding.key] = records.count
        records.append([index])
      }
    }
    var candidates = [[Candidate]](repeating: [], count: records.count)
    starts.reserveCapacity(report.resultCount + 1)
    for index in 0..<report.resultCount {
      starts.append(isKnown.count)
      let result = report.result(index)
      var gravity = 0
      for finding in result.findings {
        gravity = max(gravity, finding.outcome.gravity)
        isKnown.append(false)
        guard finding.outcome.isRecordedInBaselines else { continue }
        if let group = groups[FindingKey(finding, of: result)] {
          candidates[group].append(
            Candidate(finding: isKnown.count - 1, outcome: finding.outcome))
        } else {
          count(new: finding.outcome)
        }
      }
      // A verdict that no finding explains cannot be known.
      if gravity == 0, result.verdict.isUndecided { hasNewUndecided = true }
    }
    starts.append(isKnown.count)
    for group in records.indices { match(candidates[group], records[group].map { known[$0] }) }
    // In the order of the baseline, whatever the groups.
    fixed.sort {
      ($0.record.location?.range.start ?? 0) < ($1.record.location?.range.start ?? 0)
    }
  }

  /// Gives each finding, the gravest first, the least grave record that is at least as grave as it is; without one it is new.
  private mutating func match(_ candidates: [Candidate], _ records: [KnownFinding]) {
    // The order of the report decides between equals.
    let gravestFirst = candidates.enumerated().sorted {
      ($1.element.outcome.gravity, $0.offset) < ($0.element.outcome.gravity, $1.offset)
    }.map(\.element)
    var left = records.map(\.count)
    for candidate in gravestFirst {
      let fitting = records.indices.filter {
        left[$0] > 0 && records[$0].outcome.gravity >= candidate.outcome.gravity
      }
      let nearest = fitting.min {
        (records[$0].outcome.gravity, records[$0].outcome == candidate.outcome ? 0 : 1, $0)
          < (records[$1].outcome.gravity, records[$1].outcome == candidate.outcome ? 0 : 1, $1)
      }
      guard let nearest else {
        count(new: candidate.outcome)
        continue
      }
      left[nearest] -= 1
      isKnown[candidate.finding] = true
      knownCount += 1
    }
    // One that got worse is new, not gone as well: as many are gone as there are fewer. A note that is gone is no news.
    var gone = records.reduce(0) { $0 + $1.count } - candidates.count
    var number = candidates.count + 1
    for (index, record) in records.enumerated() where gone > 0 && left[index] > 0 {
      let count = min(gone, left[index])
      gone -= count
      if record.outcome.gravity == 0 { continue }
      fixed.append(Fixed(record: record, count: count, number: number))
      number += count
    }
  }

  private mutating func count(new outcome: Outcome) {
    newCount += 1
    switch outcome {
    case .fail: hasNewFailures = true
    case .review, .unknown: hasNewUndecided = true
    case .pass, .exempt, .waived, .note, .notApplicable: break
    }
  }

  /// The result at an index of the report, with its known findings marked.
  fileprivate func marked(_ result: SubjectResult, at index: Int) -> SubjectResult {
    let range = starts[index]..<starts[index + 1]
    guard range.count == result.findings.count, isKnown[range].contains(true) else { return result }
    var result = result
    for (finding, known) in zip(result.findings.indices, isKnown[range]) {
      result.findings[finding].isKnown = known
    }
    return result
  }
}

extension Verdict {
  fileprivate var isUndecided: Bool {
    switch self {
    case .admissible, .compliant: false
    case .refused, .noncompliant, .review, .incomplete: true
    }
  }
}

extension Report {
  /// The report with what the baseline knows marked; verdicts and counts stay what they are.
  package func compared(with known: [KnownFinding], path: String) -> Report {
    let comparison = BaselineComparison(self, knowing: known, path: path)
    var report = self
    report.baseline = comparison
    report.result = { [result] index in comparison.marked(result(index), at: index) }
    report.outcomes = { [outcomes] index in comparison.marked(outcomes(index), at: index) }
    return report
  }

  /// What a baseline has to record so that a run over the same input has nothing new, sorted.
  package func findingsForBaseline() -> [KnownFinding] {
    var known: [KnownFinding] = []
    var indices: [FindingKey: [Int]] = [:]
    for index in 0..<resultCount {
      let result = result(index)
      let profile = profiles.indices.contains(result.profile) ? profiles[result.profile].id : ""
      for finding in result.findings where finding.outcome.isRecordedInBaselines {
        let key = FindingKey(finding, of: result)
        if let same = indices[key]?.first(where: { known[$0].outcome == finding.outcome }) {
          known[same].count += 1
          continue
        }
        indices[key, default: []].append(known.count)
        known.append(
          KnownFinding(
            key: key, outcome: finding.outcome, count: 1, subjectName: result.name,
            profile: profile, message: finding.message, location: nil))
      }
    }
    return known.sorted {
      $0.key == $1.key ? $0.outcome.rawValue < $1.outcome.rawValue : $0.key < $1.key
    }
  }
}
