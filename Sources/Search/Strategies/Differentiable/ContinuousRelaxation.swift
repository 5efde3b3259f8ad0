import Foundation
import Networks
import Randomness
import Torch

/// How a strategy that follows gradients makes a mixture of networks of its parameters.
enum ContinuousRelaxation {
  /// All choices, weighted by a softmax.
  ///
  /// Source: H. Liu et al., "DARTS: Differentiable Architecture Search", ICLR 2019, equation 2.
  case softmax

  /// The same, and every state weighted by a softmax over the states of its node.
  ///
  /// Source: Y. Xu et al., "PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture
  /// Search", ICLR 2020, equation 5.
  case normalizedEdges

  /// One choice, drawn by the Gumbel-max trick; the gradient is that of a softmax at a temperature.
  ///
  /// Source: X. Dong, Y. Yang, "Searching for a Robust Neural Architecture in Four GPU Hours", CVPR 2019,
  /// equations 3 and 4.
  case gumbel(temperature: Double)

  /// What every node of every cell does.
  ///
  /// - Parameter architecture: The values of `parameters` as a tensor, through which gradients flow.
  func selections(
    of parameters: ArchitectureParameters, from architecture: Tensor,
    using generator: inout some RandomNumberGenerator
  ) throws -> [[NodeSelection?]] {
    var cells: [[NodeSelection?]] = []
    for places in parameters.places {
      var nodes: [NodeSelection?] = []
      for place in places {
        nodes.append(try node(at: place, from: architecture, using: &generator))
      }
      cells.append(nodes)
    }
    return cells
  }

  private func node(
    at place: ArchitectureParameters.Place, from architecture: Tensor,
    using generator: inout some RandomNumberGenerator
  ) throws -> NodeSelection {
    func logits(_ range: Range<Int>) throws(TorchError) -> Tensor {
      try architecture.narrowed(axis: 0, from: range.lowerBound, count: range.count)
    }
    var edges: [Selection?] = []
    for range in place.edges {
      edges.append(try edge(logits(range), using: &generator))
    }
    let combination = try choice(logits(place.combination), using: &generator)
    var selection = NodeSelection(edges: edges, combination: combination)
    if case .normalizedEdges = self {
      selection.edgeFactors = try logits(place.states).softmax(axis: 0)
    }
    return selection
  }

  /// A choice whose first candidate means that the state is not read.
  private func edge(
    _ logits: Tensor, using generator: inout some RandomNumberGenerator
  ) throws -> Selection? {
    switch try choice(logits, using: &generator) {
    case .mixture(let weights):
      return .mixture(try weights.narrowed(axis: 0, from: 1, count: weights.elementCount - 1))
    case .one(let index, let factor):
      return index == 0 ? nil : .one(index - 1, factor: factor)
    }
  }

  private func choice(
    _ logits: Tensor, using generator: inout some RandomNumberGenerator
  ) throws -> Selection {
    guard case .gumbel(let temperature) = self else {
      return .mixture(try logits.softmax(axis: 0))
    }
    let noise = (0..<logits.elementCount).map { _ in
      -log(-log(max(generator.uniform(0..<1), .leastNonzeroMagnitude)))
    }
    let disturbed = try logits + Tensor(noise, shape: logits.shape).converted(to: logits.scalarType)
    let values = try disturbed.doubles()
    let best = values.indices.max { values[$0] < values[$1] } ?? 0
    let chance = try (disturbed / temperature).softmax(axis: 0)
      .narrowed(axis: 0, from: best, count: 1)
    // The number is one; the gradient is the chance's.
    return .one(best, factor: try 1 + (chance - chance.detached()))
  }
}
