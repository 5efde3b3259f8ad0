import Networks
import Torch

/// The mean of a network's logits over the inputs and their mirror images, each mirrored back.
///
/// Source: the test-time augmentation of F. Isensee et al., "nnU-Net", Nature Methods 18, 2021.
enum Mirroring {
  /// Every set of depth, height and width, the empty one first.
  static let axes: [[Int]] = (0..<8).map { set in [2, 3, 4].filter { set >> ($0 - 2) & 1 == 1 } }

  /// - Parameters:
  ///   - inputs: One tensor `[batch, 1, depth, height, width]` per modality.
  ///   - presence: Which images have which modality; `nil`: all have all.
  /// - Returns: Logits `[batch, classes, depth, height, width]`.
  static func logits(
    of network: SegmentationNetwork, for inputs: [Tensor], presence: Presence? = nil
  ) throws(TorchError) -> Tensor {
    var total: Tensor?
    for axes in Self.axes {
      var mirrored: [Tensor] = []
      for input in inputs { mirrored.append(try flipped(input, axes)) }
      let logits = try flipped(network(mirrored, presence: presence)[0], axes)
      total = try total.map { sum throws(TorchError) in try sum + logits } ?? logits
    }
    guard let total else { preconditionFailure("there is always the set without axes") }
    return try total * (1 / Double(Self.axes.count))
  }

  private static func flipped(_ tensor: Tensor, _ axes: [Int]) throws(TorchError) -> Tensor {
    axes.isEmpty ? tensor : try tensor.flipped(axes: axes)
  }
}
