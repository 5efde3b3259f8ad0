public import Torch

/// Brings every group of channels of every image to mean 0 and variance 1, then scales and shifts each channel.
///
/// Groups have four channels; channels that cannot be divided by four are one group.
///
/// Source: Y. Wu, K. He, "Group Normalization", ECCV 2018, with groups of as many channels whatever their
/// number (table 3).
public struct GroupNormalization: Module {
  static let channelsPerGroup = 4

  /// One factor per channel, `[channels]`.
  public let scale: Tensor

  /// One summand per channel, `[channels]`.
  public let shift: Tensor
  private let groups: Int

  public init(channels: Int) throws(TorchError) {
    scale = try Initialization.constant(1, channels: channels)
    shift = try Initialization.constant(0, channels: channels)
    groups = channels % Self.channelsPerGroup == 0 ? channels / Self.channelsPerGroup : 1
  }

  /// - Throws: `TorchError` inside ``withLocalStatistics(_:_:)``, too, which only knows single channels.
  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    if NormalizationBypass.isOn { return input }
    guard LocalStatistics.current == nil else {
      throw TorchError(
        operation: "group normalization of \(input.shape)",
        reason:
          "there are no statistics around a voxel for groups of channels; let windows be as large as "
          + "patches, or take statistics from the whole window")
    }
    return try input.groupNormalized(
      groups: groups, scale: scale, shift: shift, epsilon: InstanceNormalization.epsilon)
  }

  public var weights: [(name: String, tensor: Tensor)] {
    [(name: "scale", tensor: scale), (name: "shift", tensor: shift)]
  }
}
