extension ChainGenotype {
  /// The grid of every encoder stage for a patch, finest first: a convolution padded by half its kernel
  /// makes ⌈size / 2⌉ voxels.
  func grids(of patch: [Int]) -> [[Int]] {
    var grids = [patch]
    for _ in encoder.dropFirst() { grids.append(grids[grids.count - 1].map { ($0 + 1) / 2 }) }
    return grids
  }

  private func voxels(of patch: [Int]) -> [Double] {
    grids(of: patch).map { $0.reduce(1.0) { $0 * Double($1) } }
  }

  /// The feature maps that a block makes on its way.
  private var mapsPerBlock: Double {
    switch (normalization, activation) {
    // The kernel knows these activations.
    case (.none, _), (.instance, .relu), (.instance, .leakyRelu): 2
    case (.instance, _), (.batch, _), (.group, _): 3
    }
  }

  /// The largest number of float32 values held at once in one forward pass without gradients.
  func floats(inputs: Int, classes: Int, patch: [Int]) -> Double {
    let voxels = voxels(of: patch)
    var tally = FeatureTally()
    tally.holdImages(inputs, voxels: voxels[0])
    for (stage, voxels) in zip(encoder, voxels) { run(stage, voxels, in: &tally) }
    func floats(_ stage: ChainStage, _ level: Int) -> Double {
      FeatureMemory.blocked(stage.channels) * voxels[level]
    }
    var below = floats(encoder[encoder.count - 1], encoder.count - 1)
    for (index, stage) in decoder.enumerated() {
      let level = encoder.count - 2 - index
      let joined = FeatureMemory.blocked(stage.channels + encoder[level].channels) * voxels[level]
      // The doubled features and their copy beside the encoder's.
      tally.touch(joined + floats(stage, level))
      tally.hold(joined)
      run(stage, voxels[level], in: &tally)
      // The stage below and the encoder's features beside have been read.
      tally.release(joined + below + floats(encoder[level], level))
      below = floats(stage, level)
    }
    let last = voxels[encoder.count - 1 - decoder.count]
    tally.touchLogits(classes: classes, voxels: last)
    // What is enlarged is only cut to the image afterwards.
    let enlarged = last * Double(1 << (3 * (encoder.count - 1 - decoder.count)))
    if last < voxels[0] { tally.touch(Double(classes) * (last + enlarged)) }
    return tally.peak
  }

  private func run(_ stage: ChainStage, _ voxels: Double, in tally: inout FeatureTally) {
    let floats = FeatureMemory.blocked(stage.channels) * voxels
    tally.touch((mapsPerBlock + (stage.blocks > 1 ? 1 : 0)) * floats)
    tally.hold(floats)
  }

  /// What a forward pass leaves for the backward pass.
  func keep(in kept: inout KeptFeatures, inputs: Int, classes: Int, patch: [Int]) {
    let voxels = voxels(of: patch)
    kept.keepImages(inputs, together: true, voxels: voxels[0])
    func keepBlocks(of stage: ChainStage, _ voxels: Double) {
      let map = FeatureMemory.blocked(stage.channels) * voxels
      kept.keep(mapsPerBlock * Double(stage.blocks) * map)
      kept.pass(3 * map)
    }
    for (stage, voxels) in zip(encoder, voxels) { keepBlocks(of: stage, voxels) }
    for (index, stage) in decoder.enumerated() {
      let level = encoder.count - 2 - index
      let joined = stage.channels + encoder[level].channels
      kept.keep(FeatureMemory.blocked(joined) * voxels[level])
      keepBlocks(of: stage, voxels[level])
    }
    kept.keepLogits(classes: classes, voxels: voxels[0])
  }
}
