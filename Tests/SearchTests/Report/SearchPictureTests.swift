import Architecture
import Imaging
import Testing

@testable import Search

struct SearchPictureTests {
  private func trial(
    _ number: Int, _ dice: Double?, parameters: Int = 0, effort: Double? = nil
  ) throws -> Trial<NASBench201Cell> {
    let cell = try #require(NASBench201Space().candidate(from: [number, 0, 0, 0, 0, 0]))
    var trial =
      dice.map {
        Trial(
          number: number, genotype: cell,
          estimate: Estimate(dice: $0, parameters: parameters, seconds: 10))
      } ?? Trial(number: number, genotype: cell, failure: "no memory", after: 3)
    trial.effort = effort
    return trial
  }

  @Test func progressCountsTheSecondsOfAllAndTheScoresOfTheComparable() throws {
    let (lines, points) = SearchPicture.progress(of: [
      try trial(1, 0.9, effort: 0.5), try trial(2, 0.4), try trial(3, nil), try trial(4, 0.3),
    ])
    #expect(lines.series[0].values == [nil, 0.4, 0.4, 0.4])
    #expect(lines.series[1].values == [nil, 0.4, nil, 0.3])
    #expect(points.series[0].points.map(\.x) == [20, 33])
    #expect(points.series[0].points.map(\.y) == [0.4, 0.4])
  }

  @Test func theFrontIsThatOfSizeAndDice() throws {
    let chart = SearchPicture.front(of: [
      try trial(1, 0.8, parameters: 30), try trial(2, 0.7, parameters: 10),
      try trial(3, 0.6, parameters: 20),
    ])
    #expect(chart.series[0].points.count == 3)
    #expect(chart.series[1].points.map(\.x).sorted() == [10, 30])
  }
}
