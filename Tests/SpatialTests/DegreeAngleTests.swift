import Glibc
import Spatial
import Testing

@Suite struct DegreeAngleTests {
  @Test("sine and cosine agree with the C library")
  func againstLibrary() {
    var worst = 0.0
    for degrees in stride(from: -400.0, through: 400, by: 0.0373) {
      let angle = DegreeAngle(degrees)
      let turned = degrees - (degrees / 360).rounded() * 360
      worst = max(worst, abs(angle.sine - sin(turned * .pi / 180)))
      worst = max(worst, abs(angle.cosine - cos(turned * .pi / 180)))
    }
    #expect(worst < 1e-15)
  }

  @Test("whole quadrants are exact")
  func quadrants() {
    for (degrees, sine, cosine) in [
      (0.0, 0.0, 1.0), (90, 1, 0), (180, 0, -1), (-90, -1, 0), (270, -1, 0), (-180, 0, -1),
    ] {
      #expect(DegreeAngle(degrees).sine == sine)
      #expect(DegreeAngle(degrees).cosine == cosine)
    }
  }

  @Test("twice and three times an angle are what they say")
  func multiples() {
    for degrees in stride(from: -180.0, through: 180, by: 7.3) {
      let angle = DegreeAngle(degrees)
      #expect(abs(angle.doubled.sine - DegreeAngle(2 * degrees).sine) < 1e-15)
      #expect(abs(angle.doubled.cosine - DegreeAngle(2 * degrees).cosine) < 1e-15)
      #expect(abs(angle.tripled.sine - DegreeAngle(3 * degrees).sine) < 3e-15)
      #expect(abs(angle.tripled.cosine - DegreeAngle(3 * degrees).cosine) < 3e-15)
    }
  }
}
