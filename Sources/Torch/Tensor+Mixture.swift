internal import CTorch

extension Tensor {
  /// One of the operations that a mixed operation weighs. Each keeps the image's size and channels.
  ///
  /// Convolutions end with an instance normalisation; a leaky ReLU comes in front of them or behind.
  public enum Candidate {
    /// Contributes zero, but has a share.
    case nothing
    /// The image itself.
    case skip
    /// `weight` is `[channels, channels, d, h, w]`, all lengths odd; what the convolution adds and what
    /// its normalisation multiplies with and adds have one number per channel.
    case convolution(
      weight: Tensor, dilation: Int = 1, bias: Tensor? = nil, scale: Tensor? = nil,
      shift: Tensor? = nil)
    /// Each channel by itself with `depthwise`, `[channels, 1, d, h, w]`, then across channels with
    /// `pointwise`, `[channels, channels, 1, 1, 1]`.
    case separable(
      depthwise: Tensor, pointwise: Tensor, dilation: Int = 1, bias: Tensor? = nil,
      scale: Tensor? = nil, shift: Tensor? = nil)
    /// The mean of every window of 3³; voxels outside do not count.
    case averagePool
    /// The maximum of every window of 3³.
    case maxPool
    /// What something else made of the image, of its shape.
    case image(Tensor)
  }

  /// Where candidates have their leaky ReLU.
  public enum CandidateActivation {
    /// In front of convolutions, as in DARTS; pools are normalised, too.
    case first
    /// Behind the normalisation of convolutions, as in U-Nets; pools stay as they are.
    case last
  }

  /// The sum of what candidate operations make of these images, each times its share.
  ///
  /// On the processor in float32 the candidates share an activation that comes first, nothing normalised
  /// is ever written, and only the convolutions' results are kept for the gradient. It can be
  /// differentiated twice.
  ///
  /// - Parameters:
  ///   - shares: `[candidates.count]`; gradients flow to them.
  ///   - leakySlope: The leaky ReLU's slope below zero.
  ///   - epsilon: What is added to the variances.
  ///
  /// **Source:** H. Liu, K. Simonyan, Y. Yang, "DARTS: Differentiable Architecture Search", ICLR 2019,
  /// equation 2.
  public func mixed(
    _ candidates: [Candidate], shares: Tensor, activating activation: CandidateActivation = .first,
    leakySlope: Double = 0.01, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try withExtendedLifetime(candidates) { () throws(TorchError) in
      try Tensor.make(
        "mixture of \(candidates.count) candidates of \(shape) with the shares \(shares.shape)"
      ) {
        ctorch_mixed(
          &$0, pointer, shares.pointer, candidates.map(\.inC), candidates.count,
          activation == .first ? 1 : 0, leakySlope, epsilon)
      }
    }
  }
}

extension Tensor.Candidate {
  /// Valid while the candidate's tensors live.
  fileprivate var inC: ctorch_candidate {
    var result = ctorch_candidate()
    result.dilation = 1
    switch self {
    case .nothing: result.kind = Int32(CTORCH_NOTHING)
    case .skip: result.kind = Int32(CTORCH_SKIP)
    case .convolution(let weight, let dilation, let bias, let scale, let shift):
      result.kind = Int32(CTORCH_CONVOLUTION)
      result.weight = weight.pointer
      result.dilation = dilation
      (result.bias, result.scale, result.shift) = (bias?.pointer, scale?.pointer, shift?.pointer)
    case .separable(let depthwise, let pointwise, let dilation, let bias, let scale, let shift):
      result.kind = Int32(CTORCH_SEPARABLE)
      result.weight = depthwise.pointer
      result.pointwise = pointwise.pointer
      result.dilation = dilation
      (result.bias, result.scale, result.shift) = (bias?.pointer, scale?.pointer, shift?.pointer)
    case .averagePool: result.kind = Int32(CTORCH_AVERAGE)
    case .maxPool: result.kind = Int32(CTORCH_MAXIMUM)
    case .image(let image):
      result.kind = Int32(CTORCH_IMAGE)
      result.image = image.pointer
    }
    return result
  }
}
