import Architecture
import Imaging

/// A patch and the pyramid that fits it, axes x, y, z.
///
/// An axis is halved from one level to the next as long as its voxels are not more than twice as
/// coarse as the finest axis's and at least four voxels remain; its kernel is 1 until then.
///
/// Source: the pooling rule of F. Isensee et al., "nnU-Net", Nature Methods 18, 2021.
struct PatchLayout {
  static let levelRange = 3...5

  /// The patch along x, y and z, in voxels.
  let patchSize: [Int]

  /// Per level the factor by which the level before is reduced, along x, y and z.
  let strides: [[Int]]

  /// Per level the convolutions' size along x, y and z.
  let kernels: [[Int]]

  /// Chooses the largest patch within the budget that has the median case's proportions.
  static func choose(
    for grids: [Geometry], spacing: [Double], options: PlanOptions
  ) throws(TrainingError) -> PatchLayout {
    guard options.levels == 0 || levelRange.contains(options.levels) else {
      throw .badPlan(
        problem: "\(options.levels) levels were asked for",
        advice: "A pyramid has 3 to 5 levels; 0 lets the data decide.")
    }
    guard (1...4096).contains(options.baseChannels), (1...4096).contains(options.maximumChannels),
      options.batchSize > 0, options.blocksPerLevel > 0, options.patchVoxels >= 512
    else {
      throw .badPlan(
        problem: "a channel, block, batch or patch size of the plan is out of bounds",
        advice: "Channels are 1 to 4096, blocks and batch size start at 1, patchVoxels at 512.")
    }
    if !options.patchSize.isEmpty {
      return try fixed(options.patchSize, spacing: spacing, levels: options.levels)
    }
    let shape = WorkingSpacing.medianShape(of: grids, spacing: spacing)
    var patch = shape.map { max(1, Int($0.rounded())) }
    while true {
      let layout = make(patch, spacing: spacing, levels: options.levels)
      if layout.patchSize.reduce(1, *) <= options.patchVoxels { return try layout.checked() }
      // Shrink the axis of which the patch sees most, among those that can shrink.
      let shrinkable = (0..<3).filter {
        layout.patchSize[$0] - layout.reduction(alongAxis: $0) >= 4
      }
      let axis = shrinkable.max {
        Double(layout.patchSize[$0]) / shape[$0] < Double(layout.patchSize[$1]) / shape[$1]
      }
      guard let axis else { return try layout.checked() }
      patch = layout.patchSize
      patch[axis] -= layout.reduction(alongAxis: axis)
    }
  }

  /// Refuses a pyramid of one level.
  private func checked() throws(TrainingError) -> PatchLayout {
    guard strides.count > 1 else {
      throw .badPlan(
        problem: "cases of about \(patchSize) voxels are too small for a pyramid",
        advice: "Check the scans with `chiasm inspect`, or set a finer \"spacing\".")
    }
    return self
  }

  /// The network's levels for this patch; a level has twice the channels of the one before.
  func topology(options: PlanOptions, classes: Int) -> Topology {
    let levels = zip(kernels, strides).enumerated().map { index, level in
      Topology.Level(
        channels: min(options.baseChannels << index, options.maximumChannels),
        kernel: level.0.reversed(), stride: level.1.reversed())
    }
    return Topology(levels: levels, blocksPerLevel: options.blocksPerLevel, classes: classes)
  }

  /// How many voxels of the patch one voxel of the coarsest level stands for.
  private func reduction(alongAxis axis: Int) -> Int {
    strides.reduce(1) { $0 * $1[axis] }
  }

  private static func fixed(
    _ patch: [Int], spacing: [Double], levels: Int
  ) throws(TrainingError) -> PatchLayout {
    guard patch.count == 3, patch.allSatisfy({ (1...4096).contains($0) }) else {
      throw .badPlan(
        problem: "the patch \(patch) is not three sizes of 1 to 4096 voxels",
        advice: "Write it as [x, y, z], or [] to let the data decide.")
    }
    let layout = make(patch, spacing: spacing, levels: levels)
    guard layout.patchSize == patch else {
      throw .badPlan(
        problem: "the patch \(patch) cannot be halved as often as the levels ask",
        advice: "Use \(layout.patchSize) instead.")
    }
    return try layout.checked()
  }

  /// The pyramid of a patch; the patch is rounded up to what its levels can divide.
  private static func make(_ patch: [Int], spacing: [Double], levels wanted: Int) -> PatchLayout {
    let limit = wanted == 0 ? levelRange.upperBound : wanted
    let least = wanted == 0 ? levelRange.lowerBound : wanted
    var current = spacing
    var size = patch
    var strides = [[1, 1, 1]]
    var kernels = [kernel(for: current, patch: patch, before: [1, 1, 1])]
    while strides.count < limit {
      let finest = current.min() ?? 1
      let room = strides.count < least ? 2 : 8
      let stride = (0..<3).map { current[$0] <= 2 * finest && size[$0] >= room ? 2 : 1 }
      guard stride != [1, 1, 1] else { break }
      for axis in 0..<3 {
        current[axis] *= Double(stride[axis])
        size[axis] = (size[axis] + stride[axis] - 1) / stride[axis]
      }
      strides.append(stride)
      kernels.append(kernel(for: current, patch: patch, before: kernels[kernels.count - 1]))
    }
    let rounded = (0..<3).map { axis in
      let factor = strides.reduce(1) { $0 * $1[axis] }
      return (patch[axis] + factor - 1) / factor * factor
    }
    return PatchLayout(patchSize: rounded, strides: strides, kernels: kernels)
  }

  /// 3 along axes that are not more than twice as coarse as the finest, and once 3, always 3; 1 along
  /// an axis of one voxel, where there is nothing to convolve.
  private static func kernel(for spacing: [Double], patch: [Int], before: [Int]) -> [Int] {
    let finest = spacing.min() ?? 1
    return (0..<3).map { axis in
      patch[axis] > 1 && (before[axis] == 3 || spacing[axis] <= 2 * finest) ? 3 : 1
    }
  }
}
