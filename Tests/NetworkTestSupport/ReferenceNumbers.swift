internal import Foundation
public import Networks
public import Torch

// What the scripts in Tests/Reference fill networks and images with.

/// Element j of image number m is sin(0.13 · j + m).
public func image(_ number: Int, _ shape: [Int]) throws(TorchError) -> Tensor {
  let values = (0..<shape.reduce(1, *)).map { sin(0.13 * Double($0) + Double(number)) }
  return try Tensor(values, shape: shape)
}

extension Module {
  /// Makes all weights float64 and fills them by a formula in which each name gives the phase.
  public func fillByName() throws(TorchError) {
    try moveWeights(to: .cpu, type: .float64)
    for (name, tensor) in namedWeights {
      let phase = Double(name.utf8.reduce(0) { $0 + Int($1) })
      let offset = name.hasSuffix("scale") ? 1.0 : 0
      let values = (0..<tensor.elementCount).map { offset + 0.4 * sin(phase + 0.37 * Double($0)) }
      try tensor.copyValues(from: try Tensor(values, shape: tensor.shape))
    }
  }
}
