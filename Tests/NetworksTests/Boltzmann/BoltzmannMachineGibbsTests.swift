import Foundation
import Networks
import Randomness
import TestSupport
import Testing

struct BoltzmannMachineGibbsTests {
  /// Independent chains, so that each share's standard error is known: five of them.
  @Test func chainsEndInTheMachinesDistribution() {
    let machine = SmallMachines.restricted(.binary, visible: 2, hidden: 2, seed: 3)
    let states = allStates([2, 2])
    let total = logSumExp(states.map(machine.negativeEnergy))
    var generator = SplitMix64(seed: 8)
    var counts: [BoltzmannMachine.State: Double] = [:]
    for _ in 0..<20_000 {
      var state = machine.firstState(using: &generator)
      for _ in 0..<30 { machine.sweep(&state, using: &generator) }
      counts[state, default: 0] += 1
    }
    for state in states {
      let share = exp(machine.negativeEnergy(state) - total)
      expectClose(
        counts[state, default: 0] / 20_000, share,
        within: 5 * (share * (1 - share) / 20_000).squareRoot())
    }
  }

  @Test func clampedLayersKeepTheirValues() {
    let machine = SmallMachines.machine(SmallMachines.mixed, seed: 3)
    var generator = SplitMix64(seed: 8)
    let first = machine.firstState(using: &generator)
    var state = first
    for _ in 0..<5 { machine.sweep(&state, clamped: [0, 4], using: &generator) }
    #expect(state[0] == first[0] && state[4] == first[4])
    #expect(state[2] != first[2])
  }

  @Test func withoutWeightsAUnitFollowsItsBias() {
    let machine = BoltzmannMachine(
      layers: [.init(.binary, bias: [-40]), .init(.binary, bias: [40])],
      connections: [.init(0, 1, weights: [100])])
    var generator = SplitMix64(seed: 1)
    var state: BoltzmannMachine.State = [[1], [0]]
    machine.sweep(&state, scale: 0, using: &generator)
    #expect(state == [[0], [1]])
    machine.sweep(&state, using: &generator)
    #expect(state == [[1], [1]])
  }
}
