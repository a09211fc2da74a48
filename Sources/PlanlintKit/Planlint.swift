import Checks
import PolicyDesk
public import Diagnostics

/// Holds applications and plans against the policy profiles of Chinese cities.
///
/// ```swift
/// var request = Request()
/// request.city = "huaibei"
/// let outcome = try Planlint.check(["applications.yaml"], request)
/// outcome.write(.text, Presentation()) { bytes in … }
/// ```
public enum Planlint {
  /// The version, as `--version` and reports show it.
  public static let version = "0.1.0"

  /// Holds applications against the profiles of their city; several files are one batch.
  ///
  /// - Throws: ``InputErrors`` with every fault found, where anything cannot be read or does not fit together. Nothing is
  ///   decided then.
  public static func check(_ inputs: [Input], _ request: Request) throws(InputErrors) -> RunResult {
    do {
      let options = try request.options(inputs)
      let files = inputs.map(\.name)
      let library = try request.library(options.sources)
      var report = try ApplicationCheck(library, options).run(files: files)
      var run = Request.record(.check, files, options)
      run.options.asOf = options.asOf ?? report.run?.options.asOf
      report.run = run
      return RunResult(report, observer: request.observer)
    } catch {
      throw InputErrors(error)
    }
  }

  /// Holds plan files against the profile of their city.
  public static func plan(_ inputs: [Input], _ request: Request) throws(InputErrors) -> RunResult {
    do {
      let options = try request.options(inputs)
      let files = inputs.map(\.name)
      var report = try PlanCheck(try request.library(), options).run(files: files)
      report.run = Request.record(.plan, files, options)
      return RunResult(report, observer: request.observer)
    } catch {
      throw InputErrors(error)
    }
  }

  /// The quotas that the plan's formulas give from the facts of a city; `year` nil takes that of the facts.
  public static func allocate(
    year: Int?, _ request: Request
  ) throws(InputErrors) -> AllocationTable {
    do {
      return AllocationTable(
        try AllocationRun(try request.library(), try request.options()).run(year: year),
        facts: request.facts?.name ?? request.configuration?.facts?.value ?? "",
        registry: request.registry?.name ?? request.configuration?.registry?.value)
    } catch {
      throw InputErrors(error)
    }
  }

  /// Runs the tests that stand beside the profiles of the cities named, or of all.
  public static func testPolicies(
    cities: [String], _ request: Request
  ) throws(InputErrors) -> [PolicyTestResult] {
    do {
      return try PolicyTestRun(try request.library()).run(cities: cities).map { outcome in
        PolicyTestResult(
          profile: outcome.profile, cases: outcome.cases,
          failures: outcome.failures.map { failure in
            PolicyTestResult.Failure(
              test: failure.test, location: failure.location, message: failure.message)
          })
      }
    } catch {
      throw InputErrors(error)
    }
  }
}

/// The tests of one profile and what came of them.
public struct PolicyTestResult: Sendable {
  /// A case that came out otherwise than it says.
  public struct Failure: Sendable {
    /// The name of the case.
    public var test: String
    /// The case in the file of tests.
    public var location: Location
    /// What was expected and what came out.
    public var message: Bilingual
  }

  /// The profile's id.
  public var profile: String
  /// How many cases were run.
  public var cases: Int
  /// Those that came out otherwise.
  public var failures: [Failure]
}
