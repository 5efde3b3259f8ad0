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
  private let validation: [PreprocessedCase]
  private let device: Device
  private let onStep: @Sendable (Int, Int) -> Void

  /// After how many equal parts of a training there is a score.
  public let stages: Int

  /// - Parameters:
  ///   - plan: The plan, already with the fidelity's channels.
  ///   - options: The training, already with the fidelity's steps; its seed is every candidate's.
  ///   - stages: After how many equal parts of a training there is a score.
  ///   - onStep: Told how many steps of how many are done.
  public init(
    plan: Plan, options: TrainingOptions, training: [PreprocessedCase],
    validation: [PreprocessedCase], device: Device = .cpu, stages: Int = 1,
    onStep: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    precondition(stages > 0, "\(stages) stages, expected 1 or more")
    self.plan = plan
    self.options = options
    self.training = training
    self.validation = validation
    self.device = device
    self.stages = stages
    self.onStep = onStep
  }

  public mutating func estimate(
    _ candidate: Genotype, with effort: Effort, watching watch: ([Double]) -> Bool
  ) throws -> Estimate {
    try estimate(
      .fused(candidate), seed: options.seed, share: effort.share, stages: stages, watching: watch
    ).estimate
  }

  /// A training that nobody needs any more.
  private struct Stopped: Error {}

  /// The estimate of any design with a seed of its own, and its scores on the validation cases.
  func estimate(
    _ design: NetworkDesign, seed: UInt64, share: Double = 1, stages: Int = 1,
    watching watch: ([Double]) -> Bool = { _ in true }
  ) throws -> (estimate: Estimate, scores: [ScoreMap]) {
    let start = DispatchTime.now().uptimeNanoseconds
    var options = options
    options.seed = seed
    options.epochs = stages
    let steps = (Double(self.options.steps) * share / Double(stages)).rounded()
    options.stepsPerEpoch = max(1, Int(steps))
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: seed)
    let trainer = Trainer(network: network, plan: plan, options: options, device: device)
    let predictor = Predictor(network: network, plan: plan, device: device)
    var curve: [Double] = []
    var scores: [ScoreMap] = []
    do {
      try trainer.train(
        on: training, validating: [], onStep: { step, _ in onStep(step + 1, options.steps) },
        onEpoch: { record in
          scores = try validation.map { try predictor.scores(of: $0) }
          curve.append(self.dice(of: scores).mean)
          if record.epoch < stages, !watch(curve) { throw Stopped() }
        })
    } catch is Stopped {
      // What was learnt until here is the estimate.
    }
    let cost = Cost.of(design, topology: plan.topology, patch: plan.patchShape)
    let dice = self.dice(of: scores)
    return (
      Estimate(
        dice: dice.mean, diceByLabel: dice.byLabel, parameters: cost.parameters,
        multiplyAdds: cost.multiplyAdds,
        seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9),
      scores
    )
  }

  /// Dice on the working grid: the mean over the cases that show a structure, then over structures.
  func dice(of scores: [ScoreMap]) -> (mean: Double, byLabel: [String: Double]) {
    var byLabel: [String: Double] = [:]
    let masks = scores.map { $0.winners() }
    for (index, label) in plan.labels.enumerated() {
      let values = zip(masks, validation).compactMap { mask, truth in
        truth.classes.flatMap { Self.dice(of: UInt8(index + 1), in: mask, $0) }
      }
      if !values.isEmpty { byLabel[label.name] = values.reduce(0, +) / Double(values.count) }
    }
    let mean = byLabel.isEmpty ? 0 : byLabel.values.sorted().reduce(0, +) / Double(byLabel.count)
    return (mean, byLabel)
  }

  /// `nil` when neither mask shows the class.
  private static func dice(of label: UInt8, in mask: [UInt8], _ truth: [UInt8]) -> Double? {
    var shared = 0
    var sizes = 0
    for (guess, value) in zip(mask, truth) {
      if guess == label { sizes += 1 }
      if value == label { sizes += 1 }
      if guess == label && value == label { shared += 1 }
    }
    return sizes == 0 ? nil : 2 * Double(shared) / Double(sizes)
  }
}
