import CKernels
import Foundation
import Measuring

/// Kernels one by one, on the sizes that a U-Net of 64³ patches has: convolutions, forward and backward, and
/// the passes over memory.
enum Kernels {
  /// [images, input channels, output channels, edge, kernel, stride], as in `kernels_peers.py`.
  private static let sizes: [[Int64]] = [
    [2, 16, 16, 64, 3, 1], [2, 32, 16, 64, 3, 1], [2, 16, 32, 64, 3, 2], [2, 32, 32, 32, 3, 1],
    [2, 64, 64, 16, 3, 1], [2, 128, 128, 8, 3, 1], [1, 32, 32, 32, 3, 1], [2, 16, 16, 64, 1, 1],
    [2, 8, 8, 32, 3, 1], [2, 8, 8, 32, 5, 1],
  ]

  static func measure(repetitions: Int) throws {
    for size in sizes {
      try Convolution(size).measure(repetitions: repetitions)
    }
    try Passes.measure(repetitions: repetitions)
  }
}

/// One convolution with its blocked tensors.
private final class Convolution {
  private var shape = ckernels_convolution()
  private let name: String
  private let operations: Double
  private var input: [Float]
  private var output: [Float]
  private var weight: [Float]

  init(_ size: [Int64]) {
    let (edge, kernel, stride) = (size[3], size[4], size[5])
    let reduced = (edge - 1) / stride + 1
    shape.batch = size[0]
    (shape.input_channels, shape.output_channels) = (size[1], size[2])
    shape.input = (edge, edge, edge)
    shape.output = (reduced, reduced, reduced)
    shape.kernel = (kernel, kernel, kernel)
    shape.stride = (stride, stride, stride)
    shape.padding = (kernel / 2, kernel / 2, kernel / 2)
    shape.dilation = (1, 1, 1)
    name = size.map(String.init).joined(separator: "-")
    let taps = kernel * kernel * kernel
    operations = Double(2 * size[0] * size[1] * size[2] * reduced * reduced * reduced * taps)
    func waves(_ count: Int64) -> [Float] { (0..<count).map { sin(Float($0 % 8191)) } }
    input = waves(size[0] * size[1] * edge * edge * edge)
    output = waves(size[0] * size[2] * reduced * reduced * reduced)
    weight = waves(size[1] * size[2] * taps)
  }

  func measure(repetitions: Int) throws {
    try report("forward", repetitions) {
      ckernels_convolution_forward(&shape, &output, input, weight, nil)
    }
    try report("data_gradient", repetitions) {
      ckernels_convolution_data_gradient(&shape, &input, output, weight, nil)
    }
    try report("weight_gradient", repetitions) {
      ckernels_weight_gradient(&shape, &weight, nil, input, output)
    }
  }

  private func report(_ kind: String, _ repetitions: Int, _ call: () -> Int32) throws {
    let figure = try Figure("kernels/\(name)/\(kind)/chiasm", repetitions: repetitions) {
      guard call() == 0 else { throw Refusal(String(cString: ckernels_last_error())) }
    }
    print(try figure.line(operations: operations))
  }
}
