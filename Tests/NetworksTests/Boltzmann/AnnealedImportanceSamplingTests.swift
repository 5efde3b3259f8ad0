import Networks
import Randomness
import TestSupport
import Testing

struct AnnealedImportanceSamplingTests {
  /// Within four of its own standard errors, which are below 0.03.
  @Test(
    arguments: [SmallMachines.binary, SmallMachines.mixed], [11, 12, 13] as [UInt64])
  func agreesWithTheExactPartitionFunction(_ modalities: [Modality], _ seed: UInt64) {
    let machine = SmallMachines.machine(modalities, seed: seed)
    var generator = SplitMix64(seed: seed, stream: 1)
    let found = AnnealedImportanceSampling(machine, runs: 400, steps: 200, using: &generator)
    #expect(found.standardError > 0 && found.standardError < 0.03)
    expectClose(
      found.logPartition, machine.exactLogPartition(), within: 4 * found.standardError)
  }

  @Test func isExactWithoutWeights() {
    var machine = SmallMachines.machine(SmallMachines.mixed, seed: 3)
    let biases = machine.layers.flatMap(\.bias)
    let weights = SmallMachines.numbers(machine).count - biases.count
    machine = SmallMachines.with(biases + Array(repeating: 0, count: weights), machine)
    var generator = SplitMix64(seed: 1)
    let found = AnnealedImportanceSampling(machine, runs: 2, steps: 3, using: &generator)
    expectClose(found.logPartition, machine.exactLogPartition(), within: 1e-11)
    expectClose(found.standardError, 0, within: 1e-12)
  }

  @Test func sameSeedSameEstimate() {
    let machine = SmallMachines.machine(SmallMachines.binary, seed: 3)
    func estimate(_ seed: UInt64) -> AnnealedImportanceSampling {
      var generator = SplitMix64(seed: seed)
      return AnnealedImportanceSampling(machine, runs: 5, steps: 5, using: &generator)
    }
    #expect(estimate(1) == estimate(1))
    #expect(estimate(1) != estimate(2))
  }
}
