import Architecture
import Networks
import Randomness
import Torch
import Training

/// Trains the weights of a supernet, batch by batch.
///
/// Batches depend on the seed and the number of the step alone, so the same steps give the same weights.
struct SupernetTrainer {
  let supernet: Supernet
  let options: TrainingOptions
  let device: Device
  private let sampler: PatchSampler
  private var optimizer: AdamW

  /// How many steps are done.
  private(set) var step = 0

  /// - Parameters:
  ///   - cases: What to learn from, all with classes.
  ///   - partialChannels: Of how many channels of an edge one goes through the operations.
  init(
    space: FusionCellSpace, plan: Plan, options: TrainingOptions, cases: [PreprocessedCase],
    device: Device, partialChannels: Int = 1
  ) throws {
    var generator = SplitMix64(seed: options.seed, stream: RandomStream.firstWeights)
    supernet = try Supernet(
      space: space, topology: plan.topology, partialChannels: partialChannels, using: &generator)
    try supernet.moveWeights(to: device, type: .float32)
    self.options = options
    self.device = device
    sampler = try Self.sampler(of: cases, plan: plan, modalities: space.modalities, options)
    optimizer = try AdamW(weights: supernet.namedWeights, weightDecay: options.weightDecay)
  }

  /// What draws patches of some cases.
  static func sampler(
    of cases: [PreprocessedCase], plan: Plan, modalities: [String], _ options: TrainingOptions
  ) throws -> PatchSampler {
    guard !cases.isEmpty else {
      throw TrainingError.noCases(purpose: "training", dataset: plan.dataset)
    }
    if let bare = cases.first(where: { $0.classes == nil }) {
      throw TrainingError.missingLabels(caseName: bare.name)
    }
    return PatchSampler(
      cases: cases, plan: plan, modalities: try plan.positions(of: modalities),
      foregroundFraction: options.foregroundFraction, augments: options.augmentation,
      shifting: options.additiveBrightness)
  }

  /// The batch of the present step.
  var batch: Batch { sampler.batch(step: step, seed: options.seed) }

  /// The loss of a batch.
  ///
  /// - Parameter forward: From one tensor per modality to the logits of one level or more.
  func loss(on batch: Batch, _ forward: ([Tensor]) throws(TorchError) -> [Tensor]) throws -> Tensor
  {
    let classes = try Tensor(bytes: batch.classes, shape: [batch.count] + batch.shape)
      .moved(to: device)
    return try Loss.deeplySupervised(
      logits: forward(batch.inputs(on: device)), classes: classes,
      dice: options.batchDice ? .batch : .patch)
  }

  /// One step of all weights that a loss depends on; the others stay.
  ///
  /// - Parameter rate: The learning rate.
  /// - Throws: `TrainingError.lossNotFinite` when the loss or its gradient is no number.
  mutating func descend(_ loss: Tensor, rate: Double) throws {
    let value = try loss.item()
    guard value.isFinite else { throw TrainingError.lossNotFinite(step: step, loss: value) }
    try loss.backward()
    let norm = try optimizer.update(rate: rate, clippingTo: options.gradientClip)
    for weight in supernet.namedWeights { try weight.tensor.clearGradient() }
    guard norm.isFinite else { throw TrainingError.lossNotFinite(step: step, loss: norm) }
    step += 1
  }

  /// One step of the weights of one network of the space.
  mutating func train(_ genotype: Genotype, rate: Double) throws {
    let loss = try loss(on: batch) { inputs throws(TorchError) in
      try supernet(inputs, along: genotype, deepSupervision: options.deepSupervision)
    }
    try descend(loss, rate: rate)
  }

  /// Trains networks drawn uniformly, the learning rate falling to zero.
  ///
  /// - Parameter onStep: Told how many steps of how many are done.
  ///
  /// Source: the uniform single-path training of Z. Guo et al., "Single Path One-Shot Neural
  /// Architecture Search with Uniform Sampling", ECCV 2020, section 3.2.
  mutating func trainUniformly(steps: Int, onStep: (Int, Int) -> Void) throws {
    var generator = SplitMix64(seed: options.seed, stream: RandomStream.supernetPaths)
    let schedule = PolynomialSchedule(initialRate: options.learningRate, steps: steps)
    for index in 0..<steps {
      let genotype = supernet.space.sample(using: &generator)
      try train(genotype, rate: schedule.rate(atStep: index))
      onStep(index + 1, steps)
    }
  }
}
