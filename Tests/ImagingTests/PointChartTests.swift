import Testing

@testable import Imaging

struct PointChartTests {
  @Test(arguments: [
    (0.0, "0.000"), (0.5, "0.500"), (9.9996, "10.000"), (12.345, "12.35"), (999.96, "1000.0"),
    (-1.5, "-1.500"), (1234, "1.234K"), (250_000, "250.0K"), (3.5e6, "3.500M"), (2e10, "20.00G"),
    (1e12, "1.000T"),
    (1e20, "HUGE"),
  ])
  func numbersAreShort(value: Double, text: String) {
    #expect(PointChart.text(value) == text)
  }

  private func picture(_ points: [(x: Double, y: Double)], isStaircase: Bool = false) -> PNGImage {
    PointChart.picture(of: [
      PointChart(
        title: "dice", xAxis: "size",
        series: [.init(title: "all", points: points, isStaircase: isStaircase)])
    ])
  }

  @Test func anySetOfPointsHasAPicture() {
    let sets: [[(x: Double, y: Double)]] = [
      [], [(x: 1.0, y: 2.0)], [(x: 1, y: 1), (x: 1, y: 1)],
      [(x: .nan, y: 1), (x: 2, y: .infinity)],
      [(x: 0, y: 0), (x: 1e12, y: -1e12)],
    ]
    for points in sets {
      let image = picture(points)
      #expect(image.width == 640 && image.height == 420)
    }
  }

  @Test func stepsAreDrawnBetweenPoints() {
    let points = [(x: 0.0, y: 0.0), (x: 1, y: 1)]
    #expect(picture(points, isStaircase: true) != picture(points))
  }
}
