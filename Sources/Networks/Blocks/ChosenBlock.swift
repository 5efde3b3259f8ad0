import Architecture
import Torch

/// A convolution with a cubic kernel, a normalisation and an activation, all of them chosen.
struct ChosenBlock: Module {
  /// What is behind the convolution.
  private enum Normalizing {
    case instance(InstanceNormalization)
    case batch(BatchNormalization)
    case group(GroupNormalization)
    case none
  }

  private let convolution: Convolution3D
  private let normalizing: Normalizing
  private let activation: Activation

  /// - Parameters:
  ///   - kernel: The edge of the kernel in voxels; odd.
  ///   - stride: By what every axis is reduced.
  init(
    inChannels: Int, outChannels: Int, kernel: Int, stride: Int = 1,
    normalization: FeatureNormalization, activation: Activation,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    convolution = try Convolution3D(
      inChannels: inChannels, outChannels: outChannels, kernel: [kernel, kernel, kernel],
      stride: [stride, stride, stride], using: &generator)
    normalizing =
      switch normalization {
      case .instance: .instance(try InstanceNormalization(channels: outChannels))
      case .batch: .batch(try BatchNormalization(channels: outChannels))
      case .group: .group(try GroupNormalization(channels: outChannels))
      case .none: .none
      }
    self.activation = activation
  }

  /// - Parameter isTraining: Whether batches are learnt from: see ``BatchNormalization``.
  func callAsFunction(_ input: Tensor, isTraining: Bool) throws(TorchError) -> Tensor {
    let features = try convolution(input)
    switch normalizing {
    case .instance(let normalization):
      // One pass over the numbers where the kernel knows the activation.
      guard let slope = activation.leakySlope else {
        return try activation(normalization(features))
      }
      return try normalization(features, leakySlope: slope)
    case .batch(let normalization):
      return try activation(normalization(features, isTraining: isTraining))
    case .group(let normalization): return try activation(normalization(features))
    case .none: return try activation(features)
    }
  }

  var children: [(name: String, module: any Module)] {
    let normalization: (any Module)? =
      switch normalizing {
      case .instance(let module): module
      case .batch(let module): module
      case .group(let module): module
      case .none: nil
      }
    return [(name: "convolution", module: convolution)]
      + (normalization.map { [(name: "normalization", module: $0)] } ?? [])
  }
}
