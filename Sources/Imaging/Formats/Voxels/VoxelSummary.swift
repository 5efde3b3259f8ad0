internal import CVoxels

/// Extremes and mean of values, those that are not finite left out and counted.
public struct VoxelSummary: Equatable, Sendable {
  /// The least finite value; infinity when there is none.
  public private(set) var minimum = Double.infinity

  /// The greatest finite value; minus infinity when there is none.
  public private(set) var maximum = -Double.infinity

  /// How many values are finite.
  public private(set) var finiteCount = 0

  /// How many values are NaN or infinite.
  public private(set) var nonFiniteCount = 0

  private var sum = 0.0

  /// The summary of nothing.
  public init() {}

  init(_ summary: cvoxels_summary) {
    (minimum, maximum, sum) = (summary.minimum, summary.maximum, summary.sum)
    (finiteCount, nonFiniteCount) = (Int(summary.finite), Int(summary.non_finite))
  }

  /// The mean of the finite values; `nil` when there is none.
  public var mean: Double? { finiteCount == 0 ? nil : sum / Double(finiteCount) }

  /// The summary of the values of both.
  public static func + (left: VoxelSummary, right: VoxelSummary) -> VoxelSummary {
    var both = left
    both.minimum = min(left.minimum, right.minimum)
    both.maximum = max(left.maximum, right.maximum)
    both.sum += right.sum
    both.finiteCount += right.finiteCount
    both.nonFiniteCount += right.nonFiniteCount
    return both
  }
}
