import Architecture
import Randomness
import Testing

@testable import Search

struct BayesianOptimizationTests {
  private let space = NASBench201Space()

  private func strategy(
    seed: UInt64
  ) -> BayesianOptimization<NASBench201Space, GaussianProcess, SplitMix64> {
    BayesianOptimization(
      in: space, surrogate: GaussianProcess(), initialSize: 8, using: SplitMix64(seed: seed))
  }

  @Test func findsTheBestOfAToySpaceInAHundredTrials() throws {
    let target = HiddenTarget(in: space)
    let best = try #require(space.candidate(from: target.target))
    for seed in 0..<5 {
      let trials = try trials(
        of: strategy(seed: UInt64(seed)), judgedBy: target, within: .trials(100))
      // Perhaps under another name, and then not under its own any more.
      #expect(
        trials.contains {
          space.canonicalForm(of: $0.genotype) == space.canonicalForm(of: best)
        })
    }
  }

  @Test func triesNoNetworkUnderTwoNames() throws {
    let trials = try trials(
      of: strategy(seed: 3), judgedBy: HiddenTarget(in: space), within: .trials(80))
    let forms = Set(trials.map { space.canonicalForm(of: $0.genotype) })
    #expect(forms.count == 80)
  }

  @Test func endsWithTheSpace() throws {
    let small = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 1, nodes: 1...1, sharedCell: true)
    let strategy = BayesianOptimization(
      in: small, surrogate: NetworkEnsemble(epochs: 5, seed: 1), initialSize: 4,
      using: SplitMix64(seed: 1))
    let trials = try trials(
      of: strategy, judgedBy: HiddenTarget(in: small), within: .trials(200))
    #expect(Double(Set(trials.map(\.genotype)).count) == small.count)
  }
}
