public import Architecture

/// An estimator that works in equal stages and has a score after each.
public protocol StagedEstimator<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// The number of stages.
  var stages: Int { get }

  /// - Parameter watch: Told the scores so far after every stage but the last; `false` ends the work,
  ///   and the estimate is the last score.
  mutating func estimate(
    _ candidate: Candidate, with effort: Effort, watching watch: ([Double]) -> Bool
  ) throws -> Estimate
}

/// Stops trainings that will hardly beat the best, and says what they would have come to.
///
/// After every stage the scores so far are extrapolated to the end. When the chance to beat the best
/// is too small, the training is stopped, and the forecast is the estimate, with its deviation.
///
/// Source: T. Domhan, J. Springenberg, F. Hutter, "Speeding up Automatic Hyperparameter Optimization of
/// Deep Neural Networks by Extrapolation of Learning Curves", IJCAI 2015, section 3; their Markov chain
/// over the curves' parameters is an average over a grid here, see ``LearningCurve``.
public struct CurveStopping<Base: StagedEstimator>: ScalableEstimator {
  public typealias Candidate = Base.Candidate

  var base: Base
  private let leastChance: Double

  /// - Parameter leastChance: The chance to beat the best below which a training is stopped.
  public init(_ base: Base, leastChance: Double = 0.05) {
    precondition((0..<1).contains(leastChance), "a chance of \(leastChance)")
    self.base = base
    self.leastChance = leastChance
  }

  public mutating func estimate(
    _ candidate: Base.Candidate, with effort: Effort
  ) throws -> Estimate {
    let stages = Double(base.stages)
    let leastChance = leastChance
    var stoppedAt: LearningCurve?
    let estimate = try base.estimate(candidate, with: effort) { scores in
      let curve = LearningCurve(scores: scores)
      guard let mark = effort.toBeat,
        let chance = curve.chance(ofBeating: mark, at: stages), chance < leastChance
      else { return true }
      stoppedAt = curve
      return false
    }
    guard let curve = stoppedAt, let forecast = curve.forecast(at: stages) else { return estimate }
    var predicted = Estimate(
      dice: forecast.mean, diceByLabel: estimate.diceByLabel, parameters: estimate.parameters,
      multiplyAdds: estimate.multiplyAdds, seconds: estimate.seconds)
    predicted.diceBySubset = estimate.diceBySubset
    predicted.measuredMemory = estimate.measuredMemory
    predicted.prediction = .init(
      after: Double(curve.scores.count) / stages, deviation: forecast.deviation)
    return predicted
  }
}
