import NetworkTestSupport
import Randomness
import Testing
import Torch

@testable import Networks

/// Its numbers are compared with PyTorch in ``FusionCellTests``.
struct MeanAndVarianceTests {
  private func joining() throws -> MeanAndVariance {
    var generator = SplitMix64(seed: 1)
    let joining = try MeanAndVariance(channels: 2, using: &generator)
    try joining.fillByName()
    return joining
  }

  private func features(_ numbers: [Int], isPresent: [Bool] = [true, true]) throws
    -> [PartialFeatures]
  {
    try numbers.map { PartialFeatures(try image($0, [2, 2, 2, 2, 3]), isPresent: isPresent) }
  }

  @Test func theOrderOfModalitiesDoesNotMatter() throws {
    let joining = try joining()
    let one = try joining(features([0, 1, 2])).doubles()
    let other = try joining(features([2, 0, 1])).doubles()
    #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func aModalityAloneIsItsMeanWithoutVariance() throws {
    let joining = try joining()
    let features = try features([3])
    // Twins have their mean and no variance either.
    let twins = try joining(features + features).doubles()
    #expect(try joining(features).doubles() == twins)
  }
}
