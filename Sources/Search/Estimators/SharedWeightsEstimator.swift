import Architecture
import Dispatch
import Networks
import Torch
import Training

/// Judges a candidate with the weights that a supernet has for it, without training it alone.
///
/// The Dice of inherited weights ranks candidates; it is not the Dice that they reach on their own.
///
/// Source: G. Bender et al., "Understanding and Simplifying One-Shot Architecture Search", ICML 2018;
/// trained on what is proposed, the alternation of H. Pham et al., "Efficient Neural Architecture Search
/// via Parameter Sharing", ICML 2018, section 2.2, candidate by candidate.
struct SharedWeightsEstimator: ScalableEstimator {
  typealias Candidate = NetworkDesign

  private var trainer: SupernetTrainer
  private let plan: Plan
  private let validation: ValidationDice

  /// The steps that train each candidate's path before it is judged; 0: the supernet stays.
  private let stepsPerTrial: Int

  init(
    _ trainer: SupernetTrainer, plan: Plan, validation: ValidationDice, stepsPerTrial: Int
  ) {
    self.trainer = trainer
    self.plan = plan
    self.validation = validation
    self.stepsPerTrial = stepsPerTrial
  }

  mutating func estimate(_ design: NetworkDesign, with effort: Effort) throws -> Estimate {
    let start = DispatchTime.now().uptimeNanoseconds
    try train(design)
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: trainer.options.seed)
    try network.moveWeights(to: trainer.device, type: .float32)
    try trainer.supernet.copyWeights(to: network)
    let found = try validation.measure(
      Predictor(network: network, plan: plan, device: trainer.device))
    let cost = plan.cost(of: design)
    var estimate = Estimate(
      dice: found.dice, diceByLabel: found.byLabel, parameters: cost.parameters,
      multiplyAdds: cost.multiplyAdds,
      seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    estimate.diceBySubset = found.bySubset
    return estimate
  }

  /// Brings the supernet to where it was after some trials of an interrupted search.
  ///
  /// - Throws: What keeps a genotype from being trained again that could be trained then.
  mutating func replay(_ finished: [Trial<NetworkDesign>]) throws {
    guard stepsPerTrial > 0 else { return }
    for trial in finished {
      do {
        try train(trial.genotype)
      } catch {
        // What made a training fail then makes it fail now, at the same step.
        guard trial.estimate == nil else { throw error }
      }
    }
  }

  private mutating func train(_ design: NetworkDesign) throws {
    guard let genotype = design.genotype else {
      preconditionFailure("a supernet holds fusion cells, and not '\(design)'")
    }
    for _ in 0..<stepsPerTrial {
      try trainer.train(genotype, rate: trainer.options.learningRate)
    }
  }
}
