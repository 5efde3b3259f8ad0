import Foundation
import Testing

@testable import Architecture

struct BranchedGenotypeTests {
  private let text = """
    {"layers":[{"channels":4,"kernel":3,"sources":[0]},\
    {"channels":8,"kernel":1,"merge":"concatenate","sources":[0,1]},\
    {"channels":4,"kernel":3,"merge":"sum","sources":[1,2]}]}
    """

  private func decode(_ text: String) throws -> BranchedGenotype {
    try JSONDecoder().decode(BranchedGenotype.self, from: Data(text.utf8))
  }

  @Test func isReadAndWrittenAsJSON() throws {
    let network = try decode(text)
    #expect(network.description == "1: 3³×4(0); 2: 1³×8 concatenate(0, 1); 3: 3³×4 sum(1, 2)")
    let copy = try JSONDecoder().decode(
      BranchedGenotype.self, from: try JSONEncoder().encode(network))
    #expect(copy == network)
  }

  @Test(arguments: [
    ("\"merge\":\"sum\"", "\"merge\":\"add\""), ("\"merge\":\"sum\",", ""),
    ("[1,2]", "[1,3]"), ("[1,2]", "[2,1]"), ("[1,2]", "[1,1]"), ("[1,2]", "[1]"), ("[1,2]", "[]"),
    ("\"kernel\":1", "\"kernel\":4"), ("{\"layers\"", "{\"depth\":3,\"layers\""),
  ])
  func badTextIsRefused(change: (String, String)) {
    #expect(throws: (any Error).self) { try decode(text.replacing(change.0, with: change.1)) }
  }

  @Test func messagesNameTheLayer() {
    let layer = BranchedLayer(sources: [0], kernel: 3, channels: 4)
    let error = #expect(throws: ArchitectureError.self) {
      try BranchedGenotype(layers: [layer, layer])
    }
    #expect(
      error?.description
        == "The branched network cannot be built: layer 1 is read by no later layer.")
  }

  /// On 2·3·4 voxels: 3³ from 2 to 4; 1³ from 2 + 4 to 8; layer 1 from 4 to 8 by 1³, then 3³ from 8 to
  /// 4; the head from 4 to 3. Every block has a scale and a shift per channel.
  @Test func costsWhatItsLayersCost() throws {
    let cost = try decode(text).cost(inputs: 2, classes: 3, patch: [2, 3, 4])
    let taps = 216 + 48 + 32 + 864 + 12
    #expect(cost.parameters == taps + (4 + 8) + (8 + 16) + 8 + (4 + 8) + 3)
    #expect(cost.multiplyAdds == Double(24 * taps))
  }
}
