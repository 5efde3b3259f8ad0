public import Architecture
import Foundation
import Imaging
import Networks
public import Torch
public import Training

/// Trains a candidate for a while and measures its Dice on whole cases that it has not seen.
///
/// With a small ``Fidelity`` this is the field's "low fidelity" estimator, with a large one full
/// training. With a part of the effort the training is anew as many times shorter, its learning rate
/// falling to zero all the same: nothing of a shorter training is used by a longer one.
public struct TrainingEstimator: StagedEstimator {
  private let plan: Plan
  private let options: TrainingOptions
  private let training: [PreprocessedCase]

  /// What trained networks are measured by.
  let validation: ValidationDice
  private let device: Device
  private let onStep: @Sendable (Int, Int) -> Void

  /// After how many equal parts of a training there is a score.
  public let stages: Int

  /// Whether it is measured by how much this process grows while it trains.
  var measuresMemory = false

  /// - Parameters:
  ///   - plan: The plan, already with the fidelity's channels.
  ///   - options: The training, already with the fidelity's steps; its seed is every candidate's.
  ///   - stages: After how many equal parts of a training there is a score.
  ///   - subsets: From which subsets of the modalities a network is scored.
  ///   - onStep: Told how many steps of how many are done.
  public init(
    plan: Plan, options: TrainingOptions, training: [PreprocessedCase],
    validation: [PreprocessedCase], device: Device = .cpu, stages: Int = 1,
    subsets: SubsetScore = .full, onStep: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    precondition(stages > 0, "\(stages) stages, expected 1 or more")
    self.plan = plan
    self.options = options
    self.training = training
    self.validation = ValidationDice(plan: plan, cases: validation, subsets: subsets)
    self.device = device
    self.stages = stages
    self.onStep = onStep
  }

  public mutating func estimate(
    _ candidate: NetworkDesign, with effort: Effort, watching watch: ([Double]) -> Bool
  ) throws -> Estimate {
    try estimate(
      candidate, seed: options.seed, share: effort.share, stages: stages, watching: watch
    ).estimate
  }

  /// A training that nobody needs any more.
  private struct Stopped: Error {}

  /// The estimate of any design with a seed of its own, and its scores on the validation cases where
  /// they are wanted.
  ///
  /// - Parameters:
  ///   - batches: What the batches are drawn from; `nil`: the seed.
  ///   - share: How many times the full work, above 0; also above 1.
  ///   - onStart: Given the network with its first weights.
  ///   - onEnd: Given the network with its last weights.
  func estimate(
    _ design: NetworkDesign, seed: UInt64, batches: UInt64? = nil, share: Double = 1,
    stages: Int = 1, wantsScores: Bool = false,
    watching watch: ([Double]) -> Bool = { _ in true },
    onStart: (SegmentationNetwork) throws -> Void = { _ in },
    onEnd: (SegmentationNetwork) throws -> Void = { _ in }
  ) throws -> (estimate: Estimate, scores: [ScoreMap]) {
    let start = DispatchTime.now().uptimeNanoseconds
    var options = options
    options.seed = batches ?? seed
    options.epochs = stages
    let steps = (Double(self.options.steps) * share / Double(stages)).rounded()
    options.stepsPerEpoch = max(1, Int(steps))
    let memory = measuresMemory ? PeakMemory() : nil
    var peak: Double?
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: seed)
    try onStart(network)
    let predictor = Predictor(network: network, plan: plan, device: device)
    let measured = try train(
      Trainer(network: network, plan: plan, options: options, device: device), predictor,
      watching: watch
    ) { step in
      // The first step makes the optimiser's state, so the second one is like all others.
      if step < 2 { peak = memory?.bytes }
    }
    try onEnd(network)
    let cost = plan.cost(of: design)
    var estimate = Estimate(
      dice: measured?.dice ?? 0, diceByLabel: measured?.byLabel ?? [:],
      parameters: cost.parameters, multiplyAdds: cost.multiplyAdds,
      seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    estimate.diceBySubset = measured?.bySubset
    estimate.measuredMemory = peak
    return (estimate, wantsScores ? try validation.scores(by: predictor) : [])
  }

  /// Trains as long as somebody wants it; returns the last Dice.
  private func train(
    _ trainer: Trainer, _ predictor: Predictor, watching watch: ([Double]) -> Bool,
    _ onFinishedStep: (Int) -> Void
  ) throws -> ValidationDice.Measured? {
    let options = trainer.options
    var curve: [Double] = []
    var measured: ValidationDice.Measured?
    do {
      try trainer.train(
        on: training, validating: [],
        onStep: { step, _ in
          onFinishedStep(step)
          onStep(step + 1, options.steps)
        },
        onEpoch: { record in
          let found = try validation.measure(predictor)
          measured = found
          curve.append(found.dice)
          if record.epoch < options.epochs, !watch(curve) { throw Stopped() }
        })
    } catch is Stopped {
      // What was learnt until here is the estimate.
    }
    return measured
  }
}
