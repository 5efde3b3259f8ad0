import Architecture
import Imaging
public import Networks
import Randomness
public import Torch

/// Trains a network on preprocessed cases.
///
/// Every source of chance is derived from the seed and the step, so the same options on the same
/// machine and thread count give the same weights, resumed or not.
public struct Trainer {
  public let network: SegmentationNetwork
  public let plan: Plan
  public let options: TrainingOptions
  public let device: Device

  public init(
    network: SegmentationNetwork, plan: Plan, options: TrainingOptions, device: Device = .cpu
  ) {
    self.network = network
    self.plan = plan
    self.options = options
    self.device = device
  }

  /// Runs all epochs that are not done yet.
  ///
  /// - Parameters:
  ///   - training: The cases to learn from, all with classes.
  ///   - validation: The cases held out; may be empty.
  ///   - checkpoint: Where the state is kept after every epoch; `nil`: nowhere.
  ///   - resume: Whether to go on from the checkpoint, if there is one.
  ///   - onStep: Told each finished step and its loss.
  ///   - onEpoch: Told each finished epoch, before its checkpoint is written.
  /// - Throws: ``TrainingError/lossNotFinite(step:loss:)`` as soon as the loss is not a number,
  ///   ``TrainingError/batchTooSmall(patches:needed:)`` when modalities that share no space are to be tied
  ///   and a batch has no two patients.
  public func train(
    on training: [PreprocessedCase], validating validation: [PreprocessedCase],
    checkpoint: Checkpoint? = nil, resume: Bool = false,
    onStep: (_ step: Int, _ loss: Double) -> Void = { _, _ in },
    onEpoch: (EpochRecord) throws -> Void = { _ in }
  ) throws {
    try network.moveWeights(to: device, type: .float32)
    var optimizer = try makeOptimizer()
    var done = 0
    if resume, let checkpoint, checkpoint.exists {
      done = try checkpoint.load(into: network, optimizer: optimizer, options: options)
    }
    guard done < options.epochs else { return }
    let validator = try makeValidation(validation)
    let batches = try prefetch(training, from: done * options.stepsPerEpoch)
    defer { batches.stop() }
    for epoch in done..<options.epochs {
      var losses = EpochLosses()
      for index in 0..<options.stepsPerEpoch {
        let step = epoch * options.stepsPerEpoch + index
        let loss = try update(on: batches.next(), step: step, optimizer: &optimizer)
        losses.add(loss)
        onStep(step, loss.total)
      }
      try onEpoch(try record(epoch: epoch, losses: losses, validator: validator))
      try checkpoint?.save(
        network: network, optimizer: optimizer, epochs: epoch + 1, options: options)
    }
  }

  /// One step: forward, loss, backward, clipping, update. Returns the loss before it.
  func update(
    on batch: Batch, step: Int, optimizer: inout any Optimizer
  ) throws -> StepLoss {
    let classes = try Tensor(bytes: batch.classes, shape: [batch.count] + batch.shape)
      .moved(to: device)
    var key = SplitMix64(seed: options.seed, stream: RandomStream.coordination)
    var generator = SplitMix64(seed: key.next(), stream: UInt64(step))
    let output = try network.trainingOutput(
      of: batch.inputs(on: device), presence: batch.presence, patients: batch.patients,
      deepSupervision: options.deepSupervision, using: &generator)
    var loss = try Loss.deeplySupervised(
      logits: output.logits, classes: classes, dice: options.batchDice ? .batch : .patch)
    if let coordination = try output.coordinationLoss() { loss = try loss + coordination }
    let value = try StepLoss(total: loss.item(), output: output)
    guard value.total.isFinite else {
      throw TrainingError.lossNotFinite(step: step, loss: value.total)
    }
    try loss.backward()
    let schedule = PolynomialSchedule(initialRate: options.learningRate, steps: options.steps)
    let norm = try optimizer.update(
      rate: schedule.rate(atStep: step), clippingTo: options.gradientClip)
    guard norm.isFinite else { throw TrainingError.lossNotFinite(step: step, loss: norm) }
    for weight in network.namedWeights { try weight.tensor.clearGradient() }
    return value
  }

  private func record(
    epoch: Int, losses: EpochLosses, validator: PatchValidation?
  ) throws -> EpochRecord {
    let isLast = epoch + 1 == options.epochs
    let isDue = options.validateEvery > 0 && (epoch + 1) % options.validateEvery == 0
    let dice = isLast || isDue ? try validator?.dice(of: network, device: device) ?? [] : []
    let known = dice.compactMap { $0 }
    let named = zip(plan.labels, dice).compactMap { label, dice in dice.map { (label.name, $0) } }
    let schedule = PolynomialSchedule(initialRate: options.learningRate, steps: options.steps)
    var record = EpochRecord(
      epoch: epoch + 1, loss: losses.mean,
      learningRate: schedule.rate(atStep: (epoch + 1) * options.stepsPerEpoch - 1),
      validationDice: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count),
      diceByLabel: Dictionary(named) { first, _ in first })
    record.coordination = losses.coordination
    return record
  }

  private func makeOptimizer() throws(TorchError) -> any Optimizer {
    switch options.optimizer {
    case .sgd:
      try SGD(
        weights: network.namedWeights, momentum: options.momentum, weightDecay: options.weightDecay)
    case .adamw:
      try AdamW(weights: network.namedWeights, weightDecay: options.weightDecay)
    }
  }

  private func sampler(
    of cases: [PreprocessedCase], foregroundFraction: Double, augments: Bool
  ) throws(TrainingError) -> PatchSampler {
    PatchSampler(
      cases: cases, plan: plan, modalities: try plan.positions(of: network.design.modalities),
      foregroundFraction: foregroundFraction, augments: augments,
      shifting: options.additiveBrightness, dropout: options.modalityDropout,
      droppable: network.design.isRead, steps: options.steps)
  }

  private func prefetch(_ cases: [PreprocessedCase], from step: Int) throws -> Prefetcher {
    guard !cases.isEmpty else {
      throw TrainingError.noCases(purpose: "training", dataset: plan.dataset)
    }
    if let bare = cases.first(where: { $0.classes == nil }) {
      throw TrainingError.missingLabels(caseName: bare.name)
    }
    let needed = PatientDraw(cases.map(\.patient)).leastBatch
    guard network.coordinatedLevels.isEmpty || plan.batchSize >= needed else {
      throw TrainingError.batchTooSmall(patches: plan.batchSize, needed: needed)
    }
    let sampler = try sampler(
      of: cases, foregroundFraction: options.foregroundFraction, augments: options.augmentation)
    let seed = options.seed
    return Prefetcher(steps: step..<options.steps) { sampler.batch(step: $0, seed: seed) }
  }

  private func makeValidation(_ cases: [PreprocessedCase]) throws -> PatchValidation? {
    let labelled = cases.filter { $0.classes != nil }
    guard !labelled.isEmpty else { return nil }
    let sampler = try sampler(of: labelled, foregroundFraction: 1, augments: false)
    return PatchValidation(
      batches: labelled.indices.map { sampler.validationPatch(ofCase: $0, seed: options.seed) },
      plan: plan)
  }
}
