import Foundation
import Networks
import Torch

/// Scores a network by how much flows through its weights when nothing holds the flow back.
///
/// All weights are replaced by their absolute values and every image by ones; instance normalisation passes
/// its input on as it is (no mean, no variance, no scale and no shift), as its statistics would make the
/// flow depend on the data and its weights' gradients vanish. Then no number is negative, so a leaky ReLU
/// changes nothing either; shares of a gate or of attention, squares and products of features stay what they
/// are. With R the sum of all logits the score is log Σ θ · ∂R/∂θ over the weights θ of the convolutions;
/// the logarithm, since the sum grows by a factor with every layer. Heads below the finest have no part in
/// it.
///
/// Source: H. Tanaka et al., "Pruning Neural Networks without Any Data by Iteratively Conserving Synaptic
/// Flow", NeurIPS 2020, Algorithm 1, summed over the network as in M. Abdelfattah et al., "Zero-Cost Proxies
/// for Lightweight NAS", ICLR 2021, who leave batch normalisation out in the same way.
enum SynapticFlow {
  static func score(of network: SegmentationNetwork, on patches: ProxyPatches) throws -> Double {
    guard let device = patches.inputs.first?.device else { return -.infinity }
    // The flow of a deep network has more digits before the point than a float32 can hold.
    try network.moveWeights(to: device, type: .float64)
    for weight in network.namedWeights {
      try weight.tensor.copyValues(from: weight.tensor.detached().absolute())
    }
    var ones: [Tensor] = []
    for input in patches.inputs {
      let shape = [1] + input.shape.dropFirst()
      ones.append(try Tensor.ones(shape, type: .float64, device: device))
    }
    let flow = try withoutNormalization { () throws(TorchError) in try network(ones)[0].sum() }
    let kernels = network.kernels.map(\.tensor)
    let gradients = try Tensor.gradients(of: flow, withRespectTo: kernels)
    var score = 0.0
    for (kernel, gradient) in zip(kernels, gradients) {
      guard let gradient else { continue }
      score += try (kernel.detached() * gradient).sum().item()
    }
    return log(score)
  }
}
