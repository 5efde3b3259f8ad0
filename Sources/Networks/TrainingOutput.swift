import Architecture
public import Torch

/// What a network gives while it is trained.
public struct TrainingOutput {
  /// `[batch, classes, …]`: at full resolution, then those of coarser levels where they were wanted.
  public let logits: [Tensor]

  /// One term per coordinated level, finest first.
  public let coordination: [CoordinationTerm]

  /// The terms times their weights, added up; `nil` where no level is coordinated.
  public func coordinationLoss() throws(TorchError) -> Tensor? {
    var total: Tensor?
    for term in coordination {
      let part = try term.value * term.coordination.weight
      total = try total.map { sum throws(TorchError) in try sum + part } ?? part
    }
    return total
  }
}
