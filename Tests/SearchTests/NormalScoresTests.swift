import TestSupport
import Testing

@testable import Search

struct NormalScoresTests {
  /// Reference: statistics.NormalDist().inv_cdf of Python 3.11.
  @Test func quantilesAreThoseOfTheNormalDistribution() {
    expectClose(
      [0.5, 0.975, 0.001, 0.9999, 1e-9].map { NormalScores.quantile($0) },
      [0, 1.9599639845400536, -3.090232306167813, 3.719016485455709, -5.99780701500768],
      within: 1e-9)
  }

  @Test func keepsTheOrderAndEqualScoresEqual() {
    let scores = NormalScores.of([0.1, 90, 0.1, 91, -5])
    #expect(scores[0] == scores[2])
    #expect(scores[4] < scores[0] && scores[0] < scores[1] && scores[1] < scores[3])
    // Blom: (5 − 0.375) / 5.25 is the place of the largest of five.
    expectClose(scores[3], NormalScores.quantile(4.625 / 5.25), within: 1e-12)
  }
}
