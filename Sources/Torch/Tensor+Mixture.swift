internal import CTorch

extension Tensor {
  /// One of the operations that a mixed operation weighs. Each keeps the image's size and channels.
  ///
  /// The convolutions read the image behind a leaky ReLU. All but ``nothing`` and ``skip`` end with an
  /// instance normalisation without scale and shift.
  public enum Candidate {
    /// Contributes zero, but has a share.
    case nothing
    /// The image itself.
    case skip
    /// `weight` is `[channels, channels, d, h, w]`, all lengths odd.
    case convolution(weight: Tensor, dilation: Int = 1)
    /// Each channel by itself with `depthwise`, `[channels, 1, d, h, w]`, then across channels with
    /// `pointwise`, `[channels, channels, 1, 1, 1]`.
    case separable(depthwise: Tensor, pointwise: Tensor, dilation: Int = 1)
    /// The mean of every window of 3³; voxels outside do not count.
    case averagePool
    /// The maximum of every window of 3³.
    case maxPool
  }

  /// The sum of what candidate operations make of these images, each times its share.
  ///
  /// On the processor in float32 the candidates share the activation, nothing normalised is ever
  /// written, and only the convolutions' results are kept for the gradient. It can be differentiated
  /// twice.
  ///
  /// - Parameters:
  ///   - candidates: At most 31.
  ///   - shares: `[candidates.count]`; gradients flow to them.
  ///   - leakySlope: The slope below zero of the leaky ReLU in front of convolutions.
  ///   - epsilon: What is added to the variances.
  ///
  /// **Source:** H. Liu, K. Simonyan, Y. Yang, "DARTS: Differentiable Architecture Search", ICLR 2019,
  /// equation 2.
  public func mixed(
    _ candidates: [Candidate], shares: Tensor, leakySlope: Double = 0.01, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try withExtendedLifetime(candidates) { () throws(TorchError) in
      try Tensor.make(
        "mixture of \(candidates.count) candidates of \(shape) with the shares \(shares.shape)"
      ) {
        ctorch_mixed(
          &$0, pointer, shares.pointer, candidates.map(\.inC), candidates.count, leakySlope, epsilon
        )
      }
    }
  }
}

extension Tensor.Candidate {
  /// Valid while the candidate's weights live.
  fileprivate var inC: ctorch_candidate {
    var result = ctorch_candidate()
    result.dilation = 1
    switch self {
    case .nothing: result.kind = Int32(CTORCH_NOTHING)
    case .skip: result.kind = Int32(CTORCH_SKIP)
    case .convolution(let weight, let dilation):
      result.kind = Int32(CTORCH_CONVOLUTION)
      result.weight = weight.pointer
      result.dilation = dilation
    case .separable(let depthwise, let pointwise, let dilation):
      result.kind = Int32(CTORCH_SEPARABLE)
      result.weight = depthwise.pointer
      result.pointwise = pointwise.pointer
      result.dilation = dilation
    case .averagePool: result.kind = Int32(CTORCH_AVERAGE)
    case .maxPool: result.kind = Int32(CTORCH_MAXIMUM)
    }
    return result
  }
}
