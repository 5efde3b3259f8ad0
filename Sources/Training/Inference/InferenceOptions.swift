/// How a case is cut into windows, and how often each is seen.
public struct InferenceOptions: Codable, Hashable, Sendable {
  /// How much longer than the patches of the training a window may be along each axis; 1: as long, as
  /// nnU-Net and MONAI do it.
  ///
  /// Longer windows compute less twice. But with ``Statistics/window`` instance normalisation then
  /// sees other statistics than in training: Dice falls when a window is much larger than a patch.
  public var windowScale = 1.0

  /// Where instance normalisation takes its statistics from.
  public var statistics = Statistics.window

  /// The distance of neighbouring windows as a share of the patch, above 0 and at most 1; the rest of
  /// a patch is how far they overlap, however large they are. nnU-Net's value is 0.5.
  public var step = 0.5

  /// Whether the scores are the mean over the case and its mirror images along every set of axes:
  /// eight times the work.
  public var mirrors = false

  /// How many bytes a case's images, scores and windows may take together.
  public var memory = 4 << 30

  public init() {}

  /// Where instance normalisation takes its statistics from.
  public enum Statistics: String, Codable, CaseIterable, Sendable {
    /// From the whole window, as nnU-Net and MONAI do it.
    case window

    /// From the patches around each voxel, however large the window is: ``LocalStatistics``.
    case local
  }
}
