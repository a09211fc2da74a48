import Testing

@testable import Expression

@Suite struct ExactTests {
  private static let largest = Exact(Int128.max)

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("7.4", "7.4"), ("-12.50", "-12.5"), ("007", "7"),
    ("100", "100"), ("0.000", "0"), ("1.000000000000000000000000000000000000000000000000", "1"),
    ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
    ("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"),
  ])
  func `a plain decimal is read as it is and written without needless zeros`(
    text: String, written: String
  ) {
    #expect(Exact(decimal: text)?.description == written)
  }

  @Test(arguments: [
    "", "-", "+1", ".5", "5.", "1.2.3", "1e3", " 1", "1 ", "--1", "١", "0x10", "NaN", "1,000",
    "170141183460469231731687303715884105728", "1" + String(repeating: "0", count: 100_000),
    "0." + String(repeating: "0", count: 100_000) + "1", String(repeating: "9", count: 100_000),
  ])
  func `hostile text is no decimal`(text: String) {
    #expect(Exact(decimal: text) == nil)
  }

  @Test func `an exponent is read where CEL allows it and is bounded`() {
    #expect(Exact(scientific: "1.38e-23")?.description == "0.0000000000000000000000138")
    #expect(Exact(scientific: ".5") == Exact(decimal: "0.5"))
    #expect(Exact(scientific: "0e9999") == .zero)
    #expect(Exact(scientific: "1e99") == nil)
    #expect(Exact(scientific: "1e99999999999999999999") == nil)
    #expect(Exact(scientific: "1e") == nil)
  }

  @Test func `a ratio exactly at its limit is not above it`() throws {
    let limit = try #require(Exact(decimal: "7.4"))
    let per = Exact(1000)
    let at = try Exact(7400).divided(by: Exact(1_000_000)).multiplied(by: per)
    let above = try Exact(7401).divided(by: Exact(1_000_000)).multiplied(by: per)
    #expect(at == limit)
    #expect(!(at > limit))
    #expect(above > limit)
  }

  @Test func `comparison is exact where the products need more than 128 bits`() throws {
    let a = try Exact(numerator: .max, denominator: .max - 1)
    let b = try Exact(numerator: .max - 1, denominator: .max - 2)
    #expect(a < b)
    #expect(try b.negated() < a.negated())
    #expect(Exact(Int128.min) < a)
    #expect(!(a < a))
  }

  @Test func `what does not fit is an overflow and never traps`() throws {
    let least = Exact(Int128.min)
    #expect(throws: ExactError.overflow) { try Self.largest.adding(.one) }
    #expect(throws: ExactError.overflow) { try least.subtracting(.one) }
    #expect(throws: ExactError.overflow) { try least.negated() }
    #expect(throws: ExactError.overflow) { try least.magnitude() }
    #expect(throws: ExactError.overflow) { try Self.largest.multiplied(by: Exact(2)) }
    #expect(throws: ExactError.overflow) { try Exact.one.divided(by: least) }
    #expect(throws: ExactError.overflow) { try Exact(numerator: .min, denominator: -1) }
    #expect(throws: ExactError.divisionByZero) { try least.divided(by: .zero) }
    #expect(throws: ExactError.divisionByZero) { try Exact(numerator: 0, denominator: 0) }
    #expect(try least.divided(by: least) == .one)
    #expect(try Exact(numerator: .min, denominator: .min) == .one)
    #expect(least.description == "-170141183460469231731687303715884105728")
  }

  @Test(arguments: [
    ("2.5", "2", "3", "3", "2"), ("-2.5", "-3", "-2", "-3", "-2"), ("3.5", "3", "4", "4", "4"),
    ("2.4", "2", "3", "2", "2"), ("-0.6", "-1", "0", "-1", "-1"), ("7", "7", "7", "7", "7"),
  ])
  func `rounding goes where its mode says`(
    text: String, floor: String, ceiling: String, halfUp: String, halfEven: String
  ) throws {
    let number = try #require(Exact(decimal: text))
    #expect(number.floor.description == floor)
    #expect(number.ceiling.description == ceiling)
    #expect(number.rounded(.halfUp).description == halfUp)
    #expect(number.rounded(.halfEven).description == halfEven)
  }

  @Test func `fractions are reduced, and written as such where their decimals do not end`() throws {
    let third = try Exact(numerator: -2, denominator: -6)
    #expect(third.description == "1/3")
    #expect(third.numerator == 1 && third.denominator == 3)
    #expect(try third.adding(third).adding(third) == .one)
    #expect(try Exact(numerator: 1, denominator: 8).description == "0.125")
    let finest = try Exact(numerator: 1, denominator: 1 << 126)
    #expect(finest.description.hasSuffix("5") && finest.description.utf8.count == 128)
  }

  @Test func `arithmetic agrees with cross-multiplication on many small fractions`() throws {
    for a in -6...6 {
      for b in 1...6 {
        for c in -6...6 {
          for d in 1...6 {
            let x = try Exact(numerator: Int128(a), denominator: Int128(b))
            let y = try Exact(numerator: Int128(c), denominator: Int128(d))
            #expect(
              try x.adding(y)
                == Exact(numerator: Int128(a * d + c * b), denominator: Int128(b * d)))
            #expect(
              try x.multiplied(by: y) == Exact(numerator: Int128(a * c), denominator: Int128(b * d))
            )
            #expect((x < y) == (a * d < c * b))
            if c != 0 { #expect(try x.divided(by: y).multiplied(by: y) == x) }
          }
        }
      }
    }
  }
}
