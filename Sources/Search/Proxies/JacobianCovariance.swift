import Networks
import Torch

/// Scores a network by how little the gradients of its output with respect to its images resemble each
/// other.
///
/// For every image the gradient of the sum of all logits with respect to the image, all modalities in a
/// row, is a vector. With the eigenvalues λ of the matrix of their correlations, one per image, the score is
/// −Σ(log(λ + k) + 1 / (λ + k)), k = 1e-5: highest when no two images pull in the same direction. A
/// modality that the network does not read counts as zeros.
///
/// Source: J. Mellor et al., "Neural Architecture Search without Training", version 1, 2020
/// (arXiv:2006.04647v1), section 3, as `jacob_cov` in M. Abdelfattah et al., "Zero-Cost Proxies for
/// Lightweight NAS", ICLR 2021.
enum JacobianCovariance {
  /// What keeps eigenvalues from zero.
  static let offset = 1e-5

  static func score(of network: SegmentationNetwork, on patches: ProxyPatches) throws -> Double {
    var inputs: [Tensor] = []
    for input in patches.inputs {
      let copy = try input.copied()
      try copy.markAsWeight()
      inputs.append(copy)
    }
    let logits = try network(inputs, presence: patches.presence, isTraining: true)[0]
    let gradients = try Tensor.gradients(of: logits.sum(), withRespectTo: inputs)
    var rows: [Tensor] = []
    for (gradient, input) in zip(gradients, inputs) {
      let images = input.shape[0]
      let row = try gradient ?? Tensor.zeros(like: input.detached())
      rows.append(
        try row.converted(to: .float64).reshaped([images, input.elementCount / images]))
    }
    return try score(ofJacobian: Tensor.concatenated(rows, axis: 1))
  }

  /// - Parameter jacobian: A row per image.
  static func score(ofJacobian jacobian: Tensor) throws(TorchError) -> Double {
    let centred = try jacobian - jacobian.mean(overAxes: [1], keepingAxes: true)
    let lengths = try (centred * centred).sum(overAxes: [1], keepingAxes: true).squareRoot()
    let directions = try centred / lengths
    let correlations = try directions.matrixProduct(directions.transposed())
    // The matrix has no negative eigenvalues, so these are its singular values.
    let eigenvalues = try correlations.singularValues() + offset
    return try -(eigenvalues.log() + 1 / eigenvalues).sum().item()
  }
}
