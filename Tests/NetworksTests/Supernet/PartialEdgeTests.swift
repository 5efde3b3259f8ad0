import Architecture
import Randomness
import Testing
import Torch

@testable import Networks

struct PartialEdgeTests {
  private func edge(_ part: Int, channels: Int = 4) throws -> PartialEdge {
    var generator = SplitMix64(seed: 1)
    return try PartialEdge(
      operations: [.skip], channels: channels, partialChannels: part, using: &generator)
  }

  // Channels 0 and 1 are doubled, 2 and 3 pass by; then one of each half in turn.
  @Test func aPartGoesThroughAndAllAreShuffled() throws {
    let input = try Tensor([1.0, 2, 3, 4], shape: [1, 4, 1, 1, 1])
    let double = Selection.mixture(try Tensor([2.0], shape: [1]))
    #expect(try edge(2)(input, selecting: double).doubles() == [2, 3, 4, 4])
    #expect(try edge(4)(input, selecting: double).doubles() == [2, 2, 3, 4])
  }

  @Test func aPartOfOneIsAllInOrder() throws {
    let input = try Tensor([1.0, 2, 3, 4], shape: [1, 4, 1, 1, 1])
    #expect(try edge(1)(input, selecting: .one(0)) === input)
  }

  @Test func channelsThatCannotBeDividedAreDividedLess() throws {
    let input = try Tensor([1.0, 2, 3], shape: [1, 3, 1, 1, 1])
    let double = Selection.mixture(try Tensor([2.0], shape: [1]))
    #expect(try edge(2, channels: 3)(input, selecting: double).doubles() == [2, 4, 6])
  }
}
