import Networks
import Randomness
import Testing
import Torch

struct FeatureSamplingTests {
  /// Two images of two channels, 1 × 2 × 2 voxels, numbered from 0.
  private func features() throws -> Tensor {
    try Tensor((0..<16).map(Float.init), shape: [2, 2, 1, 2, 2])
  }

  @Test func poolingIsTheMeanOfEachChannel() throws {
    #expect(try features().pooledEmbedding().floats() == [1.5, 5.5, 9.5, 13.5])
  }

  @Test func chosenVoxelsBecomeSamplesImageByImage() throws {
    let samples = try features().voxelEmbeddings(at: [0, 3])
    #expect(samples.shape == [4, 2])
    #expect(try samples.floats() == [0, 4, 3, 7, 8, 12, 11, 15])
  }

  @Test func placesOutsideAndOtherShapesAreRefused() throws {
    let outside = #expect(throws: TorchError.self) { try features().voxelEmbeddings(at: [4]) }
    #expect(
      outside?.description
        == "sampling of [2, 2, 1, 2, 2]: a voxel is not among the 4 of an image")
    let flat = #expect(throws: TorchError.self) { try Tensor.ones([2, 2]).pooledEmbedding() }
    #expect(flat?.description == "pooling of [2, 2]: images have five axes")
  }

  @Test func theChoiceIsInOrderWithoutRepeatsAndEvenOverall() {
    var generator = SplitMix64(seed: 4)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<3000 {
      let chosen = Tensor.voxelChoice(3, of: 10, using: &generator)
      #expect(chosen.count == 3)
      #expect(chosen == Set(chosen).sorted())
      for voxel in chosen { counts[voxel] += 1 }
    }
    // 900 each are expected, with a standard deviation of 25.
    #expect(counts.allSatisfy { abs($0 - 900) < 125 })
    #expect(Tensor.voxelChoice(20, of: 4, using: &generator) == [0, 1, 2, 3])
  }
}
