/// Sine and cosine of an angle in degrees, from exact quadrants and Taylor's series.
///
/// Only additions and multiplications go into it, so that it gives the same bits on every machine, as the C library's do
/// not, and whole quadrants are exact.
package struct DegreeAngle {
  package let sine: Double
  package let cosine: Double

  /// Good to 2e-16 of one plus the rounding of `degrees`; NaN where these are 1e15 or more, or not finite.
  @inline(__always)
  package init(_ degrees: Double) {
    guard abs(degrees) < 1e15 else {
      (sine, cosine) = (.nan, .nan)
      return
    }
    // Added to and taken from this, a number is rounded to the nearest whole one, without a call.
    let rounder = 0x1.8p52
    let quadrant = degrees / 90 + rounder - rounder
    let x = (degrees - quadrant * 90) * (.pi / 180)
    let z = x * x
    // 1/3!, 1/5! … 1/17! and 1/2!, 1/4! … 1/16!; at 45 degrees the next terms are below 1e-17.
    var odd = 1 / 355_687_428_096_000.0
    odd = 1 / 1_307_674_368_000.0 - z * odd
    odd = 1 / 6_227_020_800.0 - z * odd
    odd = 1 / 39_916_800.0 - z * odd
    odd = 1 / 362_880.0 - z * odd
    odd = 1 / 5040.0 - z * odd
    odd = 1 / 120.0 - z * odd
    odd = 1 / 6.0 - z * odd
    var even = 1 / 20_922_789_888_000.0
    even = 1 / 87_178_291_200.0 - z * even
    even = 1 / 479_001_600.0 - z * even
    even = 1 / 3_628_800.0 - z * even
    even = 1 / 40_320.0 - z * even
    even = 1 / 720.0 - z * even
    even = 1 / 24.0 - z * even
    even = 0.5 - z * even
    let s = x - x * z * odd
    let c = 1 - z * even
    let turns = Int(quadrant)
    let (a, b) = turns & 1 == 0 ? (s, c) : (c, s)
    sine = turns & 2 == 0 ? a : -a
    cosine = (turns + 1) & 2 == 0 ? b : -b
  }
  private init(sine: Double, cosine: Double) {
    self.sine = sine
    self.cosine = cosine
  }

  /// Twice the angle.
  package var doubled: DegreeAngle {
    DegreeAngle(sine: 2 * sine * cosine, cosine: (cosine - sine) * (cosine + sine))
  }

  /// Three times the angle.
  package var tripled: DegreeAngle {
    DegreeAngle(sine: sine * (3 - 4 * sine * sine), cosine: cosine * (4 * cosine * cosine - 3))
  }
}
