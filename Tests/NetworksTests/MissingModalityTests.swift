import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// What a whole network makes of images that lack modalities.
struct MissingModalityTests {
  private static let names = ["ct", "mri", "pet"]

  /// Every combination at every level, a coordinated network, and one that reads CT alone in places.
  private static func genotypes() throws -> [Genotype] {
    var cells = try Combination.allCases.map {
      [try CellGenotype.uniform($0, .convolution1, inputs: 3)]
    }
    cells.append([
      try .coordinated(by: Coordination(.cosine, weight: 1), .convolution3, inputs: 3)
    ])
    cells.append([
      try .uniform(.gated, .skip, inputs: 3), try .identity(ofInput: 0, inputs: 3),
      try .uniform(.sum, .skip, inputs: 3),
    ])
    return try cells.map { try Genotype(modalities: names, cells: $0) }
  }

  private func makeNetwork(_ genotype: Genotype) throws -> SegmentationNetwork {
    var generator = SplitMix64(seed: 4)
    return try SegmentationNetwork(
      design: .fused(genotype), topology: smallTopology, using: &generator)
  }

  @Test func anImageIsSegmentedFromWhatItHasWhateverTheOthersHave() throws {
    let presence = Presence([[true, false], [true, true], [false, true]])
    for genotype in try Self.genotypes() {
      let network = try makeNetwork(genotype)
      try network.fillByName()
      let inputs = try (0..<3).map { try image($0, [2, 1, 4, 8, 8]) }
      let batch = try network(inputs, presence: presence)[0].doubles()
      var alone: [Double] = []
      for index in 0..<2 {
        let own = try inputs.map { try $0.narrowed(axis: 0, from: index, count: 1) }
        let has = presence.isPresent.map { $0[index] }
        alone += try network(own, presence: .uniform(has, images: 1))[0].doubles()
      }
      #expect(zip(batch, alone).allSatisfy { abs($0 - $1) < 1e-9 }, "\(genotype)")
    }
  }

  @Test func completePresenceChangesNothing() throws {
    for genotype in try Self.genotypes() {
      let network = try makeNetwork(genotype)
      let inputs = try (0..<3).map { try image($0, [2, 1, 4, 8, 8]).converted(to: .float32) }
      let plain = try network(inputs)[0].floats()
      let complete = Presence.complete(modalities: 3, images: 2)
      #expect(try network(inputs, presence: complete)[0].floats() == plain)
    }
  }

  /// Absent modalities are images of zeros, whose instance normalisation divides by almost nothing.
  @Test func absentModalitiesMakeNoNumberInfinite() throws {
    let sets = [
      [true, true, true], [true, false, false], [false, true, false], [false, true, true],
    ]
    for genotype in try Self.genotypes() {
      let network = try makeNetwork(genotype)
      for (first, second) in zip(sets, sets.reversed()) {
        let presence = Presence((0..<3).map { [first[$0], second[$0]] })
        let inputs = try (0..<3).map { modality in
          let has = presence.isPresent[modality].map { $0 ? 1.0 : 0 }
          let factors = try Tensor(has, shape: [2, 1, 1, 1, 1])
          return try (image(modality, [2, 1, 4, 8, 8]) * factors).converted(to: .float32)
        }
        var generator = SplitMix64(seed: 1)
        let output = try network.trainingOutput(
          of: inputs, presence: presence, deepSupervision: true, using: &generator)
        var loss = try output.logits[0].sum() + output.logits[1].sum()
        if let term = try output.coordinationLoss() { loss = try loss + term }
        try loss.backward()
        let isFinite = try loss.item().isFinite
        #expect(isFinite, "\(genotype)")
        for (name, tensor) in network.namedWeights {
          let gradient = try tensor.gradient?.floats() ?? []
          #expect(gradient.allSatisfy { $0.isFinite }, "\(genotype): \(name)")
          try tensor.clearGradient()
        }
      }
    }
  }

  @Test func anAbsentModalityTeachesItsEncoderNothing() throws {
    let genotype = try Genotype(
      modalities: Self.names, cells: [.uniform(.mean, .convolution1, inputs: 3)])
    let network = try makeNetwork(genotype)
    let inputs = try (0..<3).map { try image($0, [1, 1, 4, 8, 8]).converted(to: .float32) }
    let presence = Presence.uniform([true, false, true], images: 1)
    try network(inputs, presence: presence)[0].sum().backward()
    for (name, tensor) in network.namedWeights where name.hasPrefix("encoder.") {
      #expect((tensor.gradient == nil) == name.hasPrefix("encoder.mri."), "\(name)")
    }
  }

  @Test func whereNothingIsReadTheDecoderReadsZeros() throws {
    let genotype = try Genotype(modalities: Self.names, cells: [.identity(ofInput: 0, inputs: 3)])
    let network = try makeNetwork(genotype)
    let inputs = try (0..<3).map { try image($0, [1, 1, 4, 8, 8]).converted(to: .float32) }
    let presence = Presence.uniform([false, true, true], images: 1)
    let one = try network(inputs, presence: presence)[0].floats()
    let other = try network(inputs.reversed(), presence: presence)[0].floats()
    #expect(one.allSatisfy { $0.isFinite })
    #expect(one == other)
  }
}
