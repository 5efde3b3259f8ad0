import Randomness
import TestSupport
import Testing

@testable import Networks

struct ContrastiveDivergenceTests {
  /// Two clusters, of numbers or of bits.
  private func samples(_ units: BoltzmannUnits) -> [[Double]] {
    var generator = SplitMix64(seed: 21)
    return (0..<100).map { _ in
      let sign = generator.chance(0.5) ? 1.5 : -1.5
      return [1, -1, 1, -1].map { units.draw($0 * sign, using: &generator) }
    }
  }

  private func likelihood(_ machine: BoltzmannMachine, _ samples: [[Double]]) -> Double {
    samples.reduce(0) { $0 + machine.exactLogPartition(clamping: [0: $1]) } / Double(samples.count)
      - machine.exactLogPartition()
  }

  @Test(arguments: [BoltzmannUnits.binary, .gaussian])
  func theExactLikelihoodRises(_ units: BoltzmannUnits) {
    let samples = samples(units)
    var generator = SplitMix64(seed: 2)
    var machine = BoltzmannMachine.restricted(units, visible: 4, hidden: 3, using: &generator)
    let divergence = ContrastiveDivergence(
      BoltzmannSchedule(epochs: 300, batchSize: 10, learningRate: units == .binary ? 0.2 : 0.05))
    let before = likelihood(machine, samples)
    divergence.train(&machine, on: samples, using: &generator)
    #expect(likelihood(machine, samples) > before + 0.3)
  }

  /// After many sweeps it is the likelihood's gradient: 4 000 copies of one sample, each with a chain
  /// of its own, within five standard errors, a unit's or product's deviation being below 0.5.
  @Test func longChainsGiveTheExactGradient() {
    let machine = SmallMachines.restricted(.binary, visible: 3, hidden: 2, seed: 5)
    let sample = [1.0, 0, 1]
    let exact = machine.exactStatistics(clamping: [0: sample])
      .subtracting(machine.exactStatistics())
    var generator = SplitMix64(seed: 3)
    let found = ContrastiveDivergence(sweeps: 40).gradient(
      machine, Array(repeating: sample, count: 4000), copies: (1, 1), using: &generator)
    expectClose(found.numbers, exact.numbers, within: 5 * 0.5 / 4000.0.squareRoot())
    #expect(norm(exact.numbers) > 0.5)
  }

  /// Two copies of both layers are one of each with doubled weights.
  @Test func copiesMultiplyWhatALayerSends() {
    let machine = SmallMachines.restricted(.binary, visible: 3, hidden: 2, seed: 5)
    let doubled = BoltzmannMachine(
      layers: machine.layers,
      connections: machine.connections.map { .init(0, 1, weights: $0.weights.map { 2 * $0 }) })
    func gradient(_ machine: BoltzmannMachine, _ visible: Int, _ hidden: Int) -> [Double] {
      var generator = SplitMix64(seed: 3)
      let batch = Array(repeating: [1.0, 0, 1], count: 50)
      return ContrastiveDivergence(sweeps: 3).gradient(
        machine, batch, copies: (visible, hidden), using: &generator
      ).numbers
    }
    #expect(gradient(machine, 2, 2) == gradient(doubled, 1, 1))
    #expect(gradient(machine, 2, 1) != gradient(machine, 2, 2))
    #expect(gradient(machine, 1, 2) != gradient(machine, 2, 2))
  }

  @Test func sameSeedSameMachine() {
    let samples = samples(.binary)
    func trained(_ seed: UInt64) -> BoltzmannMachine {
      var generator = SplitMix64(seed: seed)
      var machine = BoltzmannMachine.restricted(.binary, visible: 4, hidden: 2, using: &generator)
      ContrastiveDivergence(BoltzmannSchedule(epochs: 2)).train(
        &machine, on: samples, using: &generator)
      return machine
    }
    #expect(trained(1) == trained(1))
    #expect(trained(1) != trained(2))
  }
}
