import Testing

@testable import Training

struct RegionWeightsTests {
  /// A case of 4 × 2 × 1 voxels in blocks of 2 × 2 × 1; the class is 1 in the last column.
  private let weights = RegionWeights(
    [
      .whole,
      FeatureRegion(name: "core", label: "core", extent: .voxels(ofClass: 1)),
      FeatureRegion(name: "patch-0", label: nil, extent: .box([1, 0, 0], [3, 1, 1])),
    ], classes: [0, 0, 0, 1, 0, 0, 0, 1], size: [4, 2, 1], reduction: [2, 2, 1])

  @Test func blocksCountTheVoxelsOfTheRegion() {
    let found = weights(
      at: [0, 0, 0], window: [4, 2, 1], importance: Array(repeating: 1, count: 8))
    #expect(found == [[4, 4], [0, 2], [1, 1]])
  }

  @Test func voxelsCountByTheirWeightInTheWindow() {
    let found = weights(
      at: [0, 0, 0], window: [4, 2, 1], importance: [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(found == [[14, 22], [0, 12], [2, 3]])
  }

  /// The window begins two voxels before the case; its second block holds the case's first.
  @Test func whatLiesOutsideTheCaseCountsForNothing() {
    let found = weights(
      at: [-2, 0, 0], window: [4, 2, 1], importance: [9, 9, 1, 2, 9, 9, 3, 4])
    #expect(found == [[0, 10], [0, 0], [0, 2]])
    let below = weights(
      at: [0, 1, 0], window: [4, 2, 1], importance: Array(repeating: 1, count: 8))
    #expect(below == [[2, 2], [0, 1], [0, 0]])
  }
}
