import Testing
import Training

@testable import chiasm

struct EmbeddingOriginWarningTests {
  private func origin(_ learnt: [String]?) -> EmbeddingOrigin {
    EmbeddingOrigin(
      dataset: "d", network: "fused", weights: "w", source: FeatureSource(level: 0, kind: .encoder),
      regions: .whole, trainingCases: learnt)
  }

  @Test func casesThatWereLearntFromAreCountedOnce() {
    #expect(
      origin(["a", "b", "z"]).warning(about: ["a", "a", "b", "c"])
        == "the network was trained on 2 of these 3 cases; others say more about it.")
    #expect(origin(["z"]).warning(about: ["a"]) == nil)
    #expect(origin(nil).warning(about: ["a"]) == nil)
  }
}
