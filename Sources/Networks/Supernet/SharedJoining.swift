import Architecture
import Torch

/// A way to join features whose weights all subsets of the states share.
protocol SharedJoining: Module {
  /// Joins the features of the given states, which rise.
  func callAsFunction(_ features: [Tensor], of states: [Int]) throws(TorchError) -> Tensor

  /// The weights that a network of its own needs for the given states, by the names they have there.
  func weights(for states: [Int]) throws(TorchError) -> [(name: String, tensor: Tensor)]
}

/// Adds the features.
struct SharedSum: SharedJoining {
  func callAsFunction(_ features: [Tensor], of states: [Int]) throws(TorchError) -> Tensor {
    var total = features[0]
    for feature in features.dropFirst() { total = try total + feature }
    return total
  }

  func weights(for states: [Int]) -> [(name: String, tensor: Tensor)] { [] }
}

/// The mean of the features.
struct SharedMean: SharedJoining {
  func callAsFunction(_ features: [Tensor], of states: [Int]) throws(TorchError) -> Tensor {
    try SharedSum()(features, of: states) / Double(features.count)
  }

  func weights(for states: [Int]) -> [(name: String, tensor: Tensor)] { [] }
}

/// Puts the channels side by side and projects them; every state has its columns of the projection.
struct SharedProjection: SharedJoining {
  private let columns: StateColumns
  private let normalization: InstanceNormalization

  init(
    states: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    columns = try StateColumns(
      states: states, channels: channels, outChannels: channels, using: &generator)
    normalization = try InstanceNormalization(channels: channels)
  }

  func callAsFunction(_ features: [Tensor], of states: [Int]) throws(TorchError) -> Tensor {
    let joined = try Tensor.concatenated(features, axis: 1)
    let projected = try joined.convolution(
      weight: columns.weight(of: states), bias: columns.convolution.bias)
    return try normalization(projected, leakySlope: Initialization.slope)
  }

  func weights(for states: [Int]) throws(TorchError) -> [(name: String, tensor: Tensor)] {
    var weights = [
      (name: "projection.convolution.weight", tensor: try columns.weight(of: states))
    ]
    if let bias = columns.convolution.bias {
      weights.append((name: "projection.convolution.bias", tensor: bias))
    }
    return weights
      + normalization.weights.map {
        (name: "projection.normalization.\($0.name)", tensor: $0.tensor)
      }
  }

  var children: [(name: String, module: any Module)] {
    [
      (name: "convolution", module: columns.convolution),
      (name: "normalization", module: normalization),
    ]
  }
}

/// Adds the features with shares of every voxel; every state has its column and its row of the gate.
struct SharedGate: SharedJoining {
  private let columns: StateColumns

  init(
    states: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    columns = try StateColumns(
      states: states, channels: channels, outChannels: states, using: &generator)
  }

  func callAsFunction(_ features: [Tensor], of states: [Int]) throws(TorchError) -> Tensor {
    let gate = try parts(for: states)
    let shares = try Tensor.concatenated(features, axis: 1)
      .convolution(weight: gate.weight, bias: gate.bias).softmax(axis: 1)
    var total = try features[0] * shares.narrowed(axis: 1, from: 0, count: 1)
    for (index, feature) in features.enumerated().dropFirst() {
      total = try total + feature * shares.narrowed(axis: 1, from: index, count: 1)
    }
    return total
  }

  func weights(for states: [Int]) throws(TorchError) -> [(name: String, tensor: Tensor)] {
    let gate = try parts(for: states)
    return [(name: "gate.weight", tensor: gate.weight)]
      + (gate.bias.map { [(name: "gate.bias", tensor: $0)] } ?? [])
  }

  /// The rows and columns of the states.
  private func parts(for states: [Int]) throws(TorchError) -> (weight: Tensor, bias: Tensor?) {
    let weight = try columns.weight(of: states).parts(states, ofLength: 1, along: 0)
    return (weight, try columns.convolution.bias?.parts(states, ofLength: 1, along: 0))
  }

  var children: [(name: String, module: any Module)] {
    [(name: "convolution", module: columns.convolution)]
  }
}

/// A 1×1×1 convolution of all states side by side, from which those of some states can be taken.
private struct StateColumns {
  let convolution: Convolution3D
  private let channels: Int

  init(
    states: Int, channels: Int, outChannels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    self.channels = channels
    convolution = try Convolution3D(
      inChannels: states * channels, outChannels: outChannels, kernel: [1, 1, 1],
      using: &generator)
  }

  func weight(of states: [Int]) throws(TorchError) -> Tensor {
    try convolution.weight.parts(states, ofLength: channels, along: 1)
  }
}

extension Tensor {
  /// The parts with these numbers, each so long along an axis, put together again.
  fileprivate func parts(
    _ numbers: [Int], ofLength length: Int, along axis: Int
  ) throws(TorchError) -> Tensor {
    if numbers.count * length == shape[axis] { return self }
    var parts: [Tensor] = []
    for number in numbers {
      parts.append(try narrowed(axis: axis, from: number * length, count: length))
    }
    return try Tensor.concatenated(parts, axis: axis)
  }
}

extension Combination {
  /// The joining by this combination of any of so many states.
  func makeSharedJoining(
    states: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> any SharedJoining {
    switch self {
    case .sum: return SharedSum()
    case .mean: return SharedMean()
    case .concatenate:
      return try SharedProjection(states: states, channels: channels, using: &generator)
    case .gated: return try SharedGate(states: states, channels: channels, using: &generator)
    case .meanVariance:
      return SharedParts(whole: try MeanAndVariance(channels: channels, using: &generator))
    case .attention:
      return SharedParts(
        whole: try WindowedAttention(edges: states, channels: channels, using: &generator))
    case .bilinear:
      return SharedParts(
        whole: try LowRankProduct(edges: states, channels: channels, using: &generator))
    }
  }
}
