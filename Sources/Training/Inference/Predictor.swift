import Architecture
public import Imaging
public import Networks
public import Torch

/// Segments whole cases with a trained network, window by window.
public struct Predictor {
  public let network: SegmentationNetwork
  public let plan: Plan
  public let device: Device
  public let options: InferenceOptions

  public init(
    network: SegmentationNetwork, plan: Plan, device: Device = .cpu,
    options: InferenceOptions = InferenceOptions()
  ) {
    self.network = network
    self.plan = plan
    self.device = device
    self.options = options
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
  /// One window's features exist at a time, beside the accumulated scores.
  ///
  /// - Parameter onWindow: Told how many windows of how many are done.
  ///
  /// Source: the Gaussian-weighted sliding window of F. Isensee et al., "nnU-Net", 2021.
  public func scores(
    of prepared: PreprocessedCase, onWindow: (Int, Int) -> Void = { _, _ in }
  ) throws -> ScoreMap {
    let geometry = prepared.geometry
    let size = WindowSize(plan: plan, design: network.design, options: options)
    let grid = WindowGrid(
      size: geometry.size, patch: plan.patchSize,
      window: try size.choose(for: geometry.size, of: prepared.name), step: options.step)
    let images = try plan.positions(of: network.design.modalities).map { prepared.images[$0] }
    let scores = try withoutGradients {
      let tensors = try WindowTensors(
        images, size: geometry.size, grid: grid, classes: plan.topology.classes, device: device)
      for (index, corner) in grid.corners.enumerated() {
        try tensors.add(logits(of: tensors.inputs(at: corner)), at: corner)
        onWindow(index + 1, grid.corners.count)
      }
      return try tensors.means()
    }
    guard scores.allSatisfy(\.isFinite) else {
      throw TrainingError.scoresNotFinite(caseName: prepared.name)
    }
    return ScoreMap(geometry: geometry, classes: plan.topology.classes, values: scores)
  }

  private func logits(of inputs: [Tensor]) throws(TorchError) -> Tensor {
    options.mirrors ? try Mirroring.logits(of: network, for: inputs) : try network(inputs)[0]
  }
}
