public import Torch

/// What a network makes of each modality on one level, before and after they are fused.
public struct LevelFeatures {
  /// Per modality of the design `[batch, channels, depth, height, width]`; `nil` where no image has
  /// the modality, or the network has no features of its own for it there.
  public let modalities: [Tensor?]

  /// What the decoder reads; `nil` in a network of one modality, where it would be the same again.
  public let fused: Tensor?
}
