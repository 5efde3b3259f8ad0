internal import CTorch

extension Tensor {
  /// Each channel of each image brought to mean 0 and variance 1 as ``instanceNormalized`` does it,
  /// but with the mean and the variance of the windows around each voxel instead of the whole image.
  ///
  /// What a window's statistics make of a number, a factor and a summand, is averaged over the
  /// windows that hold a tile and interpolated between the middles of tiles. With one window per
  /// axis it is instance normalisation. No gradient flows through it.
  ///
  /// - Parameters:
  ///   - axes: Those of depth, height and width.
  ///   - scale: One factor per channel.
  ///   - shift: One summand per channel.
  ///   - leakySlope: The slope below zero of the leaky ReLU that follows; 1 for none.
  public func locallyNormalized(
    axes: [StatisticsAxis], scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Double = 1e-5,
    leakySlope: Double = 1
  ) throws(TorchError) -> Tensor {
    precondition(axes.count == 3, "\(axes.count) axes of statistics, expected 3")
    let edges = axes.flatMap { $0.edges.map(Int64.init) }
    let weights = axes.flatMap(\.weights)
    return try Tensor.make(
      "local normalization of \(shape)\(Tensor.suffix(scale, "scale"))"
        + Tensor.suffix(shift, "shift")
    ) {
      ctorch_local_norm(
        &$0, pointer, scale?.pointer, shift?.pointer, edges, weights, axes.map(\.tiles),
        axes.map(\.window), epsilon, leakySlope)
    }
  }
}
