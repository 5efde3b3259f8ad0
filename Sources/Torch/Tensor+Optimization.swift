internal import CTorch

// Steps of optimisers, over all weights at once. The weights and what is kept of them change in place.
extension Tensor {
  /// The numbers of a step of stochastic gradient descent.
  public struct Descent: Sendable {
    public var rate: Double
    public var momentum: Double
    public var weightDecay: Double

    /// Whether the step looks ahead along the momentum.
    public var isNesterov: Bool

    public init(rate: Double, momentum: Double, weightDecay: Double, isNesterov: Bool) {
      self.rate = rate
      self.momentum = momentum
      self.weightDecay = weightDecay
      self.isNesterov = isNesterov
    }
  }

  /// The numbers of a step of AdamW.
  public struct AdaptiveStep: Sendable {
    public var rate: Double
    public var weightDecay: Double

    /// How much of the running mean of the gradient and of its square is kept.
    public var kept: (mean: Double, square: Double)

    public var epsilon: Double

    public init(
      rate: Double, weightDecay: Double, kept: (mean: Double, square: Double), epsilon: Double
    ) {
      self.rate = rate
      self.weightDecay = weightDecay
      self.kept = kept
      self.epsilon = epsilon
    }
  }

  /// One step of stochastic gradient descent with momentum.
  ///
  /// - Parameters:
  ///   - weights: Those that have no ``gradient`` stay as they are.
  ///   - velocities: One per weight, of its shape.
  ///   - limit: The largest norm that all gradients together may have before they count as scaled
  ///     down to it; 0: no limit.
  /// - Returns: The norm of all gradients before that. When it is not finite, nothing has changed.
  public static func descend(
    _ weights: [Tensor], velocities: [Tensor], by step: Descent, clippingTo limit: Double
  ) throws(TorchError) -> Double {
    precondition(weights.count == velocities.count, "one velocity per weight")
    let handles = (weights.map { Optional($0.pointer) }, velocities.map { Optional($0.pointer) })
    var norm = 0.0
    try check("a step of \(weights.count) weights with \(velocities.count) velocities") {
      handles.0.withUnsafeBufferPointer { weights in
        handles.1.withUnsafeBufferPointer { velocities in
          ctorch_sgd_step(
            &norm,
            ctorch_weights(
              weights: weights.baseAddress, first: velocities.baseAddress, second: nil,
              count: weights.count),
            limit, step.rate, step.momentum, step.weightDecay, step.isNesterov ? 1 : 0)
        }
      }
    }
    return norm
  }

  /// One step of AdamW, with the running means of the gradient and of its square.
  ///
  /// Parameters and result are those of ``descend(_:velocities:by:clippingTo:)``.
  ///
  /// - Parameter updates: How many updates each weight has had, float32 on the processor; those with a
  ///   gradient count one more then. The means of a weight are corrected for their start at zero by that.
  public static func descend(
    _ weights: [Tensor], means: [Tensor], squares: [Tensor], updates: Tensor,
    by step: AdaptiveStep, clippingTo limit: Double
  ) throws(TorchError) -> Double {
    precondition(
      weights.count == means.count && weights.count == squares.count, "two means per weight")
    let handles = [weights, means, squares].map { $0.map { Optional($0.pointer) } }
    let rule = ctorch_adamw(
      rate: step.rate, decay: step.weightDecay, mean_share: step.kept.mean,
      square_share: step.kept.square, epsilon: step.epsilon)
    var norm = 0.0
    try check("a step of \(weights.count) weights with \(means.count + squares.count) means") {
      handles[0].withUnsafeBufferPointer { weights in
        handles[1].withUnsafeBufferPointer { means in
          handles[2].withUnsafeBufferPointer { squares in
            ctorch_adamw_step(
              &norm,
              ctorch_weights(
                weights: weights.baseAddress, first: means.baseAddress,
                second: squares.baseAddress, count: weights.count),
              updates.pointer, limit, rule)
          }
        }
      }
    }
    return norm
  }
}
