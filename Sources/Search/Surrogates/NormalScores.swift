import Foundation

/// Scores turned into what a normal distribution would give, in the same order.
///
/// A few hopeless candidates then no longer hide the differences between the good ones.
///
/// Source: G. Blom, "Statistical Estimates and Transformed Beta-Variables", 1958.
enum NormalScores {
  static func of(_ scores: [Double]) -> [Double] {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var result = scores
    for (rank, index) in order.enumerated() {
      // Equal scores stay equal: they take the place of the first of them.
      if rank > 0, scores[index] == scores[order[rank - 1]] {
        result[index] = result[order[rank - 1]]
      } else {
        result[index] = quantile((Double(rank) + 0.625) / (Double(scores.count) + 0.25))
      }
    }
    return result
  }

  /// Below which a standard normal number falls with the given probability.
  ///
  /// Newton's method on the error function.
  static func quantile(_ probability: Double) -> Double {
    var value = 0.0
    for _ in 0..<60 {
      let excess = erfc(-value / 2.0.squareRoot()) / 2 - probability
      let density = exp(-value * value / 2) / (2 * Double.pi).squareRoot()
      let step = excess / density
      // Far out the density is tiny and a full step would overshoot.
      value -= min(max(step, -0.5), 0.5)
      if abs(step) < 1e-12 { break }
    }
    return value
  }
}
