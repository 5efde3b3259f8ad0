import Imaging
import Testing

struct LineChartTests {
  private func picture(_ values: [Double?]) -> PNGImage {
    LineChart.picture(of: [
      LineChart(title: "loss", axis: "epoch", series: [.init(title: "training", values: values)])
    ])
  }

  @Test func aChartIsAColourPictureOfItsSize() {
    let picture = picture([1, 2, 3])
    #expect(picture.width == 640 && picture.height == 300 && picture.channels == 3)
  }

  @Test func chartsStandBelowEachOther() {
    let chart = LineChart(title: "a", axis: "epoch", series: [])
    #expect(LineChart.picture(of: [chart, chart]).height == 600)
  }

  @Test func otherNumbersDrawAnotherLine() {
    #expect(picture([1, 2, 3]) != picture([3, 2, 1]))
    #expect(picture([1, nil, 3]) == picture([1, .nan, 3]))
  }

  @Test(arguments: [[], [nil], [0], [-2, -1], [5, 5, 5], [1e300, -1e12]] as [[Double?]])
  func oddNumbersAreDrawnToo(values: [Double?]) {
    #expect(picture(values).width == 640)
  }
}
