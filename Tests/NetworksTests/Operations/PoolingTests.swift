import NetworkTestSupport
import Networks
import Testing
import Torch

struct PoolingTests {
  // A row of three voxels: every window reaches one voxel to each side, as far as there are any.
  @Test func byHand() throws {
    let row = try Tensor([1.0, 2, 6], shape: [1, 1, 1, 1, 3])
    #expect(try AveragePooling()(row).doubles() == [1.5, 3, 4])
    #expect(try MaxPooling()(row).doubles() == [2, 6, 6])
  }

  @Test(arguments: [[1, 1, 1], [1, 2, 2], [2, 3, 4], [1, 5, 5], [3, 3, 3]])
  func meansOfAnyGridCountOnlyWhatIsInside(grid: [Int]) throws {
    let input = try image(2, [2, 3] + grid)
    let values = try input.doubles()
    let found = try AveragePooling()(input).doubles()
    let voxels = grid.reduce(1, *)
    func coordinates(_ voxel: Int) -> [Int] {
      [voxel / (grid[1] * grid[2]), voxel / grid[2] % grid[1], voxel % grid[2]]
    }
    for image in 0..<6 {
      for voxel in 0..<voxels {
        let near = (0..<voxels).filter { other in
          zip(coordinates(voxel), coordinates(other)).allSatisfy { abs($0 - $1) <= 1 }
        }
        let mean = near.reduce(0) { $0 + values[image * voxels + $1] } / Double(near.count)
        #expect(abs(found[image * voxels + voxel] - mean) < 1e-12)
      }
    }
  }

  @Test(arguments: [[1, 1, 2], [3, 3, 4]])
  func gradientsAgreeWithFiniteDifferences(grid: [Int]) throws {
    try expectGradients(of: AveragePooling(), at: image(1, [1, 2] + grid))
    try expectGradients(of: MaxPooling(), at: image(1, [1, 2] + grid))
  }

  @Test func theShapeStays() throws {
    let input = try image(0, [2, 9, 4, 5, 6]).converted(to: .float32)
    #expect(try AveragePooling()(input).shape == input.shape)
    #expect(try MaxPooling()(input).shape == input.shape)
  }
}
