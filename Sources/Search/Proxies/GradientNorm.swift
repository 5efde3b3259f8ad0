import Networks
import Torch
import Training

/// Scores a network by how strongly the loss of some patches pulls at its weights.
///
/// The sum over all convolutions of the Euclidean norm of the loss's gradient with respect to their
/// weights, biases left out. The loss is the training's, of the finest logits, each patch's Dice by itself.
///
/// Source: `grad_norm` in M. Abdelfattah et al., "Zero-Cost Proxies for Lightweight NAS", ICLR 2021,
/// section 3.2.
enum GradientNorm {
  static func score(of network: SegmentationNetwork, on patches: ProxyPatches) throws -> Double {
    let logits = try network(patches.inputs, presence: patches.presence, isTraining: true)
    let loss = try Loss.deeplySupervised(logits: logits, classes: patches.classes)
    let gradients = try Tensor.gradients(
      of: loss, withRespectTo: network.kernels.map(\.tensor))
    var score = 0.0
    for gradient in gradients {
      guard let gradient else { continue }
      score += try (gradient * gradient).sum().item().squareRoot()
    }
    return score
  }
}
