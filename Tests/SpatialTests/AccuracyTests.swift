import Spatial
import Testing

@Suite struct AccuracyTests {
  @Test(
    "a point is as accurate as the parameter or its last decimal, whichever is worse",
    arguments: [
      (6, 6, 5, 5), (6, 6, 0, 0.11132), (5, 6, 1, 1.1132), (6, 5, 1, 1.1132), (4, 4, 5, 11.132),
      (2, 7, 5, 1113.2), (0, 0, 5, 111_320), (-1, 3, 5, 111_320), (400, 400, 0, 0),
      (.max, .max, 0, 0),
    ] as [(Int, Int, Double, Double)])
  func metres(_ longitude: Int, _ latitude: Int, _ parameter: Double, _ expected: Double) {
    let metres = Accuracy.metres(
      longitudeDecimals: longitude, latitudeDecimals: latitude, parameterMetres: parameter)
    #expect(abs(metres - expected) <= 1e-12 * expected)
  }
}
