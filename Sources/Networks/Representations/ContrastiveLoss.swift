import Torch

/// The symmetric cross-entropy with which each embedding picks its partner, by cosine, among those
/// of the batch: 0 when it always does, about the logarithm of the number of samples by chance.
///
/// Source: A. van den Oord, Y. Li, O. Vinyals, "Representation Learning with Contrastive Predictive
/// Coding", 2018 (InfoNCE), in the symmetric form of A. Radford et al., "Learning Transferable
/// Visual Models From Natural Language Supervision", ICML 2021.
struct ContrastiveLoss {
  /// What cosines are divided by; the smaller, the more the hardest others count.
  let temperature: Double

  /// - Parameters: Two batches `[samples, features]`.
  func callAsFunction(_ first: Tensor, _ second: Tensor) throws(TorchError) -> Tensor {
    let count = first.shape[0]
    let cosines = try first.unitRows().matrixProduct(second.unitRows().transposed()) / temperature
    let partners = try Tensor(
      (0..<count * count).map { $0 % (count + 1) == 0 ? 1.0 : 0 }, shape: [count, count]
    ).converted(to: first.scalarType).moved(to: first.device)
    let chosen = try cosines.logSoftmax(axis: 0) + cosines.logSoftmax(axis: 1)
    return try (chosen * partners).sum() / Double(-2 * count)
  }
}
