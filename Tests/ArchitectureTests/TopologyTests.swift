import Architecture
import Testing

struct TopologyTests {
  @Test func gridsShrinkByTheStrides() {
    #expect(smallTopology.reducedGrids([4, 8, 12]) == [[4, 8, 12], [4, 4, 6], [2, 2, 3]])
    #expect(smallTopology.reduction == [2, 4, 4])
  }

  @Test func gridsThatDoNotDivideAreRoundedUpAsAConvolutionDoes() {
    #expect(smallTopology.reducedGrids([5, 7, 9]) == [[5, 7, 9], [5, 4, 5], [3, 2, 3]])
  }

  @Test func jsonRoundTrips() throws {
    #expect(try decode(Topology.self, encode(smallTopology)) == smallTopology)
  }

  @Test func jsonThatCannotBeBuiltIsRefused() {
    func refusal(
      channels: Int = 4, kernel: String = "[3,3,3]", first: String = "[1,1,1]",
      stride: String = "[2,2,2]", blocks: Int = 2, classes: Int = 2
    ) -> String {
      message {
        _ = try decode(
          Topology.self,
          #"{"levels": [{"channels": 2, "kernel": [3,3,3], "stride": \#(first)}, "#
            + #"{"channels": \#(channels), "kernel": \#(kernel), "stride": \#(stride)}], "#
            + #""blocksPerLevel": \#(blocks), "classes": \#(classes)}"#)
      }
    }
    #expect(refusal() == "nothing was thrown")
    #expect(
      refusal(channels: 0)
        == "The topology cannot be built: level 1 has 0 channels, expected 1 or more.")
    #expect(
      refusal(kernel: "[3,2,3]")
        == "The topology cannot be built: level 1 has the kernel [3, 2, 3], expected three odd "
        + "sizes.")
    #expect(
      refusal(stride: "[2,2]")
        == "The topology cannot be built: level 1 has the stride [2, 2], expected three positive "
        + "numbers.")
    #expect(
      refusal(first: "[2,1,1]")
        == "The topology cannot be built: level 0 has the stride [2, 1, 1], expected [1, 1, 1].")
    #expect(
      refusal(blocks: 0)
        == "The topology cannot be built: it has 0 blocks per level, expected 1 or more.")
    #expect(
      refusal(classes: 1)
        == "The topology cannot be built: it has 1 classes, expected 2 or more with background.")
    #expect(
      message {
        _ = try decode(Topology.self, #"{"levels": [], "blocksPerLevel": 1, "classes": 2}"#)
      } == "The topology cannot be built: it has 0 levels, expected 2 to 8.")
  }
}
