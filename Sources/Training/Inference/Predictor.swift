import Architecture
public import Imaging
public import Networks
public import Torch

/// Segments whole cases with a trained network, window by window.
public struct Predictor {
  public let network: SegmentationNetwork
  public let plan: Plan
  public let device: Device

  /// The distance of neighbouring windows as a share of the patch; nnU-Net's value is 0.5.
  public let step: Double

  public init(
    network: SegmentationNetwork, plan: Plan, device: Device = .cpu, step: Double = 0.5
  ) {
    self.network = network
    self.plan = plan
    self.device = device
    self.step = step
  }

  /// The mask of a case on the original grid of its reference scan.
  ///
  /// - Throws: ``TrainingError`` when the case lacks what the network needs, and `TorchError`.
  public func labelMap(of scanned: Case, onWindow: (Int, Int) -> Void = { _, _ in }) throws
    -> LabelMap
  {
    let prepared = try Preprocessing(plan: plan)(scanned, modalities: network.design.modalities)
    guard let reference = scanned.scans[plan.reference] else {
      throw TrainingError.missingReference(caseName: scanned.name, modality: plan.reference)
    }
    return try scores(of: prepared, onWindow: onWindow)
      .labelMap(on: reference.volume.geometry, labels: plan.labels)
  }

  /// The network's mean score for every class and voxel of the working grid.
  ///
  /// One window's tensors exist at a time, beside the accumulated scores.
  ///
  /// - Parameter onWindow: Told how many windows of how many are done.
  ///
  /// Source: the Gaussian-weighted sliding window of F. Isensee et al., "nnU-Net", 2021.
  public func scores(
    of prepared: PreprocessedCase, onWindow: (Int, Int) -> Void = { _, _ in }
  ) throws -> ScoreMap {
    let geometry = prepared.geometry
    let classes = plan.topology.classes
    let grid = WindowGrid(size: geometry.size, window: plan.patchSize, step: step)
    var sums = [Float](repeating: 0, count: classes * geometry.voxelCount)
    var weights = [Float](repeating: 0, count: geometry.voxelCount)
    let positions = try plan.positions(of: network.design.modalities)
    for (index, corner) in grid.corners.enumerated() {
      let logits = try withoutGradients {
        try network(window(of: prepared, at: corner, modalities: positions))[0].floats()
      }
      add(logits, at: corner, of: geometry.size, weighing: grid.weights, to: &sums, &weights)
      onWindow(index + 1, grid.corners.count)
    }
    divide(&sums, by: weights)
    guard sums.allSatisfy(\.isFinite) else {
      throw TrainingError.scoresNotFinite(caseName: prepared.name)
    }
    return ScoreMap(geometry: geometry, classes: classes, values: sums)
  }

  /// The inputs of one window, zero where it leaves the case or a modality is missing.
  private func window(
    of prepared: PreprocessedCase, at corner: SIMD3<Int>, modalities: [Int]
  ) throws(TorchError) -> [Tensor] {
    var tensors: [Tensor] = []
    for modality in modalities {
      var values = [Float](repeating: 0, count: plan.patchVoxels)
      if let image = prepared.images[modality] {
        WindowRows.forEach(window: plan.patchSize, at: corner, of: prepared.geometry.size) {
          inWindow, inCase, count in
          values.withUnsafeMutableBufferPointer { target in
            image.withUnsafeBufferPointer { source in
              for x in 0..<count { target[inWindow + x] = source[inCase + x] }
            }
          }
        }
      }
      tensors.append(try Tensor(values, shape: [1, 1] + plan.patchShape).moved(to: device))
    }
    return tensors
  }

  private func add(
    _ logits: [Float], at corner: SIMD3<Int>, of size: SIMD3<Int>, weighing importance: [Float],
    to sums: inout [Float], _ weights: inout [Float]
  ) {
    let voxels = size.x * size.y * size.z
    let classes = plan.topology.classes
    WindowRows.forEach(window: plan.patchSize, at: corner, of: size) { inWindow, inCase, count in
      for x in 0..<count { weights[inCase + x] += importance[inWindow + x] }
      for label in 0..<classes {
        let from = label * plan.patchVoxels + inWindow
        let to = label * voxels + inCase
        for x in 0..<count { sums[to + x] += logits[from + x] * importance[inWindow + x] }
      }
    }
  }

  private func divide(_ sums: inout [Float], by weights: [Float]) {
    for label in 0..<plan.topology.classes {
      let base = label * weights.count
      for voxel in weights.indices { sums[base + voxel] /= weights[voxel] }
    }
  }
}

/// The rows that a window shares with a case.
enum WindowRows {
  /// Calls `body` with the index of a row's first shared voxel in the window and in the case, and
  /// the number of shared voxels.
  static func forEach(
    window: [Int], at corner: SIMD3<Int>, of size: SIMD3<Int>, _ body: (Int, Int, Int) -> Void
  ) {
    let first = max(0, -corner.x)
    let count = min(window[0], size.x - corner.x) - first
    guard count > 0 else { return }
    for z in 0..<window[2] {
      guard (0..<size.z).contains(corner.z + z) else { continue }
      for y in 0..<window[1] where (0..<size.y).contains(corner.y + y) {
        let inWindow = first + window[0] * (y + window[1] * z)
        let inCase = corner.x + first + size.x * (corner.y + y + size.y * (corner.z + z))
        body(inWindow, inCase, count)
      }
    }
  }
}
