import Architecture
import Randomness
import Testing
import Torch

@testable import Networks
@testable import Training

struct StepLossTests {
  private func loss(_ total: Double, _ terms: [Double]) throws -> StepLoss {
    let coordination = try Coordination(.cosine, weight: 5)
    return try StepLoss(
      total: total,
      output: TrainingOutput(
        logits: [],
        coordination: try terms.enumerated().map {
          CoordinationTerm(
            level: 2 * $0, coordination: coordination, value: try Tensor([$1], shape: []))
        }))
  }

  @Test func termsAreKeptUnweightedByTheirLevel() throws {
    #expect(try loss(3, [0.5, 0.25]).coordination == ["level 0": 0.5, "level 2": 0.25])
  }

  @Test func anEpochIsTheMeanOfItsSteps() throws {
    var epoch = EpochLosses()
    epoch.add(try loss(3, [0.5]))
    epoch.add(try loss(1, [1]))
    #expect(epoch.mean == 2)
    #expect(epoch.coordination == ["level 0": 0.75])
    #expect(EpochLosses().coordination == nil)
  }
}
