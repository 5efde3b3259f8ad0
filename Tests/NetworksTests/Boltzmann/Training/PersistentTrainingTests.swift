import Randomness
import TestSupport
import Testing

@testable import Networks

struct PersistentTrainingTests {
  /// The gradient of the log-likelihood by finite differences; mean field is exact here.
  @Test func withOneHiddenLayerTheDataStatisticsGiveTheExactGradient() {
    let machine = SmallMachines.restricted(.gaussian, visible: 3, hidden: 2, seed: 7)
    let batch = [[0: [0.2, -1, 0.5]], [0: [1.1, 0.4, -0.3]]]
    let found = PersistentTraining().dataStatistics(machine, batch)
      .subtracting(machine.exactStatistics())
    let slopes = finiteDifference(at: SmallMachines.numbers(machine)) { numbers in
      let moved = SmallMachines.with(numbers, machine)
      return batch.reduce(0) { $0 + moved.exactLogLikelihood(of: $1) } / 2
    }
    expectClose(found.numbers, slopes, within: 1e-7)
  }

  @Test func theExactLikelihoodRisesWithSamplesThatLackLayers() {
    var generator = SplitMix64(seed: 4)
    let samples = (0..<90).map { index -> [Int: [Double]] in
      let bit = generator.chance(0.5) ? 1.0 : 0
      let all = [0: [bit, bit, 1 - bit], 2: [bit, 1 - bit]]
      return index % 3 == 0 ? [0: [bit, bit, 1 - bit]] : all
    }
    var machine = SmallMachines.machine(SmallMachines.binary, deviation: 0.05, seed: 1)
    func likelihood() -> Double {
      samples.reduce(0) { $0 + machine.exactLogPartition(clamping: $1) } / 90
        - machine.exactLogPartition()
    }
    let before = likelihood()
    PersistentTraining(BoltzmannSchedule(epochs: 300, batchSize: 15, learningRate: 0.3))
      .train(&machine, on: samples, using: &generator)
    #expect(likelihood() > before + 1)
  }
}
