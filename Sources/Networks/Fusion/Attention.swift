import Torch

/// Scaled dot-product attention.
enum Attention {
  /// What each query gathers of the values.
  ///
  /// - Parameters:
  ///   - queries: `[windows, voxels, channels]`.
  ///   - keys: `[windows, answers, channels]`; so are the values.
  ///   - bar: Added to the scores, `[windows, 1, answers]`; `nil`: every answer may be chosen.
  static func gather(
    queries: Tensor, keys: Tensor, values: Tensor, bar: [Double]?
  ) throws(TorchError) -> Tensor {
    let shape = keys.shape
    var scores = try queries.matrixProduct(keys.permuted([0, 2, 1]))
    scores = try scores * (1 / Double(shape[2]).squareRoot())
    if let bar {
      let mask = try Tensor(bar, shape: [shape[0], 1, shape[1]])
        .converted(to: scores.scalarType).moved(to: scores.device)
      scores = try scores + mask
    }
    return try scores.softmax(axis: 2).matrixProduct(values)
  }
}
