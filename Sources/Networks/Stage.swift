public import Torch

/// A few convolution blocks in a row on one level of the pyramid; the first may reduce the grid.
public struct Stage: Layer {
  private let blocks: [ConvolutionBlock]

  public init(
    inChannels: Int, outChannels: Int, kernel: [Int], stride: [Int] = [1, 1, 1], blocks count: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var blocks: [ConvolutionBlock] = []
    for index in 0..<count {
      blocks.append(
        try ConvolutionBlock(
          inChannels: index == 0 ? inChannels : outChannels, outChannels: outChannels,
          kernel: kernel, stride: index == 0 ? stride : [1, 1, 1], using: &generator))
    }
    self.blocks = blocks
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    var features = input
    for block in blocks { features = try block(features) }
    return features
  }

  public var children: [(name: String, module: any Module)] {
    blocks.enumerated().map { (name: "block\($0)", module: $1) }
  }
}
