import Foundation
import NetworkTestSupport
import Randomness
import Testing
import Torch

@testable import Networks

/// The whole of it is compared with PyTorch in ``FusionCellTests``.
struct WindowedAttentionTests {
  @Test func aVoxelReadsItsWindowOnly() throws {
    var generator = SplitMix64(seed: 3)
    let attention = try WindowedAttention(edges: 2, channels: 2, using: &generator)
    try attention.fillByName()
    func output(changing place: Int?) throws -> [Double] {
      var numbers = (0..<32).map { sin(0.3 * Double($0)) }
      if let place { numbers[place] += 1 }
      let features = try [Tensor(numbers, shape: [1, 2, 1, 2, 8]), image(1, [1, 2, 1, 2, 8])]
        .map { PartialFeatures($0, isPresent: [true]) }
      return try attention(features).doubles()
    }
    // Of a row of eight voxels the first four are one window, the last four the other.
    let before = try output(changing: nil)
    let near = try output(changing: 1)
    let changed = before.indices.filter { near[$0] != before[$0] }.map { $0 % 8 }
    #expect(Set(changed) == [0, 1, 2, 3])
  }
}
