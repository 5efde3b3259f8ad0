public import Torch

/// One vector per sample and modality: what coordinated representations are tied together by.
///
/// A sample is a patient, when features are pooled over the image, or a voxel. A modality that a
/// sample lacks has a row all the same, whose numbers are never read.
public struct Embeddings {
  /// Per modality, `[samples, features]`, all of one shape.
  public let views: [Tensor]

  /// Per modality, whether each sample has it.
  public let isPresent: [[Bool]]

  /// Creates embeddings.
  ///
  /// - Parameter isPresent: `nil` when every sample has every modality.
  /// - Throws: ``TorchError`` when there are fewer than two modalities, or shapes or counts differ.
  public init(_ views: [Tensor], isPresent: [[Bool]]? = nil) throws(TorchError) {
    let shapes = views.map(\.shape)
    let operation = "coordination of \(shapes)"
    guard views.count >= 2 else {
      throw TorchError(operation: operation, reason: "it takes two modalities or more")
    }
    guard shapes[0].count == 2, shapes.allSatisfy({ $0 == shapes[0] }) else {
      throw TorchError(
        operation: operation, reason: "every modality needs [samples, features], all of one shape")
    }
    let presence =
      isPresent
      ?? Array(
        repeating: Array(repeating: true, count: shapes[0][0]), count: views.count)
    guard presence.count == views.count, presence.allSatisfy({ $0.count == shapes[0][0] }) else {
      throw TorchError(
        operation: operation,
        reason: "presence is given for \(presence.map(\.count)) samples per modality")
    }
    (self.views, self.isPresent) = (views, presence)
  }

  /// The mean of a loss over all pairs of modalities, each over the samples that have both; a pair
  /// with fewer than `fewest` of them is left out. 0 when that leaves none.
  func meanOverPairs(
    fewest: Int, _ loss: (Tensor, Tensor) throws(TorchError) -> Tensor
  ) throws(TorchError) -> Tensor {
    var losses: [Tensor] = []
    for first in views.indices {
      for second in views.indices.dropFirst(first + 1) {
        let rows = isPresent[first].indices.filter { isPresent[first][$0] && isPresent[second][$0] }
        guard rows.count >= fewest else { continue }
        losses.append(try loss(views[first].rows(rows), views[second].rows(rows)))
      }
    }
    // The sum of no rows: a zero that can be differentiated like any other loss.
    guard !losses.isEmpty else { return try views[0].narrowed(axis: 0, from: 0, count: 0).sum() }
    return try Tensor.stacked(losses).mean()
  }
}

extension Tensor {
  /// Each row divided by its length; one much shorter than `epsilon` points nowhere, and becomes zero
  /// without a gradient, which would otherwise be as large as the row is short.
  func unitRows(epsilon: Double = 1e-6) throws(TorchError) -> Tensor {
    let squares = try (self * self).sum(overAxes: [1], keepingAxes: true)
    let floor = try Tensor.filled(
      with: epsilon * epsilon, [1, 1], type: scalarType, device: device)
    let floored = try squares.larger(than: floor)
    return try self / floored.squareRoot() * (squares / floored).detached()
  }

  /// Each column less its mean.
  func centredColumns() throws(TorchError) -> Tensor {
    try self - mean(overAxes: [0], keepingAxes: true)
  }
}
