import Architecture
import Networks
import Randomness
import Torch
import Training

/// Search by gradients: a mixture of all networks is trained, its weights on one half of the cases and
/// the mixture itself on the other, and what it tends to is proposed after every few steps.
///
/// Proposals cost time; nothing is learnt from their outcomes. When too many edges of a cell are skips,
/// the mixture is taken to have collapsed, and nothing more is proposed.
///
/// Source: H. Liu et al., "DARTS: Differentiable Architecture Search", ICLR 2019, Algorithm 1; the end
/// follows H. Liang et al., "DARTS+: Improved Differentiable Architecture Search with Early Stopping",
/// 2019, section 3.2, with a share in place of a number of skips.
struct DifferentiableSearch: Strategy {
  /// The published methods.
  enum Method: Sendable {
    case darts
    case dartsSecondOrder
    case gdas
    case pcdarts
  }

  private let method: Method
  private let options: SupernetOptions
  private let validation: PatchSampler
  private var trainer: SupernetTrainer
  private var parameters: ArchitectureParameters
  private var adam: Adam
  private var generator: SplitMix64
  private var rounds = 0
  private var hasEnded = false

  private(set) var proposingSeconds = 0.0

  /// - Parameters:
  ///   - trainer: The supernet and the cases that its weights learn from.
  ///   - validation: Draws patches of the cases that the mixture learns from.
  init(
    _ method: Method, trainer: SupernetTrainer, validation: PatchSampler, options: SupernetOptions,
    seed: UInt64
  ) {
    self.method = method
    self.trainer = trainer
    self.validation = validation
    self.options = options
    var generator = SplitMix64(seed: seed, stream: RandomStream.architecture)
    parameters = ArchitectureParameters(of: trainer.supernet.space, using: &generator)
    self.generator = generator
    adam = Adam(count: parameters.values.count)
  }

  mutating func propose() throws -> NetworkDesign? {
    guard !hasEnded else { return nil }
    let clock = ContinuousClock()
    let start = clock.now
    defer { proposingSeconds += (clock.now - start) / .seconds(1) }
    // Partial connections are said to need weights before the mixture may follow them.
    if method == .pcdarts, rounds == 0 { try round(movingMixture: false) }
    try round(movingMixture: true)
    rounds += 1
    let genotype = try parameters.genotype(weighsStates: method == .pcdarts)
    if hasCollapsed(to: genotype) {
      hasEnded = true
      // A search whose first proposal has collapsed still has that to show.
      return rounds == 1 ? .fused(genotype) : nil
    }
    return .fused(genotype)
  }

  mutating func observe(_ trial: Trial<NetworkDesign>) {}

  /// Whether a cell has too many skips, and its mixture makes more of them than of other choices: at
  /// first all choices are nearly alike, and many skips mean nothing.
  private func hasCollapsed(to genotype: Genotype) -> Bool {
    zip(genotype.cells, parameters.skipChances).contains { cell, chance in
      cell.skipShare > options.skipShare && chance > 1.5 * parameters.evenChance
    }
  }

  private mutating func round(movingMixture: Bool) throws {
    for _ in 0..<options.stepsPerTrial {
      if movingMixture { try moveMixture() }
      let architecture = try tensor()
      let selections = try relaxation.selections(
        of: parameters, from: architecture.detached(), using: &generator)
      let trainer = trainer
      let loss = try trainer.loss(on: trainer.batch) { inputs throws(TorchError) in
        try trainer.supernet(
          inputs, mixing: selections, deepSupervision: trainer.options.deepSupervision)
      }
      try self.trainer.descend(loss, rate: trainer.options.learningRate)
    }
  }

  /// One step of the mixture against the loss on the other cases.
  private mutating func moveMixture() throws {
    let problem = SupernetProblem(
      trainer: trainer, parameters: parameters, relaxation: relaxation, seed: generator.next(),
      training: trainer.batch,
      validation: validation.batch(step: trainer.step, seed: ~trainer.options.seed))
    let architecture = try tensor()
    let gradient =
      method == .dartsSecondOrder
      ? try BilevelGradient.unrolled(
        of: problem, at: architecture, rate: trainer.options.learningRate)
      : try BilevelGradient.firstOrder(of: problem, at: architecture)
    guard gradient.allSatisfy(\.isFinite) else {
      throw TrainingError.lossNotFinite(step: trainer.step, loss: .nan)
    }
    adam.update(&parameters.values, against: gradient, rate: options.architectureRate)
  }

  private func tensor() throws -> Tensor {
    let tensor = try Tensor(parameters.values.map { Float($0) }, shape: [parameters.values.count])
      .moved(to: trainer.device)
    try tensor.markAsWeight()
    return tensor
  }

  private var relaxation: ContinuousRelaxation {
    switch method {
    case .darts, .dartsSecondOrder: .softmax
    case .pcdarts: .normalizedEdges
    case .gdas: .gumbel(temperature: Self.temperature(round: rounds))
    }
  }

  /// From 10 to 0.1 in twenty rounds, each by the same factor; then it stays.
  static func temperature(round: Int) -> Double {
    (0..<min(round, 20)).reduce(10) { temperature, _ in temperature * 0.7943282347242815 }
  }
}

extension CellGenotype {
  /// The share of the edges that pass features on as they are.
  var skipShare: Double {
    let operations = nodes.flatMap { $0.edges.map(\.operation) }
    return Double(operations.count { $0 == .skip }) / Double(operations.count)
  }
}

/// The losses of a supernet's mixture on one batch each.
private struct SupernetProblem: BilevelProblem {
  let trainer: SupernetTrainer
  let parameters: ArchitectureParameters
  let relaxation: ContinuousRelaxation
  let seed: UInt64
  let training: Batch
  let validation: Batch

  var weights: [Tensor] { trainer.supernet.namedWeights.map(\.tensor) }

  func trainingLoss(of architecture: Tensor) throws -> Tensor {
    try loss(on: training, of: architecture)
  }

  func validationLoss(of architecture: Tensor) throws -> Tensor {
    try loss(on: validation, of: architecture)
  }

  private func loss(on batch: Batch, of architecture: Tensor) throws -> Tensor {
    var generator = SplitMix64(seed: seed)
    let selections = try relaxation.selections(
      of: parameters, from: architecture, using: &generator)
    return try trainer.loss(on: batch) { inputs throws(TorchError) in
      try trainer.supernet(
        inputs, mixing: selections, deepSupervision: trainer.options.deepSupervision)
    }
  }
}
