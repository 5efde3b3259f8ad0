import Architecture
import Torch

/// A layer that may look at what else its node reads.
protocol ContextualLayer: Layer {
  /// The same layer, with the same weights, beside other features.
  ///
  /// - Parameter context: What else the node reads, as one feature map; `nil`: nothing.
  func beside(_ context: PartialFeatures?) -> any Layer
}

/// Adds to each voxel what it gathers by attention in its window of the context, as far as a gate lets it.
///
/// Queries are made of the features, keys and values of the context; both and the gathered values have maps
/// of their own. The gate sees the features and what was gathered, and has a factor from 0 to 1 for every
/// voxel and channel. An image whose context is absent keeps its features as they are. Without any context
/// the features are their own.
///
/// Source: see ``Architecture/Operation/crossModalAttention``. One head, no positions; windows of
/// ``Architecture/Combination/attentionWindow`` voxels that do not overlap.
struct CrossModalAttention: ContextualLayer {
  private let query: Convolution3D
  private let key: Convolution3D
  private let value: Convolution3D
  private let output: Convolution3D
  private let gate: Convolution3D
  private var context: PartialFeatures?

  init(channels: Int, using generator: inout some RandomNumberGenerator) throws(TorchError) {
    func map(from inputs: Int) throws(TorchError) -> Convolution3D {
      try Convolution3D(
        inChannels: inputs, outChannels: channels, kernel: [1, 1, 1], using: &generator)
    }
    query = try map(from: channels)
    key = try map(from: channels)
    value = try map(from: channels)
    output = try map(from: channels)
    gate = try map(from: 2 * channels)
  }

  func beside(_ context: PartialFeatures?) -> any Layer {
    var layer = self
    layer.context = context
    return layer
  }

  func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    let all = input.shape.prefix(1).flatMap { Array(repeating: true, count: $0) }
    let context = context ?? PartialFeatures(input, isPresent: all)
    guard let read = context.tensor else { return input }
    let windows = WindowPartition(of: input.shape, edge: Combination.attentionWindow)
    let gathered = try Attention.gather(
      queries: windows.split(query(input)), keys: windows.split(key(read)),
      values: windows.split(value(read)), bar: windows.bar(present: [context.isPresent]))
    let found = try context.masked(output(windows.joined(gathered)))
    let share = try gate(Tensor.concatenated([input, found], axis: 1)).sigmoid()
    return try input + share * found
  }

  var children: [(name: String, module: any Module)] {
    [
      (name: "query", module: query), (name: "key", module: key), (name: "value", module: value),
      (name: "output", module: output), (name: "gate", module: gate),
    ]
  }
}

extension [PartialFeatures] {
  /// The mean of those that each image has: what a node reads beside one of its edges. `nil` where there are
  /// none to begin with.
  func context() throws(TorchError) -> PartialFeatures? {
    guard !isEmpty else { return nil }
    let isPresent = isAnyPresent
    guard isPresent.contains(true) else { return PartialFeatures(nil, isPresent: isPresent) }
    var masked: [PartialFeatures] = []
    for part in self { masked.append(try part.masked()) }
    return PartialFeatures(try Mean()(masked), isPresent: isPresent)
  }
}
