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
    var count = CostCount()
    let voxels = grids(of: patch).map { $0.reduce(1, *) }
    var channels = inputs
    for (stage, voxels) in zip(encoder, voxels) {
      channels = add(stage, reading: channels, voxels: voxels, to: &count)
    }
    for (index, stage) in decoder.enumerated() {
      let level = encoder.count - 2 - index
      // What is cut off afterwards is computed too.
      count.addUpsampling(
        from: channels, to: stage.channels, stride: [2, 2, 2], voxels: 8 * voxels[level + 1])
      let joined = stage.channels + encoder[level].channels
      channels = add(stage, reading: joined, voxels: voxels[level], to: &count)
    }
    let last = voxels[encoder.count - 1 - decoder.count]
    count.addConvolution(from: channels, to: classes, kernel: [1, 1, 1], voxels: last)
    return Cost(parameters: count.parameters, multiplyAdds: count.multiplyAdds)
  }

  /// Adds the blocks of a stage, and returns its channels.
  private func add(
    _ stage: ChainStage, reading inputs: Int, voxels: Int, to count: inout CostCount
  ) -> Int {
    var channels = inputs
    for _ in 0..<stage.blocks {
      count.addConvolution(
        from: channels, to: stage.channels, kernel: Array(repeating: stage.kernel, count: 3),
        voxels: voxels)
      count.add(normalization, channels: stage.channels)
      channels = stage.channels
    }
    return channels
  }
}
