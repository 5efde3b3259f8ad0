import NetworkTestSupport
import Networks
import Testing
import Torch

struct LayerTests {
  @Test func identityGivesBackTheVeryTensor() throws {
    let input = try image(0, [1, 2, 3, 4, 5])
    #expect(try Identity()(input) === input)
    #expect(Identity().namedWeights.isEmpty)
  }
}
