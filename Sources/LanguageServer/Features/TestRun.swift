import Cases
import Diagnostics
import Policy
package import PolicyDesk
import Reading

/// The tests of a profile, ready to be run beside the thread that serves the client.
package struct TestRun: Sendable {
  /// Of the tests.
  package let path: String
  private let tests: PolicyTests
  private let policy: Policy
  private let profile: SourceFile
  private let catalogue: Catalogue
  private let districts: [TenantDistrict]

  /// Nil where the profile or its tests cannot be read, or where the tests are another profile's.
  init?(path: String, tests: Analysis, profile: Analysis) {
    guard let read = tests.tests, let policy = profile.policy, read.profile.value == policy.id
    else { return nil }
    self.path = path
    self.tests = read
    self.policy = policy
    self.profile = profile.file
    catalogue = profile.catalogue
    districts = profile.tenant?.districts ?? []
  }

  /// Whether it is of the same texts as another.
  func isSame(as other: TestRun) -> Bool {
    path == other.path && catalogue === other.catalogue
      && tests.file.hasSameBytes(as: other.tests.file)
      && profile.hasSameBytes(as: other.profile)
  }

  /// Runs them; nil where that was not wanted to the end.
  package func outcome(while isWanted: () -> Bool) -> Outcome? {
    PolicyTestTrial(tests, policy, districts: districts, while: isWanted).map {
      Outcome(run: self, failures: $0.failures)
    }
  }

  /// What the tests came to, kept while the texts go on being changed until they are run again.
  package struct Outcome: Sendable {
    package let run: TestRun
    package fileprivate(set) var failures: [PolicyTestTrial.Failure]

    /// Moves what stands behind an edit of the tests, and leaves out what stands in it.
    mutating func move(_ path: String, edit: ByteRange, to length: Int) {
      guard path == run.path else { return }
      failures = failures.compactMap { failure in
        var failure = failure
        guard let range = failure.finding.location.range.moved(by: edit, to: length) else {
          return nil
        }
        failure.finding.location.range = range
        return failure
      }
    }

    var diagnoses: [Diagnosis] {
      failures.compactMap { failure in
        var diagnosis = Diagnosis(failure.finding, in: run.path)
        diagnosis?.names = [failure.rule].compactMap(\.self)
        return diagnosis
      }
    }
  }
}

extension ByteRange {
  /// Where it stands after an edit; nil where it was edited itself.
  func moved(by edit: ByteRange, to length: Int) -> ByteRange? {
    if start >= edit.end {
      return ByteRange(start: start + length - edit.count, end: end + length - edit.count)
    }
    return end > edit.start ? nil : self
  }
}

extension Server {
  /// The tests that have not been run on the texts as they stand: those that are open, and those of profiles that are.
  package var untested: TestRun? {
    for path in testedPaths {
      guard let run = testRun(path) else { continue }
      if let done = testOutcomes[path], done.run.isSame(as: run) { continue }
      return run
    }
    return nil
  }

  /// The files of tests that are open or beside a profile that is.
  private var testedPaths: [String] {
    workspace.files.openPaths.compactMap { path in
      switch workspace.kind(of: path) {
      case .policyTests: path
      case .policy: workspace.testsPath(of: path)
      default: nil
      }
    }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func testRun(_ path: String) -> TestRun? {
    guard let profile = workspace.profilePath(for: path),
      let tests = workspace.analysis(path), let policy = workspace.analysis(profile)
    else { return nil }
    return TestRun(path: path, tests: tests, profile: policy)
  }

  /// Takes what tests came to, and tells of it where the texts are still the same.
  package func take(_ outcome: TestRun.Outcome) {
    let path = outcome.run.path
    guard let run = testRun(path), run.isSame(as: outcome.run) else { return }
    testOutcomes[path] = outcome
    publish()
  }

  /// Forgets what came of tests of which neither file is open any more.
  func forgetTests() {
    let wanted = Set(testedPaths)
    testOutcomes = testOutcomes.filter { wanted.contains($0.key) }
  }
}
