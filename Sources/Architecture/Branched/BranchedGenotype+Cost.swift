extension BranchedGenotype {
  /// The cost of the network, instance normalisation behind every block and a head included.
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
    let voxels = patch.reduce(1, *)
    var channels = [inputs]
    for layer in layers {
      let read = layer.sources.map { channels[$0] }
      var joined = read.reduce(0, +)
      if layer.merge == .sum {
        joined = read.max() ?? 0
        for other in read where other != joined {
          count.addConvolution(from: other, to: joined, kernel: [1, 1, 1], voxels: voxels)
        }
      }
      count.addBlock(
        from: joined, to: layer.channels, kernel: Array(repeating: layer.kernel, count: 3),
        voxels: voxels)
      channels.append(layer.channels)
    }
    count.addConvolution(
      from: channels[channels.count - 1], to: classes, kernel: [1, 1, 1], voxels: voxels)
    return Cost(parameters: count.parameters, multiplyAdds: count.multiplyAdds)
  }
}
