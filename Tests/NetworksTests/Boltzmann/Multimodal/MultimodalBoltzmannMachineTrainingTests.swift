import Randomness
import TestSupport
import Testing

@testable import Networks

struct MultimodalBoltzmannMachineTrainingTests {
  private let modalities = [
    Modality("ct", .gaussian, features: 2, hidden: [3]),
    Modality("mri", .binary, features: 3, hidden: [2, 2]),
  ]

  /// One of two kinds of region; every fifth sample lacks a modality.
  private let samples: [MultimodalBoltzmannMachine.Sample] = {
    var generator = SplitMix64(seed: 31)
    return (0..<120).map { index in
      let sign = generator.chance(0.5) ? 1.0 : -1
      let ct = [sign, -sign].map { generator.normal(mean: 1.5 * $0) }
      let mri = [sign, sign, -sign].map { generator.chance(0.5 + 0.4 * $0) ? 1.0 : 0 }
      return [index % 10 == 0 ? nil : ct, index % 10 == 5 ? nil : mri]
    }
  }()

  private func likelihood(_ machine: MultimodalBoltzmannMachine) throws -> Double {
    let sum = try samples.reduce(0) {
      try $0 + machine.machine.exactLogPartition(clamping: machine.clamped($1))
    }
    return sum / Double(samples.count) - machine.machine.exactLogPartition()
  }

  private func trained(
    _ seed: UInt64, pretraining: Bool = true, epochs: Int = 40
  ) throws -> (first: Double, pretrained: Double, machine: MultimodalBoltzmannMachine) {
    var generator = SplitMix64(seed: seed)
    var machine = MultimodalBoltzmannMachine(modalities, joint: 3, using: &generator)
    let first = try likelihood(machine)
    if pretraining {
      try machine.pretrain(
        on: samples, with: ContrastiveDivergence(BoltzmannSchedule(epochs: 40)),
        using: &generator)
    }
    let pretrained = try likelihood(machine)
    try machine.train(
      on: samples, with: PersistentTraining(BoltzmannSchedule(epochs: epochs), chains: 50),
      using: &generator)
    return (first, pretrained, machine)
  }

  @Test func theExactLikelihoodRisesWithPretrainingAndWithTraining() throws {
    let (first, pretrained, machine) = try trained(1)
    let last = try likelihood(machine)
    #expect(pretrained > first + 0.1)
    #expect(last > pretrained + 0.1)
  }

  /// The pairs of the paper, one after the other: features with two copies, a middle pair with two of
  /// both layers, and the joint layer with two; hidden layers in between halve their two biases.
  @Test func pretrainingComposesPairsOfLayers() throws {
    let samples = [[0.0, 1], [1, 1], [1, 0]]
    let divergence = ContrastiveDivergence(BoltzmannSchedule(epochs: 400, learningRate: 0.5))
    var generator = SplitMix64(seed: 5)
    var found = MultimodalBoltzmannMachine(
      [Modality("ct", .binary, features: 2, hidden: [3, 2])], joint: 4, using: &generator)
    var replay = generator
    try found.pretrain(on: samples.map { [$0] }, with: divergence, using: &generator)

    var values = samples
    var pairs: [BoltzmannMachine] = []
    for (sizes, copies) in [((2, 3), (2, 1)), ((3, 2), (2, 2)), ((2, 4), (1, 2))] {
      var pair = BoltzmannMachine.restricted(
        .binary, visible: sizes.0, hidden: sizes.1, using: &replay)
      divergence.train(
        &pair, on: values, copies: (visible: copies.0, hidden: copies.1), using: &replay)
      values = values.map {
        pair.field(of: 1, in: [$0, []], scale: 2).map(BoltzmannUnits.binary.mean)
      }
      pairs.append(pair)
    }
    let layers = found.machine.layers.map(\.bias)
    #expect(layers[0] == pairs[0].layers[0].bias)
    #expect(layers[3] == pairs[2].layers[1].bias)
    for hidden in [1, 2] {
      let below = pairs[hidden - 1].layers[1].bias
      let above = pairs[hidden].layers[0].bias
      let halves = below.indices.map { (below[$0] + above[$0]) / 2 }
      expectClose(layers[hidden], halves, within: 1e-15)
    }
    for (connection, pair) in zip(found.machine.connections, pairs) {
      #expect(connection.weights == pair.connections[0].weights)
    }
  }

  @Test func sameSeedSameMachine() throws {
    #expect(try trained(1, epochs: 1).machine == trained(1, epochs: 1).machine)
    #expect(try trained(1, epochs: 1).machine != trained(2, epochs: 1).machine)
  }

  @Test func pretrainingNeedsEveryModalityAndACompleteSample() {
    var generator = SplitMix64(seed: 1)
    var machine = MultimodalBoltzmannMachine(modalities, joint: 2, using: &generator)
    let divergence = ContrastiveDivergence(BoltzmannSchedule(epochs: 1))
    #expect(throws: BoltzmannError.noCompleteSample) {
      try machine.pretrain(
        on: [[[1, 2], nil], [nil, [0, 1, 0]]], with: divergence, using: &generator)
    }
    #expect(throws: BoltzmannError.noSamples(modality: "mri")) {
      try machine.pretrain(on: [[[1, 2], nil]], with: divergence, using: &generator)
    }
  }

  @Test(arguments: [true, false])
  func samplesThatDoNotFitAreRefused(pretraining: Bool) {
    var generator = SplitMix64(seed: 1)
    var machine = MultimodalBoltzmannMachine(modalities, joint: 2, using: &generator)
    let first = machine
    func refused(_ samples: [MultimodalBoltzmannMachine.Sample], as expected: BoltzmannError) {
      #expect(throws: expected) {
        if pretraining {
          try machine.pretrain(on: samples, with: ContrastiveDivergence(), using: &generator)
        } else {
          try machine.train(on: samples, with: PersistentTraining(), using: &generator)
        }
      }
    }
    refused([], as: .noTrainingSamples)
    refused([[[.nan, 2], [0, 1, 0]]], as: .notFinite(modality: "ct", feature: 0))
    refused([[[1, 2], [0, 1, .infinity]]], as: .notFinite(modality: "mri", feature: 2))
    refused(
      [[[1, 2], [0, 1, 0]], [[1, 2, 3], nil]],
      as: .featureCount(modality: "ct", expected: 2, found: 3))
    refused([[[1, 2]]], as: .modalityCount(expected: ["ct", "mri"], found: 1))
    refused([[nil, nil]], as: .nothingPresent)
    #expect(machine == first)
  }

  @Test func aLearningRateThatIsTooHighIsAnError() {
    var generator = SplitMix64(seed: 1)
    var machine = MultimodalBoltzmannMachine(modalities, joint: 2, using: &generator)
    let schedule = BoltzmannSchedule(epochs: 200, learningRate: 1e6)
    #expect(throws: BoltzmannError.diverged) {
      try machine.pretrain(
        on: samples, with: ContrastiveDivergence(schedule), using: &generator)
    }
    #expect(throws: BoltzmannError.diverged) {
      try machine.train(on: samples, with: PersistentTraining(schedule), using: &generator)
    }
  }
}
