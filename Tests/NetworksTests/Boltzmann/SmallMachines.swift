import Foundation
import Networks
import Randomness

typealias Modality = MultimodalBoltzmannMachine.Modality

/// Machines that can be enumerated, with weights and biases large enough to matter.
enum SmallMachines {
  /// Binary, one pathway deeper than the other: 13 units.
  static let binary = [
    Modality("ct", .binary, features: 3, hidden: [2]),
    Modality("mri", .binary, features: 2, hidden: [2, 2]),
  ]

  /// Gaussian features below one hidden layer and below two, so in both colours.
  static let mixed = [
    Modality("ct", .gaussian, features: 2, hidden: [3]),
    Modality("mri", .gaussian, features: 2, hidden: [2, 2]),
    Modality("pet", .binary, features: 2, hidden: [2]),
  ]

  /// With weights and biases drawn from a Gaussian.
  static func machine(
    _ modalities: [Modality], joint: Int = 2, deviation: Double = 0.8, seed: UInt64
  ) -> BoltzmannMachine {
    var generator = SplitMix64(seed: seed)
    let plain = MultimodalBoltzmannMachine(modalities, joint: joint, using: &generator).machine
    return drawn(plain, deviation: deviation, using: &generator)
  }

  /// A restricted machine of the same kind.
  static func restricted(
    _ units: BoltzmannUnits, visible: Int, hidden: Int, deviation: Double = 0.8, seed: UInt64
  ) -> BoltzmannMachine {
    var generator = SplitMix64(seed: seed)
    let plain = BoltzmannMachine.restricted(
      units, visible: visible, hidden: hidden, using: &generator)
    return drawn(plain, deviation: deviation, using: &generator)
  }

  /// With all numbers in one array, biases first, as in the statistics.
  static func with(_ numbers: [Double], _ machine: BoltzmannMachine) -> BoltzmannMachine {
    var rest = numbers[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    return BoltzmannMachine(
      layers: machine.layers.map { .init($0.units, bias: take($0.bias.count)) },
      connections: machine.connections.map {
        .init($0.first, $0.second, weights: take($0.weights.count))
      })
  }

  static func numbers(_ machine: BoltzmannMachine) -> [Double] {
    machine.layers.flatMap(\.bias) + machine.connections.flatMap(\.weights)
  }

  private static func drawn(
    _ machine: BoltzmannMachine, deviation: Double, using generator: inout SplitMix64
  ) -> BoltzmannMachine {
    with(numbers(machine).map { _ in generator.normal(deviation: deviation) }, machine)
  }
}

/// Every state of binary units of the given layer sizes.
func allStates(_ sizes: [Int]) -> [BoltzmannMachine.State] {
  let units = sizes.reduce(0, +)
  return (0..<(1 << units)).map { code in
    var bit = 0
    return sizes.map { size in
      (0..<size).map { _ in
        defer { bit += 1 }
        return Double((code >> bit) & 1)
      }
    }
  }
}

/// The logarithm of a sum of exponentials, for sums that do not overflow.
func logSumExp(_ numbers: [Double]) -> Double {
  log(numbers.reduce(0) { $0 + exp($1) })
}
