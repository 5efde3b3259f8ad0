import Foundation
import Testing

@testable import Architecture

struct ChainGenotypeTests {
  private let text = """
    {"activation":"silu","decoder":[{"blocks":1,"channels":4,"kernel":3}],\
    "encoder":[{"blocks":2,"channels":4,"kernel":3},{"blocks":1,"channels":8,"kernel":1}],\
    "normalization":"batch"}
    """

  private func decode(_ text: String) throws -> ChainGenotype {
    try JSONDecoder().decode(ChainGenotype.self, from: Data(text.utf8))
  }

  @Test func isReadAndWrittenAsJSON() throws {
    let chain = try decode(text)
    #expect(chain.description == "2×3³×4 1×1³×8 > 1×3³×4, batch, silu")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(chain), as: UTF8.self) == text)
  }

  @Test(arguments: [
    ("\"kernel\":1", "\"kernel\":2"), ("\"batch\"", "\"bath\""), ("\"silu\"", "\"silo\""),
    ("\"blocks\":2", "\"blocks\":0"), ("\"blocks\":1", "\"blocs\":1"),
    ("\"decoder\":[", "\"decoder\":[{\"blocks\":1,\"channels\":4,\"kernel\":3},"),
    ("\"normalization\"", "\"x\":1,\"normalization\""),
  ])
  func badTextIsRefused(change: (String, String)) {
    #expect(throws: ArchitectureError.self) {
      try decode(text.replacing(change.0, with: change.1))
    }
  }

  @Test func messagesSayWhatWasExpected() {
    let stage = ChainStage(blocks: 1, kernel: 3, channels: 4)
    let error = #expect(throws: ArchitectureError.self) {
      try ChainGenotype(
        encoder: [stage, stage], decoder: [stage, stage], normalization: .none, activation: .relu)
    }
    #expect(
      error?.description
        == "The chain cannot be built: it has 2 decoder stages, expected 1 to 1 for 2 encoder stages."
    )
  }

  /// Encoder: 3³ from 2 to 4 and from 4 to 4 on 8·6·5 voxels, with batch normalisation; 1³ from 4 to 8
  /// on 4·3·3. Decoder: 2³ from 8 to 4 on 8·6·6, which is cut, and 3³ from 8 to 4 on 8·6·5; head: 1³ from 4
  /// to 3.
  @Test func costsWhatItsLayersCost() throws {
    let cost = try decode(text).cost(inputs: 2, classes: 3, patch: [8, 6, 5])
    let weights = [216 + 4 + 8, 432 + 4 + 8, 32 + 8 + 16, 256 + 4, 864 + 4 + 8, 12 + 3]
    #expect(cost.parameters == weights.reduce(0, +))
    #expect(cost.multiplyAdds == Double(240 * (216 + 432 + 864 + 12) + 288 * 32 + 36 * 32))
  }
}
