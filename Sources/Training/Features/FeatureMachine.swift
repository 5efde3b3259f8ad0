public import Networks
import Randomness

/// A multimodal deep Boltzmann machine of feature vectors, with the way they are standardised.
public struct FeatureMachine: Hashable, Sendable {
  /// In the machine's order.
  public let modalities: [String]

  let standardizations: [Standardization]
  let machine: MultimodalBoltzmannMachine

  init(
    modalities: [String], standardizations: [Standardization], machine: MultimodalBoltzmannMachine
  ) {
    self.modalities = modalities
    self.standardizations = standardizations
    self.machine = machine
  }

  /// The units of the joint layer.
  var jointUnits: Int { machine.numbers.last?.values.count ?? 0 }

  /// Trains on samples, which may lack modalities; some must have all.
  ///
  /// - Throws: `BoltzmannError` when there are too few samples or the training diverges.
  public init(
    trainedOn samples: [RegionSample], modalities: [String],
    options: MachineOptions = MachineOptions()
  ) throws {
    var generator = SplitMix64(seed: options.seed)
    self.modalities = modalities
    var (standardizations, parts): ([Standardization], [MultimodalBoltzmannMachine.Modality]) =
      ([], [])
    for name in modalities {
      let vectors = samples.compactMap { $0.vectors[name] }
      guard let width = vectors.first?.count else { throw BoltzmannError.noSamples(modality: name) }
      let plain = Standardization(vectors)
      standardizations.append(
        Standardization(mean: plain.mean, deviation: plain.deviation.map { $0 / options.signal }))
      parts.append(.init(name, .gaussian, features: width, hidden: [options.hidden]))
    }
    var machine = MultimodalBoltzmannMachine(parts, joint: options.joint, using: &generator)
    let standardized = samples.map {
      Self.standardized($0, modalities, standardizations)
    }.filter { $0.contains { $0 != nil } }
    try machine.pretrain(
      on: standardized,
      with: ContrastiveDivergence(
        BoltzmannSchedule(
          epochs: options.pretrainingEpochs, learningRate: options.learningRate)),
      using: &generator)
    try machine.train(
      on: standardized,
      with: PersistentTraining(
        BoltzmannSchedule(epochs: options.epochs, learningRate: options.learningRate / 2)),
      using: &generator)
    self.standardizations = standardizations
    self.machine = machine
  }

  /// The joint layer's means, whichever modalities a sample has.
  ///
  /// - Throws: `BoltzmannError` when it has none, or features of another width.
  public func representation(of sample: RegionSample) throws(BoltzmannError) -> [Double] {
    try machine.representation(of: Self.standardized(sample, modalities, standardizations))
  }

  /// The sample with the modalities that it lacks filled in by what is expected given the others, along
  /// a Gibbs chain.
  ///
  /// - Parameter sweeps: The sweeps that are averaged.
  public func infilled(
    _ sample: RegionSample, sweeps: Int = 200, using generator: inout some RandomNumberGenerator
  ) throws(BoltzmannError) -> RegionSample {
    let given = Self.standardized(sample, modalities, standardizations)
    guard given.contains(where: { $0 == nil }) else { return sample }
    let found = try machine.infilled(given, sweeps: sweeps, using: &generator)
    var filled = sample
    for (index, name) in modalities.enumerated() where given[index] == nil {
      filled.vectors[name] = standardizations[index].inverse(found[index])
    }
    return filled
  }

  private static func standardized(
    _ sample: RegionSample, _ modalities: [String], _ standardizations: [Standardization]
  ) -> MultimodalBoltzmannMachine.Sample {
    zip(modalities, standardizations).map { name, standardize in
      sample.vectors[name].map { $0.count == standardize.mean.count ? standardize($0) : $0 }
    }
  }
}
