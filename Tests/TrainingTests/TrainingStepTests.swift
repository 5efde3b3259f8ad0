import Architecture
import Foundation
import Networks
import Testing
import Torch

@testable import Training

/// One step of stochastic gradient descent on a whole network.
///
/// Reference: PyTorch 2.15, `Tests/Reference/training_values.py`, whose weights and images are made
/// by the same formulas: element j of the weight `name` is 0.4 · sin(Σ bytes of the name + 0.37 j),
/// scales one more; element j of image m is sin(0.13 j + m).
struct TrainingStepTests {
  private static let topology = Topology(
    levels: [
      .init(channels: 2, kernel: [1, 3, 3], stride: [1, 1, 1]),
      .init(channels: 3, kernel: [3, 3, 3], stride: [1, 2, 2]),
      .init(channels: 4, kernel: [3, 3, 3], stride: [2, 2, 2]),
    ], blocksPerLevel: 2, classes: 3)

  private func trainer() throws -> Trainer {
    let fixture = Fixtures.plan(patchSize: [8, 8, 4], batchSize: 1)
    let plan = Plan(
      dataset: fixture.dataset, reference: fixture.reference, modalities: fixture.modalities,
      labels: fixture.labels, spacing: fixture.spacing, patchSize: fixture.patchSize, batchSize: 1,
      topology: Self.topology)
    let network = try TrainingRun.makeNetwork(.early(["ct", "mri"]), plan: plan, seed: 1)
    for (name, weight) in network.namedWeights {
      let phase = Double(name.utf8.map(Int.init).reduce(0, +))
      let offset = name.hasSuffix("scale") ? 1.0 : 0
      let values = (0..<weight.elementCount).map {
        Float(0.4 * sin(phase + 0.37 * Double($0)) + offset)
      }
      try weight.copyValues(from: Tensor(values, shape: weight.shape))
    }
    var options = TrainingOptions()
    options.learningRate = 0.1
    options.gradientClip = 0.2
    return Trainer(network: network, plan: plan, options: options)
  }

  private var batch: Batch {
    let images = (0..<2).map { image in
      (0..<256).map { Float(sin(0.13 * Double($0) + Double(image))) }
    }
    return Batch(
      count: 1, shape: [4, 8, 8], images: images, classes: (0..<256).map { UInt8($0 * 7 % 5 % 3) })
  }

  /// Σ xⱼ cos(0.1 j), and the first element.
  private func digest(_ tensor: Tensor) throws -> [Double] {
    let values = try tensor.doubles()
    let probe = values.enumerated().map { $1 * cos(0.1 * Double($0)) }.reduce(0, +)
    return [probe, values[0]]
  }

  @Test func agreesWithPyTorch() throws {
    let trainer = try trainer()
    var optimizer: any Optimizer = try SGD(
      weights: trainer.network.namedWeights, momentum: 0.9, weightDecay: 0.01)
    let before = try trainer.update(on: batch, step: 0, optimizer: &optimizer)
    #expect(abs(before.total - 1.82841153557398) < 1e-5)
    let expected = [
      "encoder.early.level0.block0.convolution.weight": [-1.3216759808822633, 0.34291296437072344],
      "head.level0.weight": [-1.5455423429698025, -0.3765007677029173],
      "head.level0.bias": [-1.0161361681733507, -0.26600700552955375],
    ]
    var found = 0
    for (name, weight) in trainer.network.namedWeights {
      guard let values = expected[name] else { continue }
      found += 1
      for (value, expected) in zip(try digest(weight), values) {
        #expect(abs(value - expected) < 1e-5, "\(name)")
      }
    }
    #expect(found == expected.count)
    let after = try trainer.update(on: batch, step: 1, optimizer: &optimizer)
    #expect(abs(after.total - 1.8199667682220224) < 1e-5)
  }
}
