internal import CTorch

// Layers for images `[batch, channels, depth, height, width]`. Lists of lengths are in that order.
extension Tensor {
  /// Convolution with `weight`, `[outputs, channels / groups, d, h, w]`, and `bias`, `[outputs]`.
  ///
  /// - Parameters:
  ///   - stride: The step per axis.
  ///   - padding: How many zeros surround the image, per axis and on both of its sides.
  ///   - dilation: The step between the weights per axis; 1 everywhere when left out.
  ///   - groups: How many parts the channels are split into, each with its own outputs.
  public func convolution(
    weight: Tensor, bias: Tensor? = nil, stride: [Int] = [1, 1, 1], padding: [Int] = [0, 0, 0],
    dilation: [Int]? = nil, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    let dilation = dilation ?? stride.map { _ in 1 }
    func operation() -> String {
      "convolution of \(shape) with the weights \(weight.shape)\(Tensor.suffix(bias)), stride "
        + "\(stride), padding \(padding), dilation \(dilation), groups \(groups)"
    }
    try Tensor.checkLengths([stride, padding, dilation], of: operation())
    return try Tensor.make(operation()) {
      ctorch_convolution(
        &$0, pointer, weight.pointer, bias?.pointer, stride, padding, dilation, stride.count,
        groups)
    }
  }

  /// Transposed convolution with `weight`, `[channels, outputs, d, h, w]`, and `bias`, `[outputs]`.
  ///
  /// With a stride equal to the kernel every voxel becomes a block of its own.
  public func transposedConvolution(
    weight: Tensor, bias: Tensor? = nil, stride: [Int]
  ) throws(TorchError) -> Tensor {
    try Tensor.make(
      "transposed convolution of \(shape) with the weights \(weight.shape)"
        + "\(Tensor.suffix(bias)), stride \(stride)"
    ) {
      ctorch_transposed_convolution(
        &$0, pointer, weight.pointer, bias?.pointer, stride, stride.count)
    }
  }

  /// Each channel of each image brought to mean 0 and variance 1, then scaled and shifted.
  ///
  /// - Parameters:
  ///   - scale: One factor per channel.
  ///   - shift: One summand per channel.
  ///   - epsilon: What is added to the variance.
  ///   - leakySlope: The slope below zero of the leaky ReLU that follows, in the same pass over the
  ///     numbers; 1 for none.
  ///
  /// **Source:** D. Ulyanov et al., "Instance Normalization: The Missing Ingredient for Fast
  /// Stylization", 2016.
  public func instanceNormalized(
    scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Double = 1e-5, leakySlope: Double = 1
  ) throws(TorchError) -> Tensor {
    try Tensor.make(
      "instance normalization of \(shape)\(Tensor.suffix(scale, "scale"))"
        + Tensor.suffix(shift, "shift")
    ) {
      ctorch_instance_norm(
        &$0, pointer, scale?.pointer, shift?.pointer, epsilon, leakySlope)
    }
  }

  /// The mean of every window; the stride is the window when left out.
  ///
  /// Voxels of the padding do not count: a window at the border has fewer.
  public func averagePooled(
    window: [Int], stride: [Int]? = nil, padding: [Int]? = nil
  ) throws(TorchError) -> Tensor {
    let stride = stride ?? window
    let padding = padding ?? window.map { _ in 0 }
    let operation = "average pooling of \(shape), window \(window), stride \(stride)"
    try Tensor.checkLengths([window, stride, padding], of: operation)
    return try Tensor.make(operation) {
      ctorch_average_pooled(&$0, pointer, window, stride, padding, window.count)
    }
  }

  /// The largest number of every window; the stride is the window when left out.
  ///
  /// Voxels of the padding do not count: a window at the border has fewer.
  public func maxPooled(
    window: [Int], stride: [Int]? = nil, padding: [Int]? = nil
  ) throws(TorchError) -> Tensor {
    let stride = stride ?? window
    let padding = padding ?? window.map { _ in 0 }
    let operation = "max pooling of \(shape), window \(window), stride \(stride)"
    try Tensor.checkLengths([window, stride, padding], of: operation)
    return try Tensor.make(operation) {
      ctorch_max_pooled(&$0, pointer, window, stride, padding, window.count)
    }
  }

  /// The same field of view in `size` voxels (depth, height, width), read between voxel centres.
  public func interpolated(
    size: [Int], _ interpolation: Interpolation = .trilinear
  ) throws(TorchError) -> Tensor {
    try Tensor.make("\(interpolation) interpolation of \(shape) to \(size)") {
      ctorch_interpolated(&$0, pointer, size, size.count, interpolation == .nearest ? 1 : 0)
    }
  }

  /// How ``interpolated(size:_:)`` reads between voxels.
  public enum Interpolation: Sendable {
    case nearest, trilinear
  }

  /// The mean cross-entropy of these logits, `[N, classes, …]`, against `classes`, int64 `[N, …]`.
  public func crossEntropy(with classes: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("cross-entropy of \(shape) with the classes \(classes.shape)") {
      ctorch_cross_entropy(&$0, pointer, classes.pointer)
    }
  }

  /// How an optional tensor appears in the description of an operation.
  static func suffix(_ tensor: Tensor?, _ name: String = "bias") -> String {
    tensor.map { " and the \(name) \($0.shape)" } ?? ""
  }

  /// Refuses lists of lengths that are not equally long, which CTorch relies on.
  private static func checkLengths(
    _ lists: [[Int]], of operation: @autoclosure () -> String
  ) throws(TorchError) {
    if Set(lists.map(\.count)).count > 1 {
      throw TorchError(
        operation: operation(), reason: "the lists of lengths differ in how many axes they are for")
    }
  }
}
