import Networks
import Randomness
import Testing

@testable import Training

struct FittedViewTests {
  private func sample(_ ct: [Double]?, _ mri: [Double]?, fused: [Double]? = nil) -> RegionSample {
    var vectors: [String: [Double]] = [:]
    vectors["ct"] = ct
    vectors["mri"] = mri
    return RegionSample(
      caseName: "a", region: "core", label: "core", volume: 1, vectors: vectors, fused: fused)
  }

  /// Means 2 and 20, deviations 1 and 10.
  private var training: [RegionSample] {
    [sample([1], [10], fused: [0]), sample([3], [30], fused: [4])]
  }

  private func read(_ view: ProbeView, _ sample: RegionSample) throws -> [Double] {
    let fitted = FittedView(
      view, modalities: ["ct", "mri"], samples: training, machine: nil)
    var generator = SplitMix64(seed: 1)
    return try fitted(sample, using: &generator)
  }

  @Test func viewsByHand() throws {
    let both = sample([3], [10], fused: [4])
    #expect(try read(.single("mri"), both) == [-1])
    #expect(try read(.concatenated(.means), both) == [1, -1])
    // Means of the two modalities: 5.5 and 16.5 in training, 6.5 here.
    #expect(abs(try read(.mean, both)[0] - (6.5 - 11) / 5.5) < 1e-12)
    #expect(try read(.fused, both) == [1])
  }

  @Test func whatIsAbsentIsFilledIn() throws {
    let half = sample(nil, [30])
    #expect(try read(.concatenated(.means), half) == [0, 1])
    #expect(try read(.concatenated(.zeros), half) == [-2, 1])
    #expect(try read(.single("ct"), half) == [0])
    #expect(try read(.remaining(without: "ct"), half) == [1])
    #expect(abs(try read(.mean, half)[0] - (30 - 11) / 5.5) < 1e-12)
  }
}
