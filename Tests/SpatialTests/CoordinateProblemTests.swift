import Spatial
import Testing

@Suite struct CoordinateProblemTests {
  @Test(
    "a coordinate that cannot be in China is told apart",
    arguments: [
      (.nan, 30, .notFinite), (114, .infinity, .notFinite), (0, -0.0, .zero),
      (30.5928, 114.3055, .swapped), (53.9, 135.9, .swapped), (3, 73, .swapped),
      (114, 95, .outOfRange), (181, 30, .outOfRange), (-200, 30, .outOfRange), (3, 91, .swapped),
      (139.75, 35.68, .outsideChina), (114, -30, .outsideChina), (-66, 30, .outsideChina),
      (0, 30, .outsideChina), (114, 0, .outsideChina),
      (114.3055, 30.5928, nil), (73, 3, nil), (136, 54, nil),
    ] as [(Double, Double, CoordinateProblem?)])
  func problem(_ longitude: Double, _ latitude: Double, _ expected: CoordinateProblem?) {
    #expect(Coordinate(longitude: longitude, latitude: latitude).problem == expected)
  }
}
