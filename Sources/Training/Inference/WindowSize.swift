import Architecture
import Imaging

/// Chooses how large the windows of a case are.
///
/// The choice depends on the case's size and the promised memory alone, never on the machine, so a
/// case gets the same mask everywhere.
struct WindowSize {
  let plan: Plan
  let design: NetworkDesign
  let options: InferenceOptions

  /// The windows' size along x, y and z, from the patch's up to the scale's, but no
  /// longer than the case.
  ///
  /// - Parameter name: The case's, for the error.
  /// - Throws: ``TrainingError/memoryTooSmall(caseName:needed:promised:)`` when not even windows of
  ///   the patch's size fit.
  func choose(for size: SIMD3<Int>, of name: String) throws(TrainingError) -> [Int] {
    let needed = bytes(window: plan.patchSize, size: size)
    guard needed <= Double(options.memory) else {
      throw .memoryTooSmall(caseName: name, needed: needed, promised: options.memory)
    }
    let reduction = plan.topology.reduction.reversed().map { $0 }
    var window = (0..<3).map { axis in
      let longest = Int(Double(plan.patchSize[axis]) * options.windowScale)
      let whole = (size[axis] + reduction[axis] - 1) / reduction[axis] * reduction[axis]
      let wanted = min(longest / reduction[axis] * reduction[axis], whole)
      return max(wanted, plan.patchSize[axis])
    }
    while bytes(window: window, size: size) > Double(options.memory) {
      // Shorten the axis along which the window is longest in patches.
      let axis = (0..<3).max { relative(window, $0) < relative(window, $1) } ?? 0
      window[axis] = max(plan.patchSize[axis], window[axis] - reduction[axis])
    }
    return window
  }

  private func relative(_ window: [Int], _ axis: Int) -> Double {
    Double(window[axis]) / Double(plan.patchSize[axis])
  }

  /// What a case and its windows take: images, sums, weights and scores of the case, and the
  /// features of one window.
  private func bytes(window: [Int], size: SIMD3<Int>) -> Double {
    let padded = (0..<3).reduce(1.0) { $0 * Double(max(size[$1], window[$1])) }
    let perVoxel = Double(design.modalities.count * 2 + plan.topology.classes * 2 + 1)
    let features = FeatureMemory.floats(
      of: design, topology: plan.topology, patch: window.reversed())
    let weights = window.reduce(1.0) { $0 * Double($1) }
    return 4 * (padded * perVoxel + features + weights)
  }
}
