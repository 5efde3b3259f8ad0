import Architecture
import Randomness
import Testing

@testable import Search

struct NeuralArchitectureOptimizationTests {
  private let space = NASBench201Space()

  private func strategy(
    seed: UInt64
  ) -> NeuralArchitectureOptimization<NASBench201Space, SplitMix64> {
    NeuralArchitectureOptimization(in: space, initialSize: 20, using: SplitMix64(seed: seed))
  }

  @Test func roundsGetBetterThanTheRandomBeginning() throws {
    let trials = try trials(
      of: strategy(seed: 1), judgedBy: HiddenTarget(in: space), within: .trials(100))
    let scores = trials.map { $0.estimate?.dice ?? 0 }
    // Six choices of five each: 0.2 by chance.
    #expect(Array(scores[..<20]).mean < 0.35)
    #expect(Array(scores[80...]).mean > 0.55)
  }

  @Test func triesNoNetworkUnderTwoNames() throws {
    let trials = try trials(
      of: strategy(seed: 3), judgedBy: HiddenTarget(in: space), within: .trials(60))
    #expect(Set(trials.map { space.canonicalForm(of: $0.genotype) }).count == 60)
  }

  @Test func endsWithTheSpace() throws {
    let small = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 1, nodes: 1...1, sharedCell: true)
    var settings = NeuralArchitectureOptimization<FusionCellSpace, SplitMix64>.Settings()
    settings.epochs = 1
    let trials = try trials(
      of: NeuralArchitectureOptimization(
        in: small, initialSize: 4, settings: settings, using: SplitMix64(seed: 1)),
      judgedBy: HiddenTarget(in: small), within: .trials(200))
    #expect(Double(Set(trials.map(\.genotype)).count) == small.count)
  }
}
