import Foundation

/// Shapes of learning curves: a limit minus a part that fades as the training goes on.
///
/// Source: T. Domhan, J. Springenberg, F. Hutter, "Speeding up Automatic Hyperparameter Optimization of
/// Deep Neural Networks by Extrapolation of Learning Curves", IJCAI 2015, Table 1, of which these are
/// the families that are linear in all parameters but one.
enum CurveFamily: CaseIterable {
  /// limit − part · time^−rate
  case power

  /// limit − part · exp(−rate · time)
  case exponential

  /// limit − part · log(time + 1)^−rate
  case logarithmicPower

  /// What is left of the fading part at a time from 1.
  func fading(at time: Double, rate: Double) -> Double {
    switch self {
    case .power: pow(time, -rate)
    case .exponential: exp(-rate * time)
    case .logarithmicPower: pow(log(time + 1), -rate)
    }
  }
}

/// One family with one rate, fitted to a curve by least squares.
struct CurveFit {
  let family: CurveFamily
  let rate: Double

  /// What the curve tends to.
  let limit: Double

  /// How large the part that fades is; not negative.
  let part: Double

  /// The sum of the squared residuals.
  let squares: Double

  private let count: Double
  private let meanFading: Double
  private let fadingSquares: Double

  /// - Parameter scores: At the times 1, 2, …; three or more.
  init(_ family: CurveFamily, rate: Double, to scores: [Double]) {
    self.family = family
    self.rate = rate
    let fading = scores.indices.map { family.fading(at: Double($0 + 1), rate: rate) }
    let count = Double(scores.count)
    let meanFading = fading.reduce(0, +) / count
    let meanScore = scores.reduce(0, +) / count
    var products = 0.0
    var fadingSquares = 0.0
    for (fading, score) in zip(fading, scores) {
      products += (fading - meanFading) * (score - meanScore)
      fadingSquares += (fading - meanFading) * (fading - meanFading)
    }
    // A curve that falls is taken for one that does not rise.
    let part = fadingSquares > 0 ? max(0, -products / fadingSquares) : 0
    let limit = meanScore + part * meanFading
    self.count = count
    self.meanFading = meanFading
    self.fadingSquares = fadingSquares
    self.part = part
    self.limit = limit
    squares = zip(fading, scores).reduce(0) { sum, pair in
      let residual = pair.1 - (limit - part * pair.0)
      return sum + residual * residual
    }
  }

  func score(at time: Double) -> Double { limit - part * family.fading(at: time, rate: rate) }

  /// By how much the variance of a new score at a time exceeds that of the residuals, in units of it.
  ///
  /// Source: the prediction variance of a straight line through points.
  func leverage(at time: Double) -> Double {
    let excess = family.fading(at: time, rate: rate) - meanFading
    return 1 + 1 / count + (fadingSquares > 0 ? excess * excess / fadingSquares : 0)
  }
}
