import Foundation

/// The scores of one training at equal distances in time, and what they will come to.
public struct LearningCurve: Sendable {
  /// From the first part of the training on.
  public let scores: [Double]

  /// Fewer scores than this say nothing about the end.
  public static let fewest = 4

  private static let rates: [Double] = (0...120).map { 0.02 * pow(250, Double($0) / 120) }

  public init(scores: [Double]) {
    self.scores = scores
  }

  /// What the score is expected to be at a time, counted in scores, and its standard deviation.
  ///
  /// Every family of curves is fitted with rates from 0.02 to 5 by least squares; all the fits are
  /// averaged with their likelihood, so that the deviation holds the noise of the scores, the doubt
  /// about each curve's parameters, and what the curves disagree in. Half of a curve with noise says
  /// little about where it bends, so the forecast errs upwards rather than downwards, and a training is
  /// stopped too late rather than too early.
  ///
  /// - Returns: `nil` for fewer than ``fewest`` scores, or when one is no number.
  public func forecast(at time: Double) -> (mean: Double, deviation: Double)? {
    guard scores.count >= Self.fewest, scores.allSatisfy(\.isFinite) else { return nil }
    let fits = CurveFamily.allCases.flatMap { family in
      Self.rates.map { CurveFit(family, rate: $0, to: scores) }
    }
    let count = Double(scores.count)
    let extent = (scores.max() ?? 0) - (scores.min() ?? 0)
    // A curve without noise would make the likelihood infinite.
    let floor = count * (1e-4 * extent) * (1e-4 * extent) + Double.leastNormalMagnitude
    let logWeights = fits.map { -count / 2 * log($0.squares + floor) }
    let most = logWeights.max() ?? 0
    let weights = logWeights.map { exp($0 - most) }
    let total = weights.reduce(0, +)
    var mean = 0.0
    for (fit, weight) in zip(fits, weights) { mean += weight / total * fit.score(at: time) }
    var variance = 0.0
    for (fit, weight) in zip(fits, weights) {
      let noise = (fit.squares + floor) / max(count - 3, 1)
      let excess = fit.score(at: time) - mean
      variance += weight / total * (excess * excess + noise * fit.leverage(at: time))
    }
    return (mean, variance.squareRoot())
  }

  /// How likely the score at a time is above a mark; `nil` when nothing can be said.
  public func chance(ofBeating mark: Double, at time: Double) -> Double? {
    forecast(at: time).map { mean, deviation in
      deviation > 0
        ? erfc((mark - mean) / deviation / 2.0.squareRoot()) / 2 : mean > mark ? 1 : 0
    }
  }
}
