import Architecture
import NetworkTestSupport
import Randomness
import Testing
import Torch

@testable import Networks

struct OperationLayerTests {
  @Test(arguments: Architecture.Operation.allCases)
  func everyOperationKeepsTheShape(operation: Architecture.Operation) throws {
    var generator = SplitMix64(seed: 1)
    let layer = try operation.makeLayer(channels: 6, using: &generator)
    for grid in [[1, 1, 1], [2, 2, 2], [3, 5, 4]] {
      let input = try image(0, [2, 6] + grid).converted(to: .float32)
      #expect(try layer(input).shape == input.shape)
    }
  }

  // An impulse shows how far a kernel reaches: dilated3 to every second voxel of 5³.
  @Test(arguments: [
    (Architecture.Operation.convolution1, [3]), (.convolution3, [2, 3, 4]),
    (.convolution5, [1, 2, 3, 4, 5]), (.dilated3, [1, 3, 5]),
  ])
  func kernelsReachAsFarAsTheySay(operation: Architecture.Operation, reached: [Int]) throws {
    var generator = SplitMix64(seed: 1)
    let layer = try operation.makeLayer(channels: 1, using: &generator)
    let weight = try #require(layer.namedWeights.first).tensor
    try weight.copyValues(from: Tensor.ones(like: weight))
    var voxels = [Float](repeating: 0, count: 7)
    voxels[3] = 1
    let output = try layer(Tensor(voxels, shape: [1, 1, 1, 1, 7])).floats()
    let highest = try #require(output.max())
    #expect(output.indices.filter { output[$0] == highest } == reached)
  }
}
