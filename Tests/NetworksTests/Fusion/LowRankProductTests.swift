import Randomness
import Testing
import Torch

@testable import Networks

/// Its numbers are compared with PyTorch in ``FusionCellTests``.
struct LowRankProductTests {
  /// One channel; every factor is 1 plus its input.
  private func joining(edges: Int) throws -> LowRankProduct {
    var generator = SplitMix64(seed: 1)
    let joining = try LowRankProduct(edges: edges, channels: 1, using: &generator)
    for (name, tensor) in joining.namedWeights {
      if name.hasSuffix("weight") { try tensor.fill(with: 1) }
    }
    return joining
  }

  private func features(_ numbers: [Float], isPresent: Bool = true) throws -> PartialFeatures {
    PartialFeatures(
      try Tensor(numbers, shape: [1, 1, 1, 1, numbers.count]), isPresent: [isPresent])
  }

  @Test func productsAreAddedAndNormalizedByHand() throws {
    // (1 + 1)(1 + 2), (1 + 2)(1 + 1), (1 + 5)(1 + 4) = 6, 6, 30: normalised −1/√2, −1/√2, √2, of
    // which the leaky ReLU leaves a hundredth below zero.
    let output = try joining(edges: 2)([features([1, 2, 5]), features([2, 1, 4])]).floats()
    let root = Float(2).squareRoot()
    let expected = [-0.01 / root, -0.01 / root, root]
    #expect(zip(output, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func whatIsAbsentHasTheFactorOne() throws {
    let joining = try joining(edges: 2)
    let alone = try joining([features([1, 2, 5]), features([7, 7, 9], isPresent: false)])
    // 2, 3, 6 around 11/3.
    let output = try alone.floats()
    let deviation = Float(26.0 / 9).squareRoot()
    let expected = [
      -0.01 * (5.0 / 3) / deviation, -0.01 * (2.0 / 3) / deviation, (7.0 / 3) / deviation,
    ]
    #expect(zip(output, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
