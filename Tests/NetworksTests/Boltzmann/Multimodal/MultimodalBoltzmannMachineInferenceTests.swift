import Foundation
import Randomness
import TestSupport
import Testing

@testable import Networks

struct MultimodalBoltzmannMachineInferenceTests {
  private func machine(
    _ modalities: [Modality], deviation: Double = 0.8, seed: UInt64 = 17
  ) -> MultimodalBoltzmannMachine {
    var generator = SplitMix64(seed: 1)
    var found = MultimodalBoltzmannMachine(modalities, joint: 2, using: &generator)
    found.machine = SmallMachines.machine(modalities, deviation: deviation, seed: seed)
    return found
  }

  /// Mean field is no exact posterior; with weights of deviation 0.3 it misses by less than 0.01.
  @Test func theRepresentationIsNearTheExactPosteriorMeans() throws {
    let found = machine(SmallMachines.mixed, deviation: 0.3)
    for sample in [
      [[0.5, -1], [0.3, 0.9], [1, 0]], [[0.5, -1], nil, [1, 0]], [nil, nil, [1, 0]],
    ]
      as [MultimodalBoltzmannMachine.Sample]
    {
      let representation = try found.representation(of: sample)
      let exact = found.machine.exactStatistics(clamping: try found.clamped(sample)).biases[7]
      expectClose(representation, exact, within: 0.01)
    }
  }

  @Test func theRepresentationDependsOnEveryModality() throws {
    let found = machine(SmallMachines.mixed)
    let all = try found.representation(of: [[0.5, -1], [0.3, 0.9], [1, 0]])
    #expect(try found.representation(of: [[1.5, -1], [0.3, 0.9], [1, 0]]) != all)
    #expect(try found.representation(of: [[0.5, -1], [1.3, 0.9], [1, 0]]) != all)
    #expect(try found.representation(of: [[0.5, -1], [0.3, 0.9], [1, 1]]) != all)
    #expect(try found.representation(of: [[0.5, -1], [0.3, 0.9], nil]) != all)
  }

  @Test func theBoundIsThatOfTheMachine() throws {
    let found = machine(SmallMachines.binary)
    #expect(
      try found.bound(of: [[1, 0, 1], nil])
        == found.machine.meanField(clamping: [0: [1, 0, 1]]).bound)
  }

  /// All four values of the absent features, as often as enumeration says. Ten sweeps lie between two
  /// draws, which makes them nearly independent: within five standard errors.
  @Test func drawsOfAnAbsentModalityHaveItsConditionalDistribution() throws {
    let found = machine(SmallMachines.binary)
    var generator = SplitMix64(seed: 6)
    let given = [1.0, 0, 1]
    let draws = try found.samples(
      given: [given, nil], count: 5000, thinning: 10, using: &generator)
    #expect(draws.allSatisfy { $0[0] == given })
    let base = found.machine.exactLogPartition(clamping: [0: given])
    for values in allStates([2]).map({ $0[0] }) {
      let share = exp(found.machine.exactLogPartition(clamping: [0: given, 2: values]) - base)
      let count = draws.filter { $0[1] == values }.count
      expectClose(
        Double(count) / 5000, share, within: 5 * (share * (1 - share) / 5000).squareRoot())
    }
  }

  /// The conditional differs from the marginal by more than the tolerance, so that ignoring what is
  /// present would fail.
  @Test func infilledFeaturesAreTheConditionalMeans() throws {
    let found = machine(SmallMachines.mixed, deviation: 1.5)
    var generator = SplitMix64(seed: 6)
    let sample: MultimodalBoltzmannMachine.Sample = [[1.5, -2], nil, nil]
    let infilled = try found.infilled(sample, sweeps: 20_000, using: &generator)
    let exact = found.machine.exactStatistics(clamping: [0: [1.5, -2]]).biases
    #expect(infilled[0] == [1.5, -2])
    expectClose(infilled[1], exact[2], within: 0.03)
    expectClose(infilled[2], exact[5], within: 0.03)
    let marginal = found.machine.exactStatistics().biases
    #expect(abs(marginal[2][0] - exact[2][0]) + abs(marginal[2][1] - exact[2][1]) > 0.1)
  }

  @Test func sameSeedSameInfilling() throws {
    let found = machine(SmallMachines.mixed)
    func infilled(_ seed: UInt64) throws -> [[Double]] {
      var generator = SplitMix64(seed: seed)
      return try found.infilled([[1.5, -2], nil, [1, 0]], sweeps: 3, using: &generator)
    }
    #expect(try infilled(1) == infilled(1))
    #expect(try infilled(1) != infilled(2))
  }
}
