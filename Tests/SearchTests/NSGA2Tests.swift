import Architecture
import Randomness
import Testing

@testable import Search

struct NSGA2Tests {
  private let space = NASBench201Space()

  //  f2
  //  4 | a
  //  2 |   b
  //  1 |     c
  //  0 |         d
  //     0 1 2   4   f1: b has (2 − 0)/4 + (4 − 1)/4, c has (4 − 1)/4 + (2 − 0)/4.
  @Test func crowdingByHand() {
    let crowding = NSGA2<NASBench201Space, SplitMix64>.crowding(
      of: [[0, 4], [1, 2], [2, 1], [4, 0]])
    #expect(crowding == [.infinity, 1.25, 1.25, .infinity])
  }

  @Test func pointsThatAreEqualHaveNoRoom() {
    let crowding = NSGA2<NASBench201Space, SplitMix64>.crowding(of: [[1], [1], [1]])
    #expect(crowding == [.infinity, 0, .infinity])
  }

  /// Wants many convolutions, which cost what they cost.
  private struct Convolutions: Estimator {
    func estimate(_ candidate: NASBench201Cell) -> Estimate {
      let cost = NASBench201Space().cost(of: candidate)
      let count = candidate.operations.count { $0 == .convolution3 || $0 == .convolution1 }
      return Estimate(dice: Double(count) / 6, parameters: cost.parameters)
    }
  }

  // The front has one cell per number of convolutions, all of them 1×1×1: seven compromises.
  @Test func findsTheWholeFront() throws {
    let trials = try trials(
      of: NSGA2(
        in: space, objectives: [.dice, .parameters], populationSize: 20,
        using: SplitMix64(seed: 3)),
      judgedBy: Convolutions(), within: .trials(600))
    let front = ParetoFront(of: trials, by: [.dice, .parameters]).trials
    #expect(
      front.map { $0.estimate?.parameters ?? 0 } == (0...6).reversed().map { 73_306 + 28_000 * $0 })
  }

  @Test func rarelyTriesACandidateTwice() throws {
    let trials = try trials(
      of: NSGA2(
        in: space, objectives: [.dice, .parameters], populationSize: 10,
        using: SplitMix64(seed: 3)),
      judgedBy: HiddenTarget(in: space), within: .trials(200))
    #expect(Set(trials.map(\.genotype)).count == 200)
  }
}
