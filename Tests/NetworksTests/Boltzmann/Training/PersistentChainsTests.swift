import Networks
import Randomness
import TestSupport
import Testing

struct PersistentChainsTests {
  /// Of 4 000 chains that are independent of one another: within five standard errors, each from the
  /// variance over the chains.
  @Test(arguments: [SmallMachines.binary, SmallMachines.mixed])
  func theirStatisticsAreTheExactOnes(_ modalities: [Modality]) {
    let machine = SmallMachines.machine(modalities, deviation: 0.6, seed: 5)
    var generator = SplitMix64(seed: 3)
    var chains = PersistentChains(4000, of: machine, using: &generator)
    for _ in 0..<4 { chains.advance(machine, sweeps: 15, using: &generator) }
    let found = chains.statistics(of: machine).numbers
    let exact = machine.exactStatistics().numbers
    var squares = [Double](repeating: 0, count: found.count)
    for state in chains.states {
      var single = BoltzmannStatistics(like: machine)
      single.add(state, of: machine)
      for (index, number) in single.numbers.enumerated() {
        squares[index] += (number - found[index]) * (number - found[index])
      }
    }
    for index in found.indices {
      let error = squares[index].squareRoot() / 4000
      #expect(error > 0 && error < 0.05)
      expectClose(found[index], exact[index], within: 5 * error, "statistic \(index)")
    }
  }

  @Test func sameSeedSameChains() {
    let machine = SmallMachines.machine(SmallMachines.binary, seed: 5)
    func states(_ seed: UInt64) -> PersistentChains {
      var generator = SplitMix64(seed: seed)
      var chains = PersistentChains(3, of: machine, using: &generator)
      chains.advance(machine, sweeps: 4, using: &generator)
      return chains
    }
    #expect(states(1) == states(1))
    #expect(states(1) != states(2))
  }
}
