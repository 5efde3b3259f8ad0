import Randomness
import TestSupport
import Testing

@testable import Networks

struct BoltzmannMachineMeanFieldTests {
  /// With all features, with any of them absent, and with nothing clamped.
  @Test(arguments: [SmallMachines.binary, SmallMachines.mixed])
  func theBoundIsNeverAboveTheExactLogLikelihood(_ modalities: [Modality]) {
    for seed in 0..<20 as Range<UInt64> {
      let machine = SmallMachines.machine(modalities, deviation: 1.2, seed: seed)
      var generator = SplitMix64(seed: seed, stream: 1)
      let state = machine.firstState(using: &generator)
      for clamped in [[:], [0: state[0]], [2: state[2]], [0: state[0], 2: state[2]]] {
        let bound = machine.meanField(clamping: clamped).bound
        #expect(bound <= machine.exactLogPartition(clamping: clamped) + 1e-10)
      }
    }
  }

  @Test func isExactForTheHiddenUnitsOfARestrictedMachine() {
    let machine = SmallMachines.restricted(.gaussian, visible: 3, hidden: 4, seed: 2)
    let clamped = [0: [0.3, -1, 2]]
    let found = machine.meanField(clamping: clamped)
    expectClose(found.bound, machine.exactLogPartition(clamping: clamped), within: 1e-12)
    expectClose(
      found.means[1], machine.exactStatistics(clamping: clamped).biases[1], within: 1e-12)
  }

  @Test func moreRoundsNeverLowerTheBound() {
    let machine = SmallMachines.machine(SmallMachines.mixed, deviation: 1.5, seed: 6)
    let bounds = (1...15).map {
      machine.meanField(clamping: [0: [0.4, -0.7]], tolerance: 0, rounds: $0).bound
    }
    for (before, after) in zip(bounds, bounds.dropFirst()) { #expect(after >= before - 1e-12) }
    #expect(bounds[14] > bounds[0])
  }

  @Test func endsWhenNoMeanChanges() {
    let machine = SmallMachines.machine(SmallMachines.binary, deviation: 0.3, seed: 6)
    let found = machine.meanField(clamping: [0: [1, 0, 1]])
    #expect(found.rounds < 200)
    #expect(found.means[0] == [1, 0, 1])
    for layer in machine.layers.indices.dropFirst() {
      let again = machine.field(of: layer, in: found.means).map(BoltzmannUnits.binary.mean)
      expectClose(found.means[layer], again, within: 1e-8)
    }
  }
}
