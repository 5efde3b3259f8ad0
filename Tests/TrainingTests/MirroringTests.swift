import Architecture
import Networks
import Testing
import Torch

@testable import Training

struct MirroringTests {
  @Test func everySetOfAxesIsThereOnce() {
    #expect(Mirroring.axes == [[], [2], [3], [2, 3], [4], [2, 4], [3, 4], [2, 3, 4]])
  }

  /// What is averaged over all mirror images does not care which of them came in.
  @Test func theMeanTurnsWithTheInput() throws {
    let network = try TrainingRun.makeNetwork(.single("ct"), plan: Fixtures.plan(), seed: 3)
    let case0 = Fixtures.preparedCase("a", size: [8, 8, 8])
    let image = try Tensor(case0.images[0] ?? [], shape: [1, 1, 8, 8, 8])
    let (straight, turned, plain) = try withoutGradients {
      (
        try Mirroring.logits(of: network, for: [image]),
        try Mirroring.logits(of: network, for: [image.flipped(axes: [2, 4])])
          .flipped(axes: [2, 4]),
        try network([image])[0]
      )
    }
    #expect(try (straight - turned).absolute().maximum().item() < 1e-5)
    #expect(try (straight - plain).absolute().maximum().item() > 1e-3)
  }
}
