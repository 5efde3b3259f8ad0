import Foundation
import Randomness
import TestSupport
import Testing

@testable import Search

struct CodeControllerTests {
  private func controller(
    _ places: [Int] = [2, 3, 4], weights: [Double]? = nil
  ) -> CodeController {
    var generator = SplitMix64(seed: 3)
    var controller = CodeController(places: places, hidden: 3, width: 2, using: &generator)
    if let weights { controller.weights = weights }
    return controller
  }

  private func gradient(_ controller: CodeController) -> [Double] {
    var gradient = controller.weights.map { _ in 0.0 }
    controller.addGradient(of: [1, 0, 2], advantage: 1.5, entropyWeight: 0.3, to: &gradient)
    return gradient
  }

  /// Reference: PyTorch 2.15.0, Tests/Reference/recurrent_values.py.
  @Test func chancesAndGradientsAreThoseOfPyTorch() {
    let controller = controller(weights: wave(128, step: 0.7, scale: 0.5))
    #expect(self.controller().weights.count == 128)
    let (logChance, entropy) = controller.describe([1, 0, 2])
    expectClose([logChance, entropy], [-2.93307599609, 3.10271005445], within: 1e-10)
    let gradient = gradient(controller)
    expectClose(
      stride(from: 0, to: 128, by: 11).map { gradient[$0] },
      [
        -0.00223214745381, 0.00090062106236, 0.00342897861561, 0.0009528701392, 0.00260631681605,
        0.00213040926182, 0.0451140021035, 0.0237748908718, 0.0, -0.607676834952, 0.552929121381,
        -0.0293256115465,
      ], within: 1e-10)
  }

  @Test func gradientsAreThoseOfFiniteDifferences() {
    let start = controller()
    let expected = finiteDifference(at: start.weights) { weights in
      let (logChance, entropy) = controller(weights: weights).describe([1, 0, 2])
      return -1.5 * logChance - 0.3 * entropy
    }
    expectClose(gradient(start), expected, within: 1e-8)
  }

  @Test func theChancesOfAllCodesAddUpToOne() {
    let controller = controller(weights: wave(128, step: 0.7, scale: 2))
    var sum = 0.0
    for first in 0..<2 {
      for second in 0..<3 {
        for third in 0..<4 { sum += exp(controller.describe([first, second, third]).logChance) }
      }
    }
    expectClose(sum, 1, within: 1e-12)
  }

  @Test func drawsAsOftenAsItsChancesSay() {
    let controller = controller([2, 2], weights: nil)
    var generator = SplitMix64(seed: 4)
    let draws = 20_000
    var counts: [[Int]: Int] = [:]
    for _ in 0..<draws { counts[controller.sample(using: &generator), default: 0] += 1 }
    for code in [[0, 0], [0, 1], [1, 0], [1, 1]] {
      let chance = exp(controller.describe(code).logChance)
      // Four standard deviations of a share near a quarter.
      expectClose(Double(counts[code] ?? 0) / Double(draws), chance, within: 0.013)
    }
  }
}
