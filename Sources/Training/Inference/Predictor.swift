import Architecture
public import Imaging
public import Networks
public import Torch

/// Segments whole cases with a trained network, window by window.
///
/// A case may lack modalities: the network then works with those that are there.
public struct Predictor {
  public let network: SegmentationNetwork
  public let plan: Plan
  public let device: Device
  public let options: InferenceOptions

  /// How many threads bring scans on to the network's grid and masks back, at most; `nil` for one per
  /// core. What libtorch computes with is its own setting, `TorchRuntime.threads`.
  public let threads: Int?

  public init(
    network: SegmentationNetwork, plan: Plan, device: Device = .cpu,
    options: InferenceOptions = InferenceOptions(), threads: Int? = nil
  ) {
    self.threads = threads
    self.network = network
    self.plan = plan
    self.device = device
    self.options = options
  }

  /// The mask of a case on the original grid of its reference scan, its only one where scans share no
  /// space.
  ///
  /// - Parameter modalities: Those of the network's to use where they are there; `nil`: all. The
  ///   reference scan gives the grid even when it is not among them.
  /// - Throws: ``TrainingError`` when the case lacks what the network needs, and `TorchError`.
  public func labelMap(
    of scanned: Case, using modalities: [String]? = nil,
    onWindow: (Int, Int) -> Void = { _, _ in }
  ) throws -> LabelMap {
    let prepared = try Preprocessing(plan: plan, threads: threads)(
      scanned, modalities: modalities ?? network.design.modalities)
    let reference = try plan.referenceScan(of: scanned)
    return try scores(of: prepared, onWindow: onWindow)
      .labelMap(on: reference.volume.geometry, labels: plan.labels, threads: threads)
  }

  /// The network's mean score for every class and voxel of the working grid.
  ///
  /// One window's features exist at a time, beside the accumulated scores.
  ///
  /// - Parameter onWindow: Told how many windows of how many are done.
  /// - Throws: ``TrainingError/missingModalities(caseName:expected:)`` when the case has nothing that
  ///   the network reads, other ``TrainingError``s, and `TorchError`.
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
    let presence = try presence(of: images, in: prepared.name)
    let scores = try withoutGradients {
      let tensors = try WindowTensors(
        images, size: geometry.size, grid: grid, classes: plan.topology.classes, device: device)
      for (index, corner) in grid.corners.enumerated() {
        try tensors.add(logits(of: tensors.inputs(at: corner), presence), at: corner)
        onWindow(index + 1, grid.corners.count)
      }
      return try tensors.means()
    }
    guard scores.allSatisfy(\.isFinite) else {
      throw TrainingError.scoresNotFinite(caseName: prepared.name)
    }
    return ScoreMap(geometry: geometry, classes: plan.topology.classes, values: scores)
  }

  private func logits(of inputs: [Tensor], _ presence: Presence) throws(TorchError) -> Tensor {
    let patch = Array(plan.patchSize.reversed())
    let image = Array(inputs[0].shape.suffix(3))
    guard options.statistics == .local, image != patch else {
      return try averaged(inputs, presence)
    }
    return try withLocalStatistics(LocalStatistics(patch: patch, image: image)) {
      () throws(TorchError) in try averaged(inputs, presence)
    }
  }

  private func averaged(_ inputs: [Tensor], _ presence: Presence) throws(TorchError) -> Tensor {
    options.mirrors
      ? try Mirroring.logits(of: network, for: inputs, presence: presence)
      : try network(inputs, presence: presence)[0]
  }

  /// Which of the network's modalities there are.
  func presence(
    of images: [[Float]?], in caseName: String
  ) throws(TrainingError) -> Presence {
    let isPresent = images.map { $0 != nil }
    let design = network.design
    guard zip(isPresent, design.isRead).contains(where: { $0 && $1 }) else {
      throw .missingModalities(
        caseName: caseName,
        expected: zip(design.modalities, design.isRead).filter(\.1).map(\.0))
    }
    return .uniform(isPresent, images: 1)
  }
}
