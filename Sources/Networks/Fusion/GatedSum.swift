import Torch

/// Adds the features with weights that every voxel chooses for itself and that add up to one over
/// those that are present.
///
/// Source: the gating of J. Arevalo et al., "Gated Multimodal Units for Information Fusion", ICLR
/// workshop 2017, here per voxel and with a softmax over any number of feature maps.
struct GatedSum: Joining {
  private let gate: Convolution3D

  init(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    gate = try Convolution3D(
      inChannels: edges * channels, outChannels: edges, kernel: [1, 1, 1], using: &generator)
  }

  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    let tensors = try features.filled()
    var preferences = try gate(Tensor.concatenated(tensors, axis: 1))
    if !features.areComplete { preferences = try preferences + Self.bar(features, preferences) }
    let shares = try preferences.softmax(axis: 1)
    var total: Tensor?
    for (index, tensor) in tensors.enumerated() where features[index].tensor != nil {
      let part = try tensor * shares.narrowed(axis: 1, from: index, count: 1)
      total = try total.map { sum throws(TorchError) in try sum + part } ?? part
    }
    guard let total else { preconditionFailure("no image has any features") }
    return total
  }

  /// What bars absent features from the softmax: `[batch, edges, 1, 1, 1]`.
  private static func bar(
    _ features: [PartialFeatures], _ preferences: Tensor
  ) throws(TorchError) -> Tensor {
    let images = features[0].isPresent.count
    let numbers = (0..<images).flatMap { image in
      features.map { $0.isPresent[image] ? 0 : Bar.score }
    }
    return try Tensor(numbers, shape: [images, features.count, 1, 1, 1])
      .converted(to: preferences.scalarType).moved(to: preferences.device)
  }

  var children: [(name: String, module: any Module)] {
    [(name: "gate", module: gate)]
  }
}
