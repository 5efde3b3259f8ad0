import Architecture
import Torch

extension Activation {
  /// The slope below zero, for those that have one slope there.
  var leakySlope: Double? {
    switch self {
    case .relu: 0
    case .leakyRelu: Initialization.slope
    case .silu, .gelu: nil
    }
  }

  /// Applies the function, and tells the probe of the scope what comes out.
  func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    let output =
      switch self {
      case .relu: try input.leakyReLU(slope: 0)
      case .leakyRelu: try input.leakyReLU(slope: Initialization.slope)
      case .silu: try input.silu()
      case .gelu: try input.gelu()
      }
    try ActivationProbe.see(output)
    return output
  }
}
