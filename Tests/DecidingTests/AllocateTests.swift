import Policy
import Expression
import Testing

@Suite("A total is apportioned by largest remainder")
struct AllocateTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var total: Exact
    var weights: [Int]
    var caps: [Int?] = []
    var parts: [Int]
  }

  @Test(
    "parts are whole, and add up to the total rounded down",
    arguments: [
      Example(
        testDescription: "exact shares", total: Exact(10), weights: [1, 1, 3], parts: [2, 2, 6]),
      Example(
        testDescription: "the largest remainders get what is left", total: Exact(10),
        weights: [1, 1, 1], parts: [4, 3, 3]),
      Example(
        testDescription: "ties go to the larger weight", total: Exact(1), weights: [1, 3, 0, 4],
        parts: [0, 0, 0, 1]),
      Example(
        testDescription: "then to the order", total: Exact(1), weights: [2, 2], parts: [1, 0]),
      Example(
        testDescription: "a cap sends the rest on", total: Exact(10), weights: [9, 1],
        caps: [5, nil], parts: [5, 5]),
      Example(
        testDescription: "caps below the total leave some over", total: Exact(10), weights: [1, 1],
        caps: [2, 3], parts: [2, 3]),
      Example(
        testDescription: "no weights, no parts", total: Exact(5), weights: [0, 0], parts: [0, 0]),
      Example(
        testDescription: "a weight below zero counts as none", total: Exact(6),
        weights: [-2, 1, 2],
        parts: [0, 2, 4]),
      Example(
        testDescription: "what caps leave of a total of any size goes round",
        total: Exact(10_000_000_000_003),
        weights: [6, 3, 1, 0], caps: [5, nil, nil, nil],
        parts: [5, 5_999_999_999_999, 3_999_999_999_999, 0]),
      Example(testDescription: "a negative total", total: Exact(-3), weights: [1], parts: [0]),
    ])
  func examples(_ example: Example) throws {
    let caps = example.caps.isEmpty ? example.weights.map { _ in nil } : example.caps
    let parts = try Allocate.parts(
      of: example.total, weights: example.weights.map { Exact($0) },
      caps: caps.map { $0.map { Exact($0) } })
    #expect(parts == example.parts)
  }

  @Test("a total beyond what can be counted is an error, not nothing for all")
  func overflow() throws {
    let total = try Exact(Int.max).adding(.one)
    #expect(throws: ExactError.overflow) {
      try Allocate.parts(of: total, weights: [.one, .one], caps: [nil, nil])
    }
  }

  @Test("a total with a fraction is rounded down first")
  func fraction() throws {
    let total = try Exact(numerator: 409_233, denominator: 100)
    let parts = try Allocate.parts(
      of: total, weights: [Exact(1), Exact(2), Exact(4)], caps: [nil, nil, nil])
    #expect(parts.reduce(0, +) == 4092)
  }

  @Test("Wuhan's residents get parts that add up, each within one of its exact share")
  func wuhan() throws {
    // 2020 census, 15 districts, adding to 12,326,518.
    let residents = [
      965_260, 647_932, 666_661, 837_263, 1_092_750, 463_295, 1_728_811, 845_782, 554_383, 974_715,
      1_151_644, 860_377, 481_338, 935_146, 121_161,
    ]
    #expect(residents.reduce(0, +) == 12_326_518)
    let parts = try Allocate.parts(
      of: Exact(4092), weights: residents.map { Exact($0) }, caps: residents.map { _ in nil })
    #expect(parts.reduce(0, +) == 4092)
    for (part, own) in zip(parts, residents) {
      let low = 4092 * own / 12_326_518
      #expect(part == low || part == low + 1)
    }
  }
}
