import Architecture
public import Torch

/// Each channel times a factor from 0 to 1 that depends on the means of all channels.
///
/// Source: the squeeze and excitation of J. Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018,
/// with the leaky ReLU of the other layers, since a few squeezed channels could all be dead.
public struct ChannelAttention: Layer {
  private let squeeze: Convolution3D
  private let excitation: Convolution3D

  public init(
    channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    let squeezed = Operation.squeezedChannels(of: channels)
    squeeze = try Convolution3D(
      inChannels: channels, outChannels: squeezed, kernel: [1, 1, 1], using: &generator)
    excitation = try Convolution3D(
      inChannels: squeezed, outChannels: channels, kernel: [1, 1, 1], using: &generator)
  }

  /// - Throws: `TorchError` inside ``withLocalStatistics(_:_:)``, too: it learnt from means over a patch.
  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    guard LocalStatistics.current == nil else {
      throw TorchError(
        operation: "channel attention on \(input.shape)",
        reason: "it has no means around a voxel; let windows be as large as patches, or take "
          + "statistics from the whole window")
    }
    let means = try input.mean(overAxes: [2, 3, 4], keepingAxes: true)
    let squeezed = try squeeze(means).leakyReLU(slope: Initialization.slope)
    try ActivationProbe.see(squeezed)
    let factors = try excitation(squeezed).sigmoid()
    return try input * factors
  }

  public var children: [(name: String, module: any Module)] {
    [(name: "squeeze", module: squeeze), (name: "excitation", module: excitation)]
  }
}
