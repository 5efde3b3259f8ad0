extension BranchedGenotype {
  /// The channels of every state: the input's, then each layer's.
  private func channels(inputs: Int) -> [Int] { [inputs] + layers.map(\.channels) }

  /// The numbers that a layer's joined sources take; 0 where there is a single one.
  private func joined(_ layer: BranchedLayer, _ channels: [Int], voxels: Double) -> Double {
    guard layer.sources.count > 1 else { return 0 }
    let read = layer.sources.map { channels[$0] }
    let width = layer.merge == .sum ? read.max() ?? 0 : read.reduce(0, +)
    return FeatureMemory.blocked(width) * voxels
  }

  /// The largest number of float32 values held at once in one forward pass without gradients.
  func floats(inputs: Int, classes: Int, patch: [Int]) -> Double {
    let voxels = patch.reduce(1.0) { $0 * Double($1) }
    let channels = channels(inputs: inputs)
    var tally = FeatureTally()
    tally.holdImages(inputs, voxels: voxels)
    for layer in layers {
      let joined = joined(layer, channels, voxels: voxels)
      // A sum holds what is added up so far, a widened part, and both together.
      tally.touch((layer.merge == .sum ? 3 : 2) * joined)
      tally.hold(joined)
      tally.stage(blocks: 1, floats: FeatureMemory.blocked(layer.channels) * voxels)
      tally.release(joined)
    }
    tally.touchLogits(classes: classes, voxels: voxels)
    return tally.peak
  }

  /// What a forward pass leaves for the backward pass.
  func keep(in kept: inout KeptFeatures, inputs: Int, classes: Int, patch: [Int]) {
    let voxels = patch.reduce(1.0) { $0 * Double($1) }
    let channels = channels(inputs: inputs)
    kept.keepImages(inputs, together: true, voxels: voxels)
    for layer in layers {
      kept.keep(joined(layer, channels, voxels: voxels))
      kept.keepBlocks(1, channels: layer.channels, voxels: voxels)
      kept.passGradients(channels: layer.channels, voxels: voxels)
    }
    kept.keepLogits(classes: classes, voxels: voxels)
  }
}
