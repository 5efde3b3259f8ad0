import Networks
import Testing

@testable import Training

struct FeatureMachineTests {
  private func train(_ samples: [RegionSample], seed: UInt64 = 1) throws -> FeatureMachine {
    var options = MachineOptions()
    (options.hidden, options.joint, options.pretrainingEpochs, options.epochs) = (4, 3, 3, 1)
    options.seed = seed
    return try FeatureMachine(trainedOn: samples, modalities: ["ct", "mri"], options: options)
  }

  private let samples = EmbeddingFixtures.table().samples()

  @Test func theSeedDecides() throws {
    #expect(try train(samples) == train(samples))
    #expect(try train(samples) != train(samples, seed: 2))
  }

  @Test func samplesMayLackModalities() throws {
    var half = samples
    half[0].vectors["mri"] = nil
    half[1].vectors = [:]
    let machine = try train(half)
    #expect(try machine.representation(of: half[0]).count == 3)
    #expect(throws: BoltzmannError.nothingPresent) {
      try machine.representation(of: half[1])
    }
  }

  @Test func tooLittleIsRefused() {
    #expect(throws: BoltzmannError.noSamples(modality: "ct")) { try train([]) }
    let apart = samples.enumerated().map { place, sample in
      var sample = sample
      sample.vectors[place % 2 == 0 ? "ct" : "mri"] = nil
      return sample
    }
    #expect(throws: BoltzmannError.noCompleteSample) { try train(apart) }
  }
}
