extension ChainGenotype {
  /// The cost of the chain.
  ///
  /// - Parameters:
  ///   - inputs: The channels of the patch: the number of modalities.
  ///   - classes: Background included.
  ///   - patch: Depth, height and width in voxels.
  public func cost(inputs: Int, classes: Int, patch: [Int]) -> Cost {
    precondition(
      inputs > 0 && classes > 1 && patch.count == 3 && patch.allSatisfy { $0 > 0 },
      "\(inputs) inputs, \(classes) classes, a patch of \(patch)")
    var count = ConvolutionCount()
    let voxels = grids(of: patch).map { $0.reduce(1, *) }
    var channels = inputs
    for (stage, voxels) in zip(encoder, voxels) {
      channels = add(stage, reading: channels, voxels: voxels, to: &count)
    }
    for (index, stage) in decoder.enumerated() {
      let level = encoder.count - 2 - index
      count.addUpsampling(from: channels, to: stage.channels, voxels: voxels[level])
      let joined = stage.channels + encoder[level].channels
      channels = add(stage, reading: joined, voxels: voxels[level], to: &count)
    }
    let last = voxels[encoder.count - 1 - decoder.count]
    count.addConvolution(from: channels, to: classes, kernel: 1, voxels: last)
    return count.cost
  }

  /// Adds the blocks of a stage, and returns its channels.
  private func add(
    _ stage: ChainStage, reading inputs: Int, voxels: Int, to count: inout ConvolutionCount
  ) -> Int {
    var channels = inputs
    for _ in 0..<stage.blocks {
      count.addConvolution(
        from: channels, to: stage.channels, kernel: stage.kernel, voxels: voxels)
      count.parameters += normalization.parameters(channels: stage.channels)
      channels = stage.channels
    }
    return channels
  }
}

/// Adds up what convolutions cost.
struct ConvolutionCount {
  var parameters = 0
  private var multiplyAdds = 0.0
  private var activations = 0.0

  /// A convolution with a bias and a cubic kernel; `voxels` are those of its output.
  mutating func addConvolution(from inputs: Int, to outputs: Int, kernel: Int, voxels: Int) {
    let taps = kernel * kernel * kernel * inputs * outputs
    parameters += taps + outputs
    multiplyAdds += Double(taps) * Double(voxels)
    activations += Double(outputs) * Double(voxels)
  }

  /// A transposed convolution whose kernel and stride are 2 voxels, with a bias.
  ///
  /// Every voxel of its output is touched by one tap per channel.
  mutating func addUpsampling(from inputs: Int, to outputs: Int, voxels: Int) {
    parameters += 8 * inputs * outputs + outputs
    multiplyAdds += Double(inputs * outputs) * Double(voxels)
    activations += Double(outputs) * Double(voxels)
  }

  var cost: Cost {
    Cost(parameters: parameters, multiplyAdds: multiplyAdds, activations: activations)
  }
}
