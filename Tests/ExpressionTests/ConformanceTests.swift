import Diagnostics
import Foundation
import Testing

@testable import Expression

/// The cases of CEL's own conformance suite, which lie beside the project and are not copied into it.
@Suite struct ConformanceTests {
  /// The cases that rest on binary floating point, with the reason why exact numbers differ.
  static let binaryFloatingPoint: [String: String] = [
    "comparisons/eq_literal/not_eq_double_nan": nan,
    "comparisons/eq_literal/not_eq_int_double_nan": nan,
    "comparisons/ne_literal/ne_double_nan": nan,
    "comparisons/ne_literal/not_ne_double_nan": nan,
    "comparisons/ne_literal/not_ne_int_double_nan": nan,
    "comparisons/gt_literal/not_gt_dyn_int_small_lossy_double": lossy,
    "comparisons/gte_literal/gte_dyn_small_double_int": lossy,
    "comparisons/lt_literal/not_lt_dyn_int_big_lossy_double": lossy,
    "comparisons/lt_literal/not_lt_dyn_small_double_int": lossy,
    "comparisons/lte_literal/lte_dyn_big_double_int": lossy,
    "conversions/double/int_range": lossy,
    "fp_math/fp_math/divide_zero": infinity,
    "fp_math/fp_math/fp_overflow_positive": infinity,
    "fp_math/fp_math/fp_underflow": "a number this small is an overflow, not zero",
  ]
  private static let nan = "0/0 is an error: there is no NaN"
  private static let lossy = "no integer is rounded to 53 bits"
  private static let infinity = "there is no infinity: it is an error"

  static let casesFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/cel").standardizedFileURL

  @Test(arguments: ["conformance.jsonl", "unknowns.jsonl"])
  func `every case of the suite comes to what it expects`(file: String) throws {
    let url = Self.casesFolder.appendingPathComponent(file)
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("skipped: \(url.path) is not there")
      return
    }
    let outcomes = try run(url)
    print("\(file): \(outcomes.filter(\.agrees).count) of \(outcomes.count)")
    let differing = Set(outcomes.filter { !$0.agrees }.map(\.id))
    for outcome in outcomes where !outcome.agrees && Self.binaryFloatingPoint[outcome.id] == nil {
      Issue.record("\(outcome.id): \(outcome.difference ?? "")")
    }
    #expect(!outcomes.isEmpty)
    if file == "conformance.jsonl" {
      for id in Self.binaryFloatingPoint.keys.sorted() where !differing.contains(id) {
        Issue.record("\(id) agrees: it is no longer an exception")
      }
    }
  }

  /// Cases that differ are printed only: which of another file's cases rest on binary floating point is not known here.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PLANLINT_CEL_CASES"] != nil))
  func `the cases of another file are run and those that differ are printed`() throws {
    let path = ProcessInfo.processInfo.environment["PLANLINT_CEL_CASES"] ?? ""
    let outcomes = try run(URL(fileURLWithPath: path))
    print("\(path): \(outcomes.filter(\.agrees).count) of \(outcomes.count)")
    for outcome in outcomes where !outcome.agrees {
      print("differs: \(outcome.id): \(outcome.difference ?? "")")
    }
    #expect(!outcomes.isEmpty)
  }

  private func run(_ url: URL) throws -> [ConformanceCase.Outcome] {
    try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
      let item = try ConformanceCase(line: Data(line.utf8))
      // A case that cannot be read differs, and the others are run all the same.
      do { return try item.run() } catch {
        return ConformanceCase.Outcome(id: item.id, difference: "unreadable: \(error)")
      }
    }
  }
}
