internal import CTorch

// One function applied to every element.
extension Tensor {
  public func negated() throws(TorchError) -> Tensor {
    try Tensor.make("negation of \(shape)") { ctorch_negated(&$0, pointer) }
  }

  public func absolute() throws(TorchError) -> Tensor {
    try Tensor.make("absolute value of \(shape)") { ctorch_absolute(&$0, pointer) }
  }

  /// e to the power of each element.
  public func exp() throws(TorchError) -> Tensor {
    try Tensor.make("exponential of \(shape)") { ctorch_exp(&$0, pointer) }
  }

  /// The natural logarithm of each element.
  public func log() throws(TorchError) -> Tensor {
    try Tensor.make("logarithm of \(shape)") { ctorch_log(&$0, pointer) }
  }

  public func squareRoot() throws(TorchError) -> Tensor {
    try Tensor.make("square root of \(shape)") { ctorch_square_root(&$0, pointer) }
  }

  /// 1 / (1 + e⁻ˣ) of each element.
  public func sigmoid() throws(TorchError) -> Tensor {
    try Tensor.make("sigmoid of \(shape)") { ctorch_sigmoid(&$0, pointer) }
  }

  public func power(_ exponent: Double) throws(TorchError) -> Tensor {
    try Tensor.make("power \(exponent) of \(shape)") { ctorch_power(&$0, pointer, exponent) }
  }

  /// Each element, or the nearest end of `range`.
  public func clamped(to range: ClosedRange<Double>) throws(TorchError) -> Tensor {
    try Tensor.make("clamping of \(shape) to \(range)") {
      ctorch_clamped(&$0, pointer, range.lowerBound, range.upperBound)
    }
  }

  /// x / (1 + e⁻ˣ) of each element.
  ///
  /// **Source:** S. Elfwing et al., "Sigmoid-Weighted Linear Units for Neural Network Function
  /// Approximation in Reinforcement Learning", Neural Networks 107, 2018.
  public func silu() throws(TorchError) -> Tensor {
    try Tensor.make("sigmoid linear unit of \(shape)") { ctorch_silu(&$0, pointer) }
  }

  /// Each element times the chance of a standard normal number to be below it.
  ///
  /// **Source:** D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units", 2016; not its approximations.
  public func gelu() throws(TorchError) -> Tensor {
    try Tensor.make("Gaussian error linear unit of \(shape)") { ctorch_gelu(&$0, pointer) }
  }

  /// Each element where it is positive, and `slope` times it elsewhere.
  public func leakyReLU(slope: Double = 0.01) throws(TorchError) -> Tensor {
    try Tensor.make("leaky ReLU of \(shape)") { ctorch_leaky_relu(&$0, pointer, slope) }
  }
}
