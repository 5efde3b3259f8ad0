public import Torch

/// Brings every channel of every image to mean 0 and variance 1, then scales and shifts it; inside
/// ``withLocalStatistics(_:_:)`` with the mean and variance around each voxel, and nothing at all inside
/// ``withoutNormalization(_:)``.
///
/// Source: D. Ulyanov et al., "Instance Normalization: The Missing Ingredient for Fast
/// Stylization", 2016.
public struct InstanceNormalization: Layer {
  /// What is added to the variance.
  public static let epsilon = 1e-5

  /// One factor per channel, `[channels]`.
  public let scale: Tensor

  /// One summand per channel, `[channels]`.
  public let shift: Tensor

  public init(channels: Int) throws(TorchError) {
    scale = try Initialization.constant(1, channels: channels)
    shift = try Initialization.constant(0, channels: channels)
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try self(input, leakySlope: 1)
  }

  /// The same with a leaky ReLU behind it, in one pass over the numbers.
  public func callAsFunction(
    _ input: Tensor, leakySlope: Double
  ) throws(TorchError) -> Tensor {
    let output = try normalized(input, leakySlope: leakySlope)
    if leakySlope != 1 { try ActivationProbe.see(output) }
    return output
  }

  /// Whether something of the scope changes or watches what normalisations do.
  static var isAltered: Bool {
    NormalizationBypass.isOn || LocalStatistics.current != nil || ActivationProbe.current != nil
  }

  private func normalized(
    _ input: Tensor, leakySlope: Double
  ) throws(TorchError) -> Tensor {
    if NormalizationBypass.isOn {
      return leakySlope == 1 ? input : try input.leakyReLU(slope: leakySlope)
    }
    guard let statistics = LocalStatistics.current else {
      return try input.instanceNormalized(
        scale: scale, shift: shift, epsilon: Self.epsilon, leakySlope: leakySlope)
    }
    return try input.locallyNormalized(
      axes: statistics.axes(of: Array(input.shape.suffix(3))), scale: scale, shift: shift,
      epsilon: Self.epsilon, leakySlope: leakySlope)
  }

  public var weights: [(name: String, tensor: Tensor)] {
    [(name: "scale", tensor: scale), (name: "shift", tensor: shift)]
  }
}
