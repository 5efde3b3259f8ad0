import Architecture
import Networks
import Testing
import Torch

@testable import Training

struct PatchValidationTests {
  /// The Dice of the network's own answer is 1 where the answer is the truth.
  @Test func anAnswerThatIsTheTruthScoresOne() throws {
    let plan = Fixtures.plan()
    let network = try TrainingRun.makeNetwork(.early(["ct", "mri"]), plan: plan, seed: 3)
    let voxels = 512
    let images = (0..<2).map { image in (0..<voxels).map { Float(($0 * (image + 3)) % 11) } }
    let asked = Batch(
      count: 1, shape: [8, 8, 8], images: images, classes: [UInt8](repeating: 0, count: voxels))
    let answer = try withoutGradients {
      try network(asked.inputs(on: .cpu))[0].argmax(axis: 1).bytes()
    }
    let truth = Batch(count: 1, shape: [8, 8, 8], images: images, classes: answer)
    let dice = try PatchValidation(batches: [truth], plan: plan).dice(of: network, device: .cpu)
    for (label, dice) in dice.enumerated() {
      #expect(dice == (answer.contains(UInt8(label + 1)) ? 1 : nil))
    }
  }
}
