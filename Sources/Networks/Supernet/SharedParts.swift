import Torch

/// A joining of which every edge has parts of its own or none, so that it can be told to forget some edges.
protocol PartedJoining: Joining {
  /// The joining of these edges alone, in this order, with the weights that it has for them.
  func keeping(_ edges: [Int]) -> Self
}

/// Joins any subset of the states with the parts that these have in a joining of all of them.
struct SharedParts<Whole: PartedJoining>: SharedJoining {
  /// Joins all states.
  let whole: Whole

  func callAsFunction(_ features: [Tensor], of states: [Int]) throws(TorchError) -> Tensor {
    let parts = features.map { feature in
      PartialFeatures(feature, isPresent: Array(repeating: true, count: feature.shape[0]))
    }
    return try whole.keeping(states)(parts)
  }

  func weights(for states: [Int]) -> [(name: String, tensor: Tensor)] {
    whole.keeping(states).namedWeights
  }

  var children: [(name: String, module: any Module)] { whole.children }
}
