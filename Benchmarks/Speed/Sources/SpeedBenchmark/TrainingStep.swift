import Foundation
import Measuring
import Networks
import Torch
import Training

/// One training step: forward, Dice and cross-entropy, backward, clipping at 12, Nesterov SGD; two
/// patches of three modalities and 64³ voxels, 170 GFLOP.
enum TrainingStep {
  static func measure(data: String, repetitions: Int) throws {
    TorchRuntime.keepFreedMemory()
    let network = try PeerNetwork.load(data: data)
    let images = try NumPyFile(data + "/train_x.npy")
    let classes = try NumPyFile(data + "/train_y.npy")
    let image = try Tensor(images.floats(), shape: images.shape)
    let inputs = try (0..<images.shape[1]).map {
      try image.narrowed(axis: 1, from: $0, count: 1)
    }
    let truth = try Tensor(
      bytes: classes.bytes(), shape: [classes.shape[0]] + classes.shape.dropFirst(2))
    var optimizer = try SGD(weights: network.namedWeights)
    var losses: [Double] = []
    func step() throws {
      let logits = try network(inputs)[0]
      let loss = try Loss.diceAndCrossEntropy(logits: logits, classes: truth, dice: .batch)
      try loss.backward()
      try optimizer.update(rate: 0.01, clippingTo: 12)
      for weight in network.namedWeights { try weight.tensor.clearGradient() }
      losses.append(try loss.item())
    }
    try step()  // The peers take a first step before they warm up; so the losses can be compared.
    print(try Figure("train/chiasm", repetitions: repetitions, step).line())
    // nnU-Net's loss leaves out the 1 before the Dice.
    let values = losses.map { String(format: "%.6f", $0 - 1) }.joined(separator: ", ")
    print("{\"name\": \"train/chiasm/losses\", \"value\": [\(values)]}")
  }
}
