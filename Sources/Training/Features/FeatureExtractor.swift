import Architecture
import Imaging
import Networks
import Torch

/// Pools the features of a trained network over regions of a case, modality by modality.
struct FeatureExtractor {
  /// The network, and how cases are cut into windows. Mirror images and larger windows are not used.
  let predictor: Predictor
  let source: FeatureSource

  /// The most weights of regions in a window that are held at once; of more regions one part is worked on
  /// after the other.
  var mostWeights = 1 << 24

  /// One mean vector.
  struct Vector {
    /// A modality of the design, or ``EmbeddingTable/fusedName``.
    let modality: String
    let region: FeatureRegion
    let values: [Float]
  }

  /// A vector for each region and each modality that the case has and the network has features for,
  /// then one of what the decoder reads. A region without a voxel has none.
  ///
  /// - Throws: ``TrainingError`` when the case has nothing that the network reads, or a feature is
  ///   not finite, and `TorchError`.
  func vectors(
    of prepared: PreprocessedCase, over regions: [FeatureRegion]
  ) throws -> [Vector] {
    let (plan, design) = (predictor.plan, predictor.network.design)
    let size = WindowSize(plan: plan, design: design, options: predictor.options)
    let grid = WindowGrid(
      size: prepared.geometry.size, patch: plan.patchSize,
      window: try size.choose(for: prepared.geometry.size, of: prepared.name),
      step: predictor.options.step)
    let images = try plan.positions(of: design.modalities).map { prepared.images[$0] }
    let presence = try predictor.presence(of: images, in: prepared.name)
    let window = SIMD3(grid.window[0], grid.window[1], grid.window[2])
    let parts = parts(of: regions, in: prepared, window: window)
    let names = design.modalities + [EmbeddingTable.fusedName]
    var means = names.map { _ in RegionMeans(regions: regions.count) }
    try withoutGradients {
      let tensors = try WindowTensors(
        images, size: prepared.geometry.size, grid: grid, classes: 1, device: predictor.device)
      for corner in grid.corners {
        var maps: [Tensor?]?
        for (first, weights) in parts {
          let found = weights(at: corner, window: window, importance: grid.weights)
          guard found.contains(where: { $0.contains { $0 > 0 } }) else { continue }
          let present = try maps ?? features(of: tensors.inputs(at: corner), presence)
          maps = present
          for (index, map) in present.enumerated() {
            if let map { try means[index].add(map, weighted: found, from: first) }
          }
        }
      }
    }
    return try zip(names, means).flatMap { name, means in
      try zip(regions, means.values).compactMap { region, values in
        try values.map { try vector(name, region, $0, of: prepared.name) }
      }
    }
  }

  /// The maps of a window: of each modality of the design, then of what the decoder reads.
  private func features(
    of inputs: [Tensor], _ presence: Presence
  ) throws(TorchError) -> [Tensor?] {
    let found = try predictor.network.features(
      of: inputs, presence: presence, level: source.level,
      isProjected: source.kind == .projection)
    return found.modalities + [found.fused]
  }

  /// The regions in parts, each with the place of its first.
  private func parts(
    of regions: [FeatureRegion], in prepared: PreprocessedCase, window: SIMD3<Int>
  ) -> [(first: Int, weights: RegionWeights)] {
    let cells = (0..<3).reduce(1) { $0 * (window[$1] / reduction[$1]) }
    let most = max(1, mostWeights / max(1, cells))
    return stride(from: 0, to: regions.count, by: most).map { first in
      let part = Array(regions[first..<min(first + most, regions.count)])
      return (
        first,
        RegionWeights(
          part, classes: prepared.classes, size: prepared.geometry.size, reduction: reduction)
      )
    }
  }

  private func vector(
    _ modality: String, _ region: FeatureRegion, _ values: [Double], of name: String
  ) throws(TrainingError) -> Vector {
    guard values.allSatisfy(\.isFinite) else { throw .featuresNotFinite(caseName: name) }
    return Vector(modality: modality, region: region, values: values.map { Float($0) })
  }

  /// How many voxels of the working grid a feature voxel stands for along x, y and z.
  private var reduction: SIMD3<Int> {
    let levels = predictor.plan.topology.levels.prefix(source.level + 1)
    let shape = (0..<3).map { axis in levels.reduce(1) { $0 * $1.stride[axis] } }
    return SIMD3(shape[2], shape[1], shape[0])
  }
}

/// Weighted means over regions, summed up window by window.
private struct RegionMeans {
  private var sums: [[Double]]
  private var totals: [Double]

  init(regions: Int) {
    sums = Array(repeating: [], count: regions)
    totals = Array(repeating: 0, count: regions)
  }

  /// - Parameters:
  ///   - features: `[1, channels, depth, height, width]`.
  ///   - weights: Of some regions in a row.
  ///   - first: The place of the first of them.
  mutating func add(
    _ features: Tensor, weighted weights: [[Float]], from first: Int
  ) throws(TorchError) {
    let (channels, cells) = (features.shape[1], weights.first?.count ?? 0)
    let matrix = try Tensor(weights.flatMap(\.self), shape: [weights.count, cells])
      .moved(to: features.device)
    let products = try matrix.matrixProduct(
      features.reshaped([channels, cells]).transposed()
    ).doubles()
    for (row, weights) in weights.enumerated() {
      let region = first + row
      if sums[region].isEmpty { sums[region] = Array(repeating: 0, count: channels) }
      for channel in 0..<channels {
        sums[region][channel] += products[row * channels + channel]
      }
      totals[region] += weights.reduce(0) { $0 + Double($1) }
    }
  }

  /// Per region its mean, `nil` where nothing was added.
  var values: [[Double]?] {
    zip(sums, totals).map { sum, total in total > 0 ? sum.map { $0 / total } : nil }
  }
}
