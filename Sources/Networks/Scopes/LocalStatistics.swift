public import Torch

/// Where instance normalisation takes its statistics from while a network looks at more than a patch.
///
/// A network that learnt from patches knows the statistics of patches. Of a larger image they are
/// others, and its masks fall apart. With local statistics every voxel is normalised as in the
/// patches around it, on every level of the network, while each convolution is computed once: the
/// image need not be cut into overlapping windows.
public struct LocalStatistics: Hashable, Sendable {
  /// The distance of neighbouring windows as a share of a window.
  public static let step = 0.25

  /// How fast a window's weight falls with the distance of its middle, as a share of a window.
  public static let deviation = 0.25

  /// Depth, height and width of the patches of the training, in voxels.
  public let patch: [Int]

  /// Depth, height and width of the network's input, in voxels.
  public let image: [Int]

  public init(patch: [Int], image: [Int]) {
    precondition(patch.count == 3 && image.count == 3, "a patch and an image have three axes")
    self.patch = patch
    self.image = image
  }

  @TaskLocal static var current: LocalStatistics?

  /// The windows of a feature map of this depth, height and width.
  func axes(of grid: [Int]) -> [StatisticsAxis] {
    (0..<3).map { axis in
      StatisticsAxis(
        length: grid[axis],
        window: Double(patch[axis]) * Double(grid[axis]) / Double(image[axis]),
        step: Self.step, deviation: Self.deviation)
    }
  }
}

/// Runs `body`, in which every instance normalisation uses these statistics.
///
/// This holds for the calling task and ends with `body`, also when that throws. It is for inference:
/// no gradient flows through a normalisation with local statistics.
public func withLocalStatistics<Result>(
  _ statistics: LocalStatistics, _ body: () throws(TorchError) -> Result
) throws(TorchError) -> Result {
  try LocalStatistics.$current.withValue(statistics) {
    Swift.Result { () throws(TorchError) -> Result in try body() }
  }.get()
}
